"""What goes to a store of learning records, and why it does not get there, in words."""

from flask_babel import gettext as _


def kinds() -> dict[str, tuple[str, str]]:
    """What can be sent: its name and what it holds."""
    return {
        "annotated": (
            _("Annotations and replies"),
            _("Never those without a name, nor those that only their author reads."),
        ),
        "answered": (_("Answers to embedded questions"), _("Which question, which option, right or not.")),
        "watched": (_("Videos and audio"), _("Played, paused, jumped, seen to the end.")),
        "scored": (_("Released scores"), _("Only once the student may see them.")),
    }


def problem(code: str) -> str:
    """Why records do not arrive, and what to change."""
    words = {
        "wrong_key": _("The store refuses the key. Copy key and secret anew, and allow it to write."),
        "wrong_address": _("There is no store at this address. Copy the address from the store."),
        "redirected": _("The address leads somewhere else. Enter the one that it leads to."),
        "busy": _("The store is busy. We try again by ourselves."),
        "broken": _("The store has a fault of its own. We try again by ourselves."),
        "not_accepted": _("The store does not accept what was sent. Does it speak what is chosen here?"),
        "too_large": _("The store says that this is too large."),
        "already_there": _("The store has something else under the same number."),
        "key_unreadable": _("The kept secret cannot be read any more. Enter it again."),
        "no_answer": _("The store does not answer."),
        "too_slow": _("The store takes too long to answer."),
        "bad_certificate": _("The store’s certificate is not valid for this address."),
        "unknown_host": _("There is no server of this name."),
        "not_https": _("The address must start with https://."),
        "bad_address": _("That is no web address."),
        "private_address": _(
            "The store is inside the school’s network: whoever runs this server has to name it in "
            "FOREWORD_ON_PREMISE_HOSTS."
        ),
    }
    return words.get(code, code)
