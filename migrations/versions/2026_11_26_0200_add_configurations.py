"""what a municipality decides: calendar, words, thresholds, in versions that hold from a day on"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT = "municipality_id = nullif(current_setting('vls.municipality_id', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "configurations",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("name IN ('calendar', 'vocabulary', 'thresholds')", name=op.f("configurations_name_check")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("configurations_municipality_id_fkey"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "name", "version", name=op.f("configurations_pkey")),
    )
    op.execute("ALTER TABLE configurations ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE configurations FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON configurations USING ({TENANT}) WITH CHECK ({TENANT})")
    op.execute("GRANT SELECT, INSERT ON configurations TO vls_app")  # published is published


def downgrade() -> None:
    op.drop_table("configurations")
