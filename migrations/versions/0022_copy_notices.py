"""What LMSs tell of copied courses, and whether they were asked to."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0022"
down_revision = "0021"
TEXTS = [
    ("notices_url", sa.Text()),
    ("notices_handler", sa.Text()),
    ("notices_problem", sa.String(length=40)),
]
MOMENTS = ["notices_wanted_at", "notices_at"]


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("lti_deployment") as batch:
        for name, kind in TEXTS:
            batch.add_column(sa.Column(name, kind, server_default="", nullable=False))
        for name in MOMENTS:
            batch.add_column(moment(name))
    # The defaults were for the rows that are there; new ones are given their values by the application.
    with op.batch_alter_table("lti_deployment") as batch:
        for name, _kind in TEXTS:
            batch.alter_column(name, server_default=None)
    op.create_index(op.f("ix_lti_deployment_notices_wanted_at"), "lti_deployment", ["notices_wanted_at"])
    op.create_table(
        "lti_copied_context",
        sa.Column("registration_id", sa.String(length=36), nullable=False),
        sa.Column("context_id", sa.String(length=255), nullable=False),
        sa.Column("origin_id", sa.String(length=255), nullable=False),
        moment("said_at", nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_copied_context_registration_id_lti_registration"),
        ),
        sa.PrimaryKeyConstraint(
            "registration_id", "context_id", "origin_id", name=op.f("pk_lti_copied_context")
        ),
    )
    op.create_index(op.f("ix_lti_copied_context_said_at"), "lti_copied_context", ["said_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_lti_copied_context_said_at"), "lti_copied_context")
    op.drop_table("lti_copied_context")
    op.drop_index(op.f("ix_lti_deployment_notices_wanted_at"), "lti_deployment")
    with op.batch_alter_table("lti_deployment") as batch:
        for name in [*MOMENTS, *(name for name, _kind in TEXTS)]:
            batch.drop_column(name)
