"""Reading what was added to a library, in the worker."""

from datetime import timedelta

from sqlalchemy import or_, select

from app.core.db import session
from app.core.ids import now
from app.core.jobs import job, sweep

from . import claims, importing
from .models import Document


@job(retries=importing.TRIES - 1)
def import_document(document_id: str) -> None:
    """Read the newest version of a document, unless somebody already does."""
    importing.run(document_id)


@sweep(seconds=30)
def resume_imports() -> None:
    """Imports that no worker touches (it was killed, or never heard of them) are queued again."""
    quiet = now() - claims.STALE
    forgotten = select(Document.id).where(
        Document.status == "processing",
        Document.deleted_at.is_(None),
        or_(Document.touched_at < quiet, Document.touched_at.is_(None) & (Document.created_at < quiet)),
    )
    for document_id in session.scalars(forgotten.limit(20)):
        import_document(document_id)


@sweep(seconds=60)
def move_stragglers() -> None:
    """Annotations that were made while their document was replaced find their place in the new one."""
    recent = now() - timedelta(hours=1)
    importing.move_recent(recent)
