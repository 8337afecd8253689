"""From an overview of participation to its report: one frozen value that every format shows."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.participation_overview import Overview, Part
from domain.thresholds import KindThresholds, ParticipationRules
from reporting.overview.funnel import FunnelReport


@dataclass(frozen=True, slots=True)
class OverviewReport:
    """`place` and `parts` know whether their numbers are shown; what is hidden is not in them. `thresholds` are those
    of each kind of unit, by setting type; `first` and `last` are Mondays; `funnels` has the learning areas in which
    units can be seen beside each other."""

    municipality: str
    place: Part
    parts: tuple[Part, ...]
    fewest: int
    first: date
    last: date
    thresholds: dict[str, KindThresholds]
    rules: ParticipationRules
    data_time: datetime
    versions: dict[str, str]
    funnels: tuple[FunnelReport, ...]


def build_report(
    overview: Overview,
    *,
    municipality: str,
    first: date,
    last: date,
    thresholds: dict[str, KindThresholds],
    rules: ParticipationRules,
    data_time: datetime,
    versions: dict[str, str],
    funnels: tuple[FunnelReport, ...] = (),
) -> OverviewReport:
    """Pure: the same data give an equal report, and so the same document code."""
    return OverviewReport(
        municipality=municipality,
        place=overview.whole,
        parts=overview.parts,
        fewest=overview.fewest,
        first=first,
        last=last,
        thresholds=thresholds,
        rules=rules,
        data_time=data_time,
        versions=versions,
        funnels=funnels,
    )
