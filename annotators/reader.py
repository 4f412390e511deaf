"""The process that reads one hostile file: ``python -m annotators.reader FILE MEMORY SECONDS TASK…``.

Started by ``extraction``. It gives away what it does not need, reads, writes what it found to standard
output, or the reason of its failure as JSON in the last line of standard error.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from annotators.errors import ExtractionError
from annotators.kinds import Kind, kind_of

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000


def main(arguments: list[str]) -> int:
    """Read the file under limits; 0 if that went well."""
    path, memory, seconds, *task = arguments
    _limit(int(memory), int(seconds))
    _leave_network()
    try:
        found = _do(Path(path), task)
        # writing takes memory too, so it is done before the first byte is out
        sys.stdout.buffer.write(found)
        sys.stdout.buffer.flush()
    except ExtractionError as error:
        return _complain(error)
    except (MemoryError, RecursionError):
        return _complain(ExtractionError("too_much_memory"))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return _complain(ExtractionError("damaged"))
    return 0


def _complain(error: ExtractionError) -> int:
    sys.stderr.write("\n" + json.dumps(error.as_dict()) + "\n")
    return 1


def _limit(memory: int, seconds: int) -> None:
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        # the tables of the language finder unpack into a file of 70 MB
        (resource.RLIMIT_FSIZE, 1 << 27),
        (resource.RLIMIT_NOFILE, 128),
    )
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (least, least))
        except (ValueError, OSError) as error:
            # macOS knows no limit of address space; time and the others still hold
            sys.stderr.write(f"limit {kind} not set: {error}\n")


def _leave_network() -> None:
    """Step into a network of one's own that has no way out, where the system lets us."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER_AND_NETWORK)


def _do(path: Path, task: list[str]) -> bytes:
    name, *rest = task
    if name == "thumbnail":
        from annotators.pdf.extract import thumbnail

        return thumbnail(path, int(rest[0]), int(rest[1]))
    kind = kind_of(path) if name == "auto" else cast(Kind, name)
    found = _READERS.get(kind, _text)(path, kind)
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def _text(path: Path, kind: Kind) -> dict[str, Any]:
    from annotators.text import extract

    if path.stat().st_size > extract.MAX_BYTES:
        raise ExtractionError("too_large", {"limit": f"{extract.MAX_BYTES // 1_000_000} MB"})
    return extract.extract(path.read_bytes(), cast(extract.Kind, kind)).as_dict()


def _pdf(path: Path, _: Kind) -> dict[str, Any]:
    from annotators.pdf.extract import extract

    return extract(path).as_dict()


def _media(path: Path, _: Kind) -> dict[str, Any]:
    from annotators.video.extract import extract

    return extract(path).as_dict()


def _image(path: Path, _: Kind) -> dict[str, Any]:
    from annotators.image.extract import extract

    return extract(path).as_dict()


def _captions(path: Path, _: Kind) -> dict[str, Any]:
    from annotators.video import captions

    if path.stat().st_size > captions.MAX_BYTES:
        raise ExtractionError("too_large", {"limit": f"{captions.MAX_BYTES // 1_000_000} MB"})
    return captions.extract(path.read_bytes()).as_dict()


_READERS: dict[Kind, Callable[[Path, Kind], dict[str, Any]]] = {
    "pdf": _pdf,
    "media": _media,
    "image": _image,
    "captions": _captions,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
