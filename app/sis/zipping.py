"""What a OneRoster service says, as the ZIP that an admin would have uploaded: from there on both go one way."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from .service import KINDS, Record, Service

# Always whole: they are few, and a class is over only if all its terms are known.
WHOLE = ("orgs", "academicSessions")
COLUMNS = {
    "orgs": ("sourcedId", "status", "name"),
    "academicSessions": ("sourcedId", "status", "title", "endDate"),
    "classes": ("sourcedId", "status", "title", "termSourcedIds"),
    "users": (
        *("sourcedId", "status", "enabledUser", "role", "username", "givenName", "familyName", "email"),
        *("preferredGivenName", "preferredFamilyName"),
    ),
    "roles": ("sourcedId", "userSourcedId", "role"),
    "enrollments": ("sourcedId", "status", "classSourcedId", "userSourcedId", "role", "endDate"),
}
_ELSEWHERE = {
    "classSourcedId": "class",
    "userSourcedId": "user",
    "termSourcedIds": "terms",
    "preferredGivenName": "preferredFirstName",
    "preferredFamilyName": "preferredLastName",
}


def write(service: Service, target: IO[bytes], since: str) -> None:
    """Ask for everything, or for what changed after ``since``. Raises ServiceProblem."""
    changed = "delta" if since else "bulk"
    modes = {kind: "bulk" if kind in WHOLE else changed for kind in KINDS}
    roles: list[Mapping[str, str]] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in KINDS:
            records = service.records(kind, "" if kind in WHOLE else since)
            _add(archive, kind, _rows(kind, records, roles))
        if roles:
            _add(archive, "roles", roles)
        told = {"manifest.version": "1.0", "oneroster.version": "1.2"}
        told |= {f"file.{kind}": mode for kind, mode in modes.items()}
        told["file.roles"] = changed if roles else "absent"
        lines = [{"propertyName": name, "value": value} for name, value in told.items()]
        _add(archive, "manifest", lines, ("propertyName", "value"))


def _add(
    archive: zipfile.ZipFile, name: str, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...] = ()
) -> None:
    with (
        archive.open(f"{name}.csv", "w") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        writer = csv.DictWriter(text, columns or COLUMNS[name], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _rows(
    kind: str, records: Iterable[Record], roles: list[Mapping[str, str]]
) -> Iterator[Mapping[str, str]]:
    for record in records:
        row = {name: _value(record, name) for name in COLUMNS[kind]}
        if kind == "users":
            row["enabledUser"] = row["enabledUser"] or "true"  # some leave it out
            roles += _roles(record, row["sourcedId"])
        yield row


def _value(record: Record, name: str) -> str:
    found = record.get(name)
    if found is None:
        found = record.get(_ELSEWHERE.get(name, ""))
    return _plain(found)


def _plain(found: Any) -> str:
    """One field: a reference is the id that it holds, a list its parts, and no sign that a text may not have."""
    if isinstance(found, dict):
        found = found.get("sourcedId", "")
    if isinstance(found, list):
        return ",".join(filter(None, map(_plain, found[:200])))
    if isinstance(found, bool):
        return "true" if found else "false"
    words = "" if found is None else str(found)
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())[:2000]


def _roles(record: Record, key: str) -> list[Mapping[str, str]]:
    """The roles of a person in 1.2, where they are several; in 1.1 there is one, in the record itself."""
    listed = record.get("roles")
    found = (
        [_plain(one.get("role")) for one in listed if isinstance(one, dict)]
        if isinstance(listed, list)
        else []
    )
    return [
        {"sourcedId": f"{key} {role}"[:254], "userSourcedId": key, "role": role}
        for role in set(found)
        if role
    ]
