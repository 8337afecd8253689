"""a lower cap of a shared link forgets nobody"""

from collections.abc import Sequence

from alembic import op

revision: str = "0057"
down_revision: str | None = "0056"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAME = "survey_shared_links_cap_check"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "survey_shared_links", type_="check")
    op.create_check_constraint(op.f(NAME), "survey_shared_links", "handed_out >= 0")


def downgrade() -> None:
    op.execute("UPDATE survey_shared_links SET handed_out = cap WHERE handed_out > cap")
    op.drop_constraint(op.f(NAME), "survey_shared_links", type_="check")
    op.create_check_constraint(op.f(NAME), "survey_shared_links", "handed_out BETWEEN 0 AND cap")
