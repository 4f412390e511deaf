"""What stands in the way of a launch, in the reader's language, and what to do about it."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from .models import Passback


class Said(NamedTuple):
    """A refusal as people read it: the status of the answer, and the sentence."""

    status: int
    sentence: object


_FORGED = _l(
    "What the LMS sent cannot be trusted, so nothing was opened. Open the link again from your course; if this "
    "comes back, tell whoever looks after the LMS."
)
_SETTINGS = _l(
    "The LMS and Foreword are not connected properly yet. Tell whoever looks after the LMS, with the code below."
)

SENTENCES: dict[str, Said] = {
    "login_incomplete": Said(
        400, _l("The LMS did not say who wants to open what. Open the link from a course.")
    ),
    "platform_unknown": Said(
        404, _l("This LMS is not connected to Foreword. An admin of Foreword can connect it.")
    ),
    "platform_ambiguous": Said(
        400,
        _l("Several schools use this LMS, and it did not say which one asks. It has to send its client ID."),
    ),
    "registration_pending": Said(403, _l("An admin of Foreword has not approved this LMS yet.")),
    "registration_disabled": Said(
        403, _l("An admin of Foreword has switched off the connection to this LMS.")
    ),
    "foreign_target": Said(400, _l("The link leads to another site than this one, so it was not opened.")),
    "state_unknown": Said(400, _l("Go back to your course in the LMS and open the link again.")),
    "state_used": Said(
        400, _l("This launch was used already. Go back to your course and open the link again.")
    ),
    "state_expired": Said(
        400, _l("This took longer than ten minutes. Go back to your course and open the link again.")
    ),
    "other_browser": Said(
        400, _l("This launch began in another browser. Go back to your course and open it here.")
    ),
    "token_expired": Said(
        400, _l("The LMS's answer is too old. Go back to your course and open the link again.")
    ),
    "token_time": Said(
        400,
        _l(
            "The clocks of the LMS and of Foreword do not agree. Open the link again; if this comes back, tell IT."
        ),
    ),
    "keys_unreachable": Said(
        502,
        _l("The LMS's keys could not be fetched, so its answer cannot be checked. Try again in a minute."),
    ),
    "key_unknown": Said(
        400, _l("The LMS signed with a key that it does not publish. Try again in a minute; then tell IT.")
    ),
    "deployment_pending": Said(
        403,
        _l(
            "The LMS opened Foreword from a new place. An admin of Foreword has to approve that once; try again then."
        ),
    ),
    "deployment_refused": Said(403, _l("An admin of Foreword has not let this place of the LMS in.")),
    "message_type": Said(400, _l("The LMS asked for something that Foreword does not do.")),
    "message_version": Said(400, _l("The LMS speaks another version of LTI than 1.3.")),
    "message_incomplete": Said(400, _SETTINGS),
    "person_suspended": Said(403, _l("An admin of Foreword has locked this account.")),
    "course_not_set_up": Said(
        404,
        _l(
            "Your course is not set up here yet. Ask your teacher to open this link once; then it works for you."
        ),
    ),
    "course_deleted": Said(404, _l("The course behind this link was deleted in Foreword. Ask your teacher.")),
    "link_not_set_up": Said(
        404, _l("Your teacher has not chosen yet what this link opens. Ask your teacher to open it once.")
    ),
    "not_open_yet": Said(
        403, _l("Your teacher has not opened this reading yet. Come back when it is assigned.")
    ),
    "nothing_to_review": Said(404, _l("There is no work of this student here yet.")),
    "review_not_yours": Said(403, _l("This is the work of somebody else. You see your own.")),
    "invitation_gone": Said(
        404, _l("This link was used already or is too old. An admin of Foreword makes a new one.")
    ),
    "registration_issuer": Said(
        400, _l("The LMS's configuration lies on another host than the LMS it speaks for.")
    ),
    "registration_incomplete": Said(
        400, _l("The LMS's configuration lacks something that the connection needs.")
    ),
    "registration_unreachable": Said(
        502,
        _l(
            "The LMS's configuration could not be fetched from here. An LMS inside the school's network is named in "
            "the setting FOREWORD_ON_PREMISE_HOSTS."
        ),
    ),
    "registration_refused": Said(
        502, _l("The LMS did not accept the registration. Make a new link and try again.")
    ),
    "one_only": Said(400, _l("The LMS takes one reading at a time here. Choose one.")),
    "picker_gone": Said(400, _l("Choosing took too long. Open the picker in the LMS again.")),
    "picker_takes_no_links": Said(400, _l("This place in the LMS takes no links to readings.")),
    "platform_said": Said(
        400, _l("The LMS did not let you in. Sign in to the LMS, then open the link again.")
    ),
    "cannot_pick": Said(403, _l("Only teachers choose what a course reads.")),
    "version_1_1_off": Said(403, _l("LTI 1.1 is switched off here. Connect the LMS with LTI 1.3.")),
    "launched_directly": Said(400, _l("This address is for LMSs. Open the link from your course.")),
}
_UNLISTED = Said(400, _FORGED)


def said(code: str) -> Said:
    """Status and sentence of a refusal; whatever is not listed means that the message is not to be trusted."""
    return SENTENCES.get(code, _UNLISTED)


_NO_ENTRY = _l("The LMS does not let Foreword in to its services. Its admin can look at the tool's rights.")
_PROBLEMS = {
    "lms_has_other": _l(
        "%(lms)s holds another grade (%(found)s). Somebody gave it there, so it was not replaced."
    ),
    "lms_refuses_score": _l("%(lms)s says that the student is not in its course. Not sent."),
    "lms_knows_not": _l("%(lms)s says that the student left. Not sent."),
    "lms_forbids": _l("The LMS does not allow Foreword to give grades. Its admin can change that. Not sent."),
    "not_opened_there": _l(
        "With LTI 1.1 %(lms)s takes a grade only after the student has opened the link there. It is sent then."
    ),
    "lms_refuses_secret": _l(
        "%(lms)s does not accept the key and secret. Its admin can compare them. Not sent."
    ),
    "lms_has_newer": _l("The LMS has a newer grade than this one."),
    "theirs_kept": _l("The grade in the LMS stands."),
    "column_gone": _l("The column in the grade book was deleted. Sending again makes a new one."),
    "no_column": _l("The LMS gives Foreword no column in its grade book."),
    "lms_busy": _l("The LMS is busy. It is tried again by itself."),
    "lms_broken": _l("The LMS answers with an error. It is tried again by itself."),
    "lms_sick": _l("The LMS does not answer well just now. It is tried again by itself."),
    "too_slow": _l("The LMS answers too slowly. It is tried again by itself."),
    "no_answer": _l("The LMS cannot be reached. It is tried again by itself."),
    "unknown_host": _l("The LMS's host cannot be found. It is tried again by itself."),
    "bad_certificate": _l(
        "The LMS's certificate cannot be trusted. Its own authority is named in FOREWORD_CA_FILE."
    ),
    "no_token": _NO_ENTRY,
    "lms_refuses_token": _NO_ENTRY,
    "private_address": _l(
        "The LMS lies inside the school's network; its host has to be named in FOREWORD_ON_PREMISE_HOSTS."
    ),
    "roster_empty": _l("The LMS sent an empty class list, so nothing was changed."),
    "bad_status": _l("The LMS refused to say who is in the course. Its admin can look at the tool's rights."),
    "not_json": _l("The LMS answered with something that is no class list."),
}
_STATES = {
    "waiting": _l("Waits to be sent."),
    "sent": _l("Sent"),
    "refused": _l("Not sent; the LMS refused it (%(code)s)."),
    "overridden": _l("The LMS holds another grade."),
    "superseded": _l("The LMS has a newer grade than this one."),
}


def passback_sentence(row: Passback) -> str:
    """What became of a grade."""
    if row.state == "sent" or not row.problem:
        return str(_STATES[row.state]) % {"code": row.problem}
    sentence = _PROBLEMS.get(row.problem, _STATES[row.state])
    lms = row.link.context.registration.name
    return str(sentence) % {"found": row.found_points, "code": row.problem, "lms": lms}


def own_passback_sentence(row: Passback) -> str:
    """What became of a grade, for the student whose it is: whether it is there, and who can do something."""
    lms = {"lms": row.link.context.registration.name}
    if row.state == "sent":
        return str(_l("These points are in %(lms)s too.")) % lms
    if row.state == "waiting":
        return str(_l("These points are on their way to %(lms)s.")) % lms
    if row.state in ("overridden", "superseded"):
        return str(_l("%(lms)s holds other points, given there. Your teacher sees both.")) % lms
    return (
        str(_l("These points could not be sent to %(lms)s. Your teacher sees why and can send them again."))
        % lms
    )


_FIELDS = {"jwks_url": _l("Public keyset address"), "token_url": _l("Access token address")}
_FINDINGS = {
    "unknown_host": _l("This host does not exist. Compare the address with the one that the LMS shows."),
    "private_address": _l(
        "This address lies inside the school's network. Name its host in the setting FOREWORD_ON_PREMISE_HOSTS."
    ),
    "not_https": _l(
        "This address must begin with https://, or its host be named in FOREWORD_ON_PREMISE_HOSTS."
    ),
    "bad_certificate": _l(
        "Its certificate cannot be trusted. If it is of the school's own authority, name that in FOREWORD_CA_FILE."
    ),
    "too_slow": _l("It does not answer within ten seconds. Try again; then ask who looks after the LMS."),
    "no_answer": _l("Nothing answers there. Compare the address; a firewall may also stand in between."),
    "bad_status": _l("There is no such page. Compare the address with the one that the LMS shows."),
    "not_json": _l(
        "What is there is no answer for programs. Compare the address with the one that the LMS shows."
    ),
    "no_keys": _l(
        "There are no keys that Foreword can use. Compare the address with the one that the LMS shows."
    ),
    "no_token": _l(
        "The LMS refuses. Compare the client ID and the audience of token requests, and look whether the LMS has our "
        "public keyset address and has switched the tool on."
    ),
}


def finding_sentence(field: str, problem: str) -> str:
    """What trying out one value of a connection found, and which setting to change."""
    if not problem:
        return str(_l("%(field)s: works.")) % {"field": _FIELDS[field]}
    said = _FINDINGS.get(
        problem, _l("It cannot be used (%(code)s). Compare it with the one that the LMS shows.")
    )
    return f"{_FIELDS[field]}: {str(said) % {'code': problem}}"


def roster_sentence(code: str) -> str:
    """Why a class list could not be fetched."""
    return str(_PROBLEMS.get(code, _l("The class list could not be fetched. It is tried again by itself.")))
