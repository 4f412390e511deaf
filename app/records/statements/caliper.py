"""Caliper 1.2 events of the annotation, forum, media, assessment and grading profiles."""

from typing import Any

from .facts import Annotated, Answered, Fact, Scored, Somebody, Watched, duration, filled, id_of, moment

VERSION = "http://purl.imsglobal.org/ctx/caliper/v1p2"
_DOCUMENTS = {"video": "VideoObject", "audio": "AudioObject", "image": "ImageObject"}
Event = dict[str, Any]


def envelope(home: str, events: list[Event], sent_at: str) -> dict[str, Any]:
    """What is sent at once."""
    return {"sensor": home, "sendTime": sent_at, "dataVersion": VERSION, "data": events}


def events(fact: Fact) -> list[Event]:
    """What to tell an endpoint of a fact: words on a passage are an annotation and a message."""
    match fact.deed:
        case Annotated() as deed:
            said = _annotated(fact, deed)
        case Answered() as deed:
            said = [_answered(fact, deed)]
        case Watched() as deed:
            said = _watched(fact, deed)
        case Scored() as deed:
            said = [_scored(fact, deed)]
    return [one | {"id": f"urn:uuid:{id_of(fact, part)}"} for part, one in enumerate(said)]


def trial(home: str, id: str, at: str) -> Event:
    """An event about nobody, to see whether an endpoint takes events from us."""
    app = _app(home)
    return {
        "@context": VERSION,
        "id": f"urn:uuid:{id}",
        "type": "Event",
        "profile": "GeneralProfile",
        "actor": app,
        "action": "Used",
        "object": app,
        "eventTime": at,
    }


def _app(home: str) -> dict[str, Any]:
    return {"id": home, "type": "SoftwareApplication", "name": "Foreword"}


def _person(home: str, who: Somebody) -> dict[str, Any]:
    said = {"id": f"{home}/people/{who.id}", "type": "Person"}
    mail = {"type": "SystemIdentifier", "identifierType": "EmailAddress", "identifier": who.email}
    return said | filled(name=who.name or None, otherIdentifiers=[mail] if who.email else None)


def _event(fact: Fact, type: str, profile: str, action: str, about: dict[str, Any], **more: Any) -> Event:
    place = fact.place
    return {
        "@context": VERSION,
        "type": type,
        "profile": profile,
        "actor": _person(place.home, fact.who),
        "action": action,
        "object": about,
        "eventTime": moment(fact.at),
        "edApp": _app(place.home),
        "group": {"id": place.iri("courses", place.course_id), "type": "CourseSection", "name": place.course},
        **more,
    }


def _document(fact: Fact) -> dict[str, Any]:
    place = fact.place
    length = duration(place.length) if place.length and place.medium in ("video", "audio") else None
    return {
        "id": place.iri("documents", place.document_id),
        "type": _DOCUMENTS.get(place.medium, "Document"),
        "name": place.document,
        **filled(duration=length),
    }


def _assignment(fact: Fact, type: str) -> dict[str, Any]:
    place = fact.place
    return {"id": place.iri("assignments", place.assignment_id), "type": type, "name": place.assignment}


def _point(fact: Fact, at: float) -> dict[str, Any]:
    document = fact.place.iri("documents", fact.place.document_id)
    return {"id": f"{document}#t={at:.2f}", "type": "MediaLocation", "currentTime": duration(at)}


def _annotated(fact: Fact, deed: Annotated) -> list[Event]:
    said = [] if deed.parent_id else [_on_passage(fact, deed)]
    return said if deed.motivation == "highlighting" else [*said, _message(fact, deed)]


def _on_passage(fact: Fact, deed: Annotated) -> Event:
    """A passage is highlighted; a moment, or a region of a picture, is bookmarked."""
    words = fact.place.medium in ("text", "pdf") and deed.start is not None and deed.end is not None
    made = {
        "id": fact.place.iri("annotations", deed.id),
        "type": "HighlightAnnotation" if words else "BookmarkAnnotation",
        "annotator": _person(fact.place.home, fact.who),
        "annotated": _document(fact),
        "dateCreated": moment(fact.at),
    }
    more: dict[str, Any] = {"generated": made}
    if words and deed.start is not None and deed.end is not None:
        made["selection"] = {"type": "TextPositionSelector", "start": int(deed.start), "end": int(deed.end)}
        made |= filled(selectionText=deed.quote)
    elif deed.start is not None:
        more["target"] = _point(fact, deed.start)
    action = "Highlighted" if words else "Bookmarked"
    return _event(fact, "AnnotationEvent", "AnnotationProfile", action, _document(fact), **more)


def _message(fact: Fact, deed: Annotated) -> Event:
    place = fact.place
    thread = {
        "id": f"{place.iri('annotations', deed.thread_id or deed.id)}#thread",
        "type": "Thread",
        "isPartOf": {"id": f"{place.iri('assignments', place.assignment_id)}#forum", "type": "Forum"},
    }
    above = f"{place.iri('annotations', deed.parent_id)}#message" if deed.parent_id else None
    message = {
        "id": f"{place.iri('annotations', deed.id)}#message",
        "type": "Message",
        "creators": [_person(place.home, fact.who)],
        "isPartOf": thread,
        "dateCreated": moment(fact.at),
        **filled(body=deed.text, replyTo=above),
    }
    return _event(fact, "MessageEvent", "ForumProfile", "Posted", message)


def _answered(fact: Fact, deed: Answered) -> Event:
    item = {
        "id": fact.place.iri("questions", deed.question_id),
        "type": "AssessmentItem",
        "name": deed.stem,
        "isPartOf": _assignment(fact, "Assessment"),
    }
    person = _person(fact.place.home, fact.who)
    attempt = {
        "id": f"{item['id']}/attempts/{deed.id}",
        "type": "Attempt",
        "assignee": person,
        "assignable": item,
        "count": deed.attempt,
    }
    response = {
        "id": fact.place.iri("answers", deed.id),
        "type": "MultipleChoiceResponse" if deed.kind == "choice" else "FillinBlankResponse",
        "attempt": attempt,
        "dateCreated": moment(fact.at),
        **filled(value=deed.option, values=None if deed.text is None else [deed.text]),
    }
    return _event(fact, "AssessmentItemEvent", "AssessmentProfile", "Completed", item, generated=response)


def _scored(fact: Fact, deed: Scored) -> Event:
    app, task = _app(fact.place.home), _assignment(fact, "AssignableDigitalResource")
    attempt = {
        "id": f"{task['id']}/attempts/{fact.who.id}",
        "type": "Attempt",
        "assignee": _person(fact.place.home, fact.who),
        "assignable": task,
        "count": 1,
    }
    score = {
        "id": f"{attempt['id']}/score",
        "type": "Score",
        "attempt": attempt["id"],
        "maxScore": deed.maximum,
        "scoreGiven": deed.points,
        "scoredBy": app,
        "dateCreated": moment(fact.at),
    }
    event = _event(fact, "GradeEvent", "GradingProfile", "Graded", attempt, generated=score)
    return event | {"actor": app}


def _watched(fact: Fact, deed: Watched) -> list[Event]:
    """A stretch begins (perhaps after a jump) and ends."""
    jumped = deed.came_from is not None and abs(deed.came_from - deed.start) > 1.0
    said = [_of_media(fact, "JumpedTo", deed.start)] if jumped else []
    said.append(_of_media(fact, "Started" if deed.came_from is None else "Resumed", deed.start))
    length = fact.place.length
    at_the_end = length is not None and deed.end >= length - 1.0
    last = _of_media(fact, "Ended" if at_the_end else "Paused", deed.end)
    return [*said, last | {"eventTime": moment(deed.ended_at)}]


def _of_media(fact: Fact, action: str, at: float) -> Event:
    return _event(fact, "MediaEvent", "MediaProfile", action, _document(fact), target=_point(fact, at))
