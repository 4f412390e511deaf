"""Why a sign-on did not work, as a code and in words."""

from flask_babel import lazy_gettext as _l


class SignOnProblem(Exception):
    """The sign-on ends here. ``detail`` is for the log and holds nothing about a person."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


AGAIN = _l("Go back to the sign-in page and begin again. It works once, within ten minutes, in one browser.")
CONNECTION = _l(
    "The school's sign-on answered in a way that cannot be believed. Tell an admin of your school."
)
SAID = {
    "state_unknown": (400, AGAIN),
    "state_used": (400, AGAIN),
    "state_old": (400, AGAIN),
    "other_browser": (400, AGAIN),
    "saml_request": (400, AGAIN),
    "saml_replayed": (400, AGAIN),
    "saml_uninvited": (
        403,
        _l("Begin on the sign-in page here: the school's sign-on may not begin by itself."),
    ),
    "saml_not_installed": (503, _l("This way to sign in needs a part that is not installed on this server.")),
    "saml_logout": (404, _l("There is nothing to sign out of here.")),
    "refused_there": (403, _l("The school's sign-on did not let you in, or you stopped there.")),
    "switched_off": (404, _l("This way to sign in is switched off.")),
    "unreachable": (502, _l("The school's sign-on cannot be reached now. Try again in a minute.")),
    "not_of_school": (403, _l("This account is not one of the school. Take your school account.")),
    "no_account": (403, _l("Nobody here has this account yet. Ask your teacher for a code, or an admin.")),
    "locked_out": (403, _l("You are locked out here. Ask an admin of your school.")),
    "belongs_to_other": (
        409,
        _l("Somebody here signs in with this account already. If both are you, an admin can merge the two."),
    ),
    "signed_out_meanwhile": (400, _l("You were signed out on the way. Sign in, then try again.")),
}


def said(code: str) -> tuple[int, str]:
    """The status and the sentence of a problem."""
    status, sentence = SAID.get(code, (502, CONNECTION))
    return status, str(sentence)
