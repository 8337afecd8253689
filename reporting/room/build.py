"""From a room's measured participation to its data report: one frozen value that every format shows.

Nothing is decided later than here: PDF, SVG, PNG, JSON and CSV are views of the same `RoomReport`. The value knows
children by their code alone; birth months, languages and needs have become counts of groups before they come here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from domain.agreements import Standing
from domain.composition import Composition, StrategyUse
from domain.observations import ChildWeek, Kind, RoomWeek
from domain.participation import ChildParticipation, KindMeasure, RoomParticipation
from domain.patterns import Comparison, Strength, compare_groups, find_strengths, low_on_both, unobserved
from domain.text import Text
from domain.thresholds import DEFAULT_PATTERN_RULES, KindThresholds, ParticipationRules, PatternRules
from reporting.room.assessed import Development, Practice

SectionKey = Literal["reach_both", "below_one", "below_both", "too_early"]
SECTIONS: tuple[SectionKey, ...] = ("reach_both", "below_one", "below_both", "too_early")


@dataclass(frozen=True, slots=True)
class LearningArea:
    """Activities that worked with an area, one count for each week of the period. `None` is unknown: the week was only
    tallied. In a report, a week that does not count (closed, not recorded) has `None` whatever was recorded in it."""

    key: str
    title: Text
    counts: tuple[int | None, ...]

    @property
    def total(self) -> int | None:
        """Activities in the weeks that are known; `None` where none is."""
        known = [count for count in self.counts if count is not None]
        return sum(known) if known else None


class Activities(Protocol):
    """What is drawn of the activities of a room, or of a whole place."""

    @property
    def weeks(self) -> tuple[RoomWeek, ...]: ...
    @property
    def areas(self) -> tuple[LearningArea, ...]: ...
    @property
    def strategies(self) -> tuple[StrategyUse, ...]: ...
    @property
    def activities(self) -> int: ...


class Compared(Protocol):
    """What is said of groups of children of a room, or of a whole place."""

    @property
    def comparisons(self) -> tuple[Comparison, ...]: ...
    @property
    def pattern_rules(self) -> PatternRules: ...


@dataclass(frozen=True, slots=True)
class RoomReportData:
    """All that a report is made of. `data_time` knows its time zone; `areas` may be empty, then nothing is said of
    them; `versions` are named at the end of the report (such as the software's). Without `practice` or `development`
    nothing is said of that, nor of groups without `composition`, nor of strategies without `activities`: those
    recorded in completed weeks, which `composition` and `strategies` are of. `agreed` is how the agreements of earlier
    meetings stand."""

    room: str
    unit: str
    municipality: str
    setting_type: str
    participation: RoomParticipation
    data_time: datetime
    versions: dict[str, str]
    areas: tuple[LearningArea, ...] = ()
    pattern_rules: PatternRules = DEFAULT_PATTERN_RULES
    practice: Practice | None = None
    development: Development | None = None
    composition: Composition | None = None
    strategies: tuple[StrategyUse, ...] = ()
    activities: int = 0
    agreed: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child as the report shows it: its code, a state word for each week, and both measures."""

    code: str
    section: SectionKey
    states: tuple[ChildWeek, ...]
    counted_weeks: int
    measures: dict[Kind, KindMeasure]


@dataclass(frozen=True, slots=True)
class RoomReport:
    """Everything any format shows. `children` are sorted as they are drawn: section by section, highest first.

    `kept_code` is the printed code of a report that was kept by an earlier program and has fewer parts than a new one,
    or of the report without names where this is one with (`reporting.room.named`).
    """

    room: str
    unit: str
    municipality: str
    setting_type: str
    data_time: datetime
    versions: dict[str, str]
    weeks: tuple[RoomWeek, ...]
    completed_weeks: int
    closed_weeks: int
    incomplete: bool
    thresholds: KindThresholds
    rules: ParticipationRules
    pattern_rules: PatternRules
    children: tuple[ChildRow, ...]
    judged: int
    below: dict[Kind, int]
    reach_both: int
    below_both: int
    low_on_both: tuple[str, ...]
    unobserved: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    strengths: tuple[Strength, ...]
    areas: tuple[LearningArea, ...]
    practice: Practice | None
    development: Development | None
    composition: Composition | None
    strategies: tuple[StrategyUse, ...]
    activities: int
    agreed: tuple[Standing, ...]
    kept_code: str | None = None
    with_names: bool = False

    @property
    def areas_known(self) -> bool:
        """Whether anything is known of the learning areas; a room that only tallies has not said."""
        return any(area.total is not None for area in self.areas)

    def section(self, key: SectionKey) -> tuple[ChildRow, ...]:
        return tuple(row for row in self.children if row.section == key)


def build_report(data: RoomReportData) -> RoomReport:
    """The report of a room and period. Pure: the same data give an equal report, and so the same document code."""
    room = data.participation
    areas = tuple(_in_completed_weeks(area, room.weeks) for area in data.areas)
    covered = [(area.key, [count or 0 for count in area.counts]) for area in areas]
    rows = sorted((_row(one) for one in room.children), key=lambda row: _drawn_before(row, room.thresholds))
    return RoomReport(
        room=data.room,
        unit=data.unit,
        municipality=data.municipality,
        setting_type=data.setting_type,
        data_time=data.data_time,
        versions=data.versions,
        weeks=room.weeks,
        completed_weeks=room.completed_weeks,
        closed_weeks=room.closed_weeks,
        incomplete=room.incomplete,
        thresholds=room.thresholds,
        rules=room.rules,
        pattern_rules=data.pattern_rules,
        children=tuple(rows),
        judged=room.judged,
        below=room.below,
        reach_both=room.reach_both,
        below_both=room.below_both,
        low_on_both=_codes(low_on_both(room)),
        unobserved=_codes(unobserved(room, rules=data.pattern_rules)),
        comparisons=compare_groups(room, rules=data.pattern_rules),
        strengths=find_strengths(room, areas=covered, rules=data.pattern_rules),
        areas=areas,
        practice=data.practice,
        development=data.development,
        composition=data.composition,
        strategies=data.strategies,
        activities=data.activities,
        agreed=data.agreed,
    )


def _in_completed_weeks(area: LearningArea, weeks: tuple[RoomWeek, ...]) -> LearningArea:
    counts = zip(area.counts, weeks, strict=True)
    return replace(area, counts=tuple(count if week.state == "completed" else None for count, week in counts))


def _codes(children: tuple[ChildParticipation, ...]) -> tuple[str, ...]:
    return tuple(sorted(one.child.external_id for one in children))


def _row(one: ChildParticipation) -> ChildRow:
    below = sum(measure.below is True for measure in one.measures.values())
    section = "too_early" if one.too_early else SECTIONS[below]
    return ChildRow(one.child.external_id, section, one.states, one.counted_weeks, one.measures)


def _drawn_before(row: ChildRow, thresholds: KindThresholds) -> tuple[int, list[bool], float, str]:
    """Section by section; in the middle one those under the first line, then those under the second; each from the
    highest share of the two lines down."""
    below = [measure.below is not True for measure in row.measures.values()]
    reached = sum((measure.rate or 0.0) / thresholds.per_week[kind] for kind, measure in row.measures.items())
    return SECTIONS.index(row.section), below, -reached, row.code
