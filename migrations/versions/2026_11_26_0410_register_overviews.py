"""when a week was summed up, and overviews in the register of documents"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0053"
down_revision: str | None = "0007a"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = (
    "CASE kind WHEN 'readiness' THEN round_id IS NOT NULL AND scope_kind IS NOT NULL AND scope_id IS NOT NULL"
    " WHEN 'room' THEN room_id IS NOT NULL AND first_week IS NOT NULL AND last_week IS NOT NULL"
)
OVERVIEW = (
    " WHEN 'overview' THEN scope_kind IS NOT NULL AND scope_id IS NOT NULL AND first_week IS NOT NULL"
    " AND last_week IS NOT NULL"
)


def upgrade() -> None:
    default = sa.text("now()")
    op.add_column(
        "week_sums", sa.Column("summed_at", sa.DateTime(timezone=True), server_default=default, nullable=False)
    )
    ask(f"{BEFORE}{OVERVIEW} ELSE false END")


def ask(condition: str) -> None:
    """Read through once while it is locked: the register is small, and nobody waits for it."""
    op.drop_constraint(op.f("reports_kind_check"), "reports", type_="check")
    ignored = "-- squawk-ignore constraint-missing-not-valid\n"
    op.execute(f"{ignored}ALTER TABLE reports ADD CONSTRAINT reports_kind_check CHECK ({condition})")


def downgrade() -> None:
    op.execute("ALTER TABLE reports NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM reports WHERE kind = 'overview'")
    op.execute("ALTER TABLE reports FORCE ROW LEVEL SECURITY")
    ask(f"{BEFORE} ELSE false END")
    op.drop_column("week_sums", "summed_at")
