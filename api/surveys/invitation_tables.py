"""Who may answer: a row a token. None of these tables has a time, and none shares a key with the answers."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import OfMunicipality, within
from api.db import Row


class SurveyInvitation(Row, OfMunicipality):
    """A token that one person answers with once. When it is used, only that is left of it."""

    __tablename__ = "survey_invitations"
    __table_args__ = (
        within("round_id", "survey_rounds"),
        within("unit_id", "units"),
        CheckConstraint("channel IN ('link', 'email', 'shared')", name="channel"),
        CheckConstraint("mail IN ('invitation', 'reminder', 'refused')", name="mail"),
        CheckConstraint(
            "NOT used OR (address IS NULL AND sealed_token IS NULL AND draft IS NULL AND mail IS NULL)",
            name="used_is_bare",
        ),
        Index("survey_invitations_token_key", "token_hash", unique=True),
        Index("survey_invitations_unit_idx", "municipality_id", "round_id", "unit_id"),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    round_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(Text)
    used: Mapped[bool] = mapped_column(server_default=false())
    draft: Mapped[str | None] = mapped_column(Text)
    # Of an invitation by e-mail, until it is used.
    address: Mapped[str | None] = mapped_column(Text)
    sealed_token: Mapped[str | None] = mapped_column(Text)
    # What is still to be sent to the address, or that its server will not have it.
    mail: Mapped[str | None] = mapped_column(Text)


class SurveySharedLink(Row, OfMunicipality):
    """One link for a unit, which hands out a token to each of at most `cap` people."""

    __tablename__ = "survey_shared_links"
    __table_args__ = (
        within("round_id", "survey_rounds"),
        within("unit_id", "units"),
        CheckConstraint("handed_out >= 0", name="cap"),
        Index("survey_shared_links_token_key", "token_hash", unique=True),
        Index("survey_shared_links_unit_key", "municipality_id", "round_id", "unit_id", unique=True),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    round_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    cap: Mapped[int]
    handed_out: Mapped[int] = mapped_column(server_default="0")


class SurveyAddressee(Row, OfMunicipality):
    """That an address was invited to a round, so that it is not invited twice. Leads to no token."""

    __tablename__ = "survey_addressees"
    __table_args__ = (within("round_id", "survey_rounds"),)

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
