"""From a closed round's snapshot to the readiness report: one frozen value that every format shows.

Nothing is decided later than here: PDF, SVG, PNG, JSON and CSV are views of the same `ReadinessReport`, which
is why one document code can stand for all of them. The value holds numbers and keys; sentences in Danish or
English are made from it by `text.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.change import RoundChange, compare
from domain.estimates import Estimate, estimate, is_finite, map_axes, map_position, map_split
from domain.instruments import Instrument, ReadinessRule
from domain.judgement import readiness_by_rule
from domain.readiness import Cell, Cut, ScopeKind, ScopeResults
from reporting.readiness.guidance import Asked, SuggestedTasks, asked_prompts, suggested_tasks
from reporting.readiness.highlights import Highlight, highlights

FEWEST_PEERS = 5  # other units on the map of a unit


@dataclass(frozen=True, slots=True)
class Place:
    """Where the report is about: its name, and the names of the places around it, nearest first."""

    kind: ScopeKind
    name: str
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """A place around the focus, for quiet comparison."""

    kind: ScopeKind
    name: str
    results: ScopeResults


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier closed round of the same instrument, and what it published about the place; `new_units` of it were
    not there then, `gone_units` were there then only."""

    title: str
    opens_on: date
    closes_on: date
    instrument: Instrument
    results: ScopeResults
    new_units: int = 0
    gone_units: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since the round of that title; `change` is made of what both rounds published."""

    title: str
    opens_on: date
    closes_on: date
    instrument_version: int
    new_units: int
    gone_units: int
    change: RoundChange


@dataclass(frozen=True, slots=True)
class Versions:
    """What the numbers were made with, beside the instrument's own version."""

    rules: str
    software: str


@dataclass(frozen=True, slots=True)
class ReadinessData:
    """All that a report is made of. Results are as published: suppression has happened before they come here.

    `peers` are the other dots of the map, as scores by component key; `setting_types` the cells of the cut by setting
    type that the comparison shows: the focus's own, and for a unit its municipality's. `closed_at` knows its
    time zone. `merged_area` is the name of the area that the units shown together with the focus have in common.
    """

    instrument: Instrument
    round_title: str
    opens_on: date
    closes_on: date
    closed_at: datetime
    municipality: str
    place: Place
    focus: ScopeResults
    parents: tuple[Parent, ...]
    peers: tuple[Mapping[str, float], ...]
    setting_types: tuple[Cell, ...]
    versions: Versions
    earlier: Earlier | None = None
    merged_area: str | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What the results publish of the group a unit is shown together with (see `domain.merging`): how many `units`
    it holds, the setting type and the name of the area they have in common, if any, and the group's own cell."""

    units: int
    setting_type: str | None
    area: str | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scores of a place around the focus, by component key; suppressed ones are left out."""

    kind: ScopeKind
    name: str
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class ReadinessMap:
    """The first primary component upwards, the second to the right, both 0-100, and the line between low and
    high."""

    y: str
    x: str
    you: tuple[Estimate, Estimate]  # y, x
    peers: tuple[tuple[float, float], ...]  # y, x; unnamed
    split: float
    position: str | None = None  # y, then x: `over_around`


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """Everything any format shows. `estimates` hold the components of the focus that are published."""

    instrument: Instrument
    round_title: str
    opens_on: date
    closes_on: date
    closed_at: datetime
    municipality: str
    place: Place
    versions: Versions
    total: Cell
    cuts: dict[Cut, tuple[Cell, ...]]
    estimates: dict[str, Estimate]
    finite: bool  # intervals about the invited staff (finite population correction), not about staff in general
    comparisons: tuple[Comparison, ...]
    map: ReadinessMap | None
    setting_types: tuple[Cell, ...]
    drivers: tuple[Highlight, ...]
    barriers: tuple[Highlight, ...]
    readiness_by_rule: dict[ReadinessRule, float | None]
    tasks: SuggestedTasks | None
    prompts: tuple[Asked, ...]
    since: Since | None = None
    together: Together | None = None


def build_report(data: ReadinessData) -> ReadinessReport:
    """The report of `data.place`. Pure: the same data give an equal report, and so the same document code."""
    total = data.focus.total
    estimates = _estimates(data.instrument, total)
    place = _map(data, estimates)
    drivers, barriers = (highlights(data.instrument, total, tendency) for tendency in ("driver", "barrier"))
    return ReadinessReport(
        instrument=data.instrument,
        round_title=data.round_title,
        opens_on=data.opens_on,
        closes_on=data.closes_on,
        closed_at=data.closed_at,
        municipality=data.municipality,
        place=data.place,
        versions=data.versions,
        total=total,
        cuts=data.focus.by,
        estimates=estimates,
        finite=is_finite(total),
        comparisons=tuple(
            Comparison(kind=parent.kind, name=parent.name, scores=_scores(parent.results.total))
            for parent in data.parents
        ),
        setting_types=tuple(_without_items(cell) for cell in data.setting_types),
        map=place,
        drivers=drivers,
        barriers=barriers,
        readiness_by_rule=readiness_by_rule(total.components),
        tasks=None if place is None else _tasks(data.instrument, place),
        prompts=asked_prompts(data.instrument, total, drivers=_wholes(drivers), barriers=_wholes(barriers)),
        since=_since(data),
        together=_together(data),
    )


def about_group(report: ReadinessReport) -> ReadinessReport | None:
    """The report seen as one about the group its unit is shown together with; None without one, or where nothing of
    the group is published either."""
    if report.together is None:
        return None
    cell = report.together.cell
    estimates = _estimates(report.instrument, cell)
    return replace(report, total=cell, estimates=estimates, finite=is_finite(cell)) if estimates else None


def _estimates(instrument: Instrument, cell: Cell) -> dict[str, Estimate]:
    scales = {component.key: instrument.component_scale(component) for component in instrument.components}
    finite = is_finite(cell)
    found = ((it.key, estimate(it, scales[it.key], finite=finite)) for it in cell.components)
    return {key: value for key, value in found if value is not None}


def _together(data: ReadinessData) -> Together | None:
    merged = data.focus.merged
    if merged is None:
        return None
    cell = _without_items(merged.cell)
    return Together(len(merged.units), merged.setting_type, data.merged_area if merged.area_id else None, cell)


def _since(data: ReadinessData) -> Since | None:
    if data.earlier is None:
        return None
    earlier = data.earlier
    return Since(
        title=earlier.title,
        opens_on=earlier.opens_on,
        closes_on=earlier.closes_on,
        instrument_version=earlier.instrument.version,
        new_units=earlier.new_units,
        gone_units=earlier.gone_units,
        change=compare(data.focus.total, earlier.results.total, instrument=data.instrument, earlier=earlier.instrument),
    )


def _scores(cell: Cell) -> dict[str, float]:
    return {result.key: result.score for result in cell.components if result.score is not None}


def _without_items(cell: Cell) -> Cell:
    """For a comparison: how others answered each statement is for their own report."""
    return replace(cell, components=tuple(replace(component, items=()) for component in cell.components))


def _tasks(instrument: Instrument, place: ReadinessMap) -> SuggestedTasks | None:
    scores = [value.score for value in place.you]
    positions = [value.position(place.split) for value in place.you]
    return suggested_tasks(instrument, scores=scores, positions=positions, split=place.split)


def _wholes(highlights: tuple[Highlight, ...]) -> list[str]:
    return [it.component for it in highlights if it.whole]


def _map(data: ReadinessData, estimates: dict[str, Estimate]) -> ReadinessMap | None:
    """Only two primary components make a map, and only when both are published.

    Its dots have no names, so the map of a unit has none where there are so few that everybody knows whose they are.
    """
    axes = map_axes(data.instrument)
    if axes is None or not all(key in estimates for key in axes):
        return None
    y, x = axes
    peers = tuple(sorted((scores[y], scores[x]) for scores in data.peers if y in scores and x in scores))
    return ReadinessMap(
        y=y,
        x=x,
        you=(estimates[y], estimates[x]),
        peers=() if data.place.kind == "unit" and len(peers) < FEWEST_PEERS else peers,
        split=map_split(data.instrument.rules),
        position=map_position(data.instrument, data.focus.total),
    )
