"""The database of the permission tests, as it was before a request."""

import hashlib
import sqlite3


class Snapshot:
    """A copy of a SQLite database in memory: put it back, or ask whether anything differs from it."""

    def __init__(self, path: str) -> None:
        self.live = sqlite3.connect(path)
        self.live.execute("PRAGMA synchronous=OFF")
        self.kept = sqlite3.connect(":memory:")
        self.live.backup(self.kept)
        self.digest = self._digest()

    def restore(self) -> None:
        """Everything as it was."""
        self.kept.backup(self.live)

    def version(self) -> int:
        """A number that moves whenever another connection has written."""
        return int(self.live.execute("PRAGMA data_version").fetchone()[0])

    def is_changed(self) -> bool:
        """Does any row of any table differ from the copy?"""
        return self._digest() != self.digest

    def _digest(self) -> str:
        tables = self.live.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
        rows = {
            name: self.live.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables.fetchall()
        }
        return hashlib.sha256(
            repr({name: sorted(map(repr, each)) for name, each in rows.items()}).encode()
        ).hexdigest()
