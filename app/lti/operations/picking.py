"""Deep Linking: a teacher chooses in the LMS's own window, and we answer with links to what was chosen."""

import time
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from app.accounts.models import Account
from app.assignments import operations as assigning
from app.assignments.models import Assignment
from app.assignments.schemas import AssignmentIn
from app.core.db import session
from app.core.hosts import belongs
from app.core.ids import now
from app.core.policy import Viewer
from app.lti.models import Context, Deployment, Picking
from app.lti.protocol import deep_linking, grades
from app.lti.protocol.cartridge import Link
from app.lti.protocol.deep_linking import Item, Picker
from app.lti.protocol.messages import Launch
from app.lti.protocol.problems import LtiProblem

from .own_keys import signing_key

LASTS = timedelta(hours=1)
MAXIMUM = 100.0


def begin(context: Context, account: Account, launch: Launch) -> str:
    """Keep what the LMS takes; returns the path of the page to choose on."""
    takes = deep_linking.picker(launch.deep_linking)
    if not belongs(takes.return_url, context.registration.hosts):
        raise LtiProblem("foreign_target", "deep_link_return_url")
    if not takes.takes_links:
        raise LtiProblem("picker_takes_no_links")
    row = Picking(
        lti_context_id=context.id, account_id=account.id, takes=takes.stored(), expires_at=now() + LASTS
    )
    session.add(row)
    session.flush()
    return f"/lti/pick/{row.id}"


def takes_of(row: Picking) -> Picker:
    """What the LMS takes."""
    return Picker(**row.takes | {"targets": tuple(row.takes["targets"])})


def assign(viewer: Viewer, row: Picking, document_ids: Sequence[str]) -> list[Assignment]:
    """Make an assignment of each document that was chosen from the library."""
    course = row.context.course
    return [
        assigning.assign(viewer, course, AssignmentIn(document_id=each, title="")) for each in document_ids
    ]


def answer(
    row: Picking,
    chosen: Sequence[Assignment],
    origin: str,
    *,
    graded: bool = True,
    new_tab: bool = False,
    message: str = "",
) -> str:
    """The signed answer; the page posts it to the LMS. Nothing chosen means: cancelled."""
    takes, registration = takes_of(row), row.context.registration
    items = [
        deep_linking.item(item_for(each, origin, graded=graded, new_tab=new_tab), takes) for each in chosen
    ]
    deployment = session.get_one(Deployment, row.context.deployment_id)
    token = deep_linking.answer(
        takes,
        items,
        issuer=registration.issuer,
        client_id=registration.client_id,
        deployment_id=deployment.deployment_id,
        key=signing_key(),
        now=time.time(),
        message=message,
    )
    session.delete(row)
    return token


def item_for(assignment: Assignment, origin: str, *, graded: bool, new_tab: bool) -> Item:
    """An assignment as an LMS keeps it. It is named twice, since some LMSs keep only one of the two."""
    launch = f"{origin}/lti/launch"
    column = grades.line_item(assignment.title, MAXIMUM, assignment.id, review_url=launch)
    return Item(
        title=assignment.title,
        url=f"{launch}?assignment={assignment.id}",
        text=assignment.instructions[:300],
        custom=custom_of(assignment),
        column=column if graded else None,
        opens_at=assignment.opens_at,
        due_at=assignment.due_at,
        new_tab=new_tab,
    )


def custom_of(assignment: Assignment) -> dict[str, str]:
    """The parameters by which a link is known again, also after its course was copied."""
    return {
        "foreword_assignment": assignment.id,
        "context_history": "$Context.id.history",
        "resource_link_history": "$ResourceLink.id.history",
    }


def link_for(assignment: Assignment) -> Link:
    """An assignment as a link of a cartridge."""
    return Link(assignment.title, assignment.instructions[:300], custom_of(assignment))


def forget_old() -> None:
    """Delete what nobody finished choosing."""
    session.execute(delete(Picking).where(Picking.expires_at < now()))
