"""The cells of a round: every scope as a whole, and cut by setting type and by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """Which cell it is. `members` are the units it covers (indexes), `unit_cells` the cells of those units."""

    scope: Scope
    cut: Cut | None
    key: str
    members: frozenset[int]
    unit_cells: frozenset[int]

    @property
    def worth(self) -> int:
        """How much readers would miss it: a place before its roles, the comparison of setting types before one unit."""
        return _WORTH[self.scope.kind, self.cut]

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
    atoms: Ints, *, units: Sequence[Unit], roles: Sequence[str], municipality_id: str
) -> tuple[list[CellPlace], Ints]:
    """All cells, and (atoms, levels): the cell of each atom on each level, -1 for none.

    Level 0 holds the units and level 1 their roles, as `domain.disclosure.Layout` wants it. A unit has one setting
    type, so its cut by setting type is a further name for the unit itself, under the rule for categories.
    """
    municipality = Scope("municipality", municipality_id)
    areas = sorted({unit.area_id for unit in units if unit.area_id is not None})
    wholes: list[tuple[Scope, frozenset[int]]] = [(municipality, frozenset(range(len(units))))]
    for area in areas:
        inside = frozenset(index for index, unit in enumerate(units) if unit.area_id == area)
        wholes.append((Scope("area", area), inside))
    places = [
        CellPlace(Scope("unit", unit.id), None, "", frozenset({index}), frozenset({index}))
        for index, unit in enumerate(units)
    ]
    levels: list[dict[tuple[int, int], int]] = [{}, {}]
    for unit, role in atoms.tolist():
        levels[0][unit, role] = unit
    for index, unit in enumerate(units):
        _add(places, levels[1], atoms, Scope("unit", unit.id), frozenset({index}), roles=roles)
    for scope, inside in wholes:
        levels += _cuts_of(places, atoms, scope, inside, units=units, roles=roles)
    membership = np.full((len(atoms), len(levels)), -1, dtype=np.intp)
    for level, found in enumerate(levels):
        for row, pair in enumerate(map(tuple, atoms.tolist())):
            membership[row, level] = found.get(pair, -1)
    return places, membership


def _add(
    places: list[CellPlace],
    level: dict[tuple[int, int], int],
    atoms: Ints,
    scope: Scope,
    inside: frozenset[int],
    *,
    roles: Sequence[str],
) -> None:
    """The cells of `scope` by role: one for each role that somebody there has."""
    for number, role in enumerate(roles):
        members = [(unit, held) for unit, held in atoms.tolist() if unit in inside and held == number]
        if members:
            level.update(dict.fromkeys(members, len(places)))
            places.append(CellPlace(scope, "role", role, inside, frozenset()))


def _cuts_of(
    places: list[CellPlace],
    atoms: Ints,
    scope: Scope,
    inside: frozenset[int],
    *,
    units: Sequence[Unit],
    roles: Sequence[str],
) -> list[dict[tuple[int, int], int]]:
    """The levels that a municipality or area adds: itself, its setting types, its roles."""
    pairs = [(unit, role) for unit, role in atoms.tolist() if unit in inside]
    whole = dict.fromkeys(pairs, len(places))
    places.append(CellPlace(scope, None, "", inside, inside))
    by_type: dict[tuple[int, int], int] = {}
    for setting_type in SETTING_TYPES:
        members = frozenset(unit for unit in inside if units[unit].setting_type == setting_type)
        if members:
            by_type |= {pair: len(places) for pair in pairs if pair[0] in members}
            places.append(CellPlace(scope, "setting_type", setting_type, members, frozenset()))
    by_role: dict[tuple[int, int], int] = {}
    _add(places, by_role, atoms, scope, inside, roles=roles)
    return [whole, by_type, by_role]
