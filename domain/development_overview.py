"""Development of a unit, an area or a municipality: sums of its rooms, small groups hidden, and units in a funnel.

A municipality is summed up as a whole whatever is asked, so that what one reader is shown does not give away what
another is not. In the order of names, never of numbers: what a funnel points at is a question, not a rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from domain.development import BANDS, AreaResult, Band
from domain.funnel import Funnel, funnel
from domain.participation_totals import FEWEST_CHILDREN, shown

PlaceKind = Literal["room", "unit", "area", "municipality"]
ScopeKind = Literal["unit", "area", "municipality"]
Hidden = Literal["too_few", "protects_others"]


@dataclass(frozen=True, slots=True)
class Named:
    """A place and the index of the one around it: a room's unit, a unit's area; `None` where there is none."""

    id: str
    external_id: str
    name: str
    around: int | None


@dataclass(frozen=True, slots=True)
class Assessed:
    """A child's final joint assessment, by the index of the room it was made in."""

    room: int
    results: Sequence[AreaResult]


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Children by band in a learning area."""

    area: str
    counts: Mapping[Band, int]

    @property
    def n(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A place: `assessed` children and their bands in each learning area (`None`: too few of them have one, or it
    would give others away). Both are `None` when the place is hidden, and `hidden` says why."""

    kind: PlaceKind
    id: str
    external_id: str
    name: str
    assessed: int | None
    areas: tuple[AreaCounts | None, ...] | None
    hidden: Hidden | None


@dataclass(frozen=True, slots=True)
class DevelopmentOverview:
    """A place, what it consists of, and for each learning area the funnel of its shown units (`None` with fewer than
    two). A unit has no funnel."""

    whole: Part
    parts: tuple[Part, ...]
    funnels: Mapping[str, Funnel | None]
    fewest: int


def development_overview(
    children: Sequence[Assessed],
    *,
    rooms: Sequence[Named],
    units: Sequence[Named],
    areas: Sequence[Named],
    municipality: Named,
    learning_areas: Sequence[str],
    kind: ScopeKind,
    id: str,
    fewest: int = FEWEST_CHILDREN,
) -> DevelopmentOverview:
    """The overview of a place of the municipality, whose places are all given, ordered by name.

    Raises `KeyError` when there is no such place.
    """
    unit = np.array([room.around for room in rooms], dtype=np.int64).reshape(len(rooms))
    area_of = np.array([-1 if it.around is None else it.around for it in units], dtype=np.int64).reshape(len(units))
    groups: dict[PlaceKind, NDArray[np.int64]] = {
        "room": np.arange(len(rooms), dtype=np.int64),
        "unit": unit,
        "area": area_of[unit] if len(units) else unit,
        "municipality": np.zeros(len(rooms), dtype=np.int64),
    }
    assessed = np.bincount([child.room for child in children], minlength=len(rooms)).astype(np.int64)
    visible = shown(assessed, {str(name): group for name, group in groups.items()}, fewest=fewest)
    bands = {name: _bands(children, name, len(rooms)) for name in learning_areas}
    # Not every child has a band everywhere, so each learning area is protected by itself as well.
    banded = {
        area: shown(counts.sum(axis=1), {str(name): group for name, group in groups.items()}, fewest=fewest)
        for area, counts in bands.items()
    }
    named: dict[PlaceKind, Sequence[Named]] = {
        "room": rooms, "unit": units, "area": areas, "municipality": [municipality],
    }  # fmt: skip
    parts = {
        name: tuple(
            _part(
                name,
                place,
                at,
                groups[name],
                assessed,
                bands,
                visible[name],
                fewest,
                told={area: bool(at < len(it[name]) and it[name][at]) for area, it in banded.items()},
            )
            for at, place in enumerate(places)
        )
        for name, places in named.items()
    }
    at, whole = {part.id: (at, part) for at, part in enumerate(parts[kind])}[id]
    if kind == "unit":
        return DevelopmentOverview(whole, _where(parts["room"], unit == at), {}, fewest)
    mine = _where(parts["unit"], area_of == at) if kind == "area" else parts["unit"]
    inside = mine if kind == "area" else (*parts["area"], *mine)
    return DevelopmentOverview(whole, inside, _funnels(mine, learning_areas), fewest)


def _bands(children: Sequence[Assessed], area: str, rooms: int) -> NDArray[np.int64]:
    """(rooms, bands): how many children of each room are in each band."""
    counts = np.zeros((rooms, len(BANDS)), dtype=np.int64)
    for child in children:
        for result in child.results:
            if result.area == area and result.band is not None:
                counts[child.room, BANDS.index(result.band)] += 1
    return counts


def _part(
    kind: PlaceKind,
    place: Named,
    at: int,
    group: NDArray[np.int64],
    assessed: NDArray[np.int64],
    bands: Mapping[str, NDArray[np.int64]],
    visible: NDArray[np.bool_],
    fewest: int,
    *,
    told: Mapping[str, bool],
) -> Part:
    mine = group == at
    count = int(assessed[mine].sum())
    if at >= len(visible) or not visible[at]:
        why: Hidden = "too_few" if count < fewest else "protects_others"
        return Part(kind, place.id, place.external_id, place.name, None, None, why)
    sums = {area: counts[mine].sum(axis=0) for area, counts in bands.items()}
    areas = tuple(
        AreaCounts(area, {band: int(count) for band, count in zip(BANDS, row, strict=True)}) if told[area] else None
        for area, row in sums.items()
    )
    return Part(kind, place.id, place.external_id, place.name, count, areas, None)


def _where(parts: Sequence[Part], mine: NDArray[np.bool_]) -> tuple[Part, ...]:
    return tuple(part for part, inside in zip(parts, mine, strict=True) if inside)


def _funnels(units: Sequence[Part], learning_areas: Sequence[str]) -> dict[str, Funnel | None]:
    """The share of age-appropriate children of each shown unit, around that of all of them together."""
    return {
        area: funnel(
            [
                (unit.id, told.counts["age_appropriate"], told.n)
                for unit in units
                if unit.areas is not None and (told := unit.areas[at]) is not None
            ]
        )
        for at, area in enumerate(learning_areas)
    }
