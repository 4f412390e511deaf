"""Learning records for a store of the school, and a limit of storage for the whole school."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0019"
down_revision = "0018"


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "record_endpoint",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("auth", sa.String(length=8), nullable=False),
        sa.Column("username", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("home", sa.String(length=300), nullable=False),
        sa.Column("sends", sa.JSON(), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column("texts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=3), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        moment("quiet_until"),
        moment("claimed_until"),
        sa.Column("problem", sa.String(length=40), nullable=False),
        moment("problem_at"),
        sa.Column("sent", sa.Integer(), nullable=False),
        moment("sent_at"),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        moment("created_at", nullable=False),
        sa.CheckConstraint("kind in ('xapi', 'caliper')", name=op.f("ck_record_endpoint_kind")),
        sa.CheckConstraint("auth in ('basic', 'bearer')", name=op.f("ck_record_endpoint_auth")),
        sa.CheckConstraint("state in ('on', 'off')", name=op.f("ck_record_endpoint_state")),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_record_endpoint_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_endpoint")),
        sa.UniqueConstraint("school_id", name=op.f("uq_record_endpoint_school_id")),
    )
    op.create_table(
        "learning_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("endpoint_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("object_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        moment("happened_at", nullable=False),
        moment("due_at", nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.CheckConstraint("state in ('waiting', 'refused')", name=op.f("ck_learning_record_state")),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["record_endpoint.id"],
            name=op.f("fk_learning_record_endpoint_id_record_endpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_learning_record_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_record")),
    )
    op.create_index("ix_learning_record_due", "learning_record", ["endpoint_id", "state", "due_at"])
    op.create_index(op.f("ix_learning_record_account_id"), "learning_record", ["account_id"])
    op.add_column("school", sa.Column("storage_mb", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("school", "storage_mb")
    op.drop_table("learning_record")
    op.drop_table("record_endpoint")
