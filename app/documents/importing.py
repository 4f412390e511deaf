"""An import from its claim to its end: ready, or failed with one sentence. It may be killed at any point."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core.db import session, unit_of_work
from app.core.errors import NotFound
from app.core.storage import File, open_file, store

from . import claims, kinds, versions
from .fetch import fetch
from .models import Document, DocumentVersion
from .problems import ImportProblem
from .queries import pending_version, version_of
from .reading import Reading, read
from .uploads import first_words, title_from

log = logging.getLogger(__name__)

TRIES = 3
_NO_LIMIT = 1 << 62


def run(document_id: str) -> None:
    """Import the pending version of a document, if nobody else does."""
    claim = claims.take(document_id)
    if claim is None:
        return
    try:
        if claims.fresh(document_id).attempts > TRIES:
            raise ImportProblem("gave_up")
        with _folder() as folder:
            _import(claim, folder)
    except claims.Stopped:
        log.info("import of %s was stopped", document_id)
    except ImportProblem as problem:
        _fail(claim, problem)
    except Exception:
        with unit_of_work():
            claim.end()
        raise


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder of the import's own, gone afterwards whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="foreword-import-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _import(claim: claims.Claim, folder: Path) -> None:
    with unit_of_work():
        document = claims.fresh(claim.document_id)
        version = pending_version(document)
    if version is None:
        raise ImportProblem("file_missing")
    if version.source_file_id is None:
        claim.report("fetching", 0.05)
        _fetch(document, version)
    path, kind = _source(document, version, folder)
    reading = read(path, kind, claim.report)
    if kind.medium in kinds.TIMED:
        _keep_from_before(document, kind, reading)
    claim.report("saving", 0.95)
    _finish(claim, version.id, reading)


def _fetch(document: Document, version: DocumentVersion) -> None:
    """Get the page and keep it, so that a second try need not fetch it again."""
    page = fetch(document.source_url or "")
    with unit_of_work():
        file = store(
            page.stream(),
            school_id=document.school_id,
            name=f"page.{page.suffix}",
            media_type=page.media_type,
            limit=_NO_LIMIT,
        )
        session.merge(version).source_file_id = file.id
    version.source_file_id = file.id


def _source(document: Document, version: DocumentVersion, folder: Path) -> tuple[Path, kinds.Kind]:
    """The uploaded file, copied into the folder, and its kind by what is inside."""
    with unit_of_work():
        file = session.get(File, version.source_file_id)
    if file is None:
        raise ImportProblem("file_missing")
    path = folder / "source"
    try:
        with open_file(file) as stream, path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
    except NotFound as error:
        raise ImportProblem("file_missing") from error
    kind = kinds.sniffed(path, file.name)
    if kind is None:
        raise ImportProblem(_why_unknown(path, file.name))
    if document.version and not kinds.may_replace(kind.medium, document.medium):
        raise ImportProblem("not_same_medium")
    return path, kind


_PICTURE = ("duration", "length", "width", "height", "media_file_id", "poster_file_id", "extractor", "sha256")
_TRANSCRIPT = ("cues", "text")


def _keep_from_before(document: Document, kind: kinds.Kind, reading: Reading) -> None:
    """New captions keep the picture of the version before, a new picture keeps its captions."""
    before = version_of(document)
    if before is None and kind is kinds.CAPTIONS:
        raise ImportProblem("captions_alone")
    if before is not None:
        kept = _PICTURE if kind is kinds.CAPTIONS else _TRANSCRIPT
        reading.fields |= {name: getattr(before, name) for name in kept}
        if kind is kinds.CAPTIONS:
            reading.medium = document.medium


def _why_unknown(path: Path, name: str) -> str:
    promised = kinds.named(name)
    with path.open("rb") as file:
        head = file.read(400).lstrip().lower()
    if head.startswith((b"#extm3u", b"ffconcat", b"v=0", b"<mpd", b"<?xml")):
        return "playlist"
    if promised is kinds.PDF:
        return "damaged_pdf"
    return "damaged_media" if promised and promised.demuxer else "unknown_kind"


def _finish(claim: claims.Claim, version_id: str, reading: Reading) -> None:
    """Store the version and show it. Annotations of the version before are moved first."""
    with unit_of_work():
        document = claims.fresh(claim.document_id)
        version = session.get_one(DocumentVersion, version_id)
        _fill(document, version, reading)
    plans = versions.plan_moves(document, version, claim.report)
    with unit_of_work():
        version = session.get_one(DocumentVersion, version_id)
        version.moves = versions.carry_out(plans)
        claim.end(
            status="ready",
            problem=None,
            progress=1.0,
            step="done",
            **_told(claims.fresh(document.id), version, reading),
        )
    with unit_of_work():
        versions.move_left_behind(document, version)


def _told(document: Document, version: DocumentVersion, reading: Reading) -> dict[str, Any]:
    """What the document itself learns from its newest version."""
    told: dict[str, Any] = {"version": version.number, "medium": reading.medium}
    if document.version == 0 and _is_unnamed(document, version):
        told["title"] = _title(document, version, reading)
    if reading.language:
        told["locale"] = reading.language[:12]
    return told


def _title(document: Document, version: DocumentVersion, reading: Reading) -> str:
    text = str(reading.fields.get("text", ""))
    return (reading.title or first_words(version.source_file, text) or document.title)[:300]


def _is_unnamed(document: Document, version: DocumentVersion) -> bool:
    """Does it still have the name that its file or its address gave it?"""
    file = version.source_file
    return document.title == document.source_url or (file is not None and document.title == title_from(file))


def _fill(document: Document, version: DocumentVersion, reading: Reading) -> None:
    for name, value in reading.fields.items():
        setattr(version, name, value)
    if reading.media:
        version.media_file_id = _kept(document, *reading.media).id
    if reading.poster:
        version.poster_file_id = _kept(document, reading.poster, "image/jpeg").id
    if reading.medium == "pdf":
        version.media_file_id = version.source_file_id


def _kept(document: Document, path: Path, media_type: str) -> File:
    with path.open("rb") as stream:
        return store(
            stream, school_id=document.school_id, name=path.name, media_type=media_type, limit=_NO_LIMIT
        )


def _fail(claim: claims.Claim, problem: ImportProblem) -> None:
    """End with what is wrong. A document with an older version stays as readable as before."""
    try:
        with unit_of_work():
            claim.end(status="failed", problem={"code": problem.code, "params": problem.params})
    except claims.Stopped:
        log.info("import of %s was stopped", claim.document_id)


def move_recent(since: datetime) -> None:
    """Have every document replaced since a moment look for annotations that were left behind."""
    replaced = (
        select(DocumentVersion, Document)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.created_at > since, DocumentVersion.number > 1)
        .where(DocumentVersion.number == Document.version)
    )
    for version, document in session.execute(replaced).all():
        versions.move_left_behind(document, version)
