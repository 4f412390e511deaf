"""What the published texts of xAPI 1.0.3 (part two) and Caliper 1.2 ask of a record, written as checks.

They are written from the specifications: the schemas that others have published are under terms, or need libraries,
that this repository does without. Each function returns what is wrong; an empty list is a good record.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.I)
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DURATION = re.compile(r"P(\d+W|(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?)")
STATEMENT = {
    "id",
    "actor",
    "verb",
    "object",
    "result",
    "context",
    "timestamp",
    "stored",
    "authority",
    "version",
}
STATEMENT |= {"attachments"}
DEFINITION = {
    "name",
    "description",
    "type",
    "moreInfo",
    "interactionType",
    "correctResponsesPattern",
    "choices",
}
DEFINITION |= {"extensions", "scale", "source", "target", "steps"}
INTERACTIONS = {"true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing"}
INTERACTIONS |= {"likert", "numeric", "other"}
CONTEXT = {"registration", "instructor", "team", "contextActivities", "revision", "platform", "language"}
CONTEXT |= {"statement", "extensions"}


def is_iri(value: object) -> bool:
    return isinstance(value, str) and bool(IRI.fullmatch(value))


def is_moment(value: object) -> bool:
    """ISO 8601 in UTC with milliseconds."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
        return False
    return bool(datetime.fromisoformat(value))


def no_nulls(value: object, where: str = "") -> Iterator[str]:
    """Neither standard allows null, apart from inside extensions."""
    if value is None:
        yield f"{where}: null"
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from no_nulls(each, f"{where}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from no_nulls(each, f"{where}/{number}")


def xapi(statement: dict[str, Any]) -> list[str]:
    """What is wrong with an xAPI statement."""
    wrong = list(no_nulls(statement))
    wrong += [f"unknown property {one}" for one in statement.keys() - STATEMENT]
    wrong += [f"missing {one}" for one in {"actor", "verb", "object"} - statement.keys()]
    if wrong:
        return wrong
    if not UUID.fullmatch(statement.get("id", "")):
        wrong.append("id")
    if not is_moment(statement.get("timestamp")):
        wrong.append("timestamp")
    wrong += [f"actor: {one}" for one in _agent(statement["actor"])]
    verb = statement["verb"]
    if not is_iri(verb.get("id")) or not _is_map(verb.get("display")) or verb.keys() - {"id", "display"}:
        wrong.append("verb")
    wrong += [f"object: {one}" for one in _activity(statement["object"])]
    wrong += [f"result: {one}" for one in _result(statement.get("result", {}))]
    wrong += [f"context: {one}" for one in _context(statement.get("context", {}))]
    return wrong


def _agent(agent: dict[str, Any]) -> Iterator[str]:
    if agent.keys() - {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"}:
        yield "unknown property"
    if len(agent.keys() & {"mbox", "mbox_sha1sum", "openid", "account"}) != 1:
        yield "exactly one identifier"
    if "mbox" in agent and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", agent["mbox"]):
        yield "mbox"
    if "account" in agent:
        account = agent["account"]
        if account.keys() != {"homePage", "name"} or not is_iri(account["homePage"]) or not account["name"]:
            yield "account"


def _is_map(value: object) -> bool:
    return isinstance(value, dict) and all(
        TAG.fullmatch(key) and isinstance(each, str) for key, each in value.items()
    )


def _activity(activity: dict[str, Any]) -> Iterator[str]:
    if activity.get("objectType", "Activity") != "Activity" or not is_iri(activity.get("id")):
        yield "no activity"
    definition = activity.get("definition", {})
    if definition.keys() - DEFINITION:
        yield f"definition: {definition.keys() - DEFINITION}"
    if "type" in definition and not is_iri(definition["type"]):
        yield "type"
    if not all(_is_map(definition.get(name, {})) for name in ("name", "description")):
        yield "language map"
    interaction = definition.get("interactionType")
    if interaction is not None and interaction not in INTERACTIONS:
        yield "interactionType"
    for choice in definition.get("choices", []):
        if interaction not in ("choice", "sequencing") or not re.fullmatch(r"\S+", choice["id"]):
            yield "choices"
        if not _is_map(choice["description"]):
            yield "description of a choice"
    ids = [choice["id"] for choice in definition.get("choices", [])]
    if len(ids) != len(set(ids)):
        yield "choices must differ"


def _result(result: dict[str, Any]) -> Iterator[str]:
    if result.keys() - {"score", "success", "completion", "response", "duration", "extensions"}:
        yield "unknown property"
    if not all(isinstance(result.get(name, True), bool) for name in ("success", "completion")):
        yield "boolean"
    if not isinstance(result.get("response", ""), str):
        yield "response"
    if "duration" in result and not DURATION.fullmatch(result["duration"]):
        yield f"duration {result['duration']}"
    if not all(map(is_iri, result.get("extensions", {}))):
        yield "extensions"
    score = result.get("score", {})
    if not -1 <= score.get("scaled", 0) <= 1:
        yield "scaled"
    if "raw" in score and not score.get("min", score["raw"]) <= score["raw"] <= score.get(
        "max", score["raw"]
    ):
        yield "raw"
    if score.keys() - {"scaled", "raw", "min", "max"}:
        yield "score"


def _context(context: dict[str, Any]) -> Iterator[str]:
    if context.keys() - CONTEXT:
        yield "unknown property"
    around = context.get("contextActivities", {})
    if around.keys() - {"parent", "grouping", "category", "other"}:
        yield "contextActivities"
    for activities in around.values():
        for activity in activities:
            yield from _activity(activity)
    if not all(map(is_iri, context.get("extensions", {}))):
        yield "extensions"


# Caliper 1.2: event type -> its profile, the actions, the types of the object, of what is generated, of the target.
PERSON, DOCUMENTS = {"Person"}, {"Document", "VideoObject", "AudioObject", "ImageObject"}
EVENTS: dict[str, tuple[str, set[str], set[str], set[str], set[str], set[str]]] = {
    "AnnotationEvent": (
        *("AnnotationProfile", {"Bookmarked", "Highlighted", "Shared", "Tagged"}, PERSON, DOCUMENTS),
        *({"BookmarkAnnotation", "HighlightAnnotation"}, {"MediaLocation", "Frame"}),
    ),
    "MessageEvent": ("ForumProfile", {"Posted"}, PERSON, {"Message"}, set(), set()),
    "MediaEvent": (
        *("MediaProfile", {"Started", "Resumed", "Paused", "Ended", "JumpedTo"}, PERSON),
        *({"VideoObject", "AudioObject"}, set(), {"MediaLocation"}),
    ),
    "AssessmentItemEvent": (
        *("AssessmentProfile", {"Started", "Skipped", "Completed"}, PERSON, {"AssessmentItem"}),
        *({"MultipleChoiceResponse", "FillinBlankResponse"}, set()),
    ),
    "GradeEvent": (
        *("GradingProfile", {"Graded"}, {"Person", "SoftwareApplication"}, {"Attempt"}, {"Score"}, set()),
    ),
    "Event": (*("GeneralProfile", {"Used"}, {"SoftwareApplication"}, {"SoftwareApplication"}, set(), set()),),
}
NEEDED = {
    "HighlightAnnotation": {"annotator", "annotated", "selection"},
    "BookmarkAnnotation": {"annotator", "annotated"},
    "Message": {"creators", "isPartOf"},
    "MediaLocation": {"currentTime"},
    "Attempt": {"assignee", "assignable"},
    "Score": {"attempt", "maxScore", "scoreGiven"},
    "MultipleChoiceResponse": {"attempt"},
    "FillinBlankResponse": {"attempt"},
}


def envelope(said: dict[str, Any]) -> list[str]:
    """What is wrong with a Caliper envelope and the events in it."""
    wrong = [f"missing {one}" for one in {"sensor", "sendTime", "dataVersion", "data"} ^ said.keys()]
    if wrong:
        return wrong
    if said["dataVersion"] != "http://purl.imsglobal.org/ctx/caliper/v1p2" or not is_iri(said["sensor"]):
        wrong.append("dataVersion or sensor")
    if not is_moment(said["sendTime"]) or not said["data"]:
        wrong.append("sendTime or data")
    return wrong + [one for event in said["data"] for one in caliper(event)]


def caliper(event: dict[str, Any]) -> list[str]:
    """What is wrong with a Caliper event."""
    needed = {"@context", "id", "type", "profile", "actor", "action", "object", "eventTime"}
    wrong = [f"missing {one}" for one in needed - event.keys()] + list(no_nulls(event))
    if wrong:
        return wrong
    wrong += [f"unknown {one}" for one in event.keys() - needed - {"edApp", "group", "generated", "target"}]
    profile, actions, actors, objects, generated, targets = EVENTS[event["type"]]
    if event["@context"] != "http://purl.imsglobal.org/ctx/caliper/v1p2" or event["profile"] != profile:
        wrong.append("context or profile")
    if not event["id"].startswith("urn:uuid:") or not UUID.fullmatch(event["id"][9:]):
        wrong.append("id")
    if event["action"] not in actions or not is_moment(event["eventTime"]):
        wrong.append("action or eventTime")
    for name, types in {
        "actor": actors,
        "object": objects,
        "generated": generated,
        "target": targets,
    }.items():
        if name in event and event[name]["type"] not in types:
            wrong.append(f"{name} is a {event[name]['type']}")
    return wrong + list(_entities(event))


def _entities(value: object) -> Iterator[str]:
    """Every entity has an IRI and a type, and what its type asks for."""
    if isinstance(value, list):
        for each in value:
            yield from _entities(each)
    if not isinstance(value, dict):
        return
    type_ = value.get("type", "")
    if type_ not in ("SystemIdentifier", "TextPositionSelector"):
        if not is_iri(value.get("id")) or not type_:
            yield f"an entity without id or type: {value}"
        yield from (f"{type_} without {one}" for one in NEEDED.get(type_, set()) - value.keys())
    for name, each in value.items():
        if name in ("duration", "currentTime") and not DURATION.fullmatch(str(each)):
            yield f"{name} {each}"
        if name == "dateCreated" and not is_moment(each):
            yield f"{name} {each}"
        yield from _entities(each)
