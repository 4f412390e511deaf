"""Making plans: from topics, from a template, from another plan, from a colleague's file."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.reports.schemas import TopicOut
from scoring.planning import Step, draft

from ..kinds import KINDS
from ..models import Plan
from ..queries import topics
from ..queries.plans import templates_for
from ..schemas import PlanIn, QuestionShown, WishesIn
from .seating import group_students

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike on a wall
VOICES = 3  # how many students' own words a step begins with
ASKING = {"vote", "debate"}  # kinds that put a question to the class again


def draft_plan(viewer: Viewer, assignment: Assignment, wanted: PlanIn) -> Plan:
    """A draft for these topics, or a template's steps filled with them; with groups if a size is given."""
    found = topics.chosen(topics.topics_of(assignment, viewer), wanted.topics)
    if wanted.template_id:
        source = _template(viewer, wanted.template_id)
        steps = [_filled(step, found, place) for place, step in enumerate(source.steps)]
    else:
        steps = _drafted(assignment, found, wanted)
    title = wanted.title or assignment.title
    frame = Frame(title[:200], wanted.minutes, wanted.room)
    plan = new_plan(viewer, assignment.course_id, assignment.id, frame, steps)
    if wanted.group_size:
        group_students(viewer, plan, WishesIn(size=wanted.group_size))
    return plan


def copy_plan(viewer: Viewer, plan: Plan) -> Plan:
    """The same steps once more, with ids of their own; without groups and notes."""
    steps = [step | {"id": new_id()} for step in plan.steps]
    frame = Frame(str(_("%(title)s (copy)", title=plan.title))[:200], plan.minutes, plan.room)
    return new_plan(viewer, plan.course_id, plan.assignment_id, frame, steps)


def keep_as_template(viewer: Viewer, plan: Plan) -> Plan:
    """The steps without topics, students' words or the document's questions, for any lesson."""
    steps = [bare_step(step) for step in plan.steps]
    return new_plan(viewer, plan.course_id, None, Frame(plan.title, plan.minutes, plan.room), steps)


def bare_step(step: dict[str, Any]) -> dict[str, Any]:
    """A step with nothing that belongs to one class: what its people wrote, and what points to it."""
    return step | {
        "id": new_id(),
        "topics": [],
        "voices": [],
        "question_id": None,
        "in_our_words": "",
        "why": None,
    }


@dataclass(frozen=True)
class Frame:
    """What a plan is beside its steps."""

    title: str
    minutes: int
    room: str


def new_plan(
    viewer: Viewer, course_id: str, assignment_id: str | None, frame: Frame, steps: list[dict[str, Any]]
) -> Plan:
    """A plan of these steps; without an assignment a template."""
    plan = Plan(
        course_id=course_id,
        assignment_id=assignment_id,
        title=frame.title,
        minutes=frame.minutes,
        room=frame.room,
        steps=steps,
        notes={},
        wishes={},
        revision=1,
        code=_free_code(),
        created_by=viewer.account_id,
    )
    session.add(plan)
    session.flush()
    return plan


def _free_code() -> str:
    """Five letters that no other plan has; more where many are taken."""
    for length in (5, 5, 5, 6, 8):
        code = "".join(secrets.choice(LETTERS) for _place in range(length))
        if session.scalar(select(Plan.id).where(Plan.code == code)) is None:
            return code
    raise RuntimeError("no free code for a plan")


def _template(viewer: Viewer, template_id: str) -> Plan:
    for template in templates_for(viewer):
        if template.id == template_id:
            return template
    raise Invalid(_("This template is gone. Choose another one."), "no_template", "/template_id")


def _filled(step: dict[str, Any], found: list[TopicOut], place: int) -> dict[str, Any]:
    """A template's step for today's topics, one after the other."""
    topic = found[place] if place < len(found) and step["kind"] != "exit_ticket" else None
    return step | {
        "id": new_id(),
        "topics": [topic.key] if topic else [],
        "voices": [voice.id for voice in topic.representatives[:VOICES]] if topic else [],
    }


def _drafted(assignment: Assignment, found: list[TopicOut], wanted: PlanIn) -> list[dict[str, Any]]:
    questions = topics.votable(assignment)
    counts = topics.answers_by_option(questions)
    sides = topics.sides_of(counts)
    asked = {
        topic.key: [topics.shown(one, counts[one.id]) for one in topics.at_topic(topic, questions)]
        for topic in found
    }
    facts = [topics.facts(topic, asked[topic.key], sides) for topic in found]
    by_key = {topic.key: topic for topic in found}
    return [_step(each, by_key, asked) for each in draft(facts, wanted.minutes, wanted.room)]


def _step(
    proposed: Step, by_key: dict[str, TopicOut], asked: dict[str, list[QuestionShown]]
) -> dict[str, Any]:
    words = KINDS[proposed.kind]
    questions = [one for key in proposed.topics for one in asked[key]]
    best = topics.best_question(questions) if proposed.kind in ASKING else None
    return {
        "id": new_id(),
        "kind": proposed.kind,
        "minutes": proposed.minutes,
        "topics": list(proposed.topics),
        "title": "",
        "prompt": str(words.prompt),
        "voices": [voice.id for key in proposed.topics for voice in by_key[key].representatives[:VOICES]][
            :12
        ],
        "in_our_words": "",
        "question_id": best.id if best else None,
        "question": None,
        "materials": str(words.materials),
        "why": proposed.why,
    }


def remove_plan(plan: Plan) -> None:
    """Take a plan away; its votes stay for what came of the topics."""
    plan.deleted_at = now()
