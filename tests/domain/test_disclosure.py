"""An attacker who knows every published number tries to work out a hidden one."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.disclosure import Layout, publishable

SETTINGS, ROLES = 2, 3


def town(units: list[tuple[int, int]], *, roles: int) -> Layout:
    """Units given as (area, setting); each has `roles` atoms. Levels: unit, unit x role, area, area x setting,
    area x role, municipality, municipality x setting, municipality x role."""
    rows = []
    for unit, (area, setting) in enumerate(units):
        for role in range(roles):
            rows.append(
                (
                    ("unit", unit),
                    ("unit", unit, "role", role),
                    ("area", area),
                    ("area", area, "setting", setting),
                    ("area", area, "role", role),
                    ("town",),
                    ("town", "setting", setting),
                    ("town", "role", role),
                )
            )
    names = sorted({name for row in rows for name in row}, key=str)
    number = {name: index for index, name in enumerate(names)}
    return Layout(np.array([[number[name] for name in row] for row in rows]), len(names))


def minimums(layout: Layout, *, whole: int, subgroup: int) -> np.ndarray:
    minimum = np.full(layout.cells, whole)
    for level in (1, 3, 4, 6, 7):
        minimum[layout.membership[:, level]] = subgroup
    return minimum


def cell_vectors(layout: Layout) -> np.ndarray:
    """0/1 (cells, atoms)."""
    vectors = np.zeros((layout.cells, len(layout.membership)))
    for level in layout.membership.T:
        vectors[level, np.arange(len(level))] = 1
    return vectors


def recomputable(sets: np.ndarray, published: np.ndarray) -> np.ndarray:
    """Which of the 0/1 `sets` are linear combinations of the `published` vectors: those that stand on the whole null
    space (its basis comes from an SVD, nothing that the code under test uses)."""
    if not len(published):
        return ~sets.any(axis=1)
    _, singular, right = np.linalg.svd(published, full_matrices=True)
    null = right[(singular > 1e-9).sum() :]
    return np.abs(sets @ null.T).max(axis=1, initial=0) < 1e-7


def small_unions(layout: Layout, counts: np.ndarray, shown: np.ndarray, small: int) -> list[tuple[int, ...]]:
    """The unions of atoms with fewer than `small` people that the shown cells give away."""
    live = np.flatnonzero(counts)
    n = counts[live]
    unions = [
        union
        for size in range(1, small)
        for union in combinations(range(len(live)), size)
        if n[list(union)].sum() < small
    ]
    sets = np.zeros((len(unions), len(live)))
    for row, union in enumerate(unions):
        sets[row, list(union)] = 1
    found = np.flatnonzero(recomputable(sets, cell_vectors(layout)[shown][:, live]))
    return [tuple(live[list(unions[row])]) for row in found]


def hidden_cells(layout: Layout, live: np.ndarray, shown: np.ndarray, cells: np.ndarray) -> list[int]:
    """Those of `cells` that the shown ones give away, to somebody who knows which atoms are empty."""
    vectors = cell_vectors(layout)[:, live]
    asked = np.flatnonzero(~shown & cells & vectors.any(axis=1))
    known = {tuple(vector) for vector in vectors[shown]}
    found = asked[recomputable(vectors[asked], vectors[shown])]
    return [int(cell) for cell in found if tuple(vectors[cell]) not in known]


@st.composite
def towns(draw: st.DrawFn) -> tuple[Layout, np.ndarray]:
    roles = draw(st.integers(1, ROLES))
    units = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, SETTINGS - 1)), min_size=1, max_size=7))
    people = st.one_of(st.integers(0, 4), st.integers(0, 14))
    size = len(units) * roles
    counts = np.array(draw(st.lists(people, min_size=size, max_size=size)))
    return town(units, roles=roles), counts


@given(towns(), st.sampled_from([(5, 10), (5, 5), (3, 6)]), st.integers(0, 4))
@settings(max_examples=400, deadline=None)
def test_nothing_hidden_can_be_recomputed_from_what_is_shown(
    place: tuple[Layout, np.ndarray], limits: tuple[int, int], salt: int
) -> None:
    layout, counts = place
    minimum = minimums(layout, whole=limits[0], subgroup=limits[1])
    worth = np.arange(layout.cells) * salt % 5
    shown = publishable(layout, counts, minimum=minimum, small=limits[0], worth=worth)
    assert not shown[layout.totals(counts) < minimum].any()
    assert small_unions(layout, counts, shown, limits[0]) == []
    assert hidden_cells(layout, counts > 0, shown, ~shown) == []
