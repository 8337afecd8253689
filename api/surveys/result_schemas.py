"""Wire types of frozen results."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.wire import Output

MapPosition = Annotated[str, StringConstraints(pattern=r"^(over|around|under)_(over|around|under)$")]


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
    by: Literal["setting_type", "role", "area"] | None
    groups: list[CellOut] | None
    merged: MergedOut | None
