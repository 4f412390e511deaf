"""Calibration to a course, appeals, and signs of how an annotation came about."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "calibration_comparison",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("goes_back", sa.Boolean(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(length=60), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=True),
        sa.Column("asked_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('making', 'ready', 'too_few', 'accepted', 'refused', 'replaced')",
            name=op.f("ck_calibration_comparison_state"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_calibration_comparison_asked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_calibration_comparison_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_calibration_comparison_decided_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_comparison")),
    )
    with op.batch_alter_table("calibration_comparison", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_comparison_course_id"), ["course_id"], unique=False)

    op.create_table(
        "course_adaptation",
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("model_version", sa.String(length=60), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("accepted_by", sa.String(length=36), nullable=True),
        sa.Column("accepted_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["account.id"], name=op.f("fk_course_adaptation_accepted_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_adaptation_course_id_course")
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_course_adaptation")),
    )
    op.create_table(
        "signs_shown",
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("shown_by", sa.String(length=36), nullable=True),
        sa.Column("shown_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_signs_shown_account_id_account")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_signs_shown_course_id_course")),
        sa.PrimaryKeyConstraint("course_id", "account_id", name=op.f("pk_signs_shown")),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("annotation_id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("created_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level between 0 and 2", name=op.f("ck_appeal_level")),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_appeal_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_appeal_answered_by_account")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_appeal_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_course_id"), ["course_id"], unique=False)
        batch_op.create_index("ix_appeal_words", ["annotation_id", "body_hash"], unique=True)

    op.create_table(
        "calibration_item",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("annotation_id", sa.String(length=36), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("chosen_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin in ('chosen', 'appeal')", name=op.f("ck_calibration_item_origin")),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_calibration_item_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_calibration_item_course_id_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_item")),
    )
    with op.batch_alter_table("calibration_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calibration_item_annotation_id"), ["annotation_id"], unique=False
        )
        batch_op.create_index(
            "ix_calibration_item_words", ["course_id", "annotation_id", "body_hash"], unique=True
        )

    op.create_table(
        "calibration_move",
        sa.Column("comparison_id", sa.String(length=36), nullable=False),
        sa.Column("annotation_id", sa.String(length=36), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_calibration_move_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["calibration_comparison.id"],
            name=op.f("fk_calibration_move_comparison_id_calibration_comparison"),
        ),
        sa.PrimaryKeyConstraint("comparison_id", "annotation_id", name=op.f("pk_calibration_move")),
    )
    with op.batch_alter_table("calibration_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calibration_move_annotation_id"), ["annotation_id"], unique=False
        )

    op.create_table(
        "calibration_rating",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("rater_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rated_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level between 0 and 2", name=op.f("ck_calibration_rating_level")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["calibration_item.id"], name=op.f("fk_calibration_rating_item_id_calibration_item")
        ),
        sa.ForeignKeyConstraint(
            ["rater_id"], ["account.id"], name=op.f("fk_calibration_rating_rater_id_account")
        ),
        sa.PrimaryKeyConstraint("item_id", "rater_id", name=op.f("pk_calibration_rating")),
    )
    with op.batch_alter_table("calibration_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_rating_rater_id"), ["rater_id"], unique=False)

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("traits", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("teacher_score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("origin", sa.String(length=12), server_default="hand", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("teacher_score", schema=None) as batch_op:
        batch_op.drop_column("origin")
        batch_op.drop_column("note")

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_column("traits")

    with op.batch_alter_table("calibration_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_rating_rater_id"))

    op.drop_table("calibration_rating")
    with op.batch_alter_table("calibration_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_move_annotation_id"))

    op.drop_table("calibration_move")
    with op.batch_alter_table("calibration_item", schema=None) as batch_op:
        batch_op.drop_index("ix_calibration_item_words")
        batch_op.drop_index(batch_op.f("ix_calibration_item_annotation_id"))

    op.drop_table("calibration_item")
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index("ix_appeal_words")
        batch_op.drop_index(batch_op.f("ix_appeal_course_id"))

    op.drop_table("appeal")
    op.drop_table("signs_shown")
    op.drop_table("course_adaptation")
    with op.batch_alter_table("calibration_comparison", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_comparison_course_id"))

    op.drop_table("calibration_comparison")
