"""Worked examples. The tests run them, and docs/engagement.md prints them: one table for both."""

from .cases import EXAMPLES
from .courses import ROUNDINGS, TOTALS
from .page import as_markdown

__all__ = ["EXAMPLES", "ROUNDINGS", "TOTALS", "as_markdown"]
