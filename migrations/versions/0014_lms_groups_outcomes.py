"""groups and sections of an LMS, and where LTI 1.1 keeps grades"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "lti_group",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lti_context_id", sa.String(length=36), nullable=False),
        sa.Column("set_id", sa.String(length=255), nullable=False),
        sa.Column("remote_id", sa.String(length=255), nullable=False),
        sa.Column("group_set_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["course_group.id"],
            name=op.f("fk_lti_group_group_id_course_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_set_id"],
            ["group_set.id"],
            name=op.f("fk_lti_group_group_set_id_group_set"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lti_context_id"], ["lti_context.id"], name=op.f("fk_lti_group_lti_context_id_lti_context")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_group")),
    )
    with op.batch_alter_table("lti_group", schema=None) as batch_op:
        batch_op.create_index("ix_lti_group_remote", ["lti_context_id", "set_id", "remote_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_lti_group_group_set_id"), ["group_set_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lti_group_group_id"), ["group_id"], unique=False)
    op.create_table(
        "lti_outcome",
        sa.Column("resource_link_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("sourced_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_lti_outcome_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["lti_resource_link.id"],
            name=op.f("fk_lti_outcome_resource_link_id_lti_resource_link"),
        ),
        sa.PrimaryKeyConstraint("resource_link_id", "account_id", name=op.f("pk_lti_outcome")),
    )
    with op.batch_alter_table("lti_outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lti_outcome_account_id"), ["account_id"], unique=False)
    with op.batch_alter_table("lti_context", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_sets_url", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("copied_parts", sa.String(length=40), nullable=False, server_default="questions")
        )
    with op.batch_alter_table("lti_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("section", sa.String(length=80), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_table("lti_outcome")
    with op.batch_alter_table("lti_member", schema=None) as batch_op:
        batch_op.drop_column("section")
    with op.batch_alter_table("lti_context", schema=None) as batch_op:
        batch_op.drop_column("copied_parts")
        batch_op.drop_column("group_sets_url")
    op.drop_table("lti_group")
