"""Run ffmpeg on a hostile file: one demuxer, no network, limits, its own folder, and a way to stop it.

ffmpeg follows references inside of files (play lists, ``ffconcat``, references between movies) to other files and
hosts. So the demuxer is forced to the one that the first bytes promised, only demuxers that read a single file are
allowed at all, and the only protocols are that file and our pipe.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ffmpeg

from annotators.errors import ExtractionError
from annotators.video.extract import ffmpeg_path

from ..problems import ImportProblem

DEMUXERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mp3,ogg,wav,flac"
PROTOCOLS = "file,pipe"
MEMORY = 4 << 30
FILE_BYTES = 8 << 30
_LAUNCHER = Path(__file__).with_name("limited.py")


def source(path: Path, demuxer: str, **options: Any) -> Any:
    """The hostile file as ffmpeg-python's input, with everything that keeps ffmpeg inside of it."""
    return ffmpeg.input(
        path.name,
        f=demuxer,
        protocol_whitelist=PROTOCOLS,
        format_whitelist=DEMUXERS,
        max_streams=32,
        **options,
    )


def output(streams: list[Any], target: Path, **options: Any) -> Any:
    """Some of a source's streams, written to a file of the import's folder."""
    return ffmpeg.output(*streams, target.name, **options)


def run(
    task: Any,
    folder: Path,
    seconds: float,
    tick: Callable[[float], None] | None = None,
) -> str:
    """Run what ffmpeg-python has put together in the import's folder; returns what ffmpeg said (standard error).

    ``tick`` is called about once a second with the seconds of video that are done; what it raises stops
    ffmpeg. Raises ImportProblem when ffmpeg takes too long. Whether it succeeded, its files tell.
    """
    words = [_program(), "-hide_banner", "-nostdin", "-nostats", "-y", *task.get_args()]
    launched = [
        sys.executable,
        "-I",
        str(_LAUNCHER),
        str(MEMORY),
        str(int(seconds) + 5),
        str(FILE_BYTES),
        *words,
    ]
    said_path = folder / "said"
    with said_path.open("wb") as said:
        process = subprocess.Popen(  # a list, no shell; the only foreign part is a file's content
            launched,
            cwd=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    try:
        _watch(process, seconds, tick)
    finally:
        process.kill()
        process.wait()
    return said_path.read_text("utf-8", "replace")[-50_000:]


def _program() -> str:
    try:
        return ffmpeg_path()
    except ExtractionError as error:
        raise ImportProblem("no_ffmpeg") from error


def _watch(process: subprocess.Popen[str], seconds: float, tick: Callable[[float], None] | None) -> None:
    deadline = time.monotonic() + seconds
    reached = [0.0]
    reader = threading.Thread(target=_follow, args=(process, reached), daemon=True)
    reader.start()
    while process.poll() is None:
        if time.monotonic() > deadline:
            raise ImportProblem("too_slow")
        if tick:
            tick(reached[0])
        reader.join(0.2)
        if not reader.is_alive():
            _wait_briefly(process)


def _wait_briefly(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(0.2)
    except subprocess.TimeoutExpired:
        return  # it closed its output but still works; the loop looks at the clock again


def _follow(process: subprocess.Popen[str], reached: list[float]) -> None:
    """Read ``-progress pipe:1``: lines of ``key=value``."""
    for seconds in _progress(process.stdout or ()):
        reached[0] = seconds


def _progress(lines: Any) -> Iterator[float]:
    for line in lines:
        key, _equals, value = line.strip().partition("=")
        if key == "out_time_us" and value.isdigit():
            yield int(value) / 1_000_000
