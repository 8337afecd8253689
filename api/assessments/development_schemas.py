"""Wire types of development instruments, assessments, and what a room's assessments add up to."""

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
from api.surveys.instrument_schemas import Bilingual, Key, SourceIO
from api.wire import CLEAN, Input, Output, Patch, PersonKey
from domain.development import Band, Sex, WhyNoBand

Day = Annotated[date, AfterValidator(not_before_2000)]
HalfYearText = Annotated[str, StringConstraints(pattern=r"^20\d{2}-H[12]$")]
Points = Annotated[int, Field(ge=-100, le=100)]
Months = Annotated[int, Field(ge=0, le=1000)]
Limit = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]


class AreaIO(Input):
    key: Key
    title: Bilingual
    min_answered_share: Share = 0.8


class DevelopmentItemIO(Input):
    key: Key
    area: Key
    text: Bilingual


class RatingScaleIO(Input):
    min: Points = 1
    max: Points = 5
    labels: Labels = ()


class NormRowIO(Input):
    """The limits of an area at ages of `from_months` to `to_months`, both included; of one sex, or of both without
    `sex`. A raw score under `focused_below` is `focused`, under `attention_below` `attention`."""

    area: Key
    sex: Sex | None = None
    from_months: Months
    to_months: Months
    focused_below: Limit
    attention_below: Limit


class NormsIO(Input):
    """`monolingual` says that they were made among children with one language: that is said where it matters."""

    version: Annotated[str, StringConstraints(min_length=1, max_length=64, strip_whitespace=True), CLEAN]
    source: Source = SourceIO()
    monolingual: bool = False
    rows: Annotated[tuple[NormRowIO, ...], Field(min_length=1, max_length=2000)]


class DevelopmentInstrumentIO(Input):
    """A version of the instrument with its norms. Published once; other norms are another version.

    A joint rating becomes final after `ratings_before_joint` final individual ones: 2, or fewer where somebody works
    alone.
    """

    key: Key
    version: Version
    title: Bilingual
    scale: RatingScaleIO = RatingScaleIO()
    areas: Annotated[tuple[AreaIO, ...], Field(min_length=1, max_length=20)]
    items: Annotated[tuple[DevelopmentItemIO, ...], Field(min_length=1, max_length=300)]
    norms: NormsIO
    ratings_before_joint: Annotated[int, Field(ge=0, le=5)] = 2
    source: Source = SourceIO()
    licence: Licence = ""


class DevelopmentAssessmentIn(RoomReference, RaterReference):
    """How a child of the room is seen in each learning area: by one colleague (`individual`, with `rater_...`), or by
    two together (`joint`). Without an instrument the newest published one, else the demo that comes along.

    An item that is left out, or null, is not answered. The half-year is that of `assessed_on`.
    """

    id: UUID
    child_id: UUID | None = None
    child_external_id: PersonKey | None = None
    kind: Kind
    assessed_on: Day
    instrument_key: Key | None = None
    instrument_version: Version | None = None
    state: State = "draft"
    answers: Answers = Field(default_factory=dict)
    comment: Note = ""

    @model_validator(mode="after")
    def names_an_instrument_whole(self) -> "DevelopmentAssessmentIn":
        if (self.instrument_key is None) != (self.instrument_version is None):
            raise invalid("half-a-reference", fields="instrument_key, instrument_version")
        return self


class DevelopmentAssessmentPatch(Patch):
    """A correction: answers that are sent replace those of their items. Bands are worked out anew."""

    assessed_on: Day | None = None
    state: State | None = None
    answers: Answers | None = None
    comment: Note | None = None


class AreaResultOut(Output):
    """`raw` is the sum of the points (told at the mean of the answered items where a few are missing); `band` is null
    with its reason in `why`."""

    area: str
    answered: int
    items: int
    raw: float | None
    band: Band | None
    why: WhyNoBand | None


class DevelopmentAssessmentOut(Output):
    """`results` are as of `age_months` and `norm_version`, and stay so until the assessment is corrected."""

    id: UUID
    room_id: UUID
    child_id: UUID
    kind: Kind
    rater_id: UUID | None
    instrument_key: str
    instrument_version: int
    norm_version: str
    assessed_on: date
    half_year: str
    age_months: int
    state: State
    answers: dict[str, int | None]
    results: list[AreaResultOut]
    comment: str
    created_at: datetime
    updated_at: datetime
    revision: int


class DevelopmentAssessmentFilter(Input):
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    child_id: UUID | None = None
    half_year: HalfYearText | None = None
    kind: Kind | None = None
    state: State | None = None
    language: Literal["da", "en"] | None = None
