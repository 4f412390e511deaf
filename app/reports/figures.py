"""The measured figures of topics and causes, as `make bench` last wrote them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import scoring

FILE = Path(scoring.__file__).parent / "models" / "topic_figures.json"


@cache
def topic_figures() -> dict[str, Any]:
    """The table beside its baselines, empty where nobody has measured yet."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    return found
