"""Whose words may be shown on the wall or on paper: those whose author said yes."""

from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import session
from app.reports.models import Quotation


def may_show(annotation_ids: Iterable[str]) -> set[str]:
    """Those of these annotations that their authors let the class see quoted."""
    rows = select(Quotation.annotation_id).where(
        Quotation.annotation_id.in_(list(annotation_ids)), Quotation.allowed.is_(True)
    )
    return set(session.scalars(rows))
