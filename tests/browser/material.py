"""Material made for the journeys: a PDF written by hand, and a film of a few seconds."""

import io
import subprocess
from pathlib import Path

from annotators.pdf.extract import extract
from annotators.video.captions import Cue
from annotators.video.extract import ffmpeg_path
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.storage import File, store
from app.documents.models import DocumentVersion
from tests import factories
from tests.conftest import Cast

PAGES = [
    ["Light bends when it passes from air into glass,", "because its speed changes. A straw looks broken."],
    [],
    ["A car that brakes on one side turns.", "So does a wave that slows down at one end first."],
]
CUES = [
    Cue(0.0, 1.0, "Look at the straw."),
    Cue(1.0, 2.0, "It looks broken.", "Ms Lee"),
    Cue(2.0, 3.0, "It is not."),
]
SECONDS = 3


def write_pdf(pages: list[list[str]]) -> bytes:
    """A PDF with one line of text under the other; a page without lines gets a grey square."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        drawing = b"0.6 g 150 400 200 200 re f"
        if lines:
            shown = " ".join(f"({line}) Tj T*" for line in lines)
            drawing = f"BT /F1 18 Tf 24 TL 60 700 Td {shown} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        resources = b"<< /Font << /F1 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>"
        objects.append(page % (resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    """The objects with the table that tells where each begins."""
    written = io.BytesIO(b"%PDF-1.4\n")
    written.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    written.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    written.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return written.getvalue()


def assign_pdf(cast: Cast, folder: Path, pages: list[list[str]] = PAGES) -> Assignment:
    """The pages as a document of the cast's course, read as an import reads them, and assigned."""
    path = folder / "lesson.pdf"
    path.write_bytes(write_pdf(pages))
    found = extract(path).as_dict()
    with unit_of_work():
        file = _stored(cast, path, "application/pdf")
        document = factories.document(
            cast.course,
            str(found["text"]),
            "",
            "pdf",
            pages=found["pages"],
            outline=found["outline"],
            media_file_id=file.id,
        )
        return factories.assignment(cast.course, document, title="Refraction on paper")


def assign_film(cast: Cast, folder: Path, cues: list[Cue]) -> Assignment:
    """A film of three seconds with these captions, assigned."""
    path = folder / "film.webm"
    picture = f"testsrc=duration={SECONDS}:size=320x180:rate=25"
    command = [
        ffmpeg_path(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        picture,
        "-c:v",
        "libvpx",
        "-b:v",
        "200k",
        str(path),
    ]
    subprocess.run(command, check=True, timeout=60)
    with unit_of_work():
        file = _stored(cast, path, "video/webm")
        document = factories.document(
            cast.course, "", "", "video", duration=SECONDS, width=320, height=180, media_file_id=file.id
        )
        version = session.query(DocumentVersion).filter_by(document_id=document.id).one()
        version.length = SECONDS
        version.cues = [vars(cue) for cue in cues]
        return factories.assignment(cast.course, document, title="The straw")


def _stored(cast: Cast, path: Path, media_type: str) -> File:
    with path.open("rb") as stream:
        return store(stream, school_id=cast.school.id, name=path.name, media_type=media_type, limit=1 << 24)
