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
from domain.disclosure import Control, Layout, Measure
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
        rules = instrument.rules
        control = Control.of(
            layout, table.atom_of, minimum=rules.min_n_mean, many=rules.min_n_distribution, rules=protection
        )
        people = control.people()
        scores = person_scores(table.answers, instrument=instrument)
        components: list[Bools] = []
        items: dict[int, Bools] = {}
        distributions: dict[int, Bools] = {}
        for number, component in enumerate(instrument.components):
            inside = instrument.component_items(component.key)
            scale = instrument.component_scale(component)
            measures = [
                Measure.of(
                    np.round(scores[:, number] * len(inside)) / len(inside),
                    low=scale.min,
                    high=scale.max,
                    deviates=True,
                )
            ]
            for item in inside:
                given = np.where(table.answers[:, item] == MISSING, np.nan, table.answers[:, item])
                measures.append(Measure.of(given, low=scale.min, high=scale.max, deviates=False))
            complete = _complete(table, layout, inside)
            decided = control.component(measures, complete=complete, allowed=people)
            components.append(decided.means[0])
            items |= dict(zip(inside, decided.means[1:], strict=True))
            distributions |= dict(zip(inside, decided.distributions, strict=True))
        return cls(
            people=people,
            components=tuple(components),
            items=tuple(items[index] for index in range(len(items))),
            distributions=tuple(distributions[index] for index in range(len(items))),
            minimum=control.needs,
            units=tuple(i for i, place in enumerate(places) if place.is_unit),
        )


def _complete(table: Table, layout: Layout, items: Sequence[int]) -> Bools:
    """The places in which whoever answered one of the items answered all of them."""
    given = table.answers[:, list(items)] != MISSING
    partly = given.any(axis=1) & ~given.all(axis=1)
    return np.asarray(np.bincount(layout.place[table.atom_of], partly, len(layout.area)) == 0)
