"""The worked examples as the tables of docs/engagement.md."""

from collections.abc import Iterator

from .cases import EXAMPLES
from .courses import ROUNDINGS, TOTALS


def as_markdown() -> Iterator[str]:
    """The tables of docs/engagement.md, line by line."""
    yield from ("| rule | case | score |", "| --- | --- | ---: |")
    for each in EXAMPLES:
        said = "no score" if each.percent is None else f"{each.percent:g} %"
        yield f"| {each.rule} | {each.case} | {said} |"
    yield from (
        "",
        "| per cent | points of | rounded to | pass from | points |",
        "| ---: | ---: | ---: | ---: | ---: |",
    )
    for one in ROUNDINGS:
        passing = "" if one.policy.pass_percent is None else f"{one.policy.pass_percent:g} %"
        verdict = "" if one.passed is None else ", passed" if one.passed else ", not passed"
        said = f"{one.percent:g} % | {one.policy.points:g} | {one.policy.step:g} | {passing}"
        yield f"| {said} | {one.points:g}{verdict} |"
    yield from (
        "",
        "| assignments | lowest dropped | missing is zero | course |",
        "| --- | ---: | --- | ---: |",
    )
    for total in TOTALS:
        said = ", ".join(_said(entry) for entry in total.entries) or "none yet"
        made = "no score" if total.percent is None else f"{total.percent:g} %"
        zero = "yes" if total.policy.missing_is_zero else "no"
        yield f"| {said} | {total.policy.drop_lowest} | {zero} | {made} |"


def _said(entry: float | str | None) -> str:
    return "missing" if entry is None else entry if isinstance(entry, str) else f"{entry:g} %"
