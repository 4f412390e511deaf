"""Video: made to play, with progress, captions and a poster; and files that try to read other files."""

import io
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from annotators.video.extract import ffmpeg_path
from app.core import jobs
from app.core.db import session
from app.core.storage import File, open_file
from app.documents import kinds
from app.documents.media.importing import read_recording
from app.documents.problems import ImportProblem

RED = "0xE01020"


def film(path: Path, *codec: str, colour: str = "gray", seconds: float = 1.0, size: str = "64x48") -> bytes:
    """A short film of one colour."""
    source = ["-f", "lavfi", "-i", f"color={colour}:size={size}:rate=8:duration={seconds}"]
    subprocess.run(
        [
            ffmpeg_path(),
            "-v",
            "error",
            "-y",
            *source,
            *(codec or ("-c:v", "libx264", "-pix_fmt", "yuv420p")),
            path,
        ],
        check=True,
    )
    return path.read_bytes()


def upload(cast, name, data, path=None):
    path = path or f"/v1/courses/{cast.course.id}/documents"
    made = cast.teacher.post(path, data={"file": (io.BytesIO(data), name)})
    assert made.status_code == 201, made.text
    jobs.run_pending()
    return cast.teacher.get(f"/v1/documents/{made.get_json()['id']}").get_json()


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mp4", ()),
        ("a.webm", ("-c:v", "libvpx", "-b:v", "200k")),
        ("a.mov", ("-c:v", "mpeg4")),
        ("a.avi", ("-c:v", "mpeg4")),
        ("a.mkv", ("-c:v", "libx264", "-pix_fmt", "yuv444p")),
        ("a.ts", ("-c:v", "libx264", "-pix_fmt", "yuv420p")),
    ],
)
def test_a_video_is_ready_to_watch(cast, tmp_path, name, codec):
    document = upload(cast, name, film(tmp_path / name, *codec))
    assert (document["status"], document["medium"], document["problem"]) == ("ready", "video", None)
    content = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()
    assert content["duration"] == pytest.approx(1.0, abs=0.3)
    assert content["video_url"]
    assert content["poster_url"]


def test_large_pictures_are_made_smaller_and_sides_stay_even(tmp_path):
    film(tmp_path / "source", "-c:v", "mpeg4", "-f", "avi", size="1601x901")
    steps = []
    reading = read_recording(tmp_path / "source", kinds.AVI, lambda step, part: steps.append((step, part)))
    said = subprocess.run(
        [ffmpeg_path(), "-i", reading.media[0]], capture_output=True, text=True, check=False
    ).stderr
    assert "1278x720" in said or "1280x720" in said
    assert ("converting", pytest.approx(0.1)) in steps
    assert all(0 <= part <= 1 for _step, part in steps)


def test_a_stopped_import_stops_ffmpeg(tmp_path):
    film(tmp_path / "source", "-c:v", "mpeg4", "-f", "avi", seconds=120, size="640x480")

    class Enough(Exception):
        pass

    def report(step: str, _part: float) -> None:
        if step == "converting":
            raise Enough

    with pytest.raises(Enough):
        read_recording(tmp_path / "source", kinds.AVI, report)
    assert not (tmp_path / "poster.jpg").exists()


def test_captions_become_a_transcript_and_the_picture_stays(cast, tmp_path):
    document = upload(cast, "a.mp4", film(tmp_path / "a.mp4"))
    before = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()
    captions = b"WEBVTT\n\n00:00.000 --> 00:00.500\nHello <b>you</b>\n\n00:00.500 --> 00:00.900\nand you\n"
    after = upload(cast, "a.vtt", captions, f"/v1/documents/{document['id']}/versions")
    assert (after["status"], after["version"]) == ("ready", 2)
    content = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()
    assert [cue["text"] for cue in content["cues"]] == ["Hello you", "and you"]
    assert content["duration"] == before["duration"]
    assert content["video_url"]
    again = upload(cast, "b.mp4", film(tmp_path / "b.mp4"), f"/v1/documents/{document['id']}/versions")
    assert again["version"] == 3
    assert len(cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()["cues"]) == 2


def test_captions_without_a_video_are_refused(cast):
    path = f"/v1/courses/{cast.course.id}/documents"
    answer = cast.teacher.post(path, data={"file": (io.BytesIO(b"WEBVTT\n"), "a.vtt")})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "captions_alone")


def atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def pointing_mov(target: str) -> bytes:
    """A QuickTime reference movie: it has no picture, only the address of another file."""
    address = target.encode() + b"\0"
    reference = atom(b"rdrf", struct.pack(">I4sI", 0, b"url ", len(address)) + address)
    return atom(b"ftyp", b"qt  \0\0\0\0qt  ") + atom(b"moov", atom(b"rmra", atom(b"rmda", reference)))


def polyglots(victim: Path) -> dict[str, bytes]:
    """Files named like a video that name the victim's instead of holding one."""
    here, name = str(victim), victim.name
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"
    mpd = (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet '
        f'mimeType="video/mp4"><Representation id="1"><BaseURL>file://{here}</BaseURL></Representation>'
        "</AdaptationSet></Period></MPD>"
    )
    sdp = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
    # text after a signature: what begins like a film must not be read as a list
    ebml, riff, ftyp = b"\x1aE\xdf\xa3", b"RIFF\0\0\0\0AVI ", atom(b"ftyp", b"isom\0\0\0\0isom")
    return {
        "hls-relative": playlist.format(name).encode(),
        "hls-absolute": playlist.format(here).encode(),
        "hls-file": playlist.format(f"file://{here}").encode(),
        "hls-concat": playlist.format(f"concat:{here}|{here}").encode(),
        "hls-subfile": playlist.format(f"subfile,,start,0,end,0,,:{here}").encode(),
        "hls-crypto": playlist.format(f"crypto:{here}").encode(),
        "ffconcat": f"ffconcat version 1.0\nfile '{here}'\n".encode(),
        "dash": mpd.encode(),
        "sdp": sdp.encode(),
        "mov-reference": pointing_mov(f"file://{here}"),
        "mkv-then-list": ebml + playlist.format(here).encode(),
        "avi-then-list": riff + playlist.format(here).encode(),
        "mp4-then-list": ftyp + playlist.format(here).encode(),
        "image2": f"{victim.parent}/%d.mp4".encode(),
    }


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    folder = tmp_path_factory.mktemp("victim")
    film(folder / "1.mp4", colour=RED)
    return folder / "1.mp4"


@pytest.mark.parametrize("name", sorted(polyglots(Path("/x/1.mp4"))))
def test_no_upload_shows_another_file(cast, victim, name):
    document = upload(cast, "lesson.mp4", polyglots(victim)[name])
    assert document["status"] == "failed"
    assert document["problem"]
    stored = session.query(File).all()
    assert {file.name for file in stored} == {"lesson.mp4"}
    with open_file(stored[0]) as stream:
        assert stream.read() == polyglots(victim)[name]


def test_the_canary_would_be_seen(victim):
    """Without our walls ffmpeg follows such a list, so the test above means something."""
    target = victim.with_name("leak.mp4")
    (victim.parent / "list").write_bytes(polyglots(victim)["ffconcat"])
    command = [
        ffmpeg_path(),
        "-v",
        "error",
        "-y",
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        "list",
        "-c",
        "copy",
        target.name,
    ]
    subprocess.run(command, cwd=victim.parent, check=True)
    assert target.stat().st_size > 0


def test_a_file_beside_the_upload_stays_unread(tmp_path, victim):
    """Even when the job's folder holds the target, and the first bytes are those of a real film."""
    shutil.copy(victim, tmp_path / "1.mp4")
    forced = {
        "hls-relative": kinds.MPEG_TS,
        "ffconcat": kinds.MP4,
        "mov-reference": kinds.MP4,
        "mkv-then-list": kinds.WEBM,
    }
    for name, kind in forced.items():
        (tmp_path / "source").write_bytes(polyglots(tmp_path / "1.mp4")[name])
        with pytest.raises(ImportProblem):
            read_recording(tmp_path / "source", kind, lambda _step, _part: None)
        assert not (tmp_path / "video.mp4").exists() or not (tmp_path / "video.mp4").stat().st_size, name


def test_a_video_of_a_hundred_hours_is_too_long(tmp_path):
    stretched = ("-vf", "setpts=PTS*400000", "-fps_mode", "passthrough")  # eight pictures, not ten million
    film(tmp_path / "a.mp4", "-c:v", "mjpeg", *stretched, "-f", "mov", size="2x2")
    with pytest.raises(ImportProblem) as problem:
        read_recording(tmp_path / "a.mp4", kinds.MP4, lambda _step, _part: None)
    assert problem.value.code in {"video_too_long", "damaged_media"}
