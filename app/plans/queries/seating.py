"""Who sits with whom, what is known of them, and why they sit together."""

from collections import defaultdict
from itertools import combinations
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.annotations.models import Annotation, Endorsement
from app.core.db import session
from app.courses.models import Enrollment
from app.courses.queries import people_by_name
from app.questions.models import Answer
from app.reports.schemas import TopicOut
from scoring.grouping import Learner, Wishes, why

from ..models import Ballot, KeptApart, Plan, Poll, Seat
from ..schemas import GroupOut, Member
from ..wording import why_group
from .topics import votable

REMEMBERED = 6  # earlier lessons whose groups are not to come again


def learners_of(plan: Plan, question_id: str | None, found: list[TopicOut]) -> list[Learner]:
    """The students of the course with what is known of them for this lesson."""
    answers = answers_to(plan, question_id)
    topics = _confused_about(_members_of_topics(plan, found))
    return [
        Learner(
            id=row.account_id,
            section=row.section_id,
            position=answers.get(row.account_id, (None, None))[0],
            topics=frozenset(topics[row.account_id]),
            right=answers.get(row.account_id, (None, None))[1],
        )
        for row in students_by_name(plan.course_id)
    ]


def students_by_name(course_id: str) -> list[Enrollment]:
    """The students of a course now, by name."""
    return [row for row in session.scalars(people_by_name(course_id)) if row.role == "student"]


def first_question(plan: Plan) -> str | None:
    """The first question that the plan asks again; else the first of the assignment that has options."""
    asked = next((step["question_id"] for step in plan.steps if step.get("question_id")), None)
    if asked or plan.assignment is None:
        return asked
    return next((question.id for question in votable(plan.assignment)), None)


def answers_to(plan: Plan, question_id: str | None) -> dict[str, tuple[str | None, bool | None]]:
    """Account id to option and whether it is right: what they voted in this lesson, else their first answer."""
    if question_id is None:
        return {}
    rows = session.execute(
        select(Answer.account_id, Answer.value, Answer.correct).where(
            Answer.question_id == question_id, Answer.attempt == 1
        )
    )
    found = {account_id: (value.get("option"), correct) for account_id, value, correct in rows}
    votes = session.execute(
        select(Ballot.account_id, Ballot.option, Poll.solution)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(Poll.plan_id == plan.id, Poll.question_id == question_id, Poll.moment == "before")
        .order_by(Poll.opened_at)
    )
    for account_id, option, right in votes:
        found[account_id] = (option, option in right if right else None)
    return found


def _confused_about(members: dict[str, str]) -> dict[str, set[str]]:
    """Account id to topics. What was written without a name tells nothing of its author here either."""
    ids = list(members)
    authors = select(Annotation.id, Annotation.creator_id).where(
        Annotation.id.in_(ids), Annotation.anonymous.is_(False), Annotation.deleted_at.is_(None)
    )
    sharers = select(Endorsement.annotation_id, Endorsement.account_id).where(
        Endorsement.annotation_id.in_(ids), Endorsement.kind == "me_too"
    )
    found: dict[str, set[str]] = defaultdict(set)
    for annotation_id, account_id in [*session.execute(authors), *session.execute(sharers)]:
        if account_id:
            found[account_id].add(members[annotation_id])
    return found


def _members_of_topics(plan: Plan, found: list[TopicOut]) -> dict[str, str]:
    """Annotation id to the topic in which it is; only topics of the plan."""
    wanted = {key for step in plan.steps for key in step.get("topics", [])}
    return {member.id: topic.key for topic in found if topic.key in wanted for member in topic.members}


def seats_of(plan: Plan) -> list[Seat]:
    """Every seat of a plan, by group."""
    return list(
        session.scalars(select(Seat).where(Seat.plan_id == plan.id).order_by(Seat.number, Seat.account_id))
    )


def apart_in(course_id: str) -> frozenset[frozenset[str]]:
    """The pairs that staff keep apart."""
    rows = session.execute(
        select(KeptApart.account_id, KeptApart.other_id).where(KeptApart.course_id == course_id)
    )
    return frozenset(frozenset(pair) for pair in rows)


def met_before(plan: Plan) -> dict[frozenset[str], int]:
    """How often each pair sat together in the course's last lessons; who was missing has met nobody."""
    earlier = (
        select(Plan.id)
        .where(Plan.course_id == plan.course_id, Plan.id != plan.id, Plan.deleted_at.is_(None))
        .where(select(Seat.plan_id).where(Seat.plan_id == Plan.id).exists())
        .order_by(Plan.id.desc())
        .limit(REMEMBERED)
    )
    rows = session.execute(
        select(Seat.plan_id, Seat.number, Seat.account_id).where(
            Seat.plan_id.in_(list(session.scalars(earlier))), Seat.absent.is_(False), Seat.number > 0
        )
    )
    together: dict[tuple[str, int], list[str]] = defaultdict(list)
    for plan_id, number, account_id in rows:
        together[plan_id, number].append(account_id)
    met: dict[frozenset[str], int] = defaultdict(int)
    for group in together.values():
        for pair in combinations(group, 2):
            met[frozenset(pair)] += 1
    return dict(met)


def wishes_of(plan: Plan) -> Wishes:
    """How the plan's groups are made."""
    kept: dict[str, Any] = plan.wishes
    return Wishes(
        by=kept.get("by", "conflict"),
        size=kept.get("size", 3),
        apart=apart_in(plan.course_id),
        met=met_before(plan),
        keep_sections=kept.get("keep_sections", True),
        seed=kept.get("seed", 0),
    )


def groups_out(plan: Plan, found: list[TopicOut]) -> list[GroupOut]:
    """The groups with names, and the reasons for staff."""
    seats = [seat for seat in seats_of(plan) if seat.number > 0 and not seat.absent]
    if not seats:
        return []
    known = {one.id: one for one in learners_of(plan, question_of(plan), found)}
    names, wishes, options = _names(seats), wishes_of(plan), _options(plan)
    labels = {topic.key: topic.label for topic in found}
    by_number: dict[int, list[str]] = defaultdict(list)
    for seat in seats:
        by_number[seat.number].append(seat.account_id)
    return [
        GroupOut(
            number=number,
            members=sorted(
                (Member(id=one, name=names.get(one, "")) for one in ids), key=lambda one: one.name.lower()
            ),
            reasons=[
                why_group(reason, lambda key: labels.get(key, "…"), lambda key: options.get(key, "…"))
                for reason in why([known[one] for one in ids if one in known], wishes)
            ],
        )
        for number, ids in sorted(by_number.items())
    ]


def question_of(plan: Plan) -> str | None:
    """Whose answers the groups go by."""
    return plan.wishes.get("question_id") or first_question(plan)


def absent_members(plan: Plan) -> list[Member]:
    """Who is missing today, by name."""
    seats = [seat for seat in seats_of(plan) if seat.absent]
    names = _names(seats)
    return sorted(
        (Member(id=seat.account_id, name=names.get(seat.account_id, "")) for seat in seats),
        key=lambda one: one.name.lower(),
    )


def _names(seats: list[Seat]) -> dict[str, str]:
    ids = [seat.account_id for seat in seats]
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {account_id: name for account_id, name in rows}


def _options(plan: Plan) -> dict[str, str]:
    """Option id to its words, cut short."""
    questions = votable(plan.assignment) if plan.assignment else []
    return {option["id"]: option["text"][:40] for question in questions for option in question.options}
