"""Videos, sounds, captions and pictures: what they hold, and that a hostile one opens nothing else."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from annotators.errors import ExtractionError
from annotators.image.extract import extract as extract_image
from annotators.kinds import kind_of
from annotators.video.captions import Cue, write_vtt
from annotators.video.captions import extract as extract_captions
from annotators.video.extract import extract as extract_media
from annotators.video.extract import ffmpeg_path


def make_media(path: Path, *options: str) -> Path:
    """Let ffmpeg draw a short film of one colour, with a tone."""
    sources = ["-f", "lavfi", "-i", "color=c=red:s=64x48:d=2", "-f", "lavfi", "-i", "sine=d=2"]
    command = [ffmpeg_path(), "-v", "error", "-y", *sources, "-shortest", *options, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.mark.parametrize(("name", "options"), [("a.mp4", ()), ("a.webm", ()), ("a.mkv", ()), ("a.avi", ())])
def test_a_video_has_a_length_and_a_size(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    found = extract_media(make_media(tmp_path / name, *options))
    assert (found.medium, found.width, found.height) == ("video", 64, 48)
    assert found.duration == pytest.approx(2, abs=0.2)


def test_a_sound_has_a_length(tmp_path: Path) -> None:
    found = extract_media(make_media(tmp_path / "a.ogg", "-vn"))
    assert (found.medium, found.width, found.video_codec) == ("audio", None, None)
    assert found.duration == pytest.approx(2, abs=0.2)


def test_a_recording_without_a_length_is_counted(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.webm", "-live", "1", "-f", "webm")
    assert extract_media(path).duration == pytest.approx(2, abs=0.2)


PLAYLISTS = {
    "hls.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{canary}\n#EXT-X-ENDLIST\n",
    "hls-late.mp4": "\n\n  #EXTM3U\n#EXTINF:2,\nfile://{canary}\n",
    "concat.mp4": "ffconcat version 1.0\nfile '{canary}'\n",
    "dash.mp4": '<?xml version="1.0"?><MPD><BaseURL>{canary}</BaseURL></MPD>',
    "sdp.mp4": "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
}


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_opens_nothing(name: str, tmp_path: Path) -> None:
    canary = make_media(tmp_path / "canary.mp4")
    path = tmp_path / name
    path.write_text(PLAYLISTS[name].format(canary=canary))
    with pytest.raises(ExtractionError) as caught:
        kind_of(path)
    assert caught.value.code == "playlist"
    # and where the look at its first bytes were fooled, the list of containers still holds
    with pytest.raises(ExtractionError):
        extract_media(path)


def test_a_damaged_video_says_so(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "a.mp4").read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[:600])
    with pytest.raises(ExtractionError) as caught:
        extract_media(path)
    assert caught.value.code == "damaged_media"


VTT = """WEBVTT

NOTE a comment

1
00:00:01.000 --> 00:00:02.500 line:80%
<v Ms Lee>Light <i>bends</i> &amp; slows.</v>
<script>alert(1)</script>

00:01.5 --> x
broken

00:00:00.500 --> 00:00:00.900
First.
"""
SRT = "1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<b>Hello</b>\nyou\n\n2\n01:00:00,000 --> 01:00:01,000\nEnd\n"


def test_captions_lose_their_tags_and_keep_their_speaker() -> None:
    assert extract_captions(VTT.encode()).cues == [
        Cue(0.5, 0.9, "First."),
        Cue(1.0, 2.5, "Light bends & slows.\nalert(1)", "Ms Lee"),
    ]


def test_subrip_is_read_too() -> None:
    cues = extract_captions(b"\xef\xbb\xbf" + SRT.replace("\n", "\r\n").encode()).cues
    assert cues == [Cue(1.0, 2.5, "Hello\nyou"), Cue(3600.0, 3601.0, "End")]


def test_written_captions_hold_only_times_and_words() -> None:
    cues = [Cue(0.5, 61.25, "a < b & c --> d", "Ana <x>"), Cue(3600, 3601.001, "two\nlines")]
    assert extract_captions(write_vtt(cues).encode()).cues == cues


@pytest.mark.parametrize(
    "data", [b"no captions", b"WEBVTT\n\nnothing", b"\x89PNG\r\n\0", b"", b"WEBVTT" * 1_000_000]
)
def test_what_are_no_captions_says_so(data: bytes) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract_captions(data)
    assert caught.value.text


def test_a_picture_has_a_size_as_one_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (40, 30)).save(path, exif=turned)
    assert (extract_image(path).width, extract_image(path).height) == (30, 40)


def test_a_picture_that_is_too_large_or_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (10_000, 5_000)).save(path)
    with pytest.raises(ExtractionError, match="10000 × 5000"):
        extract_image(path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ExtractionError):
        extract_image(path)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.md", b"# words", "markdown"),
        ("a.txt", b"words", "plain"),
        ("a", b"words", "plain"),
        ("a", b"<!DOCTYPE html><p>words", "web"),
        ("a.htm", b"words", "web"),
        ("a.mp4", b"%PDF-1.4", "pdf"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.pdf", b"\0\0\0\x18ftypmp42", "media"),
        ("a.srt", b"1\n00:00", "captions"),
        ("a.txt", b"WEBVTT\n", "captions"),
    ],
)
def test_the_kind_of_a_file(name: str, data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind
