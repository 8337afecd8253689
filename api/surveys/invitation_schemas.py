"""Wire types of invitations and reminders."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from api.field_faults import invalid
from api.problems import Obstacle
from api.wire import EmailAddress, ExternalId, Input, Output

MOST_LINKS = 1000
MOST_PRINTED = 200  # what is drawn well within the deadline of a document


class InvitedUnitIn(Input):
    """Whom to invite in one unit: a number of personal links, people by e-mail, or one link for all with a cap."""

    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    links: Annotated[int, Field(ge=1, le=MOST_LINKS)] | None = None
    addresses: Annotated[tuple[EmailAddress, ...], Field(max_length=MOST_LINKS)] = ()
    shared_cap: Annotated[int, Field(ge=1, le=MOST_LINKS)] | None = None

    @model_validator(mode="after")
    def names_one_unit_and_somebody(self) -> "InvitedUnitIn":
        if (self.unit_id is None) == (self.unit_external_id is None):
            raise invalid("one-reference", fields="unit_id, unit_external_id")
        if self.links is None and not self.addresses and self.shared_cap is None:
            raise invalid("nobody-invited")
        return self


class InvitationsIn(Input):
    units: Annotated[list[InvitedUnitIn], Field(min_length=1, max_length=1000)]


class SharedLinkOut(Output):
    link: str
    cap: int


class UnitInvitationsOut(Output):
    """What was made for one unit. Links are shown here and never again.

    `addresses` is how many different addresses the request named, whether or not they were invited before: the
    difference would tell who has answered.
    """

    unit_id: UUID
    links: list[str]
    addresses: int
    shared: SharedLinkOut | None


class InvitationsOut(Output):
    units: list[UnitInvitationsOut]


class UnitInvitedOut(Output):
    """How a unit has been invited; `refused` addresses are those that their mail server does not know."""

    unit_id: UUID
    links: int
    addresses: int
    refused: int
    shared_cap: int | None


class InvitedOut(Output):
    """`mail_problem` is what hinders e-mails at present, if anything does; they wait until it is over."""

    units: list[UnitInvitedOut]
    mail_problem: Obstacle | None


class RemindersOut(Output):
    """Whom reminders can reach: units and addresses that were invited by e-mail, whether they have answered or not."""

    units: int
    addresses: int
