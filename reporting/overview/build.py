"""From an overview of participation to its report: one frozen value that every format shows."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.composition import Composition, StrategyUse
from domain.development_overview import AreaCounts
from domain.observations import RoomWeek
from domain.participation_overview import Cell, Overview, Part
from domain.patterns import Comparison, Strength
from domain.text import Text
from domain.thresholds import KindThresholds, ParticipationRules, PatternRules
from reporting.overview.funnel import FunnelReport
from reporting.overview.practice import PracticeReport
from reporting.room.build import LearningArea


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a place beside its participation; nothing where that is hidden. Of `composition`, the mixings of
    a trait are told where its comparison is."""

    comparisons: tuple[Comparison, ...] = ()
    areas: tuple[LearningArea, ...] = ()
    strategies: tuple[StrategyUse, ...] = ()
    activities: int = 0
    composition: Composition | None = None
    practice: PracticeReport | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DevelopmentReport:
    """Children by band in each learning area that may be shown, in a half-year and the one before it."""

    instrument: Text
    half_year: str
    assessed: int
    titles: dict[str, Text]
    now: dict[str, AreaCounts]
    before: dict[str, AreaCounts]
    before_half_year: str


@dataclass(frozen=True, slots=True)
class OverviewReport:
    """`place` and `parts` know whether their numbers are shown; what is hidden is not in them. `thresholds` are those
    of each kind of unit, by setting type; `first` and `last` are Mondays, `weeks` are from the one to the other, closed
    where the calendar closes them; `funnels` has the learning areas in which units can be seen beside each other."""

    municipality: str
    place: Part
    parts: tuple[Part, ...]
    fewest: int
    first: date
    last: date
    weeks: tuple[RoomWeek, ...]
    thresholds: dict[str, KindThresholds]
    rules: ParticipationRules
    pattern_rules: PatternRules
    data_time: datetime
    versions: dict[str, str]
    strengths: tuple[Strength, ...]
    comparisons: tuple[Comparison, ...]
    areas: tuple[LearningArea, ...]
    strategies: tuple[StrategyUse, ...]
    activities: int
    composition: Composition | None
    practice: PracticeReport | None
    development: DevelopmentReport | None
    funnels: tuple[FunnelReport, ...]


def build_report(
    overview: Overview,
    told: Told,
    *,
    municipality: str,
    weeks: tuple[RoomWeek, ...],
    thresholds: dict[str, KindThresholds],
    rules: ParticipationRules,
    pattern_rules: PatternRules,
    data_time: datetime,
    versions: dict[str, str],
    funnels: tuple[FunnelReport, ...] = (),
    development: DevelopmentReport | None = None,
) -> OverviewReport:
    """Pure: the same data give an equal report, and so the same document code."""
    return OverviewReport(
        municipality=municipality,
        place=overview.whole,
        parts=overview.parts,
        fewest=overview.fewest,
        first=weeks[0].week,
        last=weeks[-1].week,
        weeks=weeks,
        thresholds=thresholds,
        rules=rules,
        pattern_rules=pattern_rules,
        data_time=data_time,
        versions=versions,
        strengths=_strengths(overview.whole, told, pattern_rules),
        comparisons=told.comparisons,
        areas=told.areas if told.activities else (),
        strategies=told.strategies if told.activities else (),
        activities=told.activities,
        composition=_composition(told),
        practice=told.practice,
        development=development,
        funnels=funnels,
    )


def _composition(told: Told) -> Composition | None:
    """With the mixings of the traits that are told of."""
    if told.composition is None:
        return None
    traits = {one.trait for one in told.comparisons if all(group.n for group in one.groups)}
    return replace(told.composition, mixings=tuple(it for it in told.composition.mixings if it.trait in traits))


def _strengths(place: Part, told: Told, rules: PatternRules) -> tuple[Strength, ...]:
    """What goes well, as `domain.patterns.find_strengths` says it of a room."""
    found = _reached(place.cell, rules) if place.cell else []
    if len(told.areas) > 1 and all(area.total for area in told.areas):
        found.append(Strength("all_areas_covered", len(told.areas), len(told.areas)))
    if place.completed and not place.not_recorded:
        weeks = place.completed + place.closed
        found.append(Strength("all_weeks_accounted", weeks, weeks))
    return tuple(found)


def _reached(cell: Cell, rules: PatternRules) -> list[Strength]:
    if cell.reach_both == cell.judged:
        return [Strength("all_reach_both", cell.judged, cell.judged)]
    most = cell.reach_both / cell.judged >= rules.min_reach_share
    found = [Strength("most_reach_both", cell.reach_both, cell.judged)] if most else []
    return found + [Strength("all_reach_kind", cell.judged, cell.judged, it) for it, n in cell.below.items() if not n]
