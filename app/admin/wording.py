"""Entries of the audit log, ways to sign in and sizes, in words."""

from flask_babel import format_decimal, lazy_gettext
from flask_babel import gettext as _

# Deeds that have no words here are shown by their code: a new one is never hidden from the log.
DEEDS = {
    "account.created": lazy_gettext("made an account"),
    "account.erased": lazy_gettext("erased a person"),
    "account.exported": lazy_gettext("exported all data of a person"),
    "account.is_admin": lazy_gettext("gave or took the right to administer"),
    "account.may_create_courses": lazy_gettext("gave or took the right to create courses"),
    "account.merge_undone": lazy_gettext("undid a merge of two accounts"),
    "account.merged": lazy_gettext("merged two accounts of one person"),
    "account.suspended": lazy_gettext("locked a person out or let them in again"),
    "audit.exported": lazy_gettext("exported the audit log"),
    "authors.read": lazy_gettext("looked up who wrote without a name"),
    "course.created": lazy_gettext("created a course"),
    "course.deleted": lazy_gettext("deleted a course"),
    "course.edited": lazy_gettext("changed a course's settings"),
    "document.added": lazy_gettext("added a document"),
    "document.retried": lazy_gettext("had a document read again"),
    "document.removed": lazy_gettext("removed a document"),
    "enrollment.added": lazy_gettext("put somebody into a course"),
    "enrollment.ended": lazy_gettext("took somebody off a course"),
    "enrollment.joined": lazy_gettext("joined a course by its code"),
    "enrollment.role": lazy_gettext("changed a role in a course"),
    "password.changed": lazy_gettext("changed the password"),
    "password.link": lazy_gettext("asked for a new password by mail"),
    "password.set": lazy_gettext("set a password"),
    "password.slip": lazy_gettext("made a password slip"),
    "records.changed": lazy_gettext("changed the store of learning records"),
    "records.off": lazy_gettext("switched learning records off"),
    "records.on": lazy_gettext("switched learning records on"),
    "records.sent_again": lazy_gettext("had learning records sent again"),
    "roster.applied": lazy_gettext("took a roster over"),
    "roster.columns_named": lazy_gettext("named the columns of a roster"),
    "roster.confirmed": lazy_gettext("confirmed a roster"),
    "roster.dropped": lazy_gettext("dropped a roster"),
    "roster.uploaded": lazy_gettext("uploaded a roster"),
    "school.edited": lazy_gettext("changed the school's name or help text"),
    "school.storage": lazy_gettext("changed a limit of storage"),
    "score.given": lazy_gettext("gave a score by hand"),
    "session.all_ended": lazy_gettext("signed all browsers out"),
    "session.by_lms": lazy_gettext("signed in through the LMS"),
    "session.ended": lazy_gettext("signed out"),
    "session.refused": lazy_gettext("typed a wrong password"),
    "session.started": lazy_gettext("signed in"),
}


def deed(action: str) -> str:
    """What somebody did, in words; the code where there are none yet."""
    return str(DEEDS.get(action, action))


def provider(name: str) -> str:
    """A way to sign in, for people."""
    kind = name.partition(":")[0]
    words = {
        "password": _("password"),
        "lti": _("LMS"),
        "oidc": _("school sign-on"),
        "sis": _("class roster"),
    }
    return words.get(kind, kind)


def size(number: int) -> str:
    """Bytes in the unit that a person would take: 0 MB, 12.5 MB, 3.4 GB."""
    megabytes = number / (1 << 20)
    if megabytes < 1024:
        return _("%(n)s MB", n=format_decimal(round(megabytes, 1)))
    return _("%(n)s GB", n=format_decimal(round(megabytes / 1024, 1)))
