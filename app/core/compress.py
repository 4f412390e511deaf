"""The API's answers and the built files travel compressed: zstd where the browser takes it, else gzip."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import zstandard
from flask import Flask, Response, current_app, request

from app.core.assets import HASHED

SMALLEST = 1_200
"""Bytes: what fits one packet anyway gains nothing."""


JSON = {"application/json", "application/problem+json"}
BUILT = {"text/javascript", "text/css", "image/svg+xml"}


def init_app(app: Flask) -> None:
    """Compress JSON and built files. Pages stay as they are: they hold form tokens beside others' words."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    built = response.mimetype in BUILT and HASHED.search(request.path) is not None
    if (
        not (built or (response.mimetype in JSON and not response.direct_passthrough))
        or response.status_code == 206
        or "Content-Encoding" in response.headers
        or (response.content_length or 0) < SMALLEST
    ):
        return response
    response.headers.add("Vary", "Accept-Encoding")
    encoding = next((name for name in ENCODERS if request.accept_encodings.quality(name)), None)
    if encoding is None:
        return response
    if built:
        response.direct_passthrough = False
        response.set_data(_built(Path(current_app.static_folder or "static"), request.path, encoding))
    else:
        response.set_data(ENCODERS[encoding](response.get_data(), 1))
    response.headers["Content-Encoding"] = encoding
    return response


@lru_cache(maxsize=500)
def _built(folder: Path, path: str, encoding: str) -> bytes:
    """A built file, compressed as well as can be: its name changes with its content, so it is done once."""
    return ENCODERS[encoding]((folder / path.removeprefix("/static/")).read_bytes(), 9)


def _zstd(content: bytes, effort: int) -> bytes:
    # A fresh compressor each time: they must not be shared between threads.
    return zstandard.ZstdCompressor(level=3 if effort == 1 else 15).compress(content)


def _gzip(content: bytes, effort: int) -> bytes:
    return gzip.compress(content, compresslevel=effort, mtime=0)


ENCODERS: dict[str, Callable[[bytes, int], bytes]] = {"zstd": _zstd, "gzip": _gzip}
"""By preference; effort is 1 (for once) to 9 (for ever)."""
