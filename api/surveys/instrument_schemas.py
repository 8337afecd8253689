"""Wire types of instruments: the same for a body and for a file."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from api.wire import CLEAN, Input, Output

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
Words = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), CLEAN]
LongWords = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True), CLEAN]
SmallInt = Annotated[int, Field(ge=-100, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Minimum = Annotated[int, Field(ge=1, le=100_000)]


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


class ScoringRulesIO(Input):
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
    rules: ScoringRulesIO = ScoringRulesIO()
    tasks: Annotated[tuple[TaskIO, ...], Field(max_length=100)] = ()
    prompts: Annotated[tuple[PromptIO, ...], Field(max_length=100)] = ()
    equivalences: Annotated[tuple[EquivalenceIO, ...], Field(max_length=50)] = ()
    source: Annotated[SourceIO, BeforeValidator(_bilingual)] = SourceIO()
    licence: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), CLEAN] = ""


class InstrumentSummary(Output):
    key: str
    version: int
    title: TextIO
    components: int
    items: int
    published_at: datetime
