"""Everything a closed round says, for every scope and cut at once, with disclosure control applied.

The respondents of one unit with one role are an atom. Each atom is boiled down to sums (how many, of what, squared) and
to counts of each answer; every cell of every scope is a sum of atoms, so the work does not grow with the number of
scopes. Nothing that `domain.disclosure` hides leaves this module.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.cuts import CellPlace, Unit, atoms_of, lay_out
from domain.figures import components_of_cells, items_of_cells
from domain.instruments import Instrument
from domain.judgement import readiness_of, suppression
from domain.protection import DEFAULT_PROTECTION, ProtectionRules
from domain.readiness import (
    Cell,
    ComponentResult,
    Cut,
    Merged,
    Names,
    Scope,
    ScopeResults,
    Suppression,
    hidden_components,
)
from domain.scales import MISSING, Answers
from domain.sums import Mapped, Shown, Table

Ints = NDArray[np.intp]


def compute_results(
    instrument: Instrument,
    *,
    answers: Answers,
    unit_index: Ints,
    role_index: Ints,
    units: Sequence[Unit],
    roles: Sequence[str],
    invited: Mapping[str, int | None],
    municipality_id: str,
    protection: ProtectionRules = DEFAULT_PROTECTION,
    mapped: Mapped = map,
) -> dict[Scope, ScopeResults]:
    """The results of the municipality, every area and every unit, each with its cuts by setting type and role.

    `answers` is int8 (respondents, items); `unit_index` and `role_index` (respondents,) point into `units` and `roles`,
    -1 for no role. `n` counts people who answered anything at all. Means of larger places are weighted by person;
    `unit_mean` weighs the published units alike. ICC compares the published units, since with the others in it the mean
    of a hidden unit could be worked out. `invited` maps unit ids to how many were asked.

    A scope is shown from `min_n_mean` people on, a category of a cut and a distribution from `min_n_distribution`, and
    less than that where somebody hidden could be recomputed (see `domain.disclosure`).
    """
    somebody = (answers != MISSING).any(axis=1)
    answers, unit_index, role_index = answers[somebody], unit_index[somebody], role_index[somebody]
    atoms, atom_of = atoms_of(unit_index, role_index)
    places, layout = lay_out(
        atoms,
        np.bincount(atom_of, minlength=len(atoms)),
        units=units,
        roles=roles,
        invited=invited,
        municipality_id=municipality_id,
        minimum=instrument.rules.min_n_mean,
    )
    table = Table.of(instrument, answers, atom_of, layout, atoms=len(atoms))
    shown = Shown.of(instrument, table, layout, places, protection=protection, mapped=mapped)
    asked = [place.invited(invited, units) for place in places]
    items = [items_of_cells(instrument, table, shown, number) for number in range(len(instrument.items))]
    components = [
        components_of_cells(instrument, table, shown, places, asked, number=number, items=items)
        for number in range(len(instrument.components))
    ]
    names = tuple(
        (each.key, each.kind, tuple(instrument.items[item].key for item in instrument.component_items(each.key)))
        for each in instrument.components
    )
    cells = [
        _shown_cell(instrument, place, n=n, invited=many, components=tuple(filter(None, figures)))
        if visible
        else _hidden_cell(place, invited=many, names=names, why=suppression(n, least))
        for place, n, many, visible, least, figures in zip(
            places, table.people.tolist(), asked, shown.people.tolist(), shown.minimum.tolist(), zip(*components,
            strict=True), strict=True,
        )
    ]  # fmt: skip
    return _by_scope(places, cells, units)


def _by_scope(places: Sequence[CellPlace], cells: Sequence[Cell], units: Sequence[Unit]) -> dict[Scope, ScopeResults]:
    merged = {
        Scope("unit", units[unit].id): _merged(place, cell, units)
        for place, cell in zip(places, cells, strict=True)
        if place.merged
        for unit in place.members
    }
    alone = [(place, cell) for place, cell in zip(places, cells, strict=True) if not place.merged]
    totals = {place.scope: cell for place, cell in alone if place.cut is None}
    cuts: dict[Scope, dict[Cut, list[Cell]]] = {scope: {"setting_type": [], "role": []} for scope in totals}
    for place, cell in alone:
        if place.cut is not None:
            cuts[place.scope][place.cut].append(cell)
    return {
        scope: ScopeResults(scope, total, {cut: tuple(found) for cut, found in cuts[scope].items()}, merged.get(scope))
        for scope, total in totals.items()
    }


def _merged(place: CellPlace, cell: Cell, units: Sequence[Unit]) -> Merged:
    """What the units of the group have in common, and its results."""
    inside = [units[unit] for unit in sorted(place.members)]
    types, areas = {unit.setting_type for unit in inside}, {unit.area_id for unit in inside}
    return Merged(
        units=tuple(unit.id for unit in inside),
        setting_type=types.pop() if len(types) == 1 else None,
        area_id=areas.pop() if len(areas) == 1 else None,
        cell=cell,
    )


def _shown_cell(
    instrument: Instrument, place: CellPlace, *, n: int, invited: int | None, components: tuple[ComponentResult, ...]
) -> Cell:
    return Cell(
        key=place.key,
        n=n,
        invited=invited,
        response_rate=n / invited if invited and n <= invited else None,
        readiness=readiness_of(instrument, components),
        components=components,
        suppressed=None,
    )


def _hidden_cell(place: CellPlace, *, invited: int | None, names: Names, why: Suppression) -> Cell:
    """A cell of which nothing is shown, and nothing either about why this or that item in it is not."""
    return Cell(place.key, None, invited, None, None, hidden_components(names, why), why)
