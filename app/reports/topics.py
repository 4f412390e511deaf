"""Topics as they stand after a change by hand, until the worker has made the report anew."""

from collections.abc import Mapping
from typing import Any

Topic = dict[str, Any]
MEMBERS_THAT_ARE = ("open", "partly", "asking", "foreign")


def rearranged(result: dict[str, Any], placed: Mapping[str, str | None]) -> dict[str, Any]:
    """The result with these annotations in these topics; without a topic they stand by themselves.

    Numbers of changed topics are not counted here. Topics that lost everybody are gone.
    """
    before = result.get("topics", [])
    every = {key for topic in before for key in topic["members"]}
    unlike = {name: every - _those(before, name) for name in MEMBERS_THAT_ARE}
    order = [topic["id"] for topic in before]
    new = [name for name in dict.fromkeys(placed.values()) if name and name not in order]
    topics = [_with(topic, placed, unlike) for topic in [*before, *map(_blank, new)]]
    single = [key for key in result.get("unclustered", []) if not placed.get(key)]
    apart = [key for key, name in placed.items() if name is None and key not in single]
    return {**result, "topics": [t for t in topics if t["members"]], "unclustered": [*single, *apart]}


def _those(topics: list[Topic], name: str) -> set[str]:
    return {key for topic in topics for key in topic.get(name, [])}


def _blank(topic_id: str) -> Topic:
    return {
        "id": topic_id,
        "label": "",
        "summary": "",
        "members": [],
        "open": [],
        "asking": [],
        "students": 0,
        "share": 0.0,
        "open_share": 0.0,
        "passages": [],
        "places": [],
        "representatives": [],
        "signals": {},
    }


def _with(topic: Topic, placed: Mapping[str, str | None], unlike: dict[str, set[str]]) -> Topic:
    kept = [key for key in topic["members"] if placed.get(key, topic["id"]) == topic["id"]]
    added = [key for key, name in placed.items() if name == topic["id"] and key not in kept]
    members = [*kept, *added]
    if members == topic["members"]:
        return topic
    return topic | {
        "members": members,
        **{name: [key for key in members if key not in others] for name, others in unlike.items()},
        "representatives": [key for key in topic["representatives"] if key in members] or members[:3],
        "changed": True,
    }
