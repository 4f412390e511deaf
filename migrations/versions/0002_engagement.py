"""engagement"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0002"
down_revision = "0001"

PARTICIPATION = (
    '{"weights": {"annotations": 80, "completion": 20, "questions": 20}, "content": "participation", '
    '"release": "by_hand"}'
)


def upgrade() -> None:
    op.create_table(
        "course_scoring",
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("mode", sa.String(length=9), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("modified_by", sa.String(length=36), nullable=True),
        sa.Column("modified_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mode in ('automatic', 'manual', 'ungraded')", name=op.f("ck_course_scoring_mode")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_scoring_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["modified_by"], ["account.id"], name=op.f("fk_course_scoring_modified_by_account")
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_course_scoring")),
    )
    op.create_table(
        "language_flag",
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("given_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_language_flag_account_id_account")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_language_flag_course_id_course")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_language_flag_given_by_account")),
        sa.PrimaryKeyConstraint("course_id", "account_id", name=op.f("pk_language_flag")),
    )
    with op.batch_alter_table("language_flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_language_flag_account_id"), ["account_id"], unique=False)

    op.create_table(
        "scoring_template",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("modified_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_scoring_template_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring_template")),
    )
    with op.batch_alter_table("scoring_template", schema=None) as batch_op:
        batch_op.create_index("ix_scoring_template_name", ["account_id", "name"], unique=True)

    op.create_table(
        "assignment_scoring",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("modified_by", sa.String(length=36), nullable=True),
        sa.Column("modified_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_scoring_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["modified_by"], ["account.id"], name=op.f("fk_assignment_scoring_modified_by_account")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment_scoring")),
    )
    op.create_table(
        "engagement_score",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("changed_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_engagement_score_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_engagement_score_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "account_id", name=op.f("pk_engagement_score")),
    )
    with op.batch_alter_table("engagement_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_score_account_id"), ["account_id"], unique=False)

    op.create_table(
        "score_exception",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("due_at", app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("given_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_score_exception_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_score_exception_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_score_exception_given_by_account")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "account_id", name=op.f("pk_score_exception")),
    )
    with op.batch_alter_table("score_exception", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_exception_account_id"), ["account_id"], unique=False)

    op.create_table(
        "score_override",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("component", sa.String(length=12), nullable=False),
        sa.Column("percent", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("given_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("ck_score_override_percent")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_score_override_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_score_override_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_score_override_given_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_override")),
    )
    with op.batch_alter_table("score_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_override_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_score_override_person", ["assignment_id", "account_id"], unique=False)

    op.create_table(
        "scoring_run",
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("wanted_at", app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_scoring_run_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_scoring_run")),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    # Courses that exist keep the rules of today's new course, written out: a later change of what a new course
    # begins with must not move their scores.
    course, scoring = (
        sa.table(name, *(sa.column(each) for each in columns))
        for name, columns in {
            "course": ("id", "created_at"),
            "course_scoring": ("course_id", "mode", "settings", "modified_at"),
        }.items()
    )
    op.execute(
        scoring.insert().from_select(
            ["course_id", "mode", "settings", "modified_at"],
            sa.select(
                course.c.id,
                sa.literal("automatic"),
                sa.literal_column(f"'{PARTICIPATION}'" + ("::json" if postgres else "")),
                course.c.created_at,
            ),
        )
    )


def downgrade() -> None:
    op.drop_table("scoring_run")
    with op.batch_alter_table("score_override", schema=None) as batch_op:
        batch_op.drop_index("ix_score_override_person")
        batch_op.drop_index(batch_op.f("ix_score_override_account_id"))

    op.drop_table("score_override")
    with op.batch_alter_table("score_exception", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_exception_account_id"))

    op.drop_table("score_exception")
    with op.batch_alter_table("engagement_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_score_account_id"))

    op.drop_table("engagement_score")
    op.drop_table("assignment_scoring")
    with op.batch_alter_table("scoring_template", schema=None) as batch_op:
        batch_op.drop_index("ix_scoring_template_name")

    op.drop_table("scoring_template")
    with op.batch_alter_table("language_flag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_language_flag_account_id"))

    op.drop_table("language_flag")
    op.drop_table("course_scoring")
