"""Sound: made to play everywhere, annotated by the clock, with captions as its transcript."""

import subprocess
from pathlib import Path

import pytest

from annotators.video.extract import ffmpeg_path

from .test_video import film, upload

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:00.800\nCall me Ishmael.\n"


def sound(path: Path, *codec: str, seconds: float = 2.0) -> bytes:
    """A short tone."""
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *tone, *codec, path], check=True)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "codec", "served"),
    [
        ("a.mp3", ("-c:a", "libmp3lame"), "audio/mpeg"),
        ("a.m4a", ("-c:a", "aac"), "audio/mp4"),
        ("a.ogg", ("-c:a", "libvorbis"), "audio/mp4"),
        ("a.opus", ("-c:a", "libopus"), "audio/mp4"),
        ("a.wav", (), "audio/mp4"),
        ("a.flac", (), "audio/mp4"),
        ("only-sound.mp4", ("-c:a", "aac"), "audio/mp4"),
    ],
)
def test_a_sound_is_ready_to_hear(app, cast, tmp_path, name, codec, served):
    document = upload(cast, name, sound(tmp_path / name, *codec))
    assert (document["status"], document["medium"], document["problem"]) == ("ready", "audio", None)
    content = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()
    assert content["duration"] == pytest.approx(2.0, abs=0.2)
    assert (content["poster_url"], content["width"], content["cues"]) == (None, None, [])
    answer = app.test_client(use_cookies=False).get(content["video_url"])
    assert (answer.status_code, answer.mimetype) == (200, served)


def test_a_cover_is_no_picture(cast, tmp_path):
    plain, cover, both = tmp_path / "plain.mp3", tmp_path / "cover.mp4", tmp_path / "both.mp3"
    sound(plain, "-c:a", "libmp3lame")
    film(cover)
    joined = ["-i", plain, "-i", cover, "-map", "0:a", "-map", "1:v", "-frames:v", "1", "-c:a", "copy"]
    as_cover = ["-c:v", "mjpeg", "-id3v2_version", "3", "-disposition:v", "attached_pic"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *joined, *as_cover, both], check=True)
    assert upload(cast, "both.mp3", both.read_bytes())["medium"] == "audio"


def test_a_sound_gets_a_transcript_and_is_annotated_by_the_clock(cast, tmp_path):
    document = upload(cast, "a.mp3", sound(tmp_path / "a.mp3", "-c:a", "libmp3lame"))
    after = upload(cast, "a.vtt", CAPTIONS, f"/v1/documents/{document['id']}/versions")
    assert (after["status"], after["medium"], after["version"]) == ("ready", "audio", 2)
    content = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()
    assert [cue["text"] for cue in content["cues"]] == ["Call me Ishmael."]
    assert content["video_url"]
    assignment = cast.teacher.post(
        f"/v1/courses/{cast.course.id}/assignments", json={"document_id": document["id"]}
    ).get_json()
    draft = {"body": "Who?", "target": {"selector": {"type": "FragmentSelector", "value": "t=0.5,1"}}}
    made = cast.ana.post(f"/v1/assignments/{assignment['id']}/annotations", json=draft).get_json()
    assert made["span"] == {"start": 0.5, "end": 1.0}
    page = cast.ana.get(f"/assignments/{assignment['id']}")
    assert page.status_code == 200
    assert 'data-medium="audio"' in page.get_data(as_text=True)


def test_a_broken_sound_is_refused_in_a_sentence(cast):
    document = upload(cast, "a.mp3", b"ID3\x04" + b"\0" * 2_000)
    assert document["status"] == "failed"
    assert "damaged" in document["problem"]
