"""An address as a picture that a phone's camera reads."""

from typing import Any

import segno

# The edge that the standard asks for: cameras find the picture by it.
_EDGE = 4


def picture(address: str) -> dict[str, Any]:
    """The dark squares as the path of an SVG, and the size of its side.

    A path rather than an element, so that the browser draws it without taking markup from an answer.
    """
    code = segno.make_qr(address, error="m")
    side, _height = code.symbol_size(border=_EDGE)
    rows = enumerate(code.matrix, _EDGE)
    return {"size": side, "path": "".join(_row(y, bytes(row)) for y, row in rows)}


def _row(y: int, cells: bytes) -> str:
    """The dark runs of one row."""
    runs, start = [], 0
    for x, (cell, following) in enumerate(zip(cells, cells[1:] + b"\2", strict=True)):
        if cell != following:
            runs.append(f"M{start + _EDGE} {y}h{x + 1 - start}v1H{start + _EDGE}z" if cell else "")
            start = x + 1
    return "".join(runs)
