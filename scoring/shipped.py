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
from scoring.heads import Floats, Forest, Head, Space

FOLDER = Path(__file__).parent / "models"
MANIFEST = "manifest.json"
QUALITY_HEADS = ("quality1", "quality2", "quality3")
HEADS = (*QUALITY_HEADS, "confusion", "question")

_FOREST = ("feature", "threshold", "left", "right", "value")


@dataclass(frozen=True)
class Model:
    """Everything that one variant ("licensed" or "full") needs to rate."""

    space: Space
    heads: dict[str, Head]
    cuts: tuple[
        float, float
    ]  # on the raw quality: above the first shows reading, above the second is thoughtful
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
    space = Space(*(arrays[f"space.{part}"] for part in ("mean", "scale", "centre", "axes")))
    low, high = (float(cut) for cut in arrays["cuts"])
    return Model(space, {name: _head(arrays, name) for name in HEADS}, (low, high), arrays["thoughtful"])


def _head(arrays: dict[str, Floats], name: str) -> Head:
    intercept, slope, offset, share, base = (float(number) for number in arrays[f"{name}.numbers"])
    feature, threshold, left, right, value = (arrays[f"{name}.{part}"] for part in _FOREST)
    forest = Forest(feature, threshold, left, right, value, base)
    return Head(arrays[f"{name}.coefficients"], intercept, forest, slope, offset, share)


def pack(model: Model) -> bytes:
    """The bytes of a model's npz file; the same model always gives the same bytes."""
    arrays = {f"space.{part}": getattr(model.space, part) for part in ("mean", "scale", "centre", "axes")}
    arrays["cuts"], arrays["thoughtful"] = np.asarray(model.cuts, np.float32), model.thoughtful
    for name, head in model.heads.items():
        numbers = [head.intercept, head.slope, head.offset, head.tree_share, head.forest.base]
        arrays[f"{name}.numbers"] = np.asarray(numbers, np.float64)
        arrays[f"{name}.coefficients"] = head.coefficients
        arrays |= {f"{name}.{part}": getattr(head.forest, part) for part in _FOREST}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def save(models: dict[str, tuple[Model, dict[str, object]]], folder: Path = FOLDER) -> None:
    """Write models, each with a word on what it was fitted on, and their manifest."""
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
