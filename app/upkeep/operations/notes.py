"""What is noted of backups, in a small file beside the database: a restored database would know nothing of it."""

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Note(NamedTuple):
    """The last backup that was made, and the last failure since. ``checked``: it was read back."""

    made_at: datetime | None = None
    file: str = ""
    rows: int = 0
    files: int = 0
    missing: int = 0
    checked: bool = False
    failed_at: datetime | None = None
    problem: str = ""


def read_note(path: Path) -> Note:
    """What is noted; nothing where the file is missing or cannot be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        known = {name: said[name] for name in Note._fields if name in said}
        for name in ("made_at", "failed_at"):
            known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
        return Note(**known)
    except (OSError, ValueError, TypeError):
        return Note()


def write_note(path: Path, note: Note) -> None:
    """Replace what is noted, whole or not at all."""
    part = path.with_name(path.name + ".part")
    said = note._asdict()
    for name in ("made_at", "failed_at"):
        said[name] = said[name].isoformat() if said[name] else None
    part.write_text(json.dumps(said), encoding="utf-8")
    part.replace(path)
