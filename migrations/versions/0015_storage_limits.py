"""Limits of storage, for each course of a school and for one course."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("school", sa.Column("course_storage_mb", sa.Integer(), nullable=True))
    op.add_column("course", sa.Column("storage_mb", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("course", "storage_mb")
    op.drop_column("school", "course_storage_mb")
