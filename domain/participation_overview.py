"""Participation of a unit, an area or a municipality: sums of its rooms, small groups hidden.

A municipality is summed up as a whole whatever is asked, since what one reader is shown must not give away what
another is not: rooms, units, areas, kinds of unit and the whole are protected together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from domain.cuts import SETTING_TYPES
from domain.observations import KINDS, Kind
from domain.participation_totals import FEWEST_CHILDREN, Ints, Totals, portions_of, shown

PlaceKind = Literal["room", "unit", "area", "setting_type", "municipality"]
ScopeKind = Literal["unit", "area", "municipality"]
Hidden = Literal["too_few", "protects_others"]


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit as of the period's last day; `area` is the index of its area, `None` where it has none."""

    id: str
    external_id: str
    name: str
    setting_type: str
    area: int | None


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A room with children in the period, the index of its unit, and how its weeks stand."""

    id: str
    external_id: str
    name: str
    unit: int
    completed: int
    closed: int
    not_recorded: int


@dataclass(frozen=True, slots=True)
class AreaPlace:
    id: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """All of a municipality."""

    rooms: Sequence[RoomPlace]
    units: Sequence[UnitPlace]
    areas: Sequence[AreaPlace]
    municipality: AreaPlace


@dataclass(frozen=True, slots=True)
class Cell:
    """Judged children, how many are below each line and both, how many reach both; participations of each kind per
    counted week of a child, `None` without such weeks."""

    judged: int
    below: Mapping[Kind, int]
    below_both: int
    reach_both: int
    per_week: Mapping[Kind, float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A place with its weeks (room by room) and its cell; without one, `hidden` says why."""

    kind: PlaceKind
    id: str
    external_id: str
    name: str
    setting_type: str | None
    rooms: int
    completed: int
    closed: int
    not_recorded: int
    cell: Cell | None
    hidden: Hidden | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A place, and what it consists of: a unit's rooms; an area's units; a municipality's areas, kinds of unit and
    units. In the order of their names, never of their numbers: it is no league table."""

    whole: Part
    parts: tuple[Part, ...]
    fewest: int


def overview(places: Places, totals: Totals, *, kind: ScopeKind, id: str, fewest: int = FEWEST_CHILDREN) -> Overview:
    """The overview of a place of the municipality; `totals` has a row for each of `places.rooms`.

    Raises `KeyError` when there is no such place.
    """
    groupings = groupings_of(places)
    names = {str(name): group for name, group in groupings.items()}
    visible = shown(totals.judged, names, portions=totals.portions, fewest=fewest)
    parts = {name: _parts(name, places, totals, groupings[name], visible[name], fewest) for name in groupings}
    wholes = {part.id: (index, part) for index, part in enumerate(parts[kind])}
    index, whole = wholes[id]
    if kind == "unit":
        inside = _of(parts["room"], groupings["unit"] == index)
    elif kind == "area":
        inside = _of(parts["unit"], np.array([unit.area == index for unit in places.units], dtype=bool))
    else:
        inside = (*parts["area"], *(part for part in parts["setting_type"] if part.rooms), *parts["unit"])
    return Overview(whole, inside, fewest)


def groupings_of(places: Places) -> dict[PlaceKind, Ints]:
    """Which group each room is in, for each kind of place; rooms first, then as `shown` wants them."""
    unit = np.array([room.unit for room in places.rooms], dtype=np.int64)
    area = np.array([-1 if unit.area is None else unit.area for unit in places.units], dtype=np.int64)
    kind = np.array([SETTING_TYPES.index(unit.setting_type) for unit in places.units], dtype=np.int64)
    return {
        "room": np.arange(len(unit)),
        "unit": unit,
        "area": area[unit],
        "setting_type": kind[unit],
        "municipality": np.zeros_like(unit),
    }


def number_of(places: Places, kind: ScopeKind, id: str) -> int:
    """Which of the places of its kind has this id, as the `groupings_of` number them."""
    named: dict[ScopeKind, Sequence[UnitPlace | AreaPlace]] = {
        "unit": places.units, "area": places.areas, "municipality": [places.municipality],
    }  # fmt: skip
    return [place.id for place in named[kind]].index(id)


def _parts(
    kind: PlaceKind, places: Places, totals: Totals, group: Ints, visible: NDArray[np.bool_], fewest: int
) -> tuple[Part, ...]:
    named: Mapping[PlaceKind, Sequence[RoomPlace | UnitPlace | AreaPlace]] = {
        "room": places.rooms,
        "unit": places.units,
        "area": places.areas,
        "setting_type": [AreaPlace(name, name, name) for name in SETTING_TYPES],
        "municipality": [places.municipality],
    }
    n = len(named[kind])
    sums = totals.summed(group, n)
    weeks = [_summed([getattr(room, state) for room in places.rooms], group, n) for state in _STATES]
    rooms = _summed([1] * len(places.rooms), group, n)
    return tuple(
        Part(
            kind=kind,
            id=place.id,
            external_id=place.external_id,
            name=place.name,
            setting_type=place.setting_type if isinstance(place, UnitPlace) else None,
            rooms=int(rooms[at]),
            **{state: int(count[at]) for state, count in zip(_STATES, weeks, strict=True)},
            cell=_cell(sums, at) if at < len(visible) and visible[at] else None,
            hidden=None if at < len(visible) and visible[at] else _why(sums, at, fewest),
        )
        for at, place in enumerate(named[kind])
    )


_STATES = ("completed", "closed", "not_recorded")


def _summed(values: Sequence[int], group: Ints, n: int) -> Ints:
    inside = group >= 0
    return np.bincount(group[inside], weights=np.array(values)[inside], minlength=n).astype(np.int64)


def _cell(sums: Totals, at: int) -> Cell:
    weeks = int(sums.child_weeks[at])
    return Cell(
        judged=int(sums.judged[at]),
        below={kind: int(sums.below[at, i]) for i, kind in enumerate(KINDS)},
        below_both=int(sums.below_both[at]),
        reach_both=int(sums.reach_both[at]),
        per_week={kind: int(sums.participations[at, i]) / weeks if weeks else None for i, kind in enumerate(KINDS)},
    )


def _why(sums: Totals, at: int, fewest: int) -> Hidden:
    return "too_few" if sums.portions[at] < portions_of(fewest) else "protects_others"


def _of(parts: Sequence[Part], mine: NDArray[np.bool_]) -> tuple[Part, ...]:
    return tuple(part for part, inside in zip(parts, mine, strict=True) if inside)
