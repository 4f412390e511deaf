"""Tables of the connection to LMSs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import Model, primary_id
from app.core.ids import now
from app.courses.models import Course


class Registration(Model):
    """One tool entry at one LMS. An issuer may have several (schools share one; a school registers twice).

    ``service_hosts`` are where its services may live, ``frame_origins`` where its pages may frame ours. The keys
    of the platform are kept here, so that no registration can ever use those of another.
    """

    __tablename__ = "lti_registration"
    __table_args__ = (
        Index("ix_lti_registration_client", "issuer", "client_id", unique=True),
        CheckConstraint("state in ('pending', 'active', 'disabled')", name="state"),
        CheckConstraint("version in ('1.3', '1.1')", name="version"),
    )

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(4), default="1.3")
    platform: Mapped[str] = mapped_column(String(60), default="")
    issuer: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(255))
    auth_url: Mapped[str] = mapped_column(Text, default="")
    token_url: Mapped[str] = mapped_column(Text, default="")
    jwks_url: Mapped[str] = mapped_column(Text, default="")
    token_audience: Mapped[str] = mapped_column(String(500), default="")
    service_hosts: Mapped[str] = mapped_column(Text, default="")
    frame_origins: Mapped[str] = mapped_column(Text, default="")
    secret: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="active")
    accepts_deployments: Mapped[bool] = mapped_column(default=False)
    hides_names: Mapped[bool] = mapped_column(default=False)
    jwks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    jwks_fetched_at: Mapped[datetime | None]
    jwks_tried_at: Mapped[datetime | None]
    launched_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(40), default="")
    problem_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)

    deployments: Mapped[list["Deployment"]] = relationship(
        order_by="Deployment.created_at", back_populates="registration"
    )

    @property
    def provider(self) -> str:
        """What the people of this registration sign in by: two registrations never share a person."""
        return f"lti:{self.id}"

    @property
    def hosts(self) -> list[str]:
        """Hosts that addresses in its messages may lead to."""
        return (self.service_hosts or "").split()  # None until the row is stored


class Deployment(Model):
    """Where a tool entry is switched on: a site, an account, or one course. New ones may need approval.

    The ``notices_`` fields: where the LMS takes the address that it sends its notices to, which one is to be told,
    when that is due, when it was tried last, and what stood in the way.
    """

    __tablename__ = "lti_deployment"
    __table_args__ = (
        Index("ix_lti_deployment_id", "registration_id", "deployment_id", unique=True),
        CheckConstraint("state in ('pending', 'active', 'refused')", name="state"),
    )

    id: Mapped[str] = primary_id()
    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"))
    deployment_id: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(8), default="pending")
    notices_url: Mapped[str] = mapped_column(Text, default="")
    notices_handler: Mapped[str] = mapped_column(Text, default="")
    notices_wanted_at: Mapped[datetime | None] = mapped_column(index=True)
    notices_at: Mapped[datetime | None]
    notices_problem: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    registration: Mapped[Registration] = relationship(back_populates="deployments")


class Login(Model):
    """A launch that has begun and must end in the same browser within ten minutes. Works once.

    Of the state and of the browser's secret only hashes are kept.
    """

    __tablename__ = "lti_login"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"))
    nonce: Mapped[str] = mapped_column(String(64))
    browser_hash: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Key(Model):
    """A key of ours: signs what we say to platforms. The private part is sealed."""

    __tablename__ = "lti_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    public: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)


class AccessToken(Model):
    """What lets us call the services of a registration for an hour; sealed."""

    __tablename__ = "lti_access_token"

    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"), primary_key=True)
    scopes: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]


class Invitation(Model):
    """A one-time link with which an LMS may register itself."""

    __tablename__ = "lti_invitation"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("lti_registration.id"))
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Context(Model):
    """A course of an LMS and the course here that it opens. The roster is fetched from ``members_url``."""

    __tablename__ = "lti_context"
    __table_args__ = (Index("ix_lti_context_id", "deployment_id", "context_id", unique=True),)

    id: Mapped[str] = primary_id()
    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"), index=True)
    deployment_id: Mapped[str] = mapped_column(ForeignKey("lti_deployment.id"))
    context_id: Mapped[str] = mapped_column(String(255))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    members_url: Mapped[str] = mapped_column(Text, default="")
    line_items_url: Mapped[str] = mapped_column(Text, default="")
    groups_url: Mapped[str] = mapped_column(Text, default="")
    group_sets_url: Mapped[str] = mapped_column(Text, default="")
    scopes: Mapped[str] = mapped_column(Text, default="")
    return_url: Mapped[str] = mapped_column(Text, default="")
    roster_wanted_at: Mapped[datetime | None] = mapped_column(index=True)
    roster_at: Mapped[datetime | None]
    roster_problem: Mapped[str] = mapped_column(String(40), default="")
    roster_count: Mapped[int] = mapped_column(default=0)
    copied_from: Mapped[str | None] = mapped_column(ForeignKey("course.id"))
    copied_parts: Mapped[str] = mapped_column(String(40), default="")
    launched_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)

    registration: Mapped[Registration] = relationship()
    course: Mapped[Course] = relationship(foreign_keys=[course_id])


class ResourceLink(Model):
    """A link in an LMS course and what it opens. An empty ``opens``: staff have not chosen yet.

    ``copy_of`` is the assignment of another course that a copied link still names.
    """

    __tablename__ = "lti_resource_link"
    __table_args__ = (
        Index("ix_lti_resource_link_id", "lti_context_id", "link_id", unique=True),
        CheckConstraint("opens in ('', 'assignment', 'course', 'report')", name="opens"),
    )

    id: Mapped[str] = primary_id()
    lti_context_id: Mapped[str] = mapped_column(ForeignKey("lti_context.id"))
    link_id: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(200), default="")
    opens: Mapped[str] = mapped_column(String(12), default="")
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    copy_of: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"))
    line_item_url: Mapped[str] = mapped_column(Text, default="")
    maximum: Mapped[float] = mapped_column(default=100.0)
    scored_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    context: Mapped[Context] = relationship()
    assignment: Mapped[Assignment | None] = relationship(foreign_keys=[assignment_id])

    @property
    def course_id(self) -> str:
        """The course here, so that rules can ask."""
        return self.context.course_id


class Copy(Model):
    """Which assignment of a copied course stands for which one of the course it was made from."""

    __tablename__ = "lti_copy"

    lti_context_id: Mapped[str] = mapped_column(ForeignKey("lti_context.id"), primary_key=True)
    original_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))


class CopiedContext(Model):
    """A course of an LMS was copied from another, as the LMS told by a notice. Both by the LMS's own ids."""

    __tablename__ = "lti_copied_context"

    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"), primary_key=True)
    context_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    origin_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    said_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Picking(Model):
    """Somebody choosing readings in an LMS's own window: what the LMS takes, kept until the answer."""

    __tablename__ = "lti_picking"

    id: Mapped[str] = primary_id()
    lti_context_id: Mapped[str] = mapped_column(ForeignKey("lti_context.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    takes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    context: Mapped[Context] = relationship()

    @property
    def course_id(self) -> str:
        """The course here, so that rules can ask."""
        return self.context.course_id


class Member(Model):
    """A person as one LMS knows them: what it said last, and whether they only test.

    ``section`` is its last word on the section: only another word moves somebody whom the teacher may have moved.
    """

    __tablename__ = "lti_member"
    __table_args__ = (Index("ix_lti_member_person", "lti_context_id", "account_id", unique=True),)

    id: Mapped[str] = primary_id()
    lti_context_id: Mapped[str] = mapped_column(ForeignKey("lti_context.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="")
    section: Mapped[str] = mapped_column(String(80), default="")
    is_test: Mapped[bool] = mapped_column(default=False)
    launched_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class RemoteGroup(Model):
    """A group of an LMS course, or (with an empty ``group_id``) a set of them, and what stands for it here."""

    __tablename__ = "lti_group"
    __table_args__ = (Index("ix_lti_group_remote", "lti_context_id", "set_id", "remote_id", unique=True),)

    id: Mapped[str] = primary_id()
    lti_context_id: Mapped[str] = mapped_column(ForeignKey("lti_context.id"))
    set_id: Mapped[str] = mapped_column(String(255), default="")
    remote_id: Mapped[str] = mapped_column(String(255), default="")
    group_set_id: Mapped[str] = mapped_column(ForeignKey("group_set.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[str | None] = mapped_column(
        ForeignKey("course_group.id", ondelete="CASCADE"), index=True
    )


class Mentor(Model):
    """A parent or mentor may see the own work of one child in one course, as the LMS said at a launch."""

    __tablename__ = "lti_mentor"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    said_at: Mapped[datetime] = mapped_column(default=now)


class Passback(Model):
    """A grade on its way to an LMS: one row per person and link, always with the newest points.

    States: ``waiting`` (to be sent at ``due_at``), ``sent``, ``refused`` (listed with its reason; not retried by
    itself), ``overridden`` (the LMS holds another grade; the teacher is asked), ``superseded``.
    ``stamped_at`` is the timestamp last used: platforms refuse older ones.
    """

    __tablename__ = "lti_passback"
    __table_args__ = (
        Index("ix_lti_passback_person", "resource_link_id", "account_id", unique=True),
        Index("ix_lti_passback_due", "state", "due_at"),
        CheckConstraint(
            "state in ('waiting', 'sent', 'refused', 'overridden', 'superseded')",
            name="state",
        ),
    )

    id: Mapped[str] = primary_id()
    resource_link_id: Mapped[str] = mapped_column(ForeignKey("lti_resource_link.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    points: Mapped[float]
    maximum: Mapped[float]
    comment: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    problem: Mapped[str] = mapped_column(String(40), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    first_tried_at: Mapped[datetime | None]
    stamped_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_points: Mapped[float | None]
    found_points: Mapped[float | None]
    forced: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    link: Mapped[ResourceLink] = relationship()
    account: Mapped[Account] = relationship()

    @property
    def course_id(self) -> str:
        """The course here, so that rules can ask."""
        return self.link.course_id


class Outcome(Model):
    """Where an LTI 1.1 platform keeps the grade of one person for one link, as a launch named it."""

    __tablename__ = "lti_outcome"

    resource_link_id: Mapped[str] = mapped_column(ForeignKey("lti_resource_link.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    sourced_id: Mapped[str] = mapped_column(Text)


class Nonce(Model):
    """What works once, kept as long as it would be believed: a nonce of LTI 1.1, or the id of a notice."""

    __tablename__ = "lti_nonce"

    registration_id: Mapped[str] = mapped_column(ForeignKey("lti_registration.id"), primary_key=True)
    nonce_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)
