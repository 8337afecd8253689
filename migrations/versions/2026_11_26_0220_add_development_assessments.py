"""development instruments, and the assessments of children with their history"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006a"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("development_instruments", "development_assessments", "development_assessment_revisions")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    # What was published, and what once stood in an assessment, stays as it was.
    op.execute("GRANT SELECT, INSERT ON development_instruments, development_assessment_revisions TO vls_app")
    op.execute("GRANT SELECT, INSERT, UPDATE ON development_assessments TO vls_app")


def create_tables() -> None:
    op.create_table(
        "development_instruments",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _time("created_at"),
        _time("updated_at"),
        _of_municipality("development_instruments"),
        sa.PrimaryKeyConstraint("municipality_id", "key", "version", name=op.f("development_instruments_pkey")),
    )
    op.create_table(
        "development_assessments",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_key", sa.Text(), nullable=False),
        sa.Column("instrument_version", sa.Integer(), nullable=False),
        sa.Column("norm_version", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("half_year", sa.Text(), nullable=False),
        sa.Column("age_months", sa.SmallInteger(), nullable=False),
        sa.Column("results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
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
            name=op.f("development_assessments_kind_check"),
        ),
        sa.CheckConstraint("state IN ('draft', 'final')", name=op.f("development_assessments_state_check")),
        sa.CheckConstraint("half_year ~ '^[0-9]{4}-H[12]$'", name=op.f("development_assessments_half_year_check")),
        _within("development_assessments", "room_id", "rooms"),
        _within("development_assessments", "child_id", "children"),
        _within("development_assessments", "rater_id", "staff"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "instrument_key", "instrument_version"],
            [
                "development_instruments.municipality_id",
                "development_instruments.key",
                "development_instruments.version",
            ],
            name=op.f("development_assessments_municipality_id_instrument_key_instrument_version_fkey"),
        ),
        _of_municipality("development_assessments"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("development_assessments_pkey")),
    )
    of_child = ["municipality_id", "child_id", "instrument_key", "half_year"]
    op.create_index(
        "development_assessments_rater_key", "development_assessments", [*of_child, "rater_id"],
        unique=True, postgresql_where=sa.text("withdrawn_at IS NULL AND kind = 'individual'"),
    )  # fmt: skip
    op.create_index(
        "development_assessments_joint_key", "development_assessments", of_child,
        unique=True, postgresql_where=sa.text("withdrawn_at IS NULL AND kind = 'joint'"),
    )  # fmt: skip
    of_room = ["municipality_id", "room_id", "half_year"]
    op.create_index("development_assessments_room_idx", "development_assessments", of_room)
    op.create_table(
        "development_assessment_revisions",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        _time("changed_at"),
        _within("development_assessment_revisions", "id", "development_assessments"),
        _of_municipality("development_assessment_revisions"),
        sa.PrimaryKeyConstraint(
            "municipality_id", "id", "revision", name=op.f("development_assessment_revisions_pkey")
        ),
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
