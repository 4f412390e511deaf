"""Rosters from the school's information system."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0016"
down_revision = "0015"


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "sis_import",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("file_id", sa.String(length=36), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        moment("touched_at"),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        moment("created_at", nullable=False),
        moment("applied_at"),
        sa.CheckConstraint("kind in ('oneroster', 'table')", name=op.f("ck_sis_import_kind")),
        sa.CheckConstraint(
            "state in ('mapping', 'waiting', 'reading', 'ready', 'confirmed', 'applying', 'done', 'failed', 'dropped')",
            name=op.f("ck_sis_import_state"),
        ),
        key("sis_import", "school_id", "school"),
        key("sis_import", "file_id", "file"),
        key("sis_import", "created_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sis_import")),
    )
    op.create_index(op.f("ix_sis_import_school_id"), "sis_import", ["school_id"])
    op.create_table(
        "sis_person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("sourced_id", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        moment("left_at"),
        key("sis_person", "school_id", "school"),
        key("sis_person", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sis_person")),
    )
    op.create_index("ix_sis_person_sourced", "sis_person", ["school_id", "sourced_id"], unique=True)
    op.create_index(op.f("ix_sis_person_account_id"), "sis_person", ["account_id"])
    op.create_table(
        "sis_course",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("sourced_id", sa.String(length=254), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        moment("ended_at"),
        key("sis_course", "school_id", "school"),
        key("sis_course", "course_id", "course"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sis_course")),
    )
    op.create_index("ix_sis_course_sourced", "sis_course", ["school_id", "sourced_id"], unique=True)
    op.create_index(op.f("ix_sis_course_course_id"), "sis_course", ["course_id"])
    op.create_table(
        "sis_enrollment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("sourced_id", sa.String(length=254), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        moment("ended_at"),
        key("sis_enrollment", "school_id", "school"),
        key("sis_enrollment", "course_id", "course"),
        key("sis_enrollment", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sis_enrollment")),
    )
    op.create_index("ix_sis_enrollment_sourced", "sis_enrollment", ["school_id", "sourced_id"], unique=True)
    op.create_index(op.f("ix_sis_enrollment_course_id"), "sis_enrollment", ["course_id"])
    op.create_index(op.f("ix_sis_enrollment_account_id"), "sis_enrollment", ["account_id"])


def downgrade() -> None:
    for table in ("sis_enrollment", "sis_course", "sis_person", "sis_import"):
        op.drop_table(table)
