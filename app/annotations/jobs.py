"""What the worker does for annotations."""

from app.core.jobs import sweep

from .operations.own import forget_old_drafts

sweep(seconds=3600)(forget_old_drafts)
