"""The shapes of the inbox."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class InboxIn(BaseModel):
    """How many of the newest, and whether only unread ones."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(default=50, ge=1, le=200)
    unread: bool = False


class ReadIn(BaseModel):
    """Which notifications were read; all, if none is named."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(min_length=1, max_length=36)]] = Field(default=[], max_length=500)


class NotificationOut(BaseModel):
    """Something for me. ``creator`` is empty for anonymous annotations.

    ``reason`` is why it is hidden, or what was answered.
    """

    id: str
    kind: Literal["reply", "mention", "hidden", "solved", "reminder", "appeal"]
    assignment_id: str
    assignment_title: str
    annotation_id: str | None
    thread_id: str | None
    creator: str | None
    excerpt: str
    reason: str | None
    created: datetime
    read: bool


class InboxOut(BaseModel):
    """The newest notifications."""

    items: list[NotificationOut]


class RemindedOut(BaseModel):
    """How many were reminded."""

    reminded: int
