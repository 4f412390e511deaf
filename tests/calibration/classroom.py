"""A class that has written, and was rated by the model."""

from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.core.jobs import run_pending
from app.documents.models import DocumentVersion
from app.scores.operations import record_ratings
from scoring.remark import Rating, Reason
from tests.factories import TEXT, add

QUOTE = {"type": "TextQuoteSelector", "exact": "its speed changes"}
REASON = Reason("gives_reason", {"words": "because"}, "English.", 0.4)


def write(cast, qualities, who="ana", **more):
    """An annotation for each quality, as the model rated it; returns their ids."""
    with unit_of_work():
        version = session.query(DocumentVersion).filter_by(document_id=cast.document.id).one()
        rows = [_annotation(cast, version.id, who, number, more) for number in range(len(qualities))]
        record_ratings(
            rows, [_rating(row.id, q) for row, q in zip(rows, qualities, strict=True)], "test-model"
        )
        return [row.id for row in rows]


def _annotation(cast, version_id, who, number, more):
    words = f"Thought {number} of {who}: it bends because its speed changes."
    return add(
        Annotation(
            assignment_id=cast.assignment.id,
            version_id=version_id,
            creator_id=cast.people[who].id,
            motivation="commenting",
            body=words,
            body_html=f"<p>{words}</p>",
            selectors=[QUOTE],
            start=TEXT.index(QUOTE["exact"]),
            end=TEXT.index(QUOTE["exact"]) + len(QUOTE["exact"]),
            audience=f"course:{cast.course.id}",
            **more,
        )
    )


def _rating(annotation_id, quality, certainty=0.8, flags=()):
    return Rating(
        id=annotation_id,
        quality=quality,
        level=int(quality >= 0.5) + int(quality >= 1.5),
        confusion=0.1,
        question=0.1,
        certainty=certainty,
        reasons=[REASON],
        marks=[(0, 7)],
        flags=list(flags),
        traits=(0.3, 0.2, 0.1, 0.0, 0.1, 0.1),
    )


def spread(count):
    """Qualities from 0 to 2 at equal steps."""
    return [round(2 * number / (count - 1), 3) for number in range(count)]


def url(cast):
    return f"/v1/courses/{cast.course.id}/calibration"


def state(cast, who="teacher"):
    answer = cast.people[who].get(url(cast))
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def choose(cast, who="teacher"):
    answer = cast.people[who].post(f"{url(cast)}/items")
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["items"]


def rate(cast, item_id, level, who="teacher"):
    answer = cast.people[who].put(f"{url(cast)}/items/{item_id}/rating", json={"level": level})
    assert answer.status_code == 204, answer.get_json()


def model_quality(item_id):
    """What the model says of an item; raters are not told."""
    from app.calibration.models import CalibrationItem
    from app.scores.models import Score

    item = session.get_one(CalibrationItem, item_id)
    return session.query(Score).filter_by(annotation_id=item.annotation_id).one().quality


def rate_all(cast, judge, who="teacher"):
    """Rate every item as ``judge`` says of the model's quality."""
    for item in state(cast, who)["items"] or choose(cast, who):
        rate(cast, item["id"], judge(model_quality(item["id"])), who)


def compare(cast, who="teacher", **more):
    """Ask for a comparison and let the worker make it."""
    answer = cast.people[who].post(f"{url(cast)}/comparisons", json=more)
    assert answer.status_code == 201, answer.get_json()
    run_pending()
    return state(cast, who)["comparison"]


def decide(cast, comparison, accepted=True, who="teacher"):
    path = f"{url(cast)}/comparisons/{comparison['id']}/decision"
    return cast.people[who].put(path, json={"accepted": accepted})


def lenient(quality):
    """A teacher who sees thought much earlier than the model does."""
    return int(quality >= 0.25) + int(quality >= 0.9)
