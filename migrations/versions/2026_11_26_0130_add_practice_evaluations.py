"""practice forms, and the practice evaluations of rooms with their history"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("practice_forms", "practice_evaluations", "practice_evaluation_revisions")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    # What was published, and what once stood in an evaluation, stays as it was.
    op.execute("GRANT SELECT, INSERT ON practice_forms, practice_evaluation_revisions TO vls_app")
    op.execute("GRANT SELECT, INSERT, UPDATE ON practice_evaluations TO vls_app")


def create_tables() -> None:
    op.create_table(
        "practice_forms",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _time("created_at"),
        _time("updated_at"),
        _of_municipality("practice_forms"),
        sa.PrimaryKeyConstraint("municipality_id", "key", "version", name=op.f("practice_forms_pkey")),
    )
    op.create_table(
        "practice_evaluations",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("comments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("agreements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        _time("created_at"),
        _time("updated_at"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('individual', 'joint') AND (kind = 'individual') = (rater_id IS NOT NULL)",
            name=op.f("practice_evaluations_kind_check"),
        ),
        sa.CheckConstraint("state IN ('draft', 'final')", name=op.f("practice_evaluations_state_check")),
        sa.CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week",
            name=op.f("practice_evaluations_weeks_check"),
        ),
        _within("practice_evaluations", "room_id", "rooms"),
        _within("practice_evaluations", "rater_id", "staff"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "form_key", "form_version"],
            ["practice_forms.municipality_id", "practice_forms.key", "practice_forms.version"],
            name=op.f("practice_evaluations_municipality_id_form_key_form_version_fkey"),
        ),
        _of_municipality("practice_evaluations"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("practice_evaluations_pkey")),
    )
    for kind, columns in (("rater", ["rater_id"]), ("joint", [])):
        op.create_index(
            f"practice_evaluations_{kind}_key",
            "practice_evaluations",
            ["municipality_id", "room_id", "first_week", *columns],
            unique=True,
            postgresql_where=sa.text(f"withdrawn_at IS NULL AND kind = '{'individual' if kind == 'rater' else kind}'"),
        )
    op.create_table(
        "practice_evaluation_revisions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        _time("changed_at"),
        _within("practice_evaluation_revisions", "id", "practice_evaluations"),
        _of_municipality("practice_evaluation_revisions"),
        sa.PrimaryKeyConstraint("municipality_id", "id", "revision", name=op.f("practice_evaluation_revisions_pkey")),
    )


def _time(name: str) -> sa.Column[object]:
    default = sa.text("clock_timestamp()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=False)


def _of_municipality(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_municipality_id_fkey")
    return sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=name, ondelete="RESTRICT")


def _within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_municipality_id_{column}_fkey")
    keys = [f"{other}.municipality_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["municipality_id", column], keys, name=name)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
