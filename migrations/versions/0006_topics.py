"""topics that stay the same, what was done about them, quotations, and reports by e-mail"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0006"
down_revision = "0004"

ID = sa.String(length=36)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "confusion_topic",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("in_our_words", sa.Text(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        _moment("created_at"),
        _points("confusion_topic", "assignment_id", "assignment"),
        _points("confusion_topic", "merged_into", "confusion_topic"),
        _points("confusion_topic", "made_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confusion_topic")),
    )
    with op.batch_alter_table("confusion_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confusion_topic_assignment_id"), ["assignment_id"])
    op.create_table(
        "topic_placement",
        sa.Column("annotation_id", ID, nullable=False),
        sa.Column("topic_id", ID, nullable=True),
        sa.Column("placed_by", ID, nullable=True),
        _moment("placed_at"),
        _points("topic_placement", "annotation_id", "annotation"),
        _points("topic_placement", "topic_id", "confusion_topic"),
        _points("topic_placement", "placed_by", "account"),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_topic_placement")),
    )
    with op.batch_alter_table("topic_placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_placement_topic_id"), ["topic_id"])
    op.create_table(
        "topic_outcome",
        sa.Column("topic_id", ID, nullable=False),
        _moment("dealt_at", nullable=True),
        sa.Column("dealt_by", ID, nullable=True),
        sa.Column("what_i_did", sa.Text(), nullable=False),
        sa.Column("what_i_would_change", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        _points("topic_outcome", "topic_id", "confusion_topic"),
        _points("topic_outcome", "dealt_by", "account"),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_topic_outcome")),
    )
    op.create_table(
        "quotation",
        sa.Column("annotation_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        _moment("asked_at"),
        _moment("answered_at", nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        _points("quotation", "annotation_id", "annotation"),
        _points("quotation", "asked_by", "account"),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_quotation")),
    )
    op.create_table(
        "report_mail",
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        _moment("send_at"),
        _moment("sent_at", nullable=True),
        _points("report_mail", "assignment_id", "assignment"),
        _points("report_mail", "account_id", "account"),
        sa.PrimaryKeyConstraint("assignment_id", "account_id", name=op.f("pk_report_mail")),
    )
    with op.batch_alter_table("report_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_mail_account_id"), ["account_id"])
    # What was changed by hand is kept as placements and labels of topics now.
    op.drop_table("topic_edit")
    _make_reports_anew()


def _make_reports_anew() -> None:
    """Reports are made from what the class said whenever somebody looks; nothing is lost with them."""
    op.execute("DELETE FROM confusion_report")


def downgrade() -> None:
    _make_reports_anew()
    op.create_table(
        "topic_edit",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        _moment("made_at"),
        _points("topic_edit", "assignment_id", "assignment"),
        _points("topic_edit", "made_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_edit")),
    )
    with op.batch_alter_table("topic_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_edit_assignment_id"), ["assignment_id"])
    for table in ("report_mail", "quotation", "topic_outcome", "topic_placement", "confusion_topic"):
        op.drop_table(table)
