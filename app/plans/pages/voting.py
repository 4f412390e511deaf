"""Where the class votes: a code, then what is asked now. Works without a script, and follows by itself with one."""

from apiflask import APIBlueprint
from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts import forms
from app.core.errors import NotFound, Problem
from app.core.policy import Action, allows
from app.core.web import requires

from ..models import Plan
from ..operations import voting
from ..queries import votes

pages = APIBlueprint("plan_voting_pages", __name__, enable_openapi=False)


@pages.get("/vote")
@requires(Action.USE_OWN_ACCOUNT)
def enter() -> ResponseReturnValue:
    """Type the code that stands on the wall."""
    code = "".join(letter for letter in request.args.get("code", "").upper() if letter.isalnum())[:8]
    return redirect(f"/vote/{code}", 303) if code else render_template("plans/code.html")


@pages.get("/vote/<code>")
@requires(Action.SEE_VOTE, load=votes.lesson_by_code)
def show(code: str) -> str:
    """What the class is asked now."""
    return _page(g.thing)


def _page(plan: Plan, sentence: str = "") -> str:
    return render_template(
        "plans/vote.html",
        plan=plan,
        votes=votes.votes_out(plan, g.viewer),
        may_vote=allows(g.viewer, Action.VOTE, plan),
        sentence=sentence,
    )


@pages.post("/vote/<code>")
@requires(Action.VOTE, load=votes.lesson_by_code, see=Action.SEE_VOTE)
def vote(code: str) -> ResponseReturnValue:
    """Vote for one option of one question."""
    try:
        poll = votes.poll_or_404(forms.typed("poll"))
        if poll.plan_id != g.thing.id:
            raise NotFound(str(votes.NO_SUCH_VOTE))
        voting.vote(g.viewer, poll, forms.typed("option"))
    except Problem as problem:
        return _page(g.thing, problem.detail), problem.status
    return redirect(f"/vote/{code}", 303)
