"""add what hinders the e-mails of a round"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("survey_rounds", sa.Column("mail_problem", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("survey_rounds", "mail_problem")
