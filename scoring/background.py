"""How students' remarks are spread in the space of sentence vectors, whatever they are about.

Vectors of remarks lie close together because all are remarks. Seen against this background (its mean taken
away, its widest directions narrowed: partial whitening), what tells subjects apart counts more. Fitted on the
freely licensed remarks alone (``python -m scoring.background FOLDER``); a mean and axes hold no text.
"""

import hashlib
import io
import sys
from functools import cache
from pathlib import Path

import numpy as np

from scoring.embeddings import Vectors, checked, embed

FILE = Path(__file__).parent / "models" / "background.npz"
SHA256 = "a11f7f69103d47b93e8742fc21c93177216eec859e9cd4ba6ef2e776dff2550f"
SOURCES = ("urgency", "video_comments")
NARROWED = 0.2  # power of a direction's variance that is divided out; 0.5 would be full whitening
FLOOR = 0.02  # of the widest variance: directions without variance are not blown up


@cache
def _background() -> tuple[Vectors, Vectors]:
    with np.load(io.BytesIO(checked(FILE, SHA256)), allow_pickle=False) as arrays:
        return arrays["mean"], arrays["axes"].astype(np.float32)


def against_background(vectors: Vectors) -> Vectors:
    """Unit vectors as they differ from what remarks have in common, again of unit length."""
    mean, axes = _background()
    rows = (vectors - mean) @ axes
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def fit(vectors: Vectors) -> bytes:
    """The file's content from the vectors of many remarks."""
    mean = vectors.mean(axis=0)
    _, sizes, directions = np.linalg.svd(vectors - mean, full_matrices=False)
    variance = sizes**2 / len(vectors)
    axes = directions.T * (variance / variance[0] + FLOOR) ** -NARROWED
    out = io.BytesIO()
    np.savez(out, mean=mean.astype(np.float32), axes=axes.astype(np.float16))
    return out.getvalue()


def main(folder: Path) -> None:
    """Fit it on the labelled sets in a folder, write it, and say its SHA-256."""
    from scoring.datasets import read_all

    said = [e.remark.text for e in read_all(folder) if e.source in SOURCES]
    content = fit(embed(said))
    FILE.write_bytes(content)
    sys.stdout.write(hashlib.sha256(content).hexdigest() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
