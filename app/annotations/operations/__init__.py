"""The verbs of annotations. None commits; each tells the change log what happened."""

from .create import create_annotation
from .edit import delete_annotation, edit_annotation
from .endorse import endorse, withdraw_endorsement
from .moderate import dismiss_flags, flag_annotation, look_up_authors, pause_thread, set_hidden
from .own import forget_draft, keep_draft, mark_seen, put_mark, take_back_mark

__all__ = [
    "create_annotation",
    "delete_annotation",
    "dismiss_flags",
    "edit_annotation",
    "endorse",
    "flag_annotation",
    "forget_draft",
    "keep_draft",
    "look_up_authors",
    "mark_seen",
    "pause_thread",
    "put_mark",
    "set_hidden",
    "take_back_mark",
    "withdraw_endorsement",
]
