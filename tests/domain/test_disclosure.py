"""An attacker who knows every published number tries to work out a hidden one."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cuts import SETTING_TYPES, Unit, atoms_of, lay_out
from domain.disclosure import Control, Layout, Measure
from domain.protection import DEFAULT_PROTECTION

ROLES, FEW, CATEGORY = 3, 5, 10


@dataclass(frozen=True)
class Town:
    layout: Layout
    atom_of: np.ndarray  # (people,)

    @property
    def control(self) -> Control:
        return Control.of(self.layout, self.atom_of, minimum=FEW, many=CATEGORY, rules=DEFAULT_PROTECTION)

    @property
    def vectors(self) -> np.ndarray:
        """0/1 (cells, atoms)."""
        return self.layout.incidence.toarray().astype(float)

    def counts(self, answered: np.ndarray) -> np.ndarray:
        return np.bincount(self.atom_of[answered], minlength=len(self.layout.unit))


def town(units: list[tuple[int, int]], counts: np.ndarray) -> Town:
    """Units given as (area, setting type), with `counts` (units, roles) people; the last role is none at all."""
    unit, role = (each.ravel() for each in np.indices(counts.shape))
    people = np.repeat(np.arange(counts.size), counts.ravel())
    atoms, atom_of = atoms_of(unit[people], np.where(role == counts.shape[1] - 1, -1, role)[people])
    _, layout = lay_out(
        atoms,
        np.bincount(atom_of, minlength=len(atoms)),
        units=[Unit(f"u{n}", f"a{area}", SETTING_TYPES[kind]) for n, (area, kind) in enumerate(units)],
        roles=[f"r{n}" for n in range(counts.shape[1] - 1)],
        invited={},
        municipality_id="m",
        minimum=FEW,
    )
    return Town(layout, atom_of)


def recomputable(sets: np.ndarray, published: np.ndarray) -> np.ndarray:
    """Which of the 0/1 `sets` are linear combinations of the `published` vectors: those that stand on the whole null
    space (its basis comes from an SVD, nothing that the code under test uses)."""
    if not len(published):
        return ~sets.any(axis=1)
    _, singular, right = np.linalg.svd(published, full_matrices=True)
    null = right[(singular > 1e-9).sum() :]
    return np.abs(sets @ null.T).max(axis=1, initial=0) < 1e-7


def given_away(vectors: np.ndarray, counts: np.ndarray, shown: np.ndarray, needs: np.ndarray) -> list[np.ndarray]:
    """The groups of people that the shown cells give away: unions of atoms with few people, and hidden cells with too
    few that are not the same people as a shown one. Atoms in which nobody answered are known."""
    live = np.flatnonzero(counts)
    n = counts[live]
    unions = [
        union for size in range(1, FEW) for union in combinations(range(len(live)), size) if n[list(union)].sum() < FEW
    ]
    sets = np.zeros((len(unions), len(live)))
    for row, union in enumerate(unions):
        sets[row, list(union)] = 1
    published = vectors[shown][:, live]
    few = ~shown & (vectors @ counts < needs) & (vectors @ counts > 0)
    same = {row.tobytes() for row in published}
    sets = np.vstack([sets, *(row for row in vectors[few][:, live] if row.tobytes() not in same)])
    return list(sets[recomputable(sets, published)])


@st.composite
def towns(draw: st.DrawFn) -> Town:
    roles = draw(st.integers(1, ROLES))
    units = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=7))
    people = st.one_of(st.integers(0, 4), st.integers(0, 14))
    size = len(units) * (roles + 1)
    counts = np.array(draw(st.lists(people, min_size=size, max_size=size))).reshape(len(units), roles + 1)
    if draw(st.booleans()):
        counts[:, -1] = 0
    return town(units, counts)


@given(towns())
@settings(max_examples=400, deadline=None)
def test_no_number_of_people_that_is_hidden_can_be_recomputed(place: Town) -> None:
    counts, needs = place.counts(np.ones(len(place.atom_of), dtype=bool)), place.control.needs
    shown = place.control.people()
    assert not shown[place.vectors @ counts < needs].any()
    assert given_away(place.vectors, counts, shown, needs) == []


@given(towns(), st.integers(0, 10**6), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_no_mean_or_distribution_that_is_hidden_can_be_recomputed(place: Town, seed: int, missing: float) -> None:
    rng = np.random.default_rng(seed)
    answers = np.clip(np.rint(rng.normal(4, 1, (len(place.atom_of), 3))), 1, 5)
    answers[rng.random(answers.shape) < 0.3 * missing] = np.nan
    measures = [Measure.of(each, low=1, high=5) for each in answers.T]
    control = place.control
    decided = control.component(measures, allowed=control.people())
    for shown, measure in zip(decided.means, measures, strict=True):
        assert given_away(place.vectors, place.counts(measure.code >= 0), shown, control.needs) == []
    for fine, shown, measure in zip(decided.distributions, decided.means[1:], measures[1:], strict=True):
        assert not (fine & ~shown).any()
        many = np.full(len(fine), CATEGORY)
        places = np.isin(np.arange(len(fine)), place.layout.place_cells)
        counts = place.counts(measure.code >= 0)
        assert not fine[place.vectors @ counts < CATEGORY].any()
        few = given_away(place.vectors, counts, fine, np.where(places, many, control.needs))
        assert few == []
