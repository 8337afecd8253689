"""goals of rooms and units, with their history"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007"
down_revision: str | None = "0052"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("goals", "goal_revisions")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON goals TO vls_app")
    op.execute("GRANT SELECT, INSERT ON goal_revisions TO vls_app")  # what once stood there stays as it was


def create_tables() -> None:
    op.create_table(
        "goals",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("baseline_first_week", sa.Date(), nullable=False),
        sa.Column("baseline_last_week", sa.Date(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("initiative", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("baseline", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("evaluated", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        _time("created_at"),
        _time("updated_at"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(room_id IS NULL) <> (unit_id IS NULL)", name=op.f("goals_place_check")),
        sa.CheckConstraint("step IN ('chosen', 'started', 'evaluated', 'decided')", name=op.f("goals_step_check")),
        sa.CheckConstraint(
            "(decision IS NOT NULL) = (step = 'decided') AND decision IN ('go_on', 'adjust', 'stop')",
            name=op.f("goals_decision_check"),
        ),
        sa.CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week"
            " AND extract(isodow from baseline_first_week) = 1 AND extract(isodow from baseline_last_week) = 1"
            " AND baseline_last_week >= baseline_first_week",
            name=op.f("goals_weeks_check"),
        ),
        _within("goals", "room_id", "rooms"),
        _within("goals", "unit_id", "units"),
        _of_municipality("goals"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("goals_pkey")),
    )
    op.create_index("goals_room_idx", "goals", ["municipality_id", "room_id"])
    op.create_index("goals_unit_idx", "goals", ["municipality_id", "unit_id"])
    op.create_table(
        "goal_revisions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        _time("changed_at"),
        _within("goal_revisions", "id", "goals"),
        _of_municipality("goal_revisions"),
        sa.PrimaryKeyConstraint("municipality_id", "id", "revision", name=op.f("goal_revisions_pkey")),
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
