"""The page that a code for a phone leads to."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    with op.batch_alter_table("one_time_code") as batch:
        batch.add_column(sa.Column("goes_to", sa.Text(), server_default="", nullable=False))
    # The default was for the rows that are there; new ones are given their value by the application.
    with op.batch_alter_table("one_time_code") as batch:
        batch.alter_column("goes_to", server_default=None)


def downgrade() -> None:
    op.drop_column("one_time_code", "goes_to")
