"""add invitations, the scope of a round, and when its results were first read"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
PRESENTING = "token_hash = decode(nullif(current_setting('vls.token_hash', true), ''), 'hex')"
TABLES = ("survey_invitations", "survey_shared_links", "survey_addressees")


def upgrade() -> None:
    change_rounds()
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vls_app")
    # Before the municipality of a token is known, the one row it belongs to may be read.
    for table in ("survey_invitations", "survey_shared_links"):
        op.execute(f"CREATE POLICY presenting ON {table} FOR SELECT USING ({PRESENTING})")
    # Both are written anew with each answer; what they were before should not lie about for long.
    for table in ("survey_invitations", "survey_responses"):
        settings = "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50"
        op.execute(f"ALTER TABLE {table} SET ({settings})")


def change_rounds() -> None:
    op.add_column("survey_rounds", sa.Column("scope", sa.ARRAY(sa.Text()), nullable=True))
    op.add_column("survey_rounds", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    # What was closed before may have been read before: it stays closed.
    everywhere("UPDATE survey_rounds SET read_at = closed_at WHERE state = 'closed'")
    op.drop_constraint(op.f("survey_rounds_salt_gone_check"), "survey_rounds", type_="check")
    op.create_check_constraint(
        op.f("survey_rounds_salt_gone_check"), "survey_rounds", "read_at IS NULL OR answer_salt IS NULL"
    )
    op.create_check_constraint(
        op.f("survey_rounds_read_is_closed_check"), "survey_rounds", "read_at IS NULL OR state = 'closed'"
    )
    op.add_column("survey_responses", sa.Column("through_link", sa.Boolean(), server_default="false", nullable=False))
    op.create_index("survey_responses_unit_idx", "survey_responses", ["municipality_id", "round_id", "unit_id"])


def everywhere(update_rounds: str) -> None:
    """Run in all municipalities: forced row-level security holds for the owner too."""
    op.execute("ALTER TABLE survey_rounds NO FORCE ROW LEVEL SECURITY")
    op.execute(update_rounds)
    op.execute("ALTER TABLE survey_rounds FORCE ROW LEVEL SECURITY")


def within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", column],
        [f"{parent}.municipality_id", f"{parent}.id"],
        name=op.f(f"{table}_municipality_id_{column}_fkey"),
    )


def of_municipality(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_municipality_id_fkey")
    return sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=name, ondelete="RESTRICT")


def create_tables() -> None:
    op.create_table(
        "survey_invitations",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("used", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("sealed_token", sa.Text(), nullable=True),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.CheckConstraint("channel IN ('link', 'email', 'shared')", name=op.f("survey_invitations_channel_check")),
        sa.CheckConstraint("mail IN ('invitation', 'reminder', 'refused')", name=op.f("survey_invitations_mail_check")),
        sa.CheckConstraint(
            "NOT used OR (address IS NULL AND sealed_token IS NULL AND draft IS NULL AND mail IS NULL)",
            name=op.f("survey_invitations_used_is_bare_check"),
        ),
        within("survey_invitations", "round_id", "survey_rounds"),
        within("survey_invitations", "unit_id", "units"),
        of_municipality("survey_invitations"),
        sa.PrimaryKeyConstraint("municipality_id", "token_hash", name=op.f("survey_invitations_pkey")),
    )
    op.create_index("survey_invitations_token_key", "survey_invitations", ["token_hash"], unique=True)
    op.create_index("survey_invitations_unit_idx", "survey_invitations", ["municipality_id", "round_id", "unit_id"])
    op.create_table(
        "survey_shared_links",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("handed_out", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("handed_out BETWEEN 0 AND cap", name=op.f("survey_shared_links_cap_check")),
        within("survey_shared_links", "round_id", "survey_rounds"),
        within("survey_shared_links", "unit_id", "units"),
        of_municipality("survey_shared_links"),
        sa.PrimaryKeyConstraint("municipality_id", "token_hash", name=op.f("survey_shared_links_pkey")),
    )
    op.create_index("survey_shared_links_token_key", "survey_shared_links", ["token_hash"], unique=True)
    unit = ["municipality_id", "round_id", "unit_id"]
    op.create_index("survey_shared_links_unit_key", "survey_shared_links", unit, unique=True)
    op.create_table(
        "survey_addressees",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        within("survey_addressees", "round_id", "survey_rounds"),
        of_municipality("survey_addressees"),
        sa.PrimaryKeyConstraint("municipality_id", "round_id", "mark", name=op.f("survey_addressees_pkey")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE survey_responses RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)")
    op.drop_index("survey_responses_unit_idx", table_name="survey_responses")
    op.drop_column("survey_responses", "through_link")
    op.drop_constraint(op.f("survey_rounds_read_is_closed_check"), "survey_rounds", type_="check")
    op.drop_constraint(op.f("survey_rounds_salt_gone_check"), "survey_rounds", type_="check")
    everywhere("UPDATE survey_rounds SET answer_salt = NULL WHERE state = 'closed'")
    op.create_check_constraint(
        op.f("survey_rounds_salt_gone_check"), "survey_rounds", "state <> 'closed' OR answer_salt IS NULL"
    )
    op.drop_column("survey_rounds", "read_at")
    op.drop_column("survey_rounds", "scope")
