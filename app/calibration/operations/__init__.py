"""The verbs of calibration: choose, rate blind, compare, decide, answer."""

from .appeals import answer_appeal
from .comparing import compare, decide
from .rating import choose_items, rate

__all__ = ["answer_appeal", "choose_items", "compare", "decide", "rate"]
