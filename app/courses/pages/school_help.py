"""The help page: how things work here, and what the school and the teachers have to say."""

from apiflask import APIBlueprint
from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.accounts.models import School
from app.accounts.queries import the_school
from app.core.db import session
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import Course

pages = APIBlueprint("courses_help", __name__, enable_openapi=False)


@pages.get("/help")
@requires(Action.SEE_PUBLIC_PAGE)
def help_page() -> ResponseReturnValue:
    """Help for whoever asks; a stranger reads that of the school."""
    school: School = g.account.school if g.account else the_school()
    mine = queries.courses_of(g.viewer.account_id).where(Course.help_text != "").order_by(Course.title)
    courses = list(session.scalars(mine)) if g.viewer.is_known else []
    return render_template("courses/help.html", school=school, courses=courses)
