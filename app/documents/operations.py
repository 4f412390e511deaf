"""The verbs of the library: add, correct, stop, try again, rename, remove."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.accounts.models import School
from app.core import audit
from app.core.db import session
from app.core.errors import Conflict, Invalid, TooLarge
from app.core.ids import now
from app.core.jobs import after_commit
from app.core.policy import Viewer
from app.core.storage import File, store
from app.courses.models import Course

from . import kinds
from .jobs import import_document
from .models import Document, DocumentVersion
from .problems import SENTENCES
from .queries import bytes_of_course, bytes_of_school, pending_version
from .uploads import MAX_TEXT_BYTES, Upload, pasted, title_from
from .uses import is_used

MAX_TITLE = 300
# What word processors and presentation programs write: we do not read it, and they all write PDF.
OFFICE = {".doc", ".docx", ".odt", ".rtf", ".pages", ".ppt", ".pptx", ".odp", ".key"}


def add_file(viewer: Viewer, course: Course, upload: Upload, title: str = "") -> Document:
    """Put an uploaded file into the library; reading it is a job."""
    kind = _promised(upload.name)
    if kind is kinds.CAPTIONS:
        raise Invalid(_("Captions belong to a video. Add the video first."), "captions_alone", "/file")
    file = _stored(course, upload, kind)
    return _added(viewer, course, title or title_from(file), kind.medium, file)


def add_text(viewer: Viewer, course: Course, text: str, title: str = "", *, plain: bool = False) -> Document:
    """Put pasted Markdown (or plain text) into the library."""
    upload = pasted(text, plain=plain)
    file = _stored(course, upload, _promised(upload.name))
    return _added(viewer, course, title or title_from(file), "text", file)


def add_page(viewer: Viewer, course: Course, url: str, title: str = "") -> Document:
    """Have a web page (or a PDF on the web) fetched into the library."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Invalid(
            _("This is not an address of a web page. It starts with https:// or http://."),
            "bad_address",
            "/url",
        )
    document = _added(viewer, course, title or url, "text", None)
    document.source_url = url
    return document


def add_version(viewer: Viewer, document: Document, upload: Upload) -> Document:
    """Replace the document by a corrected version; annotations move along in the job.

    Captions (.vtt, .srt) for a video make a new version with the same picture.
    """
    if document.status == "processing":
        raise Conflict(_("This is still being read. Wait until it is ready."), "still_processing")
    kind = _promised(upload.name)
    if document.version and not kinds.may_replace(kind.medium, document.medium):
        raise Invalid(
            _("A new version must be of the same kind as the one before."), "not_same_medium", "/file"
        )
    stale = pending_version(document)
    if stale is not None:
        session.delete(stale)
        session.flush()
    _start(document, _stored(session.get_one(Course, document.course_id), upload, kind))
    _record(viewer, document, "document.corrected")
    return document


def rename(viewer: Viewer, document: Document, title: str) -> Document:
    """Give the document another title."""
    document.title = _title(title)
    _record(viewer, document, "document.renamed")
    return document


def stop_import(viewer: Viewer, document: Document) -> Document:
    """Stop reading the newest version. What was there before stays."""
    if document.status == "processing":
        document.status, document.problem, document.touched_at = (
            "failed",
            {"code": "stopped", "params": {}},
            None,
        )
        _record(viewer, document, "document.stopped")
    return document


def retry_import(viewer: Viewer, document: Document) -> Document:
    """Read the newest version again, from what was uploaded."""
    if document.status != "failed" or pending_version(document) is None:
        raise Conflict(_("There is nothing to try again here."), "not_failed")
    _restart(document)
    _record(viewer, document, "document.retried")
    return document


def remove(viewer: Viewer, document: Document) -> None:
    """Take the document out of the library; what is assigned stays."""
    if is_used(document):
        raise Conflict(_("This is used by an assignment. Remove the assignment first."), "document_assigned")
    document.deleted_at = now()
    document.touched_at = None
    _record(viewer, document, "document.removed")


def copy_to(viewer: Viewer, document: Document, course: Course) -> Document:
    """A copy of the document as it stands, in another course's library: its newest version only."""
    original = (
        session.query(DocumentVersion).filter_by(document_id=document.id, number=document.version).one()
    )
    made = Document(
        course_id=course.id,
        school_id=course.school_id,
        title=document.title,
        medium=document.medium,
        status="ready",
        progress=1.0,
        step="done",
        version=1,
        source_url=document.source_url,
        locale=document.locale,
        created_by=viewer.account_id,
    )
    session.add(made)
    session.flush()
    kept = {
        column.key: getattr(original, column.key)
        for column in DocumentVersion.__mapper__.column_attrs
        if column.key not in ("id", "document_id", "number", "created_at", "moves")
    }
    session.add(DocumentVersion(document_id=made.id, number=1, **kept))
    return made


def _promised(name: str) -> kinds.Kind:
    kind = kinds.named(name)
    if kind is None:
        code = "save_as_pdf" if PurePosixPath(name).suffix.lower() in OFFICE else "unknown_kind"
        raise Invalid(str(SENTENCES[code]), code, "/file")
    return kind


def _stored(course: Course, upload: Upload, kind: kinds.Kind) -> File:
    name = PurePosixPath(upload.name.replace("\\", "/")).name[:255]
    limit = min(upload.limit, MAX_TEXT_BYTES) if kind.medium == "text" else upload.limit
    room = _room(course)
    try:
        most = limit if room is None else min(limit, room)
        return store(
            upload.stream, school_id=course.school_id, name=name, media_type=kind.media_type, limit=most
        )
    except TooLarge as error:
        if room is None or room >= limit:
            raise
        raise TooLarge(_full(course, room), "storage_full") from error


def _full(course: Course, room: int) -> str:
    if room == _room_of_school(course.school_id):
        return _(
            "The school has %(room)s MB of storage left, and the file is larger. Ask an admin of the school for more.",
            room=room >> 20,
        )
    return _(
        "The course has %(room)s MB of storage left, and the file is larger. Remove documents that nobody "
        "needs, or ask an admin of the school for more.",
        room=room >> 20,
    )


def _room(course: Course) -> int | None:
    """How many bytes the course may still add, by its own limit and its school's; None for as many as it likes."""
    limit = course.storage_mb or session.get_one(School, course.school_id).course_storage_mb
    own = max((limit << 20) - bytes_of_course(course.id), 0) if limit else None
    rooms = [room for room in (own, _room_of_school(course.school_id)) if room is not None]
    return min(rooms, default=None)


def _room_of_school(school_id: str) -> int | None:
    limit = session.get_one(School, school_id).storage_mb
    return max((limit << 20) - bytes_of_school(school_id), 0) if limit else None


def _added(viewer: Viewer, course: Course, title: str, medium: str, file: File | None) -> Document:
    document = Document(
        course_id=course.id,
        school_id=course.school_id,
        title=_title(title),
        medium=medium,
        created_by=viewer.account_id,
    )
    session.add(document)
    session.flush()
    _start(document, file)
    _record(viewer, document, "document.added")
    return document


def _start(document: Document, file: File | None) -> None:
    version = DocumentVersion(
        document_id=document.id, number=document.version + 1, source_file_id=file.id if file else None
    )
    session.add(version)
    _restart(document)


def _restart(document: Document) -> None:
    document.status, document.problem = "processing", None
    document.progress, document.step, document.attempts, document.touched_at = 0.0, "waiting", 0, None
    after_commit(import_document, document.id)


def _title(title: str) -> str:
    clean = " ".join(title.split())[:MAX_TITLE]
    if not clean:
        raise Invalid(_("Give it a title."), "no_title", "/title")
    return clean


def _record(viewer: Viewer, document: Document, action: str) -> None:
    audit.record(
        action,
        school_id=document.school_id,
        course_id=document.course_id,
        actor_id=viewer.account_id,
        object_id=document.id,
    )
