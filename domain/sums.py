"""Sums of every cell of a round, and which of them may be shown.

A cell is a sum of atoms (the people of one unit with one role), so each respondent is looked at once, however many
scopes there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.cuts import CellPlace
from domain.disclosure import Layout, publishable
from domain.instruments import Instrument, Scale
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

    @classmethod
    def of(cls, instrument: Instrument, answers: Answers, atom_of: Ints, layout: Layout, *, atoms: int) -> "Table":
        scores = person_scores(answers, instrument=instrument)
        with np.errstate(invalid="ignore"):
            centre = np.nan_to_num(np.nansum(scores, axis=0) / np.maximum((~np.isnan(scores)).sum(axis=0), 1))
        around = scores - centre
        people = np.bincount(atom_of, minlength=atoms)
        scored = _per_atom(~np.isnan(scores), atom_of, atoms).astype(np.intp)
        counts = tuple(
            _histogram(answers[:, item], scale, atom_of, atoms) for item, scale in enumerate(item_scales(instrument))
        )
        return cls(
            people=layout.totals(people),
            scored=layout.totals(scored.T).T,
            sums=_totals(layout, _per_atom(np.nan_to_num(around), atom_of, atoms)),
            squares=_totals(layout, _per_atom(np.nan_to_num(around) ** 2, atom_of, atoms)),
            centre=centre,
            histograms=tuple(layout.totals(count.T).T for count in counts),
            of_atoms=(people, scored, tuple(count.sum(axis=1) for count in counts)),
            answers=answers,
        )


def _per_atom(values: NDArray[np.generic], atom_of: Ints, atoms: int) -> Floats:
    sums = np.zeros((atoms, values.shape[1]))
    np.add.at(sums, atom_of, values.astype(np.float64))
    return sums


def _totals(layout: Layout, of_atoms: Floats) -> Floats:
    sums = np.zeros((layout.cells + 1, of_atoms.shape[1]))  # the last row collects "no cell"
    for level in layout.membership.T:
        np.add.at(sums, level, of_atoms)
    return sums[:-1]


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
    def of(cls, instrument: Instrument, table: Table, layout: Layout, places: Sequence[CellPlace]) -> "Shown":
        rules = instrument.rules
        subgroup = np.array([place.cut is not None for place in places], dtype=bool)
        minimum = np.where(subgroup, rules.min_n_distribution, rules.min_n_mean).astype(np.intp)
        many = np.full(len(places), rules.min_n_distribution, dtype=np.intp)
        worth = np.array([place.worth for place in places], dtype=np.intp)
        decided: dict[tuple[bytes, bytes, bool], Bools] = {}

        def decide(counts: Ints, allowed: Bools | None, *, fine: bool) -> Bools:
            """The decision hangs on nothing but these; most items of a component share it."""
            key = (counts.tobytes(), b"" if allowed is None else allowed.tobytes(), fine)
            if key not in decided:
                small = rules.min_n_distribution if fine else rules.min_n_mean
                least = many if fine else minimum
                decided[key] = publishable(layout, counts, minimum=least, small=small, allowed=allowed, worth=worth)
            return decided[key]

        people, scored, answered = table.of_atoms
        of_people = decide(people, None, fine=False)
        order = {component.key: index for index, component in enumerate(instrument.components)}
        components = tuple(decide(scored[:, index], of_people, fine=False) for index in order.values())
        items = tuple(
            decide(count, components[order[item.component]], fine=False)
            for item, count in zip(instrument.items, answered, strict=True)
        )
        return cls(
            people=of_people,
            components=components,
            items=items,
            distributions=tuple(
                decide(count, allowed, fine=True) for count, allowed in zip(answered, items, strict=True)
            ),
            minimum=minimum,
            units=tuple(i for i, place in enumerate(places) if place.cut is None and place.scope.kind == "unit"),
        )
