"""Votes in class and re-checks."""

from apiflask import APIBlueprint
from flask import g

from app.core.policy import Action
from app.core.web import requires

from ..operations import voting
from ..queries import votes
from ..queries.plans import lesson_or_404
from ..schemas import BallotIn, PollIn, PollList, PollOut, PollPatch, RecheckIn, VoteList

api = APIBlueprint("plan_votes", __name__, url_prefix="/api/v1", tag="activity plans")


@api.get("/activity-plans/<plan_id>/polls")
@api.output(PollList)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def list_polls(plan_id: str) -> PollList:
    """Every vote of a plan with its counts."""
    return PollList(items=votes.polls_out(g.thing))


@api.post("/activity-plans/<plan_id>/polls")
@api.input(PollIn, arg_name="wanted")
@api.output(PollOut, status_code=201)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def open_poll(plan_id: str, wanted: PollIn) -> PollOut:
    """Put a step's question to the class."""
    return votes.poll_out(voting.open_poll(g.thing, wanted))


@api.post("/activity-plans/<plan_id>/recheck")
@api.input(RecheckIn, arg_name="wanted")
@api.output(PollList, status_code=201)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def send_recheck(plan_id: str, wanted: RecheckIn) -> PollList:
    """Ask the class once more, some days later."""
    return PollList(items=[votes.poll_out(poll) for poll in voting.send_recheck(g.thing, wanted)])


@api.patch("/polls/<poll_id>")
@api.input(PollPatch, arg_name="patch")
@api.output(PollOut)
@requires(Action.PLAN_CLASS, load=votes.poll_or_404)
def change_poll(poll_id: str, patch: PollPatch) -> PollOut:
    """Close a vote, or write down counted hands."""
    return votes.poll_out(voting.change_poll(g.thing, patch))


@api.put("/polls/<poll_id>/ballot")
@api.input(BallotIn, arg_name="ballot")
@api.output(VoteList)
@requires(Action.VOTE, load=votes.poll_or_404, see=Action.SEE_VOTE)
def vote(poll_id: str, ballot: BallotIn) -> VoteList:
    """Vote; answers with what the class is asked now."""
    voting.vote(g.viewer, g.thing, ballot.option)
    return VoteList(items=votes.votes_out(g.thing.plan, g.viewer))


@api.get("/votes/<code>")
@api.output(VoteList)
@requires(Action.SEE_VOTE, load=votes.lesson_by_code)
def show_votes(code: str) -> VoteList:
    """What the class is asked now."""
    return VoteList(items=votes.votes_out(g.thing, g.viewer))
