"""Wire types of goals."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.assessments.schemas import Note, not_before_2000
from api.field_faults import invalid
from api.wire import ExternalId, Input, Key, Output, Patch, Sentences, Week
from domain.learning import Decision, MeasureKey, Status, Step

Weeks = Annotated[Week, AfterValidator(not_before_2000)]
Title = Annotated[Note, StringConstraints(min_length=1, max_length=300)]
Who = Annotated[Note, StringConstraints(max_length=200)]
Target = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class GoalIn(Input):
    """A goal of a room or of a unit: what is to be reached, in which weeks, and from where.

    The baseline is computed now, from the eight weeks before `first_week` unless others are named, and kept. `about`
    is a kind of participation, a core element or a learning area, as the measure asks for. A share is written 0.75.
    """

    id: UUID
    room_id: UUID | None = None
    room_external_id: ExternalId | None = None
    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    title: Title
    measure: MeasureKey
    about: Key | None = None
    target: Target
    first_week: Weeks
    last_week: Weeks
    baseline_first_week: Weeks | None = None
    baseline_last_week: Weeks | None = None
    responsible: Who = ""
    initiative: Note = ""

    @model_validator(mode="after")
    def is_in_order(self) -> "GoalIn":
        fields = "room_id", "room_external_id", "unit_id", "unit_external_id"
        if sum(getattr(self, name) is not None for name in fields) != 1:
            raise invalid("one-reference", fields=", ".join(fields))
        if (self.baseline_first_week is None) != (self.baseline_last_week is None):
            raise invalid("half-a-reference", fields="baseline_first_week, baseline_last_week")
        if self.last_week < self.first_week:
            raise invalid("after-the-end")
        first, last = self.baseline_first_week, self.baseline_last_week
        if first and last and not first <= last < self.first_week:
            raise invalid("baseline-not-before")
        return self


class GoalPatch(Patch):
    """A correction, or the next step: `started` needs an `initiative`, `evaluated` an `evaluation`, and `decided` a
    `decision` to go on, to adjust or to stop. From there the cycle begins again with `started`, unless you stopped."""

    title: Title | None = None
    target: Target | None = None
    last_week: Weeks | None = None
    responsible: Who | None = None
    initiative: Note | None = None
    step: Step | None = None
    evaluation: Note | None = None
    decision: Decision | None = None


class ReadingOut(Output):
    """A measure as it was read: `value`, null when there was nothing to read, resting on `n` children, evaluations or
    weeks; `count` are the children of a share. `versions` are those of the rules and forms it was read by."""

    first_week: Week
    last_week: Week
    value: float | None
    count: int | None
    n: int
    versions: dict[str, str]
    computed_on: date


class FollowUpOut(Output):
    """How far it has come, computed from the data now. `ongoing` until the goal's last week is over. `comparable` is
    false when the line or the form is another than at the baseline. `baseline_today` is the baseline's value in the
    data of today: another than the stored one when something was corrected since. The sentence never names a cause."""

    reading: ReadingOut | None
    status: Status
    ongoing: bool
    comparable: bool
    baseline_today: float | None
    sentence: Sentences


class GoalSummary(Output):
    id: UUID
    room_id: UUID | None
    unit_id: UUID | None
    title: str
    measure: MeasureKey
    about: str | None
    target: float
    first_week: Week
    last_week: Week
    responsible: str
    initiative: str
    step: Step
    next_steps: list[Step]
    evaluation: str
    decision: Decision | None
    baseline: ReadingOut
    evaluated: ReadingOut | None
    created_at: datetime
    updated_at: datetime
    revision: int


class GoalOut(GoalSummary):
    """`evaluated` is what was read when the goal was evaluated; `follow_up` what is read now."""

    follow_up: FollowUpOut


class GoalFilter(Input):
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    unit_id: UUID | None = None
    step: Step | None = None
    on: Annotated[Week | None, Field(description="Goals whose period has this week")] = None
    language: Literal["da", "en"] | None = None


def reading_json(reading: ReadingOut) -> dict[str, Any]:
    return reading.model_dump(mode="json")
