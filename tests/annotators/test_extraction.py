"""Reading at arm's length, and the command line: whatever the file does, there is an answer."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotators.errors import ExtractionError
from annotators.extraction import extract_limited, thumbnail_limited
from tests.annotators.pdf_files import write_pdf


def run(command: str, lines: str | list[object], *arguments: str) -> tuple[int, list[Any], str]:
    """Run a command of the package; returns its status, its JSON lines and its standard error."""
    text = lines if isinstance(lines, str) else "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(
        [sys.executable, "-m", "annotators", command, *arguments],
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_a_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Title\n\nwords")
    found = extract_limited(path)
    assert (found["title"], found["text"], found["medium"]) == ("Title", "Title\nwords\n", "text")


def test_a_pdf_and_its_thumbnail(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Two words"])
    assert extract_limited(path, "pdf")["text"] == "Two words"
    assert thumbnail_limited(path, 1, 100).startswith(b"\x89PNG")


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("words")
    with pytest.raises(ExtractionError) as caught:
        extract_limited(path, timeout=0.01)
    assert caught.value.code == "too_slow"


def test_a_reader_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words " * 300_000)
    with pytest.raises(ExtractionError) as caught:
        extract_limited(path, memory=60 << 20)
    assert caught.value.code in {"too_much_memory", "damaged"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.md", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged_pdf"),
        ("a.mp4", b"\0\0\0\x18ftypmp42 broken", "damaged_media"),
        ("a.bin", b"\0\1\2", "unknown_kind"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_kind"),
        ("a.m3u8", b"#EXTM3U\n", "playlist"),
    ],
)
def test_the_reason_comes_back(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ExtractionError) as caught:
        extract_limited(path)
    assert caught.value.code == code


def test_lines_go_in_and_come_out_in_order() -> None:
    status, lines, _ = run("describe", [{"text": "😀 the cat", "start": 6, "end": 9, "more": True}] * 2)
    assert status == 0
    assert lines[0] == lines[1]
    status, lines, _ = run(
        "anchor",
        [
            {"text": "one 😀 cat", "selectors": lines[0]["selectors"]},
            {"text": "😀 the cat", "selectors": lines[0]["selectors"]},
            {"text": "x", "selectors": lines[0]["selectors"]},
        ],
    )
    assert status == 0
    assert lines[1] == {"start": 6, "end": 9, "how": "exact", "score": 1.0}
    assert lines[2] == {"orphan": True}


def test_a_bad_line_is_named_and_the_others_are_done() -> None:
    good = {"text": "abc", "start": 0, "end": 1}
    text = (
        json.dumps(good)
        + '\nnonsense\n{"text":"a"}\n[[[[\n{"text":"\\ud800","start":0,"end":1}\n'
        + json.dumps(good)
    )
    status, lines, _ = run("describe", text)
    assert status == 1
    assert [line.get("line") for line in lines] == [None, 2, 3, 4, 5, None]
    assert all("error" in line for line in lines[1:5])


def test_extract_writes_one_object(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html lang=fr><title>T</title><body><p>Bonjour tout le monde</p><script>1</script>")
    status, lines, complaint = run("extract", "", str(path))
    assert (status, len(lines), complaint) == (0, 1, "")
    assert lines[0]["language"] == "fr"
    assert "Bonjour tout le monde" in lines[0]["text"]


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_extract_says_in_one_sentence_what_is_wrong(name: str, tmp_path: Path) -> None:
    status, lines, complaint = run("extract", "", str(tmp_path / name))
    assert (status, lines, complaint) == (1, [], "There is no such file.\n")
