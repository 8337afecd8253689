"""tablets of rooms, enrolled with a code"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0054"
down_revision: str | None = "0053"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"
PRESENTED = "decode(nullif(current_setting('vls.token_hash', true), ''), 'hex')"


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("enrol_hash", sa.LargeBinary(), nullable=True),
        sa.Column("enrol_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enrol_used_for", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        _time("created_at"),
        _time("updated_at"),
        sa.CheckConstraint("(enrol_hash IS NULL) = (enrol_expires_at IS NULL)", name=op.f("devices_enrolment_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "room_id"],
            ["rooms.municipality_id", "rooms.id"],
            name=op.f("devices_municipality_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("devices_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("devices_pkey")),
    )
    op.create_index("devices_token_key", "devices", ["token_hash"], unique=True)
    op.create_index("devices_enrol_key", "devices", ["enrol_hash"], unique=True)
    op.create_index("devices_room_idx", "devices", ["municipality_id", "room_id"])
    op.execute("ALTER TABLE devices ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE devices FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON devices USING ({TENANT}) WITH CHECK ({TENANT})")
    # Before the municipality of a token or a code is known, the one row it belongs to may be read.
    presenting = f"token_hash = {PRESENTED} OR enrol_hash = {PRESENTED}"
    op.execute(f"CREATE POLICY presenting ON devices FOR SELECT USING ({presenting})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON devices TO vls_app")


def _time(name: str) -> sa.Column[object]:
    default = sa.text("clock_timestamp()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=False)


def downgrade() -> None:
    op.drop_table("devices")
