"""What assignments tell the library below them: which of its documents are needed, and where."""

from app.documents.uses import IN_USE, LISTERS, USES

from .queries import is_assigned, places_of, uses_of


def init_app(_app: object) -> None:
    """Register with the library."""
    IN_USE.add(is_assigned)
    USES.add(uses_of)
    LISTERS.add(places_of)
