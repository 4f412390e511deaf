"""What assignments tell the features below them."""

from app.documents.operations import IN_USE

from .queries import is_assigned


def init_app(_app: object) -> None:
    """A document that is assigned stays in the library."""
    if is_assigned not in IN_USE:
        IN_USE.append(is_assigned)
