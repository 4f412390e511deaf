"""Where the features above tell which documents they need. The library itself knows none of them."""

from collections.abc import Callable

from sqlalchemy import Select

from app.core.db import session

from .models import Document

IN_USE: set[Callable[[Document], bool]] = set()
"""Does the feature need the document? One yes keeps it in the library."""

USES: set[Callable[[list[str]], Select[str, int]]] = set()
"""Of these document ids: ``(id, how often it is used)``."""

LISTERS: set[Callable[[Document], list[tuple[str, str]]]] = set()
"""Title and address of each place where a document is used."""


def is_used(document: Document) -> bool:
    """Does anything need the document?"""
    return any(needs(document) for needs in IN_USE)


def counts(document_ids: list[str]) -> dict[str, int]:
    """How often each document is used; those that are not are left out."""
    return {row[0]: row[1] for count in USES for row in session.execute(count(document_ids))}


def places(document: Document) -> list[tuple[str, str]]:
    """Where a document is used."""
    return [place for lister in LISTERS for place in lister(document)]
