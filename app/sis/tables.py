"""CSV as other systems write it, read within limits and by column name."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from .roster import Roster

MOST_BYTES = 100 << 20
LONGEST_FIELD = 10_000
csv.field_size_limit(1 << 20)


class Unreadable(Exception):
    """The file as a whole cannot be taken; ``code`` has its sentence in `wording`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, value[:100]


class _Limited(io.RawIOBase):
    """A stream that ends in Unreadable rather than fill the memory (a small ZIP may hold a large file)."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a narrower buffer than typeshed's
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("too_large")
        buffer[: len(data)] = data
        return len(data)


Line = tuple[int, dict[str, str]]


def lines(
    stream: IO[bytes],
    name: str,
    roster: Roster,
    *,
    wanted: set[str],
    encoding: str = "utf-8-sig",
    comma: str = ",",
) -> Iterator[Line]:
    """Each line as its number and its fields by column name, without spaces around.

    Lines with more or fewer fields than there are columns are complained of and left out. Raises Unreadable if
    it is no such table, or a wanted column is missing.
    """
    text = io.TextIOWrapper(io.BufferedReader(_Limited(stream), 1 << 16), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=comma, strict=True)
    try:
        columns = [column.strip() for column in next(reader, [])]
        _check(columns, name, wanted)
        for fields in reader:
            if not any(fields):
                continue
            if len(fields) != len(columns):
                roster.complain(name, reader.line_num, "field_count", str(len(fields)))
                continue
            if any("\0" in one or len(one) > LONGEST_FIELD for one in fields):
                roster.complain(name, reader.line_num, "field_strange")
                continue
            yield reader.line_num, {key: one.strip() for key, one in zip(columns, fields, strict=True)}
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8", name) from error
    except csv.Error as error:
        raise Unreadable("not_csv", f"{name}, {reader.line_num}") from error


def _check(columns: list[str], name: str, wanted: set[str]) -> None:
    if len(columns) != len(set(columns)):
        raise Unreadable("columns_twice", name)
    missing = sorted(wanted - set(columns))
    if missing:
        raise Unreadable("column_missing", f"{name}: {', '.join(missing)}")
