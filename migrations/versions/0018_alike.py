"""Topics of earlier assignments that are about the same stand beside a report, so that they can change without it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

REPORT = sa.table(
    "confusion_report",
    sa.column("assignment_id", sa.String),
    sa.column("result", sa.JSON),
    sa.column("alike", sa.JSON),
)


def upgrade() -> None:
    op.add_column("confusion_report", sa.Column("alike", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("confusion_report") as table:
        table.alter_column("alike", server_default=None)
    for key in _reports():
        topics = _result(key).get("topics", [])
        found = {topic["id"]: topic["alike"] for topic in topics if topic.get("alike")}
        op.execute(REPORT.update().where(REPORT.c.assignment_id == key).values(alike=found))


def downgrade() -> None:
    op.drop_column("confusion_report", "alike")


def _reports() -> list[str]:
    return list(op.get_bind().scalars(sa.select(REPORT.c.assignment_id)))


def _result(key: str) -> dict:
    """One at a time: each holds the ids of thousands of annotations."""
    return op.get_bind().scalar(sa.select(REPORT.c.result).where(REPORT.c.assignment_id == key)) or {}
