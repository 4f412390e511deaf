"""What ships: checked, small, free of pickles, and the same numbers as scikit-learn gave."""

import shutil

import numpy as np
import pytest

from scoring.embeddings import DamagedModel, embed, wordings
from scoring.shipped import FOLDER, load


def test_a_changed_model_file_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "models")
    file = tmp_path / "models" / "licensed.npz"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(DamagedModel):
        load("licensed", tmp_path / "models")


@pytest.mark.parametrize("name", ["licensed", "full"])
def test_a_shipped_model_holds_numbers_only(name):
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        assert all(arrays[key].dtype.kind in "fi" for key in arrays.files)
    assert (FOLDER / f"{name}.npz").stat().st_size < 2_000_000


def test_embeddings_are_unit_vectors_kept_by_text():
    cache = {}
    first = embed(["The moon pulls the sea.", "The sea is pulled by the moon.", "Taxes rose."], cache)
    assert len(cache) == 3
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-2)
    assert first[0] @ first[1] > 0.8
    assert first[0] @ first[2] < 0.4
    assert np.array_equal(embed(["Taxes rose."], cache), first[2:])


def test_wordings_are_kept_beside_embeddings_and_do_not_depend_on_their_batch():
    cache = {}
    texts = ["Why does the moon pull the sea?", "Taxes rose. " * 20, "The moon pulls the sea."]
    worded = wordings(texts, cache)
    assert len(cache) == 2 * len(texts)
    assert np.array_equal(embed(texts, cache), embed(texts, {}))
    assert len(cache) == 2 * len(texts), "one run of the encoder gives both"
    alone = np.vstack([wordings([text], {}) for text in texts])
    assert np.allclose(worded, alone, atol=1e-2)
    assert not np.allclose(worded[0], worded[2], atol=0.1)
