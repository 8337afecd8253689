"""What assessments add up to, as it is answered: rooms, places, and the funnel between units."""

from datetime import date
from typing import Literal
from uuid import UUID

from api.surveys.instrument_schemas import TextIO
from api.wire import Output


class ShareOut(Output):
    """`count` of `n` children, as a share 0-1 with its 95 % Wilson interval."""

    count: int
    n: int
    value: float
    low: float
    high: float


class MatchedOut(Output):
    """The same children both times; `p` is the exact McNemar test's, two-sided."""

    n: int
    before: int
    now: int
    both: int
    gained: int
    lost: int
    neither: int
    p: float


class ShareDifferenceOut(Output):
    """Now minus before of two independent shares, with Newcombe's 95 % interval."""

    value: float
    low: float
    high: float


class ShareChangeOut(Output):
    """The share of age-appropriate children then and now. `verdict` is about the matched children; only without any
    child in common about two groups, and then `difference` is given. It says nothing about causes."""

    before: ShareOut | None
    now: ShareOut | None
    matched: MatchedOut | None
    arrivals: ShareOut | None
    leavers: ShareOut | None
    difference: ShareDifferenceOut | None
    verdict: Literal["up", "down", "within_chance", "too_few"]
    sentence: TextIO


class BandCounts(Output):
    age_appropriate: int
    attention: int
    focused: int


class AreaDevelopmentOut(Output):
    """Children with a final joint assessment by band; `without` have no band. `change` is null where the half-year
    before was assessed with another version of the instrument."""

    area: str
    title: TextIO
    counts: BandCounts
    n: int
    without: int
    change: ShareChangeOut | None


class RaterAgreementOut(Output):
    """Agreement between two colleagues about the same children; null with too few children. `drift` is how far
    individual ratings lie above the joint ones, in points; `talk` is a reason to talk about what the points mean."""

    half_year: str
    children: int
    pairs: int
    exact: float | None
    within_one: float | None
    kappa: float | None
    drift: float | None
    talk: bool


class UsedInstrumentOut(Output):
    key: str
    version: int
    norm_version: str
    norms_by_sex: bool
    norms_monolingual: bool


class DevelopmentRulesOut(Output):
    """The versions of the rules behind the numbers."""

    change: str
    agreement: str
    windows: str


class DevelopmentOut(Output):
    """What a room's assessments of a half-year add up to. `final` children have a final joint assessment, `started` any
    rating at all."""

    room_id: UUID
    half_year: str
    window_opens: date
    window_closes: date
    instrument: UsedInstrumentOut | None
    started: int
    final: int
    areas: list[AreaDevelopmentOut]
    agreement: list[RaterAgreementOut]
    rules: DevelopmentRulesOut


class AreaCountsOut(Output):
    area: str
    title: TextIO
    counts: BandCounts
    n: int


class DevelopmentPlaceOut(Output):
    """`assessed` children and their bands, where there are enough of them: in an area with fewer than `fewest` children
    with a band, and in a place that is `suppressed`, nothing is told."""

    kind: Literal["room", "unit", "area", "municipality"]
    id: UUID
    external_id: str
    name: str
    assessed: int | None
    areas: list[AreaCountsOut | None] | None
    suppressed: Literal["too_few", "protects_others"] | None


class FunnelPointOut(Output):
    """A unit: `count` of `n` children develop as expected; the limits are those at its size."""

    unit_id: UUID
    name: str
    count: int
    n: int
    share: float
    low_998: float
    low_95: float
    high_95: float
    high_998: float
    position: Literal["within", "above_95", "below_95", "above_998", "below_998"]


class FunnelOut(Output):
    """The share of children who develop as expected in each shown unit, by size and never by share, between exact
    binomial limits around `target`, the share of all of them together."""

    area: str
    title: TextIO
    count: int
    n: int
    target: float
    points: list[FunnelPointOut]


class DevelopmentOverviewOut(Output):
    """A place and what it consists of: a unit's rooms, an area's units, the municipality's areas and units, in the
    order of their names. No child is named or shown. `funnels` has the learning areas in which two units or more are
    shown."""

    half_year: str
    instrument: UsedInstrumentOut | None
    whole: DevelopmentPlaceOut
    parts: list[DevelopmentPlaceOut]
    funnels: list[FunnelOut]
    fewest: int
