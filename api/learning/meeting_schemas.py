"""Wire types of meetings."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.assessments.schemas import Note, RoomReference, not_before_2000
from api.field_faults import invalid
from api.learning.goal_schemas import Weeks, Who
from api.wire import CLEAN, Input, Output, Patch, Week, no_cpr
from domain.agreements import AdjustmentKind, Outcome, Status

Day = Annotated[date, AfterValidator(not_before_2000)]
Text = Annotated[Note, StringConstraints(min_length=1)]
LongNote = Annotated[str, StringConstraints(max_length=6000, strip_whitespace=True), CLEAN, AfterValidator(no_cpr)]
Participants = Annotated[int, Field(ge=1, le=500)]


class AdjustmentIO(Input):
    """What is to be adjusted, who sees to it (a role or a first name) and by when."""

    id: UUID
    kind: AdjustmentKind
    text: Text
    responsible: Who = ""
    due_on: Day | None = None


class FollowedUpIO(Input):
    """What has become of an adjustment that an earlier meeting of the room agreed on."""

    adjustment_id: UUID
    status: Outcome
    note: Note = ""


def _each_once(listed: tuple[AdjustmentIO, ...] | tuple[FollowedUpIO, ...]) -> tuple[object, ...]:
    ids = [it.id if isinstance(it, AdjustmentIO) else it.adjustment_id for it in listed]
    if len(set(ids)) < len(ids):
        raise invalid("repeated")
    return listed


Adjustments = Annotated[tuple[AdjustmentIO, ...], Field(max_length=30), AfterValidator(_each_once)]
FollowedUps = Annotated[tuple[FollowedUpIO, ...], Field(max_length=100), AfterValidator(_each_once)]


class MeetingIn(RoomReference):
    """A meeting that was held: how many took part (no names), the weeks whose report they talked about, what they saw
    in it, what they agreed to adjust, and what became of earlier agreements.

    The report of the weeks from `first_week` to `last_week` (the eight before the meeting when left out) is kept as it
    is now.
    """

    id: UUID
    held_on: Day
    participants: Participants
    first_week: Weeks | None = None
    last_week: Weeks | None = None
    interpretation: LongNote = ""
    adjustments: Adjustments = ()
    followed_up: FollowedUps = ()

    @model_validator(mode="after")
    def names_both_weeks(self) -> "MeetingIn":
        if (self.first_week is None) != (self.last_week is None):
            raise invalid("half-a-reference", fields="first_week, last_week")
        return self


class MeetingPatch(Patch):
    """A correction; a list that is sent replaces the whole list."""

    participants: Participants | None = None
    interpretation: LongNote | None = None
    adjustments: Adjustments | None = None
    followed_up: FollowedUps | None = None


class MeetingSummary(Output):
    """`report_code` is the code of the report talked about, as you may see it; null before the room's reports open."""

    id: UUID
    room_id: UUID
    held_on: date
    participants: int
    first_week: Week
    last_week: Week
    report_code: str | None
    interpretation: str
    adjustments: list[AdjustmentIO]
    followed_up: list[FollowedUpIO]
    created_at: datetime
    updated_at: datetime
    revision: int


class EarlierAgreementOut(Output):
    """An agreement that waited when the meeting was held; `open` until this meeting says what has become of it."""

    adjustment: AdjustmentIO
    agreed_on: date
    status: Status
    note: str


class MeetingOut(MeetingSummary):
    """`earlier` are the agreements that waited when the meeting was held, with what it says of them."""

    earlier: list[EarlierAgreementOut]


class MeetingFilter(Input):
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    held_from: Annotated[Day | None, Field(description="Held on this day or later")] = None
    held_to: Annotated[Day | None, Field(description="Held on this day or earlier")] = None
    language: Literal["da", "en"] | None = None
