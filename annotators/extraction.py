"""Read any file that can be annotated, at arm's length: in a process of its own with little time and
memory.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import annotators
from annotators.errors import ExtractionError
from annotators.kinds import KINDS, Kind

SECONDS = 28.0
MEMORY = 1 << 30


def extract_limited(
    path: Path, kind: Kind | None = None, timeout: float = SECONDS, memory: int = MEMORY
) -> dict[str, Any]:
    """Read a file in a subprocess that has ``timeout`` seconds, ``memory`` bytes and no network.

    ``kind`` None: found out from the file. Returns what the kind's ``Extracted….as_dict()`` gives
    (``medium`` of ``text``, ``pdf``, ``video``, ``audio``, ``image``, ``captions``). Raises ExtractionError
    with one sentence.
    """
    if kind is not None and kind not in KINDS:
        raise ExtractionError("unknown_kind")
    return dict(json.loads(_run([kind or "auto"], path, timeout, memory)))


def thumbnail_limited(
    path: Path, page: int, width: int, timeout: float = SECONDS, memory: int = MEMORY
) -> bytes:
    """Return a PDF's page (1…) as a PNG about ``width`` pixels wide, drawn under the same limits."""
    return _run(["thumbnail", str(page), str(width)], path, timeout, memory)


def _run(task: list[str], path: Path, timeout: float, memory: int) -> bytes:
    """Run the reader; what it finds comes on standard output, why it fails on standard error."""
    if not path.is_file():
        raise ExtractionError("missing")
    command = [
        sys.executable,
        "-m",
        "annotators.reader",
        str(path.absolute()),
        str(memory),
        str(int(timeout) + 1),
        *task,
    ]
    with tempfile.TemporaryDirectory(prefix="extract-") as folder:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            out, complaint = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as error:
            raise ExtractionError("too_slow") from error
        finally:
            # what the reader itself started (ffmpeg) ends with it
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode == 0:
        return out
    raise _reason(process.returncode, complaint)


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours but what a reader needs: no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "FFMPEG", "SYSTEMROOT") if name in os.environ}
    root = str(Path(annotators.__file__).parents[1])
    # each thread of a numerical library reserves memory that counts against the limit
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    return kept | threads | {"PYTHONPATH": root, "PYTHONUTF8": "1", "HOME": folder, "TMPDIR": folder}


def _reason(code: int, complaint: bytes) -> ExtractionError:
    """Why the reader failed: as it says itself in its last line, else by the signal that ended it."""
    try:
        said = json.loads(complaint.decode("utf-8", "replace").rstrip().rpartition("\n")[2])
        return ExtractionError(said["code"], said["params"])
    except (ValueError, TypeError, KeyError):
        if b"MemoryError" in complaint or b"bad_alloc" in complaint:
            return ExtractionError("too_much_memory")
        return ExtractionError("too_slow" if code in {-signal.SIGXCPU, -signal.SIGKILL} else "damaged")
