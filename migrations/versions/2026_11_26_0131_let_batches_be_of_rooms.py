"""let report batches be of rooms over a period, beside units of a round"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BATCHES = "report_batches"
ABOUT = (
    "CASE kind WHEN 'readiness' THEN round_id IS NOT NULL"
    " WHEN 'room' THEN first_week IS NOT NULL AND last_week IS NOT NULL"
    " ELSE false END"
)


def upgrade() -> None:
    op.add_column(BATCHES, sa.Column("kind", sa.Text(), server_default="readiness", nullable=False))
    op.alter_column(BATCHES, "round_id", nullable=True)
    for week in ("first_week", "last_week"):
        op.add_column(BATCHES, sa.Column(week, sa.Date(), nullable=True))
    # a few rows at most: the scan under a lock is over at once
    ignored = "-- squawk-ignore constraint-missing-not-valid\n"
    op.execute(f"{ignored}ALTER TABLE {BATCHES} ADD CONSTRAINT report_batches_kind_check CHECK ({ABOUT})")
    op.add_column("report_files", sa.Column("room_id", sa.Uuid(), nullable=True))
    op.add_column("report_files", sa.Column("room_external_id", sa.Text(), nullable=True))
    # NOT VALID spares a scan under a lock; no row there is has a room.
    op.execute(
        "ALTER TABLE report_files ADD CONSTRAINT report_files_municipality_id_room_id_fkey"
        " FOREIGN KEY (municipality_id, room_id) REFERENCES rooms (municipality_id, id) NOT VALID"
    )


def downgrade() -> None:
    of_rooms = f"SELECT municipality_id, id FROM {BATCHES} WHERE round_id IS NULL"
    everywhere(f"DELETE FROM report_files WHERE (municipality_id, batch_id) IN ({of_rooms})")
    everywhere(f"DELETE FROM {BATCHES} WHERE round_id IS NULL")
    for column in ("room_external_id", "room_id"):
        op.drop_column("report_files", column)
    for column in ("last_week", "first_week", "kind"):
        op.drop_column(BATCHES, column)
    op.alter_column(BATCHES, "round_id", nullable=False)


def everywhere(statement: str) -> None:
    """Run in all municipalities: forced row-level security holds for the owner too."""
    tables = (BATCHES, "report_files")
    for table in tables:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    for table in tables:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
