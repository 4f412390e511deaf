"""The gradebook as a file for a spreadsheet. What a person typed never becomes a formula there."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from flask_babel import gettext as _

from scoring.engagement import points

from .queries.gradebook import Gradebook

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV injection)."""

Value = str | float | None


def rows_of(book: Gradebook) -> Iterator[list[Value]]:
    """A line of titles, a line of what can be reached, then a line for each student."""
    usual = book.rules.policy
    yield [_("Name"), _("Section"), *(row.title for row in book.assignments), _("Course")]
    words = {"excused": _("excused"), "missing": _("missing")}
    policies = [book.rules_by_assignment[row.id].policy for row in book.assignments]
    yield [_("Points to reach"), "", *(policy.points for policy in policies), usual.points]
    for pupil in book.pupils:
        cells = zip(book.cells[pupil.id], policies, strict=True)
        scores = [words.get(cell.state, points(cell.share, policy)) for cell, policy in cells]
        yield [pupil.name, pupil.section, *scores, points(book.total(pupil), usual)]


def harmless(value: Value) -> Value:
    """Text that a spreadsheet will not calculate; an apostrophe in front is the usual sign for text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(RISKY) else value


def as_csv(book: Gradebook) -> bytes:
    """UTF-8 with a mark that tells spreadsheets so."""
    out = StringIO()
    csv.writer(out).writerows([harmless(value) for value in row] for row in rows_of(book))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(book: Gradebook) -> bytes:
    """An Excel workbook: text is written as text, so that nothing can be a formula."""
    from xlsxwriter import Workbook  # only where it is asked for

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options | {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet(_("Scores"))
        bold = workbook.add_format({"bold": True})
        for line, row in enumerate(rows_of(book)):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value, bold if line == 0 else None)
                elif value is not None:
                    sheet.write_number(line, column, value)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 0, 28)
    return out.getvalue()
