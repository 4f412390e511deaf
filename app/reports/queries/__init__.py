"""Reading reports and topics."""

from .own import own_marks, own_questions
from .parts import groups_in, people_in, sections_of
from .reports import count_unanswered, report_for, unanswered, voices_of
from .topics import topic_or_404, topics_of

__all__ = [
    "count_unanswered",
    "groups_in",
    "own_marks",
    "own_questions",
    "people_in",
    "report_for",
    "sections_of",
    "topic_or_404",
    "topics_of",
    "unanswered",
    "voices_of",
]
