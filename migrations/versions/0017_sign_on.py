"""The school's sign-on by OpenID Connect, and people who were merged."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0017"
down_revision = "0016"


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "sso_provider",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("preset", sa.String(length=20), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("trusts_email", sa.Boolean(), nullable=False),
        sa.Column("adds_people", sa.Boolean(), nullable=False),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.Column("role_claim", sa.String(length=120), nullable=False),
        sa.Column("teacher_values", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("jwks", sa.JSON(), nullable=False),
        moment("found_at"),
        moment("jwks_tried_at"),
        moment("used_at"),
        sa.Column("problem", sa.String(length=40), nullable=False),
        moment("problem_at"),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        moment("created_at", nullable=False),
        sa.CheckConstraint("state in ('active', 'disabled')", name=op.f("ck_sso_provider_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sso_provider_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_provider")),
    )
    op.create_index(op.f("ix_sso_provider_school_id"), "sso_provider", ["school_id"])
    op.create_table(
        "sso_sign_on",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=36), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("goes_on", sa.Text(), nullable=False),
        sa.Column("joins_id", sa.String(length=36), nullable=True),
        moment("expires_at", nullable=False),
        moment("used_at"),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["sso_provider.id"], name=op.f("fk_sso_sign_on_provider_id_sso_provider")
        ),
        sa.ForeignKeyConstraint(["joins_id"], ["account.id"], name=op.f("fk_sso_sign_on_joins_id_account")),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sso_sign_on")),
    )
    op.create_index(op.f("ix_sso_sign_on_expires_at"), "sso_sign_on", ["expires_at"])
    op.add_column("account", sa.Column("merged_into_id", sa.String(length=36), nullable=True))
    op.create_table(
        "person_merge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("kept_id", sa.String(length=36), nullable=False),
        sa.Column("gone_id", sa.String(length=36), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=True),
        moment("created_at", nullable=False),
        moment("undone_at"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_person_merge_school_id_school")),
        sa.ForeignKeyConstraint(["kept_id"], ["account.id"], name=op.f("fk_person_merge_kept_id_account")),
        sa.ForeignKeyConstraint(["gone_id"], ["account.id"], name=op.f("fk_person_merge_gone_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    for column in ("school_id", "kept_id", "gone_id"):
        op.create_index(op.f(f"ix_person_merge_{column}"), "person_merge", [column])


def downgrade() -> None:
    op.drop_table("person_merge")
    op.drop_column("account", "merged_into_id")
    op.drop_table("sso_sign_on")
    op.drop_table("sso_provider")
