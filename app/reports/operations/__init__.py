"""The verbs of reports: ask for one, change its topics by hand, say what became of them."""

from .asking import want_report
from .mailing import send_mail, want_mail
from .outcomes import deal_with, open_again, record_after, record_before, say_outcome
from .showing import answer_to_show, ask_to_show, put_in_our_words
from .sorting import edit_topics, merge, move, rename, split

__all__ = [
    "answer_to_show",
    "ask_to_show",
    "deal_with",
    "edit_topics",
    "merge",
    "move",
    "open_again",
    "put_in_our_words",
    "record_after",
    "record_before",
    "rename",
    "say_outcome",
    "send_mail",
    "split",
    "want_mail",
    "want_report",
]
