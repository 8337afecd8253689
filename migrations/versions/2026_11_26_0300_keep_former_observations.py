"""what observations said before they were changed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0051"
down_revision: str | None = "0006a"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("activity_versions", "room_week_versions")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO vls_app")  # history is only added to


def create_tables() -> None:
    op.create_table(
        "activity_versions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("learning_areas", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("strategies", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("child_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change", sa.Text(), nullable=False),
        *_changed(),
        sa.CheckConstraint("change IN ('correct', 'withdraw', 'restore')", name=op.f("activity_versions_change_check")),
        _of_municipality("activity_versions"),
        _within("activity_versions", "activity_id", "activities"),
        sa.PrimaryKeyConstraint("municipality_id", "activity_id", "revision", name=op.f("activity_versions_pkey")),
    )
    op.create_table(
        "room_week_versions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("tallies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *_changed(),
        sa.CheckConstraint("(extract(isodow from week) = 1)", name=op.f("room_week_versions_monday_check")),
        _of_municipality("room_week_versions"),
        _within("room_week_versions", "room_id", "rooms"),
        sa.PrimaryKeyConstraint("municipality_id", "room_id", "week", "revision", name=op.f("room_week_versions_pkey")),
    )


def _changed() -> tuple[sa.Column[str], sa.Column[object]]:
    default = sa.text("clock_timestamp()")
    return (
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=default, nullable=False),
    )


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
