"""meetings of rooms with their history, and reports kept with their data"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007a"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("kept_reports", "meetings", "meeting_revisions")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON meetings TO vls_app")
    # What was talked about, and what once stood in a meeting, stays as it was.
    op.execute("GRANT SELECT, INSERT ON kept_reports, meeting_revisions TO vls_app")


def create_tables() -> None:
    op.create_table(
        "kept_reports",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _time("kept_at"),
        _of_municipality("kept_reports"),
        sa.PrimaryKeyConstraint("municipality_id", "code", name=op.f("kept_reports_pkey")),
    )
    op.create_table(
        "meetings",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("report_code", sa.Text(), nullable=True),
        sa.Column("development_report_code", sa.Text(), nullable=True),
        sa.Column("interpretation", sa.Text(), nullable=False),
        sa.Column("adjustments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("followed_up", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        _time("created_at"),
        _time("updated_at"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("participants > 0", name=op.f("meetings_participants_check")),
        sa.CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week",
            name=op.f("meetings_weeks_check"),
        ),
        _within("meetings", "room_id", "rooms"),
        _of_municipality("meetings"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("meetings_pkey")),
    )
    op.create_index("meetings_room_idx", "meetings", ["municipality_id", "room_id", "held_on"])
    op.create_table(
        "meeting_revisions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        _time("changed_at"),
        _within("meeting_revisions", "id", "meetings"),
        _of_municipality("meeting_revisions"),
        sa.PrimaryKeyConstraint("municipality_id", "id", "revision", name=op.f("meeting_revisions_pkey")),
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
