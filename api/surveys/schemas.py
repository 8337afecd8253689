"""Wire types of instruments, rounds and results."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from api.roster.schemas import Day
from api.wire import Clean, ExternalId, Input, Name, Output

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
Words = Annotated[Clean, StringConstraints(max_length=1000, strip_whitespace=True)]
LongWords = Annotated[Clean, StringConstraints(max_length=4000, strip_whitespace=True)]
SmallInt = Annotated[int, Field(ge=-100, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Minimum = Annotated[int, Field(ge=1, le=100_000)]
MapPosition = Annotated[str, StringConstraints(pattern=r"^(over|around|under)_(over|around|under)$")]


class TextIO(Input):
    """The same in Danish and English; where one is empty the other is shown."""

    da: Words = ""
    en: Words = ""


class SourceIO(Input):
    """Where constructs and wording come from, in Danish and English; where one is empty the other is shown."""

    da: LongWords = ""
    en: LongWords = ""


def _bilingual(value: object) -> object:
    return {"da": value, "en": value} if isinstance(value, str) else value


Bilingual = Annotated[TextIO, BeforeValidator(_bilingual)]


class ScaleIO(Input):
    min: SmallInt
    max: SmallInt
    labels: Annotated[tuple[Bilingual, ...], Field(max_length=201)] = ()


class ComponentIO(Input):
    key: Key
    kind: Literal["primary", "contextual"]
    title: Bilingual
    min_answered_share: Share = 0.5
    scale: ScaleIO | None = None


class ItemIO(Input):
    key: Key
    component: Key
    text: Bilingual
    reverse: bool = False


class RulesIO(Input):
    """The arguable numbers of the version; what is left out has the default of domain.md."""

    readiness: Literal["mean", "min", "geometric_mean"] = "mean"
    driver_score: Annotated[float, Field(ge=0, le=100)] = 75.0
    driver_positive_share: Share = 2 / 3
    barrier_score: Annotated[float, Field(ge=0, le=100)] = 50.0
    barrier_negative_share: Share = 1 / 3
    spread_rwg: Share = 0.5
    min_n_mean: Minimum = 5
    min_n_distribution: Minimum = 10
    min_n_reliability: Minimum = 100


class TaskIO(Input):
    """A leadership task for places at `position` on the readiness map: first primary component, then second."""

    position: Literal["over_over", "over_under", "under_over", "under_under"]
    text: Bilingual


class PromptIO(Input):
    """A question for the talk between leader and staff, asked always or when a component stands out so."""

    occasion: Literal["always", "driver", "barrier", "spread"]
    component: Key | None = None
    text: Bilingual


class EquivalenceIO(Input):
    """What is the same in an earlier version: from the item's key here to its key there."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]
    items: Annotated[dict[Key, Key], Field(min_length=1, max_length=500)]


class InstrumentIO(Input):
    """A version of a questionnaire. Once published it never changes."""

    key: Key
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    title: Bilingual
    scale: ScaleIO
    components: Annotated[list[ComponentIO], Field(min_length=1, max_length=50)]
    items: Annotated[list[ItemIO], Field(min_length=1, max_length=500)]
    rules: RulesIO = RulesIO()
    tasks: Annotated[tuple[TaskIO, ...], Field(max_length=100)] = ()
    prompts: Annotated[tuple[PromptIO, ...], Field(max_length=100)] = ()
    equivalences: Annotated[tuple[EquivalenceIO, ...], Field(max_length=50)] = ()
    source: Annotated[SourceIO, BeforeValidator(_bilingual)] = SourceIO()
    licence: Annotated[Clean, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class InstrumentSummary(Output):
    key: str
    version: int
    title: TextIO
    components: int
    items: int
    published_at: datetime


ScopePlace = Annotated[Clean, StringConstraints(pattern=r"^(area|unit):.{1,64}$")]


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
            raise PydanticCustomError("invalid-period", "the round closes before it opens")
        return self


class RoundPatch(Input):
    """What is left out stays; nothing here can be emptied."""

    title: Name | None = None
    opens_on: Day | None = None
    closes_on: Day | None = None

    @field_validator("*", mode="before")
    @classmethod
    def is_given(cls, value: object) -> object:
        if value is None:
            raise PydanticCustomError("null-not-allowed", "leave the field out to keep it; it cannot be emptied")
        return value


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
            raise PydanticCustomError("one-reference", "give unit_id or unit_external_id")
        return self


class InvitedIn(Input):
    """How many were asked in each unit; units that are not named keep their number."""

    units: Annotated[list[InvitedUnit], Field(min_length=1, max_length=10_000)]


class UnitProgress(Output):
    unit_id: UUID
    invited: int | None
    answered: int


class ProgressOut(Output):
    invited: int | None
    answered: int
    units: list[UnitProgress]


class SuppressionOut(Output):
    reason: Literal["too_few_answers", "protects_others"]
    minimum: int


class ItemResultOut(Output):
    """`distribution` counts the answers as given, from the scale's lowest to its highest; `rwg` is shown with it."""

    key: str
    n: int | None
    mean: float | None
    score: float | None
    positive_share: float | None
    negative_share: float | None
    distribution: list[int] | None
    rwg: float | None
    agreement_band: Literal["none", "weak", "moderate", "strong", "very_strong"] | None
    classification: Literal["driver", "barrier", "mixed"] | None
    suppressed: SuppressionOut | None


class ComponentResultOut(Output):
    """`mean`, `sd`, `ci_*`, `fpc_ci_*` are on the component's scale; `score*` on 0-100. Intervals are 95 %."""

    key: str
    kind: Literal["primary", "contextual"]
    n: int | None
    invited: int | None
    response_rate: float | None
    mean: float | None
    sd: float | None
    score: float | None
    ci_low: float | None
    ci_high: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    fpc_ci_low: float | None
    fpc_ci_high: float | None
    unit_mean: float | None
    positive_share: float | None
    negative_share: float | None
    rwg_j: float | None
    icc1: float | None
    icc2: float | None
    alpha: float | None
    alpha_standardised: float | None
    omega: float | None
    agreement_band: Literal["none", "weak", "moderate", "strong", "very_strong"] | None
    icc1_band: Literal["none", "small", "medium", "large"] | None
    icc2_band: Literal["low", "moderate", "adequate", "high"] | None
    classification: Literal["driver", "barrier", "mixed"] | None
    spread: bool | None
    suppressed: SuppressionOut | None
    items: list[ItemResultOut]


class ReadinessByRule(Output):
    """Readiness by each rule; the instrument's own one decides `readiness`."""

    mean: float | None
    min: float | None
    geometric_mean: float | None


class CellOut(Output):
    """`position` is the place on the map, first primary component then second: `over_around`, `under_over`, ...;
    `around` where the interval straddles the line."""

    key: str
    n: int | None
    invited: int | None
    response_rate: float | None
    readiness: float | None
    readiness_by_rule: ReadinessByRule
    position: MapPosition | None
    suppressed: SuppressionOut | None
    components: list[ComponentResultOut]


class ScopeOut(Output):
    kind: Literal["municipality", "area", "unit"]
    id: UUID
    name: str


class MergedOut(Output):
    """The group in which a unit's answers are shown since it, or another unit of it, is too small to be shown alone.

    `units` counts the units in it; `setting_type` and `area_id` are what they have in common."""

    units: int
    setting_type: str | None
    area_id: UUID | None
    results: CellOut


class ResultsOut(Output):
    """What a closed round says about one place; `groups` are the categories of `by`, null without it.

    `bands_version` is the version of the limits behind `agreement_band`, `icc1_band` and `icc2_band`.
    """

    round_id: UUID
    instrument_key: str
    instrument_version: int
    closed_at: datetime
    scope: ScopeOut
    n: int | None
    invited: int | None
    response_rate: float | None
    readiness: float | None
    readiness_by_rule: ReadinessByRule
    position: MapPosition | None
    bands_version: str
    suppressed: SuppressionOut | None
    components: list[ComponentResultOut]
    by: Literal["setting_type", "role"] | None
    groups: list[CellOut] | None
    merged: MergedOut | None
