"""Groups and sections, as LMSs tell of them.

The Course Groups Service 1.0 lists groups and sets of them, and rosters say who is in which. LMSs without it put
ids or names into custom parameters of a launch (Moodle ``$Moodle.Person.userGroupIds``, Canvas
``$com.instructure.User.sectionNames``), or name the section in the ``lis`` claim.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GROUPS_ACCEPT = {"Accept": "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"}
SETS_ACCEPT = {"Accept": "application/vnd.ims.lti-gs.v1.contextgroupsetcontainer+json"}
LONGEST_NAME = 80
LONGEST_ID = 255
MOST = 200


@dataclass(frozen=True)
class Group:
    """A group of an LMS course. ``set_id`` is empty for one that belongs to no set."""

    id: str
    name: str
    set_id: str = ""


def groups_of(container: object) -> list[Group]:
    """The groups of one page of the service; whatever has no id or is hidden is left out."""
    rows = container.get("groups") if isinstance(container, Mapping) else None
    found = [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []
    return [
        Group(_id(each), _name(each), _id(each, "set_id"))
        for each in found
        if _id(each) and not each.get("hidden")
    ][:MOST]


def sets_of(container: object) -> dict[str, str]:
    """Set id to name, of one page of the service."""
    rows = container.get("sets") if isinstance(container, Mapping) else None
    found = [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []
    return {_id(each): _name(each) for each in found if _id(each)}


def enrolled_in(said: object) -> tuple[str, ...]:
    """Ids of the groups that a roster puts somebody into."""
    rows = said if isinstance(said, list) else []
    ids = (_id(each, "group_id") for each in rows if isinstance(each, Mapping))
    return tuple(one for one in ids if one)


def groups_in(custom: Mapping[str, str]) -> tuple[str, ...]:
    """Ids of the groups that a launch puts the person into; empty where it says nothing."""
    return _listed(custom.get("groups", ""), LONGEST_ID)


def section_in(custom: Mapping[str, str], lis: Mapping[str, Any]) -> str:
    """The name of the section that a launch puts the person into; the first, since one is in one section here."""
    named = _listed(custom.get("sections", "") or custom.get("section", ""), LONGEST_NAME)
    source = lis.get("course_section_sourcedid")
    return named[0] if named else _words(source)[:LONGEST_NAME]


def _listed(said: str, longest: int) -> tuple[str, ...]:
    """A list as LMSs write it: JSON, or names between commas."""
    try:
        found = json.loads(said) if said.lstrip().startswith("[") else said.split(",")
    except (ValueError, RecursionError):
        return ()
    names = (_words(one)[:longest] for one in found if isinstance(one, str | int))
    return tuple(dict.fromkeys(one for one in names if one))[:MOST]


def _id(row: Mapping[str, Any], field: str = "id") -> str:
    value = row.get(field)
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if len(text) <= LONGEST_ID and "\0" not in text else ""


def _name(row: Mapping[str, Any]) -> str:
    return _words(row.get("name"))[:LONGEST_NAME] or _id(row)[:LONGEST_NAME]


def _words(value: object) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
