"""`/api/v1/courses/{id}/sections`."""

from typing import Any

from apiflask import APIBlueprint
from flask import g

from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Section
from app.courses.operations import dividing
from app.courses.queries import course_or_404, section_or_404
from app.courses.schemas import NameIn, SectionOut, SectionsOut

api = APIBlueprint("sections", __name__, url_prefix="/api/v1/courses/<course_id>/sections")


@api.get("")
@api.output(SectionsOut)
@requires(Action.READ_ROSTER, load=course_or_404)
def list_sections(course_id: str) -> dict[str, Any]:
    """The sections of a course."""
    return {"items": list(g.thing.sections)}


@api.post("")
@api.input(NameIn, arg_name="draft")
@api.output(SectionOut, status_code=201)
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add(course_id: str, draft: NameIn) -> Section:
    """Add a section."""
    return dividing.add_section(g.viewer, g.thing, draft.name)


@api.patch("/<section_id>")
@api.input(NameIn, arg_name="change")
@api.output(SectionOut)
@requires(Action.MANAGE_ROSTER, load=section_or_404, see=Action.READ_COURSE)
def rename(course_id: str, section_id: str, change: NameIn) -> Section:
    """Rename a section."""
    dividing.rename_section(g.viewer, g.thing, change.name)
    section: Section = g.thing
    return section


@api.delete("/<section_id>")
@api.output({}, status_code=204)
@requires(Action.MANAGE_ROSTER, load=section_or_404, see=Action.READ_COURSE)
def remove(course_id: str, section_id: str) -> str:
    """Remove a section; its people stay in the course."""
    dividing.remove_section(g.viewer, g.thing)
    return ""
