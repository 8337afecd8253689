"""Sums of every cell of a round, and which of them may be shown.

A cell is a sum of atoms (the people of one unit with one role), so each respondent is looked at once, however many
scopes there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from domain.cuts import CellPlace
from domain.disclosure import AREA_LEVEL, Given, Layout, publishable, unbounded
from domain.instruments import Instrument, Scale
from domain.protection import ProtectionRules
from domain.scales import MISSING, Answers, item_scales, person_scores

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """Sums of every cell. Scores are sums over persons around `centre`; `histograms` count the answers as given."""

    people: Ints  # (cells,)
    scored: Ints  # (cells, components)
    sums: Floats  # (cells, components), of scores - centre
    squares: Floats  # (cells, components), of (scores - centre) squared
    centre: Floats  # (components,)
    histograms: tuple[Ints, ...]  # an item: (cells, points)
    of_atoms: tuple[Ints, Ints, tuple[Ints, ...]]  # people, scored, answered an item: (atoms, ...)
    answers: Answers
    atom_of: Ints  # (people,)

    @classmethod
    def of(cls, instrument: Instrument, answers: Answers, atom_of: Ints, layout: Layout, *, atoms: int) -> "Table":
        scores = person_scores(answers, instrument=instrument)
        with np.errstate(invalid="ignore"):
            centre = np.nan_to_num(np.nansum(scores, axis=0) / np.maximum((~np.isnan(scores)).sum(axis=0), 1))
        around = scores - centre
        people, incidence = np.bincount(atom_of, minlength=atoms), layout.incidence
        scored = _per_atom(~np.isnan(scores), atom_of, atoms).astype(np.intp)
        counts = tuple(
            _histogram(answers[:, item], scale, atom_of, atoms) for item, scale in enumerate(item_scales(instrument))
        )
        return cls(
            people=incidence @ people,
            scored=incidence @ scored,
            sums=incidence @ _per_atom(np.nan_to_num(around), atom_of, atoms),
            squares=incidence @ _per_atom(np.nan_to_num(around) ** 2, atom_of, atoms),
            centre=centre,
            histograms=tuple(np.asarray(incidence @ count, dtype=np.intp) for count in counts),
            of_atoms=(people, scored, tuple(count.sum(axis=1) for count in counts)),
            answers=answers,
            atom_of=atom_of,
        )


def _per_atom(values: NDArray[np.generic], atom_of: Ints, atoms: int) -> Floats:
    people = sparse.csr_array((np.ones(len(atom_of)), (atom_of, np.arange(len(atom_of)))), shape=(atoms, len(atom_of)))
    return np.asarray(people @ values.astype(np.float64))


def _histogram(given: Answers, scale: Scale, atom_of: Ints, atoms: int) -> Ints:
    """How often each point of `scale` was answered: (atoms, points)."""
    answered = given != MISSING
    points = scale.max - scale.min + 1
    slot = atom_of[answered] * points + (given[answered].astype(np.intp) - scale.min)
    return np.bincount(slot, minlength=atoms * points).reshape(atoms, points)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which cells may be shown: of people, of each component's mean, of each item's mean and distribution."""

    people: Bools
    components: tuple[Bools, ...]
    items: tuple[Bools, ...]
    distributions: tuple[Bools, ...]
    minimum: Ints  # (cells,)
    units: tuple[int, ...]  # the cells that are units, for comparing units

    @classmethod
    def of(
        cls,
        instrument: Instrument,
        table: Table,
        layout: Layout,
        places: Sequence[CellPlace],
        *,
        protection: ProtectionRules,
    ) -> "Shown":
        deciding = _Deciding.of(instrument, table, layout, places, protection)
        units = tuple(i for i, place in enumerate(places) if place.is_unit)
        offered = np.ones(len(places), dtype=bool)
        alone = np.setdiff1d(np.array(units, dtype=np.intp), layout.membership[:, 0])
        offered[alone] = False  # shown only together with others, or empty
        of_people = deciding.cells(table.of_atoms[0], offered)
        components: list[Bools] = []
        items: dict[int, Bools] = {}
        for number, component in enumerate(instrument.components):
            inside = instrument.component_items(component.key)
            measures = deciding.together(instrument, table, number, allowed=of_people)
            components.append(measures[0])
            items |= dict(zip(inside, measures[1:], strict=True))
        answered = table.of_atoms[2]
        return cls(
            people=of_people,
            components=tuple(components),
            items=tuple(items[index] for index in range(len(answered))),
            distributions=tuple(deciding.cells(count, items[index], fine=True) for index, count in enumerate(answered)),
            minimum=deciding.minimum,
            units=units,
        )


def _complete(table: Table, layout: Layout, items: Sequence[int]) -> Bools:
    """The cells in which whoever answered one of the items answered all of them."""
    given = table.answers[:, list(items)] != MISSING
    partly = given.any(axis=1) & ~given.all(axis=1)
    of_atoms = np.bincount(table.atom_of, partly, len(layout.membership)).astype(np.intp)
    return np.asarray(layout.totals(of_atoms) == 0)


@dataclass(frozen=True, slots=True)
class _Deciding:
    """What every decision about a round's cells has in common."""

    layout: Layout
    atom_of: Ints
    minimum: Ints
    many: Ints
    small: int
    worth: Ints
    roles: Bools  # the cells of a cut by role
    protection: ProtectionRules
    decided: dict[tuple[bytes, bytes, bool, bytes], Bools]

    @classmethod
    def of(
        cls,
        instrument: Instrument,
        table: Table,
        layout: Layout,
        places: Sequence[CellPlace],
        protection: ProtectionRules,
    ) -> "_Deciding":
        rules = instrument.rules
        subgroup = np.array([place.cut is not None for place in places], dtype=bool)
        return cls(
            layout=layout,
            atom_of=table.atom_of,
            minimum=np.where(subgroup, rules.min_n_distribution, rules.min_n_mean).astype(np.intp),
            many=np.full(len(places), rules.min_n_distribution, dtype=np.intp),
            small=rules.min_n_mean,
            worth=np.array([place.worth for place in places], dtype=np.intp),
            roles=np.array([place.cut == "role" for place in places], dtype=bool),
            protection=protection,
            decided={},
        )

    def cells(self, counts: Ints, allowed: Bools, *, fine: bool = False, last: Bools | None = None) -> Bools:
        """The decision hangs on nothing but these; items that everybody answered share it. `last` are hidden last."""
        key = (counts.tobytes(), allowed.tobytes(), fine, b"" if last is None else last.tobytes())
        if key not in self.decided:
            small = int(self.many[0]) if fine else self.small
            least = self.many if fine else self.minimum
            worth = self.worth if last is None else 2 * self.worth + last
            self.decided[key] = publishable(
                self.layout, counts, minimum=least, small=small, allowed=allowed, worth=worth
            )
        return self.decided[key]

    def together(self, instrument: Instrument, table: Table, number: int, *, allowed: Bools) -> list[Bools]:
        """Where the means of a component and of its items may be shown.

        In a cell where everybody answered all of them the component's mean is that of its items, and gives a hidden one
        away. So an item is hidden in such a cell only as a last resort; where that cannot be helped, all of them are
        shown in the same cells of that area. By role they are always shown in the same cells: what is left of a unit
        without a role would give the item away just so.
        """
        component = instrument.components[number]
        inside = instrument.component_items(component.key)
        scale = instrument.component_scale(component)
        score = person_scores(table.answers, instrument=instrument)[:, number]
        given = [_Measure(score, scale), *(_Measure.of(table.answers[:, item], scale) for item in inside)]
        complete = _complete(table, self.layout, inside)
        first = self._open(self.cells(table.of_atoms[1][:, number], allowed), given[0])
        shown = [first]
        for item, measure in zip(inside, given[1:], strict=True):
            shown.append(self._open(self.cells(table.of_atoms[2][item], first, last=complete), measure))
        while True:
            common = np.logical_and.reduce(shown)
            tied = complete & shown[0] & ~common
            near = self._of_the_areas(tied) | self.roles
            if not (near & (np.logical_or.reduce(shown) & ~common)).any():
                return shown
            shown = [
                self._open(np.where(near, common, each), measure) for each, measure in zip(shown, given, strict=True)
            ]

    def _open(self, shown: Bools, measure: "_Measure") -> Bools:
        known = ~np.isnan(measure.values)
        return unbounded(
            self.layout,
            shown,
            Given.of(self.atom_of[known], measure.values[known], width=measure.scale.max - measure.scale.min),
            minimum=self.minimum,
            small=self.small,
            worth=self.worth,
            rules=self.protection,
        )

    def _of_the_areas(self, cells: Bools) -> Bools:
        """All cells that hold people of the areas in which `cells` lie."""
        membership = self.layout.membership
        inside = np.append(cells, False)[membership].any(axis=1)
        atoms = np.isin(membership[:, AREA_LEVEL], membership[inside, AREA_LEVEL])
        found = np.zeros(self.layout.cells + 1, dtype=bool)
        found[membership[atoms]] = True
        return found[:-1]


@dataclass(frozen=True, slots=True)
class _Measure:
    """`values` (people,) are NaN where missing."""

    values: Floats
    scale: Scale

    @classmethod
    def of(cls, given: Answers, scale: Scale) -> "_Measure":
        return cls(np.where(given == MISSING, np.nan, given.astype(np.float64)), scale)
