"""the register of documents, and report batches with their files"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
TABLES = ("reports", "report_batches", "report_files")


def upgrade() -> None:
    create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT ON reports TO vls_app")  # a document that was made stays made
    op.execute("GRANT SELECT, INSERT, UPDATE ON report_batches, report_files TO vls_app")


def create_tables() -> None:
    op.create_table(
        "reports",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("scope_kind", sa.Text(), nullable=True),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("first_week", sa.Date(), nullable=True),
        sa.Column("last_week", sa.Date(), nullable=True),
        sa.Column("data_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("versions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        _time("first_made_at"),
        sa.CheckConstraint(
            "CASE kind WHEN 'readiness' THEN round_id IS NOT NULL AND scope_kind IS NOT NULL AND scope_id IS NOT NULL"
            " WHEN 'room' THEN room_id IS NOT NULL AND first_week IS NOT NULL AND last_week IS NOT NULL"
            " ELSE false END",
            name=op.f("reports_kind_check"),
        ),
        _of_municipality("reports"),
        sa.PrimaryKeyConstraint("municipality_id", "code", name=op.f("reports_pkey")),
    )
    op.create_table(
        "report_batches",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("scope_kind", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        _time("created_at"),
        _time("updated_at"),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed')", name=op.f("report_batches_status_check")
        ),
        sa.CheckConstraint(
            "scope_kind IN ('municipality', 'area', 'unit')", name=op.f("report_batches_scope_kind_check")
        ),
        _of_municipality("report_batches"),
        _within("report_batches", "round_id", "survey_rounds"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("report_batches_pkey")),
    )
    op.create_table(
        "report_files",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_external_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("issue", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "made_at IS NOT NULL OR (content IS NULL AND issue IS NULL)", name=op.f("report_files_made_check")
        ),
        _of_municipality("report_files"),
        _within("report_files", "batch_id", "report_batches"),
        _within("report_files", "unit_id", "units"),
        sa.PrimaryKeyConstraint("municipality_id", "batch_id", "position", name=op.f("report_files_pkey")),
    )
    # a document is compressed already; trying again costs more than the drawing's database part
    op.execute("ALTER TABLE report_files ALTER COLUMN content SET STORAGE EXTERNAL")


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
