"""The words of annotations as raters see them: with what they are about, without anybody's name."""

import re
from collections.abc import Iterable

from sqlalchemy import Integer, case, cast, func, select
from sqlalchemy.orm import aliased

from app.annotations.models import Annotation
from app.calibration.schemas import WordsOut
from app.core.db import session
from app.documents.models import Document, DocumentVersion
from app.scores.queries import body_hash

AROUND = 180  # code points of the document on each side
MENTION = re.compile(r'<span class="mention">@.*?</span>')
NAMELESS = '<span class="mention">@…</span>'


def words_of(annotation_ids: Iterable[str]) -> dict[str, tuple[str, WordsOut]]:
    """Annotation id to the hash of its words, and the words. What was removed is left out."""
    above = aliased(Annotation)
    start, end = cast(Annotation.start, Integer), cast(Annotation.end, Integer)
    begin = case((start > AROUND, start - AROUND), else_=0)
    is_text = Document.medium.in_(("text", "pdf")) & Annotation.start.is_not(None)
    rows = session.execute(
        select(
            Annotation,
            above.body_html,
            case((is_text, func.substr(DocumentVersion.text, begin + 1, start - begin)), else_=""),
            case((is_text, func.substr(DocumentVersion.text, end + 1, AROUND)), else_=""),
        )
        .join(DocumentVersion, DocumentVersion.id == Annotation.version_id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .outerjoin(above, above.id == Annotation.parent_id)
        .where(Annotation.id.in_(list(annotation_ids)), Annotation.deleted_at.is_(None))
    )
    return {row[0].id: (body_hash(row[0].body), _words(*row)) for row in rows}


def _words(annotation: Annotation, above: str | None, before: str, after: str) -> WordsOut:
    kinds = (s["exact"] for s in annotation.selectors if s.get("type") == "TextQuoteSelector")
    return WordsOut(
        body_html=MENTION.sub(NAMELESS, annotation.body_html),
        is_question=annotation.motivation == "questioning",
        quote=next(kinds, ""),
        before=_from_a_word(before or ""),
        after=_to_a_word(after or ""),
        reply_to_html=MENTION.sub(NAMELESS, above) if above else "",
    )


def _from_a_word(text: str) -> str:
    """Without the half word at the beginning."""
    return text.partition(" ")[2] if len(text) == AROUND else text


def _to_a_word(text: str) -> str:
    return text.rpartition(" ")[0] if len(text) == AROUND else text
