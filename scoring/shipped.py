"""The fitted models as they ship: one npz file a model, checked against the manifest's SHA-256."""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from scoring.embeddings import DamagedModel, checked
from scoring.features import NAMES
from scoring.heads import Floats, Head, Space

FOLDER = Path(__file__).parent / "models"
MANIFEST = "manifest.json"
QUALITY_HEADS = ("quality1", "quality2", "quality3")  # of a remark on a passage
NOTE_HEADS = ("note1", "note2", "note3")  # of one without: a note after a lesson reads differently
GENRES = ("post", "comment", "remark")  # of a forum, under a recording, on a reading: see asking.py
CONFUSION_HEADS = tuple(f"confusion_{genre}" for genre in GENRES)
QUESTION_HEADS = tuple(f"question_{genre}" for genre in GENRES)
GENRE_HEADS = tuple(f"genre_{genre}" for genre in GENRES)
ASKING_HEADS = (*CONFUSION_HEADS, *QUESTION_HEADS, *GENRE_HEADS)
SPACE_PARTS = ("mean", "scale", "vector_mean", "vector_scale")
HEADS = (*QUALITY_HEADS, *NOTE_HEADS, *ASKING_HEADS)


@dataclass(frozen=True)
class Model:
    """Everything that one variant ("licensed" or "full") needs to rate."""

    space: Space  # of the quality heads
    asking_space: Space  # of the others
    heads: dict[str, Head]
    cuts: tuple[
        float, float
    ]  # on the raw quality: above the first shows reading, above the second is thoughtful
    note_cuts: tuple[float, float]  # the same for remarks without a passage
    thoughtful: Floats  # typical features of a thoughtful remark, to say what would raise a rating


@cache
def load(name: str, folder: Path = FOLDER) -> Model:
    """A shipped model by name; DamagedModel when its file is not the one in the manifest."""
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest["features"] != NAMES:
        raise DamagedModel("the models were fitted on other features; fit them again")
    content = checked(folder / f"{name}.npz", manifest["models"][name]["sha256"])
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return _model({key: arrays[key] for key in arrays.files})


def _model(arrays: dict[str, Floats]) -> Model:
    low, high, note_low, note_high = (float(cut) for cut in arrays["cuts"])
    heads = {name: _head(arrays, name) for name in HEADS}
    space, asking = (
        Space(*(arrays[f"{name}.{part}"] for part in SPACE_PARTS)) for name in ("space", "asking")
    )
    return Model(space, asking, heads, (low, high), (note_low, note_high), arrays["thoughtful"])


def _head(arrays: dict[str, Floats], name: str) -> Head:
    intercept, slope, offset = (float(number) for number in arrays[f"{name}.numbers"])
    return Head(arrays[f"{name}.coefficients"], intercept, slope, offset)


def pack(model: Model) -> bytes:
    """The bytes of a model's npz file; the same model always gives the same bytes."""
    spaces = {"space": model.space, "asking": model.asking_space}
    arrays = {f"{name}.{part}": getattr(spaces[name], part) for name in spaces for part in SPACE_PARTS}
    arrays |= {
        "cuts": np.asarray([*model.cuts, *model.note_cuts], np.float32),
        "thoughtful": model.thoughtful,
    }
    for name, head in model.heads.items():
        arrays[f"{name}.numbers"] = np.asarray([head.intercept, head.slope, head.offset], np.float64)
        arrays[f"{name}.coefficients"] = head.coefficients
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def save(models: dict[str, tuple[Model, dict[str, object]]], folder: Path = FOLDER) -> None:
    """Write models, each with a word on what it was fitted on, and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    entries: dict[str, object] = _kept(folder / MANIFEST)
    for name, (model, about) in models.items():
        content = pack(model)
        (folder / f"{name}.npz").write_bytes(content)
        entries[name] = {"sha256": hashlib.sha256(content).hexdigest()} | about
    (folder / MANIFEST).write_text(json.dumps({"features": NAMES, "models": entries}, indent=1) + "\n")


def _kept(manifest: Path) -> dict[str, object]:
    """Entries of models that stay as they are: those fitted on the same features."""
    before = json.loads(manifest.read_text()) if manifest.exists() else {}
    return dict(before["models"]) if before.get("features") == NAMES else {}
