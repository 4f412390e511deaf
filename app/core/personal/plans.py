"""Activity plans, groups in class and votes."""

from .entries import ACCOUNT, COURSE, Entry

PLANS: dict[str, Entry] = {
    "activity_plan": Entry(
        "id course_id assignment_id title minutes room steps notes wishes revision code created_at modified_at "
        "run_at deleted_at",
        pointers="created_by",
    ),
    "poll": Entry(
        "id plan_id step_id topic question_id moment stem options solution hands opened_at closes_at closed_at"
    ),
    "plan_seat": Entry(
        "plan_id number",
        personal="account_id absent",
        owner=ACCOUNT,
        why="who works with whom in a lesson, and who was missing",
        kept=COURSE,
        erasing="delete",
    ),
    "kept_apart": Entry(
        "course_id",
        personal="account_id",
        pointers="other_id",
        owner=ACCOUNT,
        why="whom staff do not seat together; nobody else sees it",
        kept=COURSE,
        erasing="delete",
    ),
    "ballot": Entry(
        "poll_id",
        personal="account_id option cast_at",
        owner=ACCOUNT,
        why="one vote each in class; only counts are shown",
        kept=COURSE,
        erasing="delete",
    ),
}
