"""Reading calibration."""

from .counting import ENOUGH, is_calibrated, open_appeals, rated_items
from .items import (
    Choice,
    candidates,
    chosen_items,
    item_or_404,
    levels_by_item,
    model_version_of,
    students_annotations,
)
from .judging import own_levels, pairs_of
from .loading import appeal_or_404, comparison_or_404, newest_comparison
from .moving import Moving, moving
from .state import calibration_for

__all__ = [
    "ENOUGH",
    "Choice",
    "Moving",
    "appeal_or_404",
    "calibration_for",
    "candidates",
    "chosen_items",
    "comparison_or_404",
    "is_calibrated",
    "item_or_404",
    "levels_by_item",
    "model_version_of",
    "moving",
    "newest_comparison",
    "open_appeals",
    "own_levels",
    "pairs_of",
    "rated_items",
    "students_annotations",
]
