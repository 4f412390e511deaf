"""What is stored for the engagement score: a course's rules, what is worked out, what is given by hand."""

from .entries import ACCOUNT, COURSE, Entry

SCORING: dict[str, Entry] = {
    "course_scoring": Entry("course_id mode settings modified_at", pointers="modified_by"),
    "assignment_scoring": Entry("assignment_id settings modified_at", pointers="modified_by"),
    "scoring_run": Entry("assignment_id stamp wanted_at made_at"),
    "scoring_template": Entry(
        "id settings",
        personal="account_id name modified_at",
        owner=ACCOUNT,
        why="rules of the score that a teacher keeps under a name",
        kept="until the teacher removes them",
        erasing="delete",
    ),
    "engagement_score": Entry(
        "assignment_id",
        personal="account_id share by_hand excused parts changed_at",
        owner=ACCOUNT,
        why="the score of an assignment, and what it is made of; shown to the student once released",
        kept=COURSE,
        erasing="delete",
    ),
    "score_override": Entry(
        "id assignment_id component",
        personal="account_id percent note given_at",
        pointers="given_by",
        owner=ACCOUNT,
        why="credit given by hand, with the reason and what was before",
        kept=COURSE,
        erasing="delete",
    ),
    "score_exception": Entry(
        "assignment_id",
        personal="account_id due_at excused note given_at",
        pointers="given_by",
        owner=ACCOUNT,
        why="another deadline for the student, or excused",
        kept=COURSE,
        erasing="delete",
    ),
    "language_flag": Entry(
        "course_id",
        personal="account_id given_at",
        pointers="given_by",
        owner=ACCOUNT,
        why="who is still learning the language, to see whether the score treats them fairly; for nothing else",
        kept=COURSE,
        erasing="delete",
    ),
}
