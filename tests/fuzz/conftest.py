"""The filled application of the permission tests, to be sent anything."""

from ..permissions.conftest import Stage, stage

__all__ = ["Stage", "stage"]
