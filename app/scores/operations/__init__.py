"""The verbs of rating: record what a model or a person says, ask again, answer."""

from .appeals import answer, appeal
from .levels import give_level
from .recording import record_ratings
from .signs import show_signs
from .telling import tell_author, tell_staff

__all__ = ["answer", "appeal", "give_level", "record_ratings", "show_signs", "tell_author", "tell_staff"]
