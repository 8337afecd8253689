"""Wire types of rounds: their dates and scope, whom they ask, how far they are."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from api.field_faults import invalid
from api.roster.schemas import Day
from api.surveys.instrument_schemas import Key
from api.wire import CLEAN, ExternalId, Input, Name, Output, Patch

ScopePlace = Annotated[str, StringConstraints(pattern=r"^(area|unit):.{1,64}$"), CLEAN]


class RoundIn(Input):
    """`scope` names the areas and units that are asked, `area:ID` or `unit:ID`; without it the whole municipality."""

    id: UUID | None = None
    instrument_key: Key
    instrument_version: Annotated[int, Field(ge=1, le=1_000_000)]
    title: Name
    opens_on: Day
    closes_on: Day
    scope: Annotated[list[ScopePlace], Field(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def closes_after_it_opens(self) -> "RoundIn":
        if self.closes_on < self.opens_on:
            raise invalid("invalid-period")
        return self


class RoundPatch(Patch):
    """What is left out stays; nothing here can be emptied."""

    title: Name | None = None
    opens_on: Day | None = None
    closes_on: Day | None = None


class RoundOut(Output):
    id: UUID
    instrument_key: str
    instrument_version: int
    title: str
    opens_on: date
    closes_on: date
    scope: list[str] | None
    state: Literal["draft", "open", "closed"]
    closed_at: datetime | None
    revision: int


class InvitedUnit(Input):
    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    invited: Annotated[int, Field(ge=0, le=100_000)]

    @model_validator(mode="after")
    def names_one_unit(self) -> "InvitedUnit":
        if (self.unit_id is None) == (self.unit_external_id is None):
            raise invalid("one-reference", fields="unit_id, unit_external_id")
        return self


class InvitedIn(Input):
    """How many were asked in each unit; units that are not named keep their number."""

    units: Annotated[list[InvitedUnit], Field(min_length=1, max_length=10_000)]


class UnitProgress(Output):
    unit_id: UUID
    invited: int | None
    answered: int | None


class ProgressOut(Output):
    """`answered` is null of a closed round where its results hide how many there are."""

    invited: int | None
    answered: int | None
    units: list[UnitProgress]
