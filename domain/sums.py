"""Sums of every cell of a round, and which of them may be shown.

A cell is a sum of atoms (the people of one unit with one role), so each respondent is looked at once, however many
scopes there are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from domain.cuts import CellPlace
from domain.disclosure import Control, Decided, Layout, Measure
from domain.instruments import Instrument, Scale
from domain.protection import ProtectionRules
from domain.scales import MISSING, Answers, item_scales, person_scores

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Mapped = Callable[[Callable[[int], Decided], Iterable[int]], Iterable[Decided]]
"""What `map` is: components are decided about independently, in several processes if the caller has them."""


@dataclass(frozen=True, slots=True)
class Table:
    """Sums of every cell. Scores are sums over persons around `centre`; `histograms` count the answers as given."""

    people: Ints  # (cells,)
    scored: Ints  # (cells, components)
    sums: Floats  # (cells, components), of scores - centre
    squares: Floats  # (cells, components), of (scores - centre) squared
    centre: Floats  # (components,)
    histograms: tuple[Ints, ...]  # an item: (cells, points)
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
        mapped: Mapped = map,
    ) -> "Shown":
        rules = instrument.rules
        control = Control.of(
            layout, table.atom_of, minimum=rules.min_n_mean, many=rules.min_n_distribution, rules=protection
        )
        people = control.people()
        numbers = range(len(instrument.components))
        decided = list(mapped(partial(_decided, instrument, table.answers, control, people), numbers))
        items: dict[int, Bools] = {}
        distributions: dict[int, Bools] = {}
        for component, found in zip(instrument.components, decided, strict=True):
            inside = instrument.component_items(component.key)
            items |= dict(zip(inside, found.means[1:], strict=True))
            distributions |= dict(zip(inside, found.distributions, strict=True))
        return cls(
            people=people,
            components=tuple(found.means[0] for found in decided),
            items=tuple(items[index] for index in range(len(items))),
            distributions=tuple(distributions[index] for index in range(len(items))),
            minimum=control.needs,
            units=tuple(i for i, place in enumerate(places) if place.is_unit),
        )


def _decided(instrument: Instrument, answers: Answers, control: Control, people: Bools, number: int) -> Decided:
    """Where one component and its items may be shown."""
    component = instrument.components[number]
    inside, scale = instrument.component_items(component.key), instrument.component_scale(component)
    score = person_scores(answers, instrument=instrument)[:, number]
    nearest = np.round(score * len(inside)) / len(inside)  # a score that somebody who left nothing out can have
    measures = [Measure.of(nearest, low=scale.min, high=scale.max)]
    for item in inside:
        given = np.where(answers[:, item] == MISSING, np.nan, answers[:, item])
        measures.append(Measure.of(given, low=scale.min, high=scale.max))
    return control.component(measures, allowed=people)
