"""The form of the rules, and what staff set by hand: fields in, the API's models out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from app.core.fields import field_sentence
from app.core.i18n import zone
from app.courses.models import Course
from app.scores.schemas import LevelIn
from scoring.engagement import COMPONENTS, Policy

from .schemas import MarkIn, PolicyIn

NUMBERS = (
    *("level_one", "wrong_answer", "sittings", "active_minutes", "replies", "endorsed", "endorsing"),
    *("spread_penalty", "grace_minutes", "offline_minutes", "late_hours", "reply_hours", "drop_lowest"),
    *("points", "step"),
)
MAY_BE_EMPTY = ("best", "pass_percent")
CHOICES = ("content", "release")
_LOCAL = "%Y-%m-%dT%H:%M"


class FormProblem(Exception):
    """Fields that need another look: name to sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def shown(policy: Policy) -> dict[str, Any]:
    """The form as it is shown for a policy."""
    filled = {name: _number(getattr(policy, name)) for name in (*NUMBERS, *MAY_BE_EMPTY)}
    filled |= {name: getattr(policy, name) for name in CHOICES}
    filled |= {f"weight-{name}": _number(policy.weight(name)) for name in COMPONENTS}
    return filled | {"missing_is_zero": "1" if policy.missing_is_zero else ""}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def policy_from(form: Mapping[str, str]) -> PolicyIn:
    """The rules that were typed. A number may have a decimal comma."""
    taken: dict[str, Any] = {name: _plain(form[name]) for name in NUMBERS if form.get(name, "").strip()}
    taken |= {name: _plain(form.get(name, "")) or None for name in MAY_BE_EMPTY}
    taken |= {name: form[name] for name in CHOICES if name in form}
    taken["weights"] = {name: _plain(form.get(f"weight-{name}", "")) or 0 for name in COMPONENTS}
    taken["missing_is_zero"] = form.get("missing_is_zero") == "1"
    try:
        return PolicyIn.model_validate(taken)
    except ValidationError as error:
        raise FormProblem({_field(each["loc"]): _said(each) for each in error.errors()}) from error


def _plain(typed: str) -> str:
    return typed.strip().replace(",", ".")


def _field(place: tuple[int | str, ...]) -> str:
    if place and place[0] == "weights" and len(place) > 1:
        return f"weight-{place[1]}"
    return str(place[0]) if place else "weight-annotations"


def _said(error: Any) -> str:
    if error["type"] in {"int_parsing", "float_parsing", "int_from_float"}:
        return _("Write a number.")
    return field_sentence(error)


def mark_from(form: Mapping[str, str], course: Course) -> MarkIn:
    """What staff set by hand; a field that was not sent stays as it is, an emptied one is taken back."""
    taken: dict[str, Any] = {"note": form.get("note", "").replace("\r\n", "\n")}
    if form.get("component"):
        taken["component"] = form["component"]
    for name in ("points", "percent"):
        if name in form:
            taken["percent" if not form[name].strip() else name] = _plain(form[name]) or None
    if form.get("what") == "exception":
        taken["excused"] = form.get("excused") == "1"
        taken["due_at"] = _moment(form.get("due_at", ""), course)
    try:
        return MarkIn.model_validate(taken)
    except ValidationError as error:
        raise FormProblem({_field(each["loc"]): _said(each) for each in error.errors()}) from error


def level_from(form: Mapping[str, str]) -> LevelIn:
    """The level of one annotation that staff chose, with a note to its author; or that they take back."""
    level = None if form.get("do") == "take_back" else {"0": 0, "1": 1, "2": 2}.get(form.get("level", ""), -1)
    if level == -1:
        raise FormProblem({"level": _("Choose a level.")})
    try:
        return LevelIn(level=level, note=form.get("note", ""))
    except ValidationError as error:
        raise FormProblem({_field(each["loc"]): _said(each) for each in error.errors()}) from error


def _moment(typed: str, course: Course) -> datetime | None:
    if not typed.strip():
        return None
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=zone(course.timezone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FormProblem({"due_at": _("Write a date and a time, such as 2026-01-08 08:00.")}) from error


def local(moment: datetime | None, course: Course) -> str:
    """A moment as a field shows it, on the course's clock."""
    return moment.astimezone(zone(course.timezone)).strftime(_LOCAL) if moment else ""
