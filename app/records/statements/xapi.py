"""xAPI 1.0.3 statements. Verbs and types are those of the public registries and of the video profile."""

from typing import Any

from .facts import (
    Annotated,
    Answered,
    Fact,
    Scored,
    Somebody,
    Watched,
    duration,
    filled,
    id_of,
    moment,
    seconds,
)

VERSION = "1.0.3"
_VERBS = {
    "annotated": "http://risc-inc.com/annotator/verbs/annotated",
    "asked": "http://adlnet.gov/expapi/verbs/asked",
    "replied": "http://id.tincanapi.com/verb/replied",
    "answered": "http://adlnet.gov/expapi/verbs/answered",
    "scored": "http://adlnet.gov/expapi/verbs/scored",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "played": "https://w3id.org/xapi/video/verbs/played",
    "paused": "https://w3id.org/xapi/video/verbs/paused",
    "seeked": "https://w3id.org/xapi/video/verbs/seeked",
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
}
_DOCUMENTS = {
    "text": "http://activitystrea.ms/schema/1.0/article",
    "pdf": "http://activitystrea.ms/schema/1.0/article",
    "image": "http://activitystrea.ms/schema/1.0/image",
    "audio": "http://activitystrea.ms/schema/1.0/audio",
    "video": "https://w3id.org/xapi/video/activity-type/video",
}
_ASSIGNMENT = "http://id.tincanapi.com/activitytype/school-assignment"
_COURSE = "http://adlnet.gov/expapi/activities/course"
_COMMENT = "http://activitystrea.ms/schema/1.0/comment"
_QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
_APPLICATION = "http://activitystrea.ms/schema/1.0/application"
_VIDEO = "https://w3id.org/xapi/video"
_EXTENSION = f"{_VIDEO}/extensions/"
_SELECTOR = "http://www.w3.org/ns/oa#hasSelector"
Statement = dict[str, Any]


def statements(fact: Fact) -> list[Statement]:
    """What to tell an LRS of a fact: one statement, or several for a stretch of a video."""
    match fact.deed:
        case Annotated() as deed:
            said = [_annotated(fact, deed)]
        case Answered() as deed:
            said = [_answered(fact, deed)]
        case Watched() as deed:
            said = _watched(fact, deed)
        case Scored() as deed:
            said = [_scored(fact, deed)]
    return [{"id": id_of(fact, part)} | one for part, one in enumerate(said)]


def trial(home: str, id: str, at: str) -> Statement:
    """A statement about nobody, to see whether an LRS takes statements from us."""
    return {
        "id": id,
        "actor": agent(home, Somebody("connection-test")),
        "verb": _verb("initialized"),
        "object": _activity(home, _APPLICATION, "Foreword"),
        "timestamp": at,
    }


def agent(home: str, who: Somebody) -> dict[str, Any]:
    """An account of this installation; the e-mail address instead, where the school lets it out."""
    said: dict[str, Any] = {"objectType": "Agent"}
    if who.name:
        said["name"] = who.name
    if who.email:
        return said | {"mbox": f"mailto:{who.email}"}
    return said | {"account": {"homePage": home, "name": who.id}}


def _verb(name: str) -> dict[str, Any]:
    return {"id": _VERBS[name], "display": {"en": name}}


def _activity(iri: str, type: str, name: str = "", **more: Any) -> dict[str, Any]:
    definition = {"type": type, **({"name": {"und": name}} if name else {}), **more}
    return {"objectType": "Activity", "id": iri, "definition": definition}


def _statement(
    fact: Fact, verb: str, about: dict[str, Any], result: dict[str, Any] | None = None
) -> Statement:
    place = fact.place
    parent = _activity(place.iri("assignments", place.assignment_id), _ASSIGNMENT, place.assignment)
    if about["id"] == parent["id"]:
        around = {"grouping": [_course(fact)]}
    else:
        around = {"parent": [parent], "grouping": [_course(fact)]}
    said = {
        "actor": agent(place.home, fact.who),
        "verb": _verb(verb),
        "object": about,
        "context": {"contextActivities": around, "platform": "Foreword"},
        "timestamp": moment(fact.at),
    }
    return said | ({"result": result} if result else {})


def _course(fact: Fact) -> dict[str, Any]:
    return _activity(fact.place.iri("courses", fact.place.course_id), _COURSE, fact.place.course)


def _document(fact: Fact) -> dict[str, Any]:
    place = fact.place
    return _activity(place.iri("documents", place.document_id), _DOCUMENTS[place.medium], place.document)


def _comment(fact: Fact, id: str) -> dict[str, Any]:
    return _activity(fact.place.iri("annotations", id), _COMMENT)


def _annotated(fact: Fact, deed: Annotated) -> Statement:
    names = {"questioning": "asked", "replying": "replied"}
    about = _comment(fact, deed.parent_id) if deed.parent_id else _document(fact)
    selector = filled(start=deed.start, end=deed.end, exact=deed.quote)
    extensions = {_SELECTOR: selector} if selector else None
    said = _statement(
        fact,
        names.get(deed.motivation, "annotated"),
        about,
        filled(response=deed.text or None, extensions=extensions),
    )
    said["context"]["contextActivities"]["other"] = [_comment(fact, deed.id)]
    return said


def _answered(fact: Fact, deed: Answered) -> Statement:
    more: dict[str, Any] = {"interactionType": "long-fill-in"}
    if deed.kind == "choice":
        choices = [{"id": id, "description": {"und": text}} for id, text in deed.options]
        more = {"interactionType": "choice", "choices": choices}
    question = fact.place.iri("questions", deed.question_id)
    about = _activity(question, _QUESTION, description={"und": deed.stem}, **more)
    response = deed.option if deed.kind == "choice" else deed.text
    return _statement(
        fact, "answered", about, filled(completion=True, success=deed.correct, response=response)
    )


def _scored(fact: Fact, deed: Scored) -> Statement:
    place = fact.place
    about = _activity(place.iri("assignments", place.assignment_id), _ASSIGNMENT, place.assignment)
    score: dict[str, float] = {"raw": deed.points, "min": 0, "max": deed.maximum}
    if deed.maximum > 0:
        score["scaled"] = round(min(max(deed.points / deed.maximum, 0.0), 1.0), 4)
    return _statement(fact, "scored", about, {"score": score})


def _watched(fact: Fact, deed: Watched) -> list[Statement]:
    """A stretch begins (perhaps after a jump) and ends; once nearly all has been seen, it is completed."""
    said = []
    if deed.came_from is not None and abs(deed.came_from - deed.start) > 1.0:
        jump = {"time-from": seconds(deed.came_from), "time-to": seconds(deed.start)}
        said.append(_of_video(fact, deed, "seeked", jump))
    said.append(_of_video(fact, deed, "played", {"time": seconds(deed.start)}))
    segments = "[,]".join(f"{seconds(start)}[.]{seconds(end)}" for start, end in deed.segments)
    until = filled(**{"time": seconds(deed.end), "played-segments": segments, "progress": deed.share})
    last = _of_video(fact, deed, "completed" if deed.completes else "paused", until)
    last["timestamp"] = moment(deed.ended_at)
    last["result"]["duration"] = duration((deed.ended_at - fact.at).total_seconds())
    if deed.completes:
        last["result"]["completion"] = True
    return [*said, last]


def _of_video(fact: Fact, deed: Watched, verb: str, extensions: dict[str, Any]) -> Statement:
    result = {"extensions": {_EXTENSION + name: value for name, value in extensions.items()}}
    said = _statement(fact, verb, _document(fact), result)
    said["context"]["contextActivities"]["category"] = [{"objectType": "Activity", "id": _VIDEO}]
    known = filled(**{"session-id": deed.id, "length": fact.place.length})
    said["context"]["extensions"] = {_EXTENSION + name: value for name, value in known.items()}
    return said
