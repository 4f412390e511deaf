"""What is stored when annotations are rated, by the model and by people."""

from .entries import ACCOUNT, ANNOTATION, COURSE, Entry, Owner

RATINGS: dict[str, Entry] = {
    "score": Entry(
        "id annotation_id assignment_id body_hash model_version",
        personal="quality level confusion question certainty reasons marks flags traits created_at",
        owner=ANNOTATION,
        why="the rating of an annotation, with its reasons",
        kept=COURSE,
        erasing="delete",
    ),
    "teacher_score": Entry(
        "annotation_id origin",
        personal="level note given_at",
        pointers="given_by",
        owner=ANNOTATION,
        why="a rating by hand",
        kept=COURSE,
        erasing="delete",
    ),
    "appeal": Entry(
        "id annotation_id course_id body_hash",
        personal="sentence created_at kept level answer answered_at",
        pointers="answered_by",
        owner=ANNOTATION,
        why="the person asked to have a rating looked at again, and what came of it",
        kept=COURSE,
        erasing="delete",
    ),
    "signs_shown": Entry(
        "course_id",
        personal="account_id shown_at",
        pointers="shown_by",
        owner=ACCOUNT,
        why="staff see signs of how this student's annotations came about; shown to the student",
        kept=COURSE,
        erasing="delete",
    ),
    "calibration_rating": Entry(
        "item_id",
        personal="rater_id level rated_at",
        owner=Owner("rater_id"),
        why="how a member of staff rated an annotation blind",
        kept=COURSE,
    ),
    "calibration_item": Entry(
        "id course_id body_hash origin",
        personal="annotation_id chosen_at",
        owner=ANNOTATION,
        why="the annotation was rated blind, to fit the ratings to the course",
        kept=COURSE,
    ),
    "calibration_move": Entry(
        "comparison_id",
        personal="annotation_id before after",
        owner=ANNOTATION,
        why="whose level an adaptation changes, shown before it is accepted",
        kept="until the next comparison",
        erasing="delete",
    ),
    "course_adaptation": Entry("course_id model_version parameters accepted_at", pointers="accepted_by"),
    "calibration_comparison": Entry(
        "id course_id state goes_back ratings model_version parameters report asked_at made_at decided_at",
        pointers="asked_by decided_by",
    ),
}
