"""What the library takes and gives by the API."""

from datetime import datetime
from typing import Any, Self

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from .models import Document
from .problems import sentence


class DocumentIn(BaseModel):
    """Pasted Markdown (or plain text), or the address of a page; a file comes as multipart ``file``."""

    model_config = ConfigDict(extra="ignore")

    title: str = Field(default="", max_length=300)
    markdown: str | None = Field(default=None, max_length=2_000_000)
    text: str | None = Field(default=None, max_length=2_000_000)
    url: str | None = Field(default=None, max_length=2_000)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(source is not None for source in (self.markdown, self.text, self.url)) != 1:
            raise ValueError(_("Send one of these: markdown, text, url, or a file."))
        return self


class VersionIn(BaseModel):
    """The corrected text of a document; a file comes as multipart ``file``."""

    markdown: str | None = Field(default=None, max_length=2_000_000)
    text: str | None = Field(default=None, max_length=2_000_000)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.markdown is None) == (self.text is None):
            raise ValueError(_("Send one of these: markdown, text, or a file."))
        return self


class DocumentPatch(BaseModel):
    """Fields of a document that can be changed."""

    title: str = Field(min_length=1, max_length=300)


class DocumentOut(BaseModel):
    """A document of the library."""

    id: str
    course_id: str
    title: str
    medium: str
    status: str
    problem: str | None
    version: int
    step: str
    progress: float
    source_url: str | None
    created_at: datetime

    @classmethod
    def of(cls, document: Document) -> "DocumentOut":
        """The document as everybody who may read it sees it."""
        fields: dict[str, Any] = {
            name: getattr(document, name) for name in cls.model_fields if name != "problem"
        }
        return cls(**fields, problem=sentence(document.problem))


class DocumentList(BaseModel):
    """A page of the library."""

    items: list[DocumentOut]
    next: str | None
