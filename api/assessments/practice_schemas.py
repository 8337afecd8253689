"""Wire types of practice forms and practice evaluations."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.assessments.schemas import (
    Answers,
    Kind,
    Labels,
    Licence,
    Note,
    RaterReference,
    RoomReference,
    Share,
    Source,
    State,
    Version,
    not_before_2000,
)
from api.field_faults import invalid
from api.surveys.instrument_schemas import Bilingual, Key, SourceIO, TextIO
from api.wire import Input, Output, Patch, Week

Evaluations = Annotated[Week, AfterValidator(not_before_2000)]


class ElementIO(Input):
    key: Key
    title: Bilingual
    min_answered_share: Share = 0.5


class PracticeItemIO(Input):
    key: Key
    element: Key
    text: Bilingual


class PracticeFormIO(Input):
    """A version of the form: the four core elements with three to six items each, rated 1-5. Published once."""

    key: Key
    version: Version
    title: Bilingual
    labels: Labels = ()
    elements: Annotated[tuple[ElementIO, ...], Field(min_length=1, max_length=20)]
    items: Annotated[tuple[PracticeItemIO, ...], Field(min_length=1, max_length=100)]
    source: Source = SourceIO()
    licence: Licence = ""


class AgreementIO(Input):
    """What the team agreed to do, who sees to it, and by when; and whether it was done."""

    text: Annotated[Note, StringConstraints(min_length=1)]
    responsible: Annotated[Note, StringConstraints(max_length=200)] = ""
    due_on: Annotated[date, AfterValidator(not_before_2000)] | None = None
    status: Literal["open", "done", "dropped"] = "open"


Comments = Annotated[dict[Key, Note], Field(max_length=20)]
Agreements = Annotated[tuple[AgreementIO, ...], Field(max_length=20)]


class PracticeEvaluationIn(RoomReference, RaterReference):
    """How the room worked in the period from `first_week` to `last_week`: when left out, as the calendar has it, else
    eight weeks.

    `individual` is one colleague's rating (`rater_...`), `joint` what the team agreed on. Without a form, the newest
    version that was published, else the demo form that comes along. A comment stands under the key of a core element,
    or under `general`. An item that is left out, or null, is not answered.
    """

    id: UUID
    kind: Kind
    first_week: Evaluations
    last_week: Evaluations | None = None
    form_key: Key | None = None
    form_version: Version | None = None
    state: State = "draft"
    answers: Answers = Field(default_factory=dict)
    comments: Comments = Field(default_factory=dict)
    agreements: Agreements = ()

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "PracticeEvaluationIn":
        if self.last_week is not None and self.last_week < self.first_week:
            raise invalid("after-the-end")
        if (self.form_key is None) != (self.form_version is None):
            raise invalid("half-a-reference", fields="form_key, form_version")
        return self


class PracticeEvaluationPatch(Patch):
    """A correction: answers that are sent replace those of their items, the other fields the whole field."""

    state: State | None = None
    answers: Answers | None = None
    comments: Comments | None = None
    agreements: Agreements | None = None


class ElementScoreOut(Output):
    """`score` is the mean of the answered items on 1-5; null when fewer than the form asks for are answered."""

    element: str
    title: TextIO
    answered: int
    items: int
    score: float | None


class PracticeEvaluationOut(Output):
    id: UUID
    room_id: UUID
    kind: Kind
    rater_id: UUID | None
    first_week: Week
    last_week: Week
    form_key: str
    form_version: int
    state: State
    answers: dict[str, int | None]
    comments: dict[str, str]
    agreements: list[AgreementIO]
    scores: list[ElementScoreOut]
    created_at: datetime
    updated_at: datetime
    revision: int


class PracticeEvaluationFilter(Input):
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    first_week: Week | None = None
    kind: Kind | None = None
    state: State | None = None
    language: Literal["da", "en"] | None = None


class EvaluatedPeriodOut(Output):
    """What the team agreed on in a period; `individual` counts the final ratings behind it, `seen_differently` are the
    items on which those differ by the form's rules, with the lowest and the highest answer."""

    evaluation_id: UUID
    first_week: Week
    last_week: Week
    form_key: str
    form_version: int
    individual: int
    seen_differently: dict[str, tuple[int, int]]


class ElementTrendOut(Output):
    """A core element over `periods`, null where it has no score; `step` is from the period before to the last."""

    element: str
    title: TextIO
    scores: list[float | None]
    step: Literal["higher", "lower", "steady", "unknown", "line_broken"]
    difference: float | None


class PracticeOut(Output):
    """A room's practice over its last periods with a final joint evaluation, the oldest first."""

    room_id: UUID
    periods: list[EvaluatedPeriodOut]
    elements: list[ElementTrendOut]
    rules_version: str
