"""The cells of a round: every scope as a whole, and cut by setting type and by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.merging import groups_of
from domain.readiness import Cut, Scope, ScopeKind

Ints = NDArray[np.intp]
SETTING_TYPES = ("childminding", "nursery", "kindergarten", "integrated")


_WORTH: Mapping[tuple[ScopeKind, Cut | None], int] = {
    ("unit", "role"): 0,
    ("area", "role"): 0,
    ("area", "setting_type"): 0,
    ("municipality", "role"): 1,
    ("unit", None): 2,
    ("area", None): 3,
    ("municipality", "setting_type"): 3,
    ("municipality", None): 4,
}


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
    def worth(self) -> int:
        """How much readers would miss it: a place before its roles, the comparison of setting types before one unit."""
        return _WORTH[self.scope.kind, self.cut]

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
    atoms: Ints, people: Ints, *, units: Sequence[Unit], roles: Sequence[str], municipality_id: str, minimum: int
) -> tuple[list[CellPlace], Ints]:
    """All cells, and (atoms, levels): the cell of each atom on each level, -1 for none.

    `people` is how many each atom holds. Level 0 holds what partitions the people most finely: units, and the groups
    into which `domain.merging` merges those with fewer than `minimum`; level 1 holds the roles of each unit, as
    `domain.disclosure.Layout` wants it. A unit has one setting type, so its cut by setting type is a further name for
    the unit itself, under the rule for categories. Every role that somebody holds is a category of every place: that a
    unit is asked for its leaders says nothing about whether one answered.
    """
    unit, role = atoms.T if len(atoms) else (np.empty(0, dtype=np.intp),) * 2
    areas = sorted({unit.area_id for unit in units if unit.area_id is not None})
    area_of = _numbers(areas, [each.area_id for each in units])
    type_of = _numbers(SETTING_TYPES, [each.setting_type for each in units])
    inside = [frozenset(np.flatnonzero(area_of == area).tolist()) for area in range(len(areas))]
    wholes = [(Scope("area", id_), members) for id_, members in zip(areas, inside, strict=True)]
    whole = [(Scope("municipality", municipality_id), frozenset(range(len(units))))]
    each = [(Scope("unit", unit.id), frozenset({index})) for index, unit in enumerate(units)]
    grouped = np.full(len(units), -1, dtype=np.intp)
    of_units = np.bincount(unit, people, len(units)).astype(np.intp)
    kinds = [(unit.area_id or "", unit.setting_type) for unit in units]
    groups = groups_of(of_units, kinds, minimum=minimum)
    for number, members in enumerate(groups):
        grouped[list(members)] = number
    together = [(each[members[0]][0], frozenset(members)) for members in groups]

    table = _Cells([], [])
    own = table.totals(each, unit)
    by_unit_role = table.roles(each, unit, role, roles)
    table.totals(wholes, area_of[unit])
    table.types(wholes, area_of[unit], type_of, unit)
    table.roles(wholes, area_of[unit], role, roles)
    table.totals(whole, np.zeros_like(unit))
    table.types(whole, np.zeros_like(unit), type_of, unit)
    table.roles(whole, np.zeros_like(unit), role, roles)
    merged = table.totals(together, grouped[unit], merged=True)
    lone = grouped[unit] < 0
    upper = table.levels[2:-1]
    levels = [np.where(lone, own, merged), by_unit_role, *upper, np.where(lone, -1, own)]
    return table.places, np.stack(levels, axis=1).astype(np.intp)


Wholes = list[tuple[Scope, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells gathered so far, and a level for each time some were added: (atoms,), -1 for no cell."""

    places: list[CellPlace]
    levels: list[Ints]

    def totals(self, wholes: Wholes, whole_of: Ints, *, merged: bool = False) -> Ints:
        first = len(self.places)
        self.places.extend(CellPlace(scope, None, "", members, members, merged) for scope, members in wholes)
        return self._level(np.where(whole_of >= 0, first + whole_of, -1))

    def types(self, wholes: Wholes, whole_of: Ints, type_of: Ints, unit: Ints) -> Ints:
        """The setting types that there are in each place."""
        number = np.full((len(wholes) + 1, len(SETTING_TYPES)), -1, dtype=np.intp)  # the last row: in no place
        for at, (scope, members) in enumerate(wholes):
            for kind, name in enumerate(SETTING_TYPES):
                those = frozenset(unit for unit in members if type_of[unit] == kind)
                if those:
                    number[at, kind] = len(self.places)
                    self.places.append(CellPlace(scope, "setting_type", name, those, frozenset()))
        return self._level(number[whole_of, type_of[unit]])

    def roles(self, wholes: Wholes, whole_of: Ints, role: Ints, roles: Sequence[str]) -> Ints:
        first = len(self.places)
        self.places.extend(
            CellPlace(scope, "role", name, members, frozenset()) for scope, members in wholes for name in roles
        )
        return self._level(np.where((whole_of >= 0) & (role >= 0), first + whole_of * len(roles) + role, -1))

    def _level(self, cells: Ints) -> Ints:
        self.levels.append(cells)
        return cells


def _numbers(names: Sequence[str], given: Sequence[str | None]) -> Ints:
    """The position of each of `given` among `names`, -1 for None."""
    position = {name: index for index, name in enumerate(names)}
    return np.array([-1 if name is None else position[name] for name in given], dtype=np.intp)
