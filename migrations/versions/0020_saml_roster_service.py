"""The school's sign-on by SAML 2.0, and the service that rosters are asked of."""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0020"
down_revision = "0019"
COLUMNS = [
    ("protocol", sa.String(length=10), "oidc"),
    ("metadata_url", sa.String(length=2000), ""),
    ("certificate", sa.Text(), ""),
    ("attributes", sa.JSON(), "{}"),
    ("may_begin", sa.Boolean(), sa.false()),
    ("signs_requests", sa.Boolean(), sa.false()),
]


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    # With a default of the database's own, for the providers that are there already.
    for name, kind, before in COLUMNS:
        op.add_column("sso_provider", sa.Column(name, kind, nullable=False, server_default=before))
    op.add_column("sso_sign_on", sa.Column("said", sa.Text(), nullable=True))
    op.create_table(
        "sso_assertion",
        sa.Column("seen_hash", sa.String(length=64), nullable=False),
        moment("expires_at", nullable=False),
        sa.PrimaryKeyConstraint("seen_hash", name=op.f("pk_sso_assertion")),
    )
    op.create_index(op.f("ix_sso_assertion_expires_at"), "sso_assertion", ["expires_at"])
    op.create_table(
        "sso_stay",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("provider_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("sign_in_id", sa.String(length=36), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        moment("created_at", nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["sso_provider.id"], name=op.f("fk_sso_stay_provider_id_sso_provider")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sso_stay_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sso_stay")),
    )
    for column in ("provider_id", "account_id", "sign_in_id"):
        op.create_index(op.f(f"ix_sso_stay_{column}"), "sso_stay", [column])
    op.create_table(
        "sis_service",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("school_id", sa.String(length=36), nullable=False),
        sa.Column("base_url", sa.String(length=500), nullable=False),
        sa.Column("token_url", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("nightly", sa.Boolean(), nullable=False),
        sa.Column("match_email", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.String(length=36), nullable=True),
        moment("whole_at"),
        moment("asked_at"),
        moment("touched_at"),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("problem_value", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sis_service_school_id_school")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sis_import.id"], name=op.f("fk_sis_service_import_id_sis_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sis_service")),
        sa.UniqueConstraint("school_id", name=op.f("uq_sis_service_school_id")),
    )


def downgrade() -> None:
    op.drop_table("sis_service")
    op.drop_table("sso_stay")
    op.drop_table("sso_assertion")
    op.drop_column("sso_sign_on", "said")
    for name, _kind, _before in COLUMNS:
        op.drop_column("sso_provider", name)
