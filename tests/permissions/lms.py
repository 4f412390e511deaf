"""What an LMS brings into the world of the permission tests."""

from datetime import timedelta
from typing import Any

from app.core.ids import now
from app.lti.models import Context, Deployment, Passback, Picking, Registration, ResourceLink

from ..factories import add


def add_lms(world: Any, staff: frozenset[str]) -> None:
    """An LMS of the school: one link to the open assignment, copied from the closed one."""
    registration = add(
        Registration(school_id=world.school.id, name="Moodle", issuer="https://m.example", client_id="1")
    )
    deployment = add(Deployment(registration_id=registration.id, deployment_id="1", state="active"))
    context = add(
        Context(
            registration_id=registration.id,
            deployment_id=deployment.id,
            context_id="7",
            course_id=world.course.id,
        )
    )
    link = add(
        ResourceLink(
            lti_context_id=context.id,
            link_id="9",
            opens="assignment",
            assignment_id=world.rows["open"].id,
            copy_of=world.rows["closed"].id,
        )
    )
    takes = {
        "return_url": "https://m.example/r",
        "takes_links": True,
        "several": True,
        "line_items": True,
        "targets": [],
        "data": None,
    }
    picking = add(
        Picking(
            lti_context_id=context.id,
            account_id=world.accounts["teacher"].id,
            takes=takes,
            expires_at=now() + timedelta(hours=1),
        )
    )
    ana = world.accounts["ana"].id
    grade = add(Passback(resource_link_id=link.id, account_id=ana, points=1.0, maximum=2.0))
    world.thing("lti_grade", "Ana's", passback_id=grade.id)
    world.thing(
        "lti_review",
        "Ana's",
        staff | {"ana"},
        assignment_id=world.rows["open"].id,
        account_id=ana,
    )
    world.thing("lti_picking", "the teacher's", frozenset({"teacher"}), picking_id=picking.id)
    world.thing("lti_link", "to the open assignment", link_id=link.id)
    admin = frozenset({"admin"})
    world.thing(
        "registration",
        "of the school",
        admin,
        registration_id=registration.id,
        deployment_id=deployment.id,
    )
