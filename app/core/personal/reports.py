"""Personal data in confusion reports and what becomes of their topics."""

from .entries import ACCOUNT, ANNOTATION, COURSE, Entry, Owner

REPORTS = {
    "confusion_report": Entry(
        "assignment_id evidence_hash alike made_at wanted_at",
        personal="result",
        owner=Owner("assignment_id", table="annotation", matches="assignment_id", owner="creator_id"),
        why="what the class is struggling with; made anew after an erasure",
        kept="until the next report",
        erasing="delete",
    ),
    "confusion_topic": Entry(
        "id assignment_id label in_our_words members merged_into created_at", pointers="made_by"
    ),
    "topic_placement": Entry("annotation_id topic_id placed_at", pointers="placed_by"),
    "topic_outcome": Entry(
        "topic_id dealt_at what_i_did what_i_would_change before after", pointers="dealt_by"
    ),
    "quotation": Entry(
        "annotation_id asked_at",
        personal="answered_at allowed",
        pointers="asked_by",
        owner=ANNOTATION,
        why="whether the author lets these words be shown in class",
        kept=COURSE,
        erasing="delete",
    ),
    "report_mail": Entry(
        "assignment_id",
        personal="account_id send_at sent_at",
        owner=ACCOUNT,
        why="to send the report by e-mail when it is wanted",
        kept=COURSE,
        erasing="delete",
    ),
}
