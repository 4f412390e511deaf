"""JSON answers are compressed when that is worth it: zstd where the browser takes it, else gzip."""

import gzip

import zstandard
from flask import Flask, Response, request

SMALLEST = 1_200
"""Bytes: what fits one packet anyway gains nothing."""


def init_app(app: Flask) -> None:
    """Compress the API's answers. Pages stay as they are: they hold form tokens beside others' words."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if (
        response.direct_passthrough
        or response.mimetype not in {"application/json", "application/problem+json"}
        or "Content-Encoding" in response.headers
        or (response.content_length or 0) < SMALLEST
    ):
        return response
    response.headers.add("Vary", "Accept-Encoding")
    if request.accept_encodings.quality("zstd"):
        # A fresh compressor each time: they must not be shared between threads.
        response.set_data(zstandard.ZstdCompressor(level=3).compress(response.get_data()))
        response.headers["Content-Encoding"] = "zstd"
    elif request.accept_encodings.quality("gzip"):
        response.set_data(gzip.compress(response.get_data(), compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
