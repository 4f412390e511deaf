"""The HTTP of annotations, one module for each part of it."""

from . import annotations, moderation, own, people
from .loading import api

__all__ = ["BLUEPRINTS", "annotations", "moderation", "own", "people"]

BLUEPRINTS = (api,)
