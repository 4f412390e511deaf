"""What is wrong with one field, in the reader's language instead of the schema library's English."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import ValidationError

from .errors import FieldProblem

_NUMBER = _l("This has to be a number.")
_YES_OR_NO = _l("This has to be true or false.")
_TIME = _l("This has to be a date and a time with its zone, such as 2026-01-08T08:00:00Z.")
_TEXT = _l("This has to be text.")
_FORM = _l("This has another form than is expected here.")

# By pydantic's error types; the values are filled in from what the error knows (`ctx`).
SENTENCES = {
    "missing": _l("This is missing."),
    "extra_forbidden": _l("This is not known here."),
    "string_too_long": _l("This is too long: at most %(max_length)s characters."),
    "string_too_short": _l("This is too short: at least %(min_length)s characters."),
    "too_long": _l("These are too many: at most %(max_length)s."),
    "too_short": _l("These are too few: at least %(min_length)s."),
    "greater_than_equal": _l("This has to be at least %(ge)s."),
    "greater_than": _l("This has to be more than %(gt)s."),
    "less_than_equal": _l("This has to be at most %(le)s."),
    "less_than": _l("This has to be less than %(lt)s."),
    "literal_error": _l("This has to be one of: %(expected)s."),
    "enum": _l("This has to be one of: %(expected)s."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_pattern_mismatch": _FORM,
    "finite_number": _NUMBER,
}
_FAMILIES = {
    "int_": _NUMBER,
    "float_": _NUMBER,
    "bool_": _YES_OR_NO,
    "datetime_": _TIME,
    "timezone_": _TIME,
}


def field_problems(error: ValidationError) -> list[FieldProblem]:
    """Each fault of what was sent: where (a JSON pointer), and a sentence."""
    return [FieldProblem(_pointer(each["loc"]), field_sentence(each)) for each in error.errors()]


def field_sentence(error: Mapping[str, Any]) -> str:
    """One fault as pydantic describes it, as a sentence; those that our own checks raise are sentences already."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    families = (said for family, said in _FAMILIES.items() if error["type"].startswith(family))
    return str(SENTENCES.get(error["type"]) or next(families, _FORM)) % _Shown(context)


def _pointer(place: tuple[int | str, ...]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)


class _Shown(dict[str, Any]):
    """The values of an error; one that it does not have is shown as a dash rather than breaking the answer."""

    def __missing__(self, key: str) -> str:
        return "–"
