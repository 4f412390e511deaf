"""What the admins of a school decide about, in the world of the permission tests."""

from typing import Any

from app.core.db import session
from app.lti.models import Context
from app.records.models import RecordEndpoint
from app.sis.models import RosterImport
from app.sso.models import Provider
from app.upkeep.models import PersonMerge

from ..factories import add

ADMIN = frozenset({"admin"})


def add_admin_things(world: Any) -> None:
    """A course's storage, a document that failed, an LMS's class list: each of the first school."""
    world.thing("kept_course", "the course", ADMIN, course_id=world.course.id)
    failed = next(one for one in world.things["document"] if one.name == "failed")
    world.thing("failed_document", "failed", ADMIN, **failed.arguments)
    roster = session.query(Context).filter_by(course_id=world.course.id).one()
    world.thing("roster", "of the course", ADMIN, context_id=roster.id)
    upload = add(RosterImport(school_id=world.school.id, kind="oneroster", state="ready"))
    world.thing("upload", "a roster", ADMIN, import_id=upload.id)
    provider = add(
        Provider(school_id=world.school.id, name="Sign-on", issuer="https://op.example", client_id="1")
    )
    world.thing("provider", "of the school", ADMIN, provider_id=provider.id)
    store = RecordEndpoint(
        school_id=world.school.id,
        kind="xapi",
        url="https://lrs.example",
        salt="",
        home="https://foreword.example",
        state="on",
    )
    world.thing("store", "of the school", ADMIN, endpoint_id=add(store).id)
    accounts = world.accounts
    merged = PersonMerge(school_id=world.school.id, kept_id=accounts["bob"].id, gone_id=accounts["former"].id)
    world.thing("merge", "of the school", ADMIN, merge_id=add(merged).id)
