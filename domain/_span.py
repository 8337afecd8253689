"""The exact test behind `domain.disclosure`: which secrets lie in the row space of the published cells.

The row space of some thousand cells is too large to search, but it has a shape: units are disjoint, and above them lie
few cells. A vector of the space is, on a unit's atoms, a sum of the coefficients of the upper cells around it (the same
for all atoms with the same upper cells: one *profile*) plus one free number if the unit is published. Hence three
reductions, none of which loses a secret (a 0/1 vector with fewer people than the `ceiling`, the largest minimum):

1. What a unit alone gives away is known: a published atom, or the only unpublished one of a published unit.
2. If a secret told two profiles apart, it would hold somebody of every published unit in which both occur. Where those
   are `ceiling` people or more, it cannot: the two profiles are *glued*. A published unit whose unknown atoms are all
   glued is in a secret as a whole or not at all: known again.
3. Atoms with equal (glued) profiles outside published units cannot be told apart: one column. A column with `ceiling`
   people or more is in no secret.

What is left is a handful of columns; Gauss-Jordan elimination splits them into independent blocks, and in a block a
0/1 vector is given by its pivots.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Leak = tuple[int, ...]
"""The published cells that together give a secret away; hiding one of them closes this way to it."""

_ZERO = 1e-9  # entries are small whole numbers or fractions of them
_MOST_SUBSETS = 1 << 14  # beyond this a block counts as leaking: more is hidden rather than searched for longer


def leaks(membership: Ints, shown: Bools, counts: Ints, *, minimum: Ints, small: int) -> list[Leak]:
    """The ways in which the `shown` cells give a secret away; empty exactly when there are none.

    Arguments as in `domain.disclosure.publishable`, with `counts` (atoms,) of one measure.
    """
    live = np.flatnonzero(counts)
    offered, n = membership[live], counts[live]
    published = np.where((offered >= 0) & shown[offered], offered, -1)
    view = _View(offered, published, n, minimum, small)
    return _unit_leaks(view) or _upper_leaks(view)


@dataclass(frozen=True, slots=True)
class _View:
    """What one measure looks like to somebody who reads every published cell; atoms without people are left out."""

    offered: Ints  # (atoms, levels)
    published: Ints  # the same, -1 where the cell is hidden
    n: Ints
    minimum: Ints
    small: int

    @property
    def ceiling(self) -> int:
        return max(self.small, int(self.minimum.max(initial=0)))


def _unit_leaks(view: _View) -> list[Leak]:
    """A published unit with published roles must not give away the rest of its people."""
    unit, own = view.published[:, 0], view.published[:, 1]
    rest = (unit >= 0) & (own < 0)
    people = np.bincount(unit[rest], view.n[rest], len(view.minimum))
    atoms = np.bincount(unit[rest], minlength=len(view.minimum))
    roles = np.bincount(unit[(unit >= 0) & (own >= 0)], minlength=len(view.minimum))
    cell = view.offered[:, 1]
    secret = np.zeros(len(view.minimum), dtype=bool)
    secret[unit[rest & (cell >= 0) & (view.n < view.minimum[cell])]] = True
    bad = (roles > 0) & (atoms > 0) & ((people < view.small) | ((atoms == 1) & secret))
    return [tuple(int(c) for c in own[(unit == u) & (own >= 0)]) for u in np.flatnonzero(bad)]


def _upper_leaks(view: _View) -> list[Leak]:
    columns = _Columns.of(view)
    space = _Space.of(columns)
    secrets = [*_small_sets(space, columns, view.small), *_hidden_cells(space, columns, view)]
    return [_involved(view, columns, space, picked, atoms) for picked, atoms in secrets]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The unknown atoms, merged until a secret can tell them apart.

    `block` gives each atom's block (-1: known by itself); `size` and `weight` are the atoms and the people of a block.
    The first `len(rows)` blocks are the columns of the matrix `rows.T`, the others are known as a whole. `equal` holds
    the differences of profiles that are glued: rows combine only so that these become zero. `cells` names the rows.
    """

    block: Ints
    size: Ints
    weight: Ints
    rows: Floats  # (columns, cells)
    equal: Floats  # (differences, cells)
    cells: Ints
    ceiling: int

    @classmethod
    def of(cls, view: _View) -> "_Columns":
        unit, own = view.published[:, 0], view.published[:, 1]
        alone = np.bincount(unit[(unit >= 0) & (own < 0)], minlength=len(view.minimum)) == 1
        unknown = (own < 0) & ~((unit >= 0) & alone[unit])
        profiles, profile = np.unique(view.published[unknown][:, 2:], axis=0, return_inverse=True)
        unit, n = unit[unknown], view.n[unknown]
        label = _glued(unit, profile, n, profiles, view.ceiling)
        whole = _of_one_label(unit, label[profile])
        keys = np.column_stack([whole, np.where(unit >= 0, unit, -1), np.where(whole, -1, label[profile])])
        merged, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        block = np.full(len(own), -1)
        block[unknown] = inverse
        open_ = merged[:, 0] == 0  # sorted before the blocks that are known as a whole
        rows, cells = _incidence(profiles[profile[first[open_]]], merged[open_, 1], profiles)
        indicator = rows[open_.sum() :]
        return cls(
            block=block,
            size=np.bincount(inverse, minlength=len(merged)),
            weight=np.bincount(inverse, n, len(merged)).astype(np.intp),
            rows=rows[: open_.sum()],
            equal=(indicator - indicator[label])[label != np.arange(len(label))],
            cells=cells,
            ceiling=view.ceiling,
        )


def _glued(unit: Ints, profile: Ints, n: Ints, profiles: Ints, ceiling: int) -> Ints:
    """The label of each profile: the least of the profiles it is glued to.

    A secret tells two profiles apart by the cells in which they differ, so the people are counted over all pairs of
    profiles with the same difference.
    """
    label = np.arange(len(profiles))
    pairs, people = _together(unit, profile, n)
    if not len(pairs):
        return label
    one, other = profiles[pairs[:, 0]], profiles[pairs[:, 1]]
    difference = np.hstack([np.where(one == other, -1, one), np.where(one == other, -1, other)])
    _, kind = np.unique(difference, axis=0, return_inverse=True)
    for a, b in pairs[np.bincount(kind, people)[kind] >= ceiling]:
        if label[a] != label[b]:
            label[label == max(label[a], label[b])] = min(label[a], label[b])
    return label


def _together(unit: Ints, profile: Ints, n: Ints) -> tuple[Ints, Ints]:
    """The pairs of different profiles that occur in one published unit, the lesser first, and the fewest people that a
    secret holds there if it tells them apart."""
    inside = unit >= 0
    held, member = np.unique(np.column_stack([unit, profile])[inside], axis=0, return_inverse=True)
    unit, profile = held.reshape(-1, 2).T  # a unit's atoms of one profile are in a secret together or not at all
    n = np.bincount(member.ravel(), n[inside], len(held)).astype(np.intp)
    found: list[Ints] = [np.empty((0, 3), dtype=np.intp)]
    for step in range(1, int(np.bincount(unit).max(initial=0))):
        one = np.flatnonzero(unit[:-step] == unit[step:])
        other = one + step
        found.append(np.column_stack([profile[one], profile[other], np.minimum(n[one], n[other])]))
    table = np.vstack(found)
    pairs, inverse = np.unique(table[:, :2], axis=0, return_inverse=True)
    return pairs, np.bincount(inverse.ravel(), table[:, 2], len(pairs)).astype(np.intp)


def _of_one_label(unit: Ints, label: Ints) -> Bools:
    """Whether an atom lies in a published unit whose unknown atoms all have one label."""
    low = np.full(int(unit.max(initial=-1)) + 2, np.iinfo(np.intp).max)
    high = np.full(len(low), -1)
    np.minimum.at(low, unit, label)
    np.maximum.at(high, unit, label)
    alike: Bools = low[unit] == high[unit]
    return alike & (unit >= 0)


def _incidence(profiles: Ints, units: Ints, glued: Ints) -> tuple[Floats, Ints]:
    """0/1 (columns then glued profiles, cells) and the cells that occur."""
    table = np.column_stack([profiles, units])
    below = np.column_stack([glued, np.full(len(glued), -1)])
    table = np.vstack([table, below])
    cells, column = np.unique(table, return_inverse=True)
    incidence = np.zeros((len(table), len(cells)))
    np.put_along_axis(incidence, column.reshape(table.shape), 1.0, axis=1)
    return incidence[:, cells >= 0], cells[cells >= 0]


@dataclass(frozen=True, slots=True)
class _Space:
    """A reduced basis of the row space on the light columns: `basis[i]` is 1 at column `light[pivots[i]]` and 0 at the
    other pivots; `made_of[i]` are its coefficients over `_Columns.cells`."""

    light: Ints
    basis: Floats
    pivots: Ints
    made_of: Floats

    @classmethod
    def of(cls, columns: _Columns) -> "_Space":
        weight = columns.weight[: len(columns.rows)]
        light = np.flatnonzero(weight < columns.ceiling)
        forced = np.vstack([columns.equal, columns.rows[weight >= columns.ceiling]]).T
        free = columns.rows[light].T
        matrix = np.hstack([forced, free, np.eye(len(columns.cells))])
        pivots = _eliminate(matrix, forced.shape[1] + free.shape[1])
        kept = pivots >= forced.shape[1]
        reduced = matrix[: len(pivots)][kept]
        split = forced.shape[1], forced.shape[1] + free.shape[1]
        return cls(light, reduced[:, split[0] : split[1]], pivots[kept] - split[0], reduced[:, split[1] :])


def _eliminate(matrix: Floats, columns: int) -> Ints:
    """Gauss-Jordan in place over the first `columns`; the pivot column of each leading row."""
    pivots: list[int] = []
    for column in range(columns):
        done = len(pivots)
        if done == len(matrix):
            break
        row = done + int(np.argmax(np.abs(matrix[done:, column])))
        if abs(matrix[row, column]) < _ZERO:
            continue
        matrix[[done, row]] = matrix[[row, done]]
        matrix[done] /= matrix[done, column]
        touched = np.flatnonzero(np.abs(matrix[:, column]) > _ZERO)
        touched = touched[touched != done]
        matrix[touched] -= np.outer(matrix[touched, column], matrix[done])
        pivots.append(column)
    return np.array(pivots, dtype=np.intp)


_Secret = tuple[Floats, Bools]
"""The coefficients over `_Columns.cells`, and the atoms of the secret."""


def _small_sets(space: _Space, columns: _Columns, small: int) -> Iterator[_Secret]:
    """The smallest set in each independent block with fewer than `small` people."""
    weight = columns.weight[space.light]
    for rows in _independent(np.abs(space.basis) > _ZERO):
        basis = space.basis[rows]
        subsets = _subsets(weight[space.pivots[rows]], small)
        if subsets is None:
            yield np.abs(space.made_of[rows]).sum(axis=0), np.zeros(len(columns.block), dtype=bool)
            continue
        vectors = subsets @ basis
        whole = (np.minimum(np.abs(vectors), np.abs(vectors - 1)) < _ZERO).all(axis=1)
        people = np.where(whole, np.rint(vectors) @ weight, small)
        if people.min(initial=small) < small:
            best = int(np.argmin(people))
            chosen = space.light[np.flatnonzero(vectors[best] > 0.5)]
            yield subsets[best] @ space.made_of[rows], np.isin(columns.block, chosen)


def _independent(touches: Bools) -> Iterator[Ints]:
    """The rows of each block of rows that share columns."""
    left = np.ones(len(touches), dtype=bool)
    while left.any():
        rows = np.zeros(len(touches), dtype=bool)
        grown = np.arange(len(touches)) == np.argmax(left)
        while (grown != rows).any():
            rows = grown
            grown = touches[:, touches[rows].any(axis=0)].any(axis=1) | rows
        left &= ~rows
        yield np.flatnonzero(rows)


def _subsets(weights: Ints, below: int) -> Floats | None:
    """0/1 (subsets, rows): the nonempty subsets with less weight than `below`; None if they are too many."""
    found: list[tuple[tuple[int, ...], int]] = [((), 0)]
    for row, weight in enumerate(weights):
        found += [((*rows, row), total + weight) for rows, total in found if total + weight < below]
        if len(found) > _MOST_SUBSETS:
            return None
    subsets = np.zeros((len(found) - 1, len(weights)))
    for index, (rows, _) in enumerate(found[1:]):
        subsets[index, list(rows)] = 1.0
    return subsets


def _hidden_cells(space: _Space, columns: _Columns, view: _View) -> Iterator[_Secret]:
    """The hidden cells with `small` people or more, but too few for their kind, that lie in the space."""
    for level in range(1, view.offered.shape[1]):
        cells = view.offered[:, level]
        total = np.bincount(cells[cells >= 0], view.n[cells >= 0], len(view.minimum))
        secret = (total >= view.small) & (total < view.minimum)
        secret[view.published[view.published >= 0]] = False
        for cell in _made_of_blocks(np.where((cells >= 0) & secret[cells], cells, -1), columns):
            atoms = cells == cell
            inside = np.isin(space.light, columns.block[atoms]).astype(np.float64)
            picked = inside[space.pivots]
            if np.abs(inside - picked @ space.basis).max(initial=0) < _ZERO and not _may_be_shown(view, atoms):
                yield picked @ space.made_of, atoms


def _made_of_blocks(cells: Ints, columns: _Columns) -> Ints:
    """Of the `cells` (per atom, -1: not asked about) those that are unions of blocks, none of them a heavy column."""
    asked = (cells >= 0) & (columns.block >= 0)
    pairs, held = np.unique(np.column_stack([cells, columns.block])[asked], axis=0, return_counts=True)
    heavy = (pairs[:, 1] < len(columns.rows)) & (columns.weight[pairs[:, 1]] >= columns.ceiling)
    broken = pairs[(held < columns.size[pairs[:, 1]]) | heavy, 0]
    return np.setdiff1d(cells[cells >= 0], broken)


def _may_be_shown(view: _View, atoms: Bools) -> bool:
    """Whether the same people are a cell of another kind that has enough of them."""
    around = view.offered[atoms]
    shared = around[0][(around == around[0]).all(axis=0) & (around[0] >= 0)]
    people = view.n[atoms].sum()
    return any(
        people >= view.minimum[cell] and (view.offered == cell).any(axis=1).sum() == atoms.sum() for cell in shared
    )


def _involved(view: _View, columns: _Columns, space: _Space, picked: Floats, atoms: Bools) -> Leak:
    """The published cells with a coefficient: the upper ones picked, and what is taken off again below them."""
    coefficient = np.zeros(len(view.minimum) + 1)
    coefficient[columns.cells] = picked
    rest = atoms - coefficient[view.published[:, 2:]].sum(axis=1)
    off = np.abs(rest) > _ZERO
    unit, own = view.published[:, 0], view.published[:, 1]
    low = np.full(len(view.minimum) + 1, np.inf)
    high = np.full(len(view.minimum) + 1, -np.inf)
    np.minimum.at(low, unit, rest)
    np.maximum.at(high, unit, rest)
    even = (unit >= 0) & (high[unit] - low[unit] < _ZERO)
    cells = {*columns.cells[np.abs(picked) > _ZERO], *unit[off & (unit >= 0)], *own[off & ~even & (own >= 0)]}
    return tuple(sorted(int(cell) for cell in cells))
