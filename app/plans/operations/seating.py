"""Making the groups of a plan, and redoing them when somebody is missing."""

import secrets
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete

from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.core.policy import Viewer
from app.courses import queries as courses
from app.courses.models import GroupSet
from app.courses.operations import dividing
from scoring.grouping import Learner

from ..models import KeptApart, Plan, Seat
from ..queries import seating, topics
from ..schemas import WishesIn


def group_students(viewer: Viewer, plan: Plan, wanted: WishesIn) -> None:
    """Make groups of everybody who is there; asking ``again`` gives others."""
    from scoring.grouping.making import make_groups  # loads SciPy, which only this needs

    questions = {question.id for question in topics.votable(plan.assignment)} if plan.assignment else set()
    if wanted.question_id and wanted.question_id not in questions:
        raise Invalid(_("This question is not in the assignment any more."), "no_question", "/question_id")
    seed = secrets.randbelow(1 << 30) if wanted.again else plan.wishes.get("seed", 0)
    plan.wishes = wanted.model_dump(exclude={"again"}) | {"seed": seed}
    absent = {seat.account_id for seat in seating.seats_of(plan) if seat.absent}
    learners = _learners(viewer, plan)
    groups = make_groups([one for one in learners if one.id not in absent], seating.wishes_of(plan))
    _seat(plan, groups, absent & {one.id for one in learners})


def mark_absent(viewer: Viewer, plan: Plan, account_ids: Sequence[str]) -> None:
    """These are missing; the groups are redone so that whoever can stay with their group stays."""
    from scoring.grouping.redoing import redo_groups  # as above

    learners = _learners(viewer, plan)
    absent = set(account_ids) & {one.id for one in learners}
    present = [one for one in learners if one.id not in absent]
    before: dict[int, list[str]] = {}
    for seat in seating.seats_of(plan):
        if not seat.absent and seat.number:
            before.setdefault(seat.number, []).append(seat.account_id)
    groups = redo_groups([before[number] for number in sorted(before)], present, seating.wishes_of(plan))
    _seat(plan, groups, absent)


def move_seat(plan: Plan, account_id: str, to: int) -> bool:
    """Put somebody into another group by hand, or into a new one (one more than there are).

    Tells whether they sit with somebody there from whom they are kept apart: the teacher decides. A group that
    nobody is left in goes, and those behind it move up.
    """
    seats = {seat.account_id: seat for seat in seating.seats_of(plan) if seat.number and not seat.absent}
    if account_id not in seats:
        raise Invalid(_("Choose somebody who sits in a group."), "no_seat", "/account_id")
    numbers = sorted({seat.number for seat in seats.values()})
    if not 1 <= to <= numbers[-1] + 1:
        raise Invalid(_("There is no such group. Reload the page."), "no_group", "/number")
    seats[account_id].number = to
    order = {number: place for place, number in enumerate(sorted({s.number for s in seats.values()}), 1)}
    for seat in seats.values():
        seat.number = order[seat.number]
    session.flush()
    apart = seating.apart_in(plan.course_id)
    here = [one for one, seat in seats.items() if seat.number == seats[account_id].number]
    return any(frozenset((account_id, other)) in apart for other in here)


def _learners(viewer: Viewer, plan: Plan) -> list[Learner]:
    found = topics.topics_of(plan.assignment, viewer) if plan.assignment else []
    return seating.learners_of(plan, seating.question_of(plan), found)


def _seat(plan: Plan, groups: list[list[str]], absent: set[str]) -> None:
    session.execute(delete(Seat).where(Seat.plan_id == plan.id))
    session.add_all(
        Seat(plan_id=plan.id, account_id=one, number=number)
        for number, group in enumerate(groups, 1)
        for one in group
    )
    session.add_all(Seat(plan_id=plan.id, account_id=one, number=0, absent=True) for one in sorted(absent))
    session.flush()


def keep_apart(viewer: Viewer, plan: Plan, pair: Sequence[str]) -> None:
    """Never seat these two together in this course."""
    one, other = _two_students(plan, pair)
    for first, second in ((one, other), (other, one)):
        session.merge(KeptApart(course_id=plan.course_id, account_id=first, other_id=second))
    _record(viewer, plan, "plan.apart")


def let_meet(viewer: Viewer, plan: Plan, pair: Sequence[str]) -> None:
    """These two may sit together again."""
    one, other = _two_students(plan, pair)
    session.execute(
        delete(KeptApart).where(
            KeptApart.course_id == plan.course_id,
            KeptApart.account_id.in_((one, other)),
            KeptApart.other_id.in_((one, other)),
        )
    )
    _record(viewer, plan, "plan.together")


def _two_students(plan: Plan, pair: Sequence[str]) -> tuple[str, str]:
    wanted = set(pair)
    if len(wanted) != 2 or not wanted <= set(session.scalars(courses.students(plan.course_id))):
        raise Invalid(_("Choose two different students of the course."), "not_two", "/account_ids")
    one, other = sorted(wanted)
    return one, other


def _record(viewer: Viewer, plan: Plan, action: str) -> None:
    audit.record(
        action,
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        object_id=plan.id,
        course_id=plan.course_id,
    )


def send_to_course(viewer: Viewer, plan: Plan, name: str) -> GroupSet:
    """The plan's groups as a group set of the course."""
    members: dict[int, list[str]] = {}
    for seat in seating.seats_of(plan):
        if seat.number and not seat.absent:
            members.setdefault(seat.number, []).append(seat.account_id)
    if not members:
        raise Invalid(_("Make the groups first."), "no_groups")
    course = courses.course_or_404(plan.course_id)
    still_here = set(session.scalars(courses.students(course.id)))
    width = len(str(max(members)))
    names = {number: _("Group %(n)s", n=f"{number:0{width}}") for number in sorted(members)}
    made = dividing.add_group_set(
        viewer, course, name or plan.title[: dividing.LONGEST], list(names.values())
    )
    by_name = {group.name: group for group in session.scalars(courses.groups_of(made.id))}
    for number, ids in members.items():
        dividing.set_members(viewer, by_name[names[number]], [one for one in ids if one in still_here])
    return made
