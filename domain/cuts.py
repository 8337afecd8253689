"""The cells of a round: every scope as a whole, and cut by setting type and by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain._layout import Layout
from domain.merging import UNKNOWN, groups_of
from domain.readiness import Cut, Scope

Ints = NDArray[np.intp]
SETTING_TYPES = ("childminding", "nursery", "kindergarten", "integrated")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as of the round's closing; `area_id` is `None` where there are no areas."""

    id: str
    area_id: str | None
    setting_type: str


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Which cell it is. `members` are the units it covers (indexes), `unit_cells` the cells of those units.

    `merged` marks the cell of units that are shown together, see `domain.merging`; its scope is the first of them.
    """

    scope: Scope
    cut: Cut | None
    key: str
    members: frozenset[int]
    unit_cells: frozenset[int]
    merged: bool = False

    @property
    def is_unit(self) -> bool:
        """Whether it is one unit as a whole, to be compared with others."""
        return self.scope.kind == "unit" and self.cut is None and not self.merged

    def invited(self, counts: Mapping[str, int | None], units: Sequence[Unit]) -> int | None:
        """How many were asked: known when it is known of every unit, and never by role."""
        if self.cut == "role":
            return None
        asked = [counts.get(units[unit].id) for unit in self.members]
        known = [count for count in asked if count is not None]
        return sum(known) if known and len(known) == len(asked) else None


def atoms_of(unit_index: Ints, role_index: Ints) -> tuple[Ints, Ints]:
    """The different (unit, role) pairs, (atoms, 2), and which of them each respondent belongs to."""
    pairs = np.stack([unit_index, role_index], axis=1)
    atoms, atom_of = np.unique(pairs, axis=0, return_inverse=True)
    return atoms.reshape(-1, 2), np.asarray(atom_of, dtype=np.intp).reshape(-1)


def lay_out(
    atoms: Ints,
    people: Ints,
    *,
    units: Sequence[Unit],
    roles: Sequence[str],
    invited: Mapping[str, int | None],
    municipality_id: str,
    minimum: int,
) -> tuple[list[CellPlace], Layout]:
    """All cells, and how they lie above the `atoms` (atoms, 2), each with so many `people` (atoms,).

    The places are the units, and the groups into which `domain.merging` merges those with fewer than `minimum` people,
    knowing how many were `invited`.
    A cell above them counts whole places only: a group of units from two areas, or of two setting types, is shown as a
    group and in the municipality, and its units are counted in neither area, nor setting type. So every such cell is a
    sum of places, and none tells apart what was merged. Every role that somebody holds is a category of every place:
    that a unit is asked for its leaders says nothing about whether one answered.
    """
    unit, role = atoms.T if len(atoms) else (np.empty(0, dtype=np.intp),) * 2
    areas = sorted({each.area_id for each in units if each.area_id is not None})
    area_of = _numbers(areas, [each.area_id for each in units])
    type_of = _numbers(SETTING_TYPES, [each.setting_type for each in units])
    of_units = np.bincount(unit, people, len(units)).astype(np.intp)
    kinds = [(each.area_id or "", each.setting_type) for each in units]
    asked = [UNKNOWN if (said := invited.get(each.id)) is None else said for each in units]
    groups = groups_of(of_units, kinds, minimum=minimum, asked=np.array(asked, dtype=np.intp))
    place_of, area_of, type_of = _places(groups, area_of, type_of)
    inside = [frozenset(np.flatnonzero(area_of == area).tolist()) for area in range(len(areas))]
    wholes = [(Scope("area", id_), members) for id_, members in zip(areas, inside, strict=True)]
    whole = [(Scope("municipality", municipality_id), frozenset(range(len(units))))]
    each = [(Scope("unit", one.id), frozenset({index})) for index, one in enumerate(units)]
    table = _Cells([])
    own, unit_roles = table.totals(each), table.roles(each, roles)
    area_cells, area_kinds, area_roles = table.totals(wholes), table.types(wholes, type_of), table.roles(wholes, roles)
    town, town_kinds, town_roles = table.totals(whole), table.types(whole, type_of), table.roles(whole, roles)
    together = table.totals([(each[group[0]][0], frozenset(group)) for group in groups], merged=True)
    first = np.unique(place_of, return_index=True)[1]
    return table.places, Layout(
        place=place_of[unit],
        unit=unit,
        role=np.where(role < 0, len(roles), role),
        area=area_of[first],
        kind=type_of[first],
        place_cells=np.append(own[first[: len(first) - len(groups)]], together),
        unit_cells=own,
        unit_roles=unit_roles,
        area_cells=area_cells,
        area_kinds=area_kinds,
        area_roles=area_roles,
        town_cell=int(town[0]),
        town_kinds=town_kinds[0],
        town_roles=town_roles[0],
        cells=len(table.places),
    )


def _places(groups: Sequence[tuple[int, ...]], area_of: Ints, type_of: Ints) -> tuple[Ints, Ints, Ints]:
    """The place of each unit: the units by themselves, then the groups; and its area and type, -1 where those of its
    group differ."""
    place, area, kind = np.full(len(area_of), -1, dtype=np.intp), area_of.copy(), type_of.copy()
    grouped = np.array([unit for group in groups for unit in group], dtype=np.intp)
    lone = np.setdiff1d(np.arange(len(place)), grouped)
    place[lone] = np.arange(len(lone))
    for number, members in enumerate(map(list, groups)):
        place[members] = len(lone) + number
        for known in (area, kind):
            if len(np.unique(known[members])) > 1:
                known[members] = -1
    return place, area, kind


Wholes = list[tuple[Scope, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells gathered so far; each addition returns the numbers of what was added."""

    places: list[CellPlace]

    def totals(self, wholes: Wholes, *, merged: bool = False) -> Ints:
        first = len(self.places)
        self.places.extend(CellPlace(scope, None, "", members, members, merged) for scope, members in wholes)
        return np.arange(first, len(self.places))

    def types(self, wholes: Wholes, type_of: Ints) -> Ints:
        """The setting types that there are in each place, (wholes, types); -1 where there is none."""
        number = np.full((len(wholes), len(SETTING_TYPES)), -1, dtype=np.intp)
        for at, (scope, members) in enumerate(wholes):
            for kind, name in enumerate(SETTING_TYPES):
                those = frozenset(unit for unit in members if type_of[unit] == kind)
                if those:
                    number[at, kind] = len(self.places)
                    self.places.append(CellPlace(scope, "setting_type", name, those, frozenset()))
        return number

    def roles(self, wholes: Wholes, roles: Sequence[str]) -> Ints:
        """The roles of each place, (wholes, roles)."""
        first = len(self.places)
        self.places.extend(
            CellPlace(scope, "role", name, members, frozenset()) for scope, members in wholes for name in roles
        )
        return first + np.arange(len(wholes) * len(roles)).reshape(len(wholes), len(roles))


def _numbers(names: Sequence[str], given: Sequence[str | None]) -> Ints:
    """The position of each of `given` among `names`, -1 for None."""
    position = {name: index for index, name in enumerate(names)}
    return np.array([-1 if name is None else position[name] for name in given], dtype=np.intp)
