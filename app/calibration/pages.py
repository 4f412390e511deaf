"""The page where a course's ratings are fitted to its teacher."""

from apiflask import APIBlueprint
from flask import Flask, g, render_template

from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from . import queries

pages = APIBlueprint("calibration_pages", __name__, enable_openapi=False)
BLUEPRINTS = [pages]


@pages.get("/courses/<course_id>/calibration")
@requires(Action.RATE_BLIND, load=course_or_404, see=Action.READ_COURSE)
def show(course_id: str) -> str:
    """Rate blind, compare, decide; answer appeals."""
    return render_template(
        "calibration/calibration.html",
        course=g.thing,
        state=queries.calibration_for(g.thing, g.viewer).model_dump(mode="json"),
    )


def init_app(app: Flask) -> None:
    """Let the tabs of a course say how many appeals wait."""
    app.jinja_env.globals["open_appeals"] = lambda course_id: len(queries.open_appeals(course_id))
