"""Which cells may be shown, so that no hidden one can be worked out from the shown ones.

The smallest things a table can speak of are *atoms*: the people of one unit with one role. A *cell* (a unit, an area's
kindergartens, the leaders of the municipality) is a set of atoms, and what is published of it (a count, a sum) is the
sum over them. Adding and subtracting published cells reaches exactly the row space of their 0/1 vectors; so a set of
atoms is recomputable if and only if its vector lies in that space. Safe means that the space holds

- no set of atoms with fewer than `small` people (hidden cells and their unions alike), and
- no hidden cell with too few people for its kind, unless the very same people are a cell of a kind with enough.

See Willenborg & de Waal (2001), Elements of Statistical Disclosure Control, ch. 6, for the problem in general;
`domain/_span.py` decides it exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain._span import Leak, leaks

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which atom lies in which cell.

    `membership` is (atoms, levels): the number of the atom's cell on each level, -1 for none. Level 0 holds the units,
    level 1 the atoms' own cells (unit x role), the further levels are any coarser partitions. Cells are numbered
    0..`cells` - 1 across all levels.
    """

    membership: Ints
    cells: int

    def totals(self, counts: Ints) -> Ints:
        """The people of each cell, (..., cells), from those of each atom, (..., atoms)."""
        sums = np.zeros((self.cells + 1, *counts.shape[:-1]), dtype=np.intp)  # the last row collects "no cell"
        for level in self.membership.T:
            np.add.at(sums, level, counts.T)
        return sums[:-1].T


def publishable(
    layout: Layout,
    counts: Ints,
    *,
    minimum: Ints,
    small: int,
    allowed: Bools | None = None,
    worth: Ints | None = None,
) -> Bools:
    """Which cells may be shown: boolean (cells,).

    `counts` is (atoms,): how many people of each answered what is shown (a component, an item). `minimum` is (cells,):
    fewer people than that, and the cell is hidden.
    `small` is the size from which even a set nobody offered as a cell may be worked out. `allowed` keeps further cells
    hidden from the start; a measure given the cells of a coarser one can only hide more.

    `worth` is (cells,): the cells readers miss least are hidden first, among equals those with the fewest people; then
    each is shown again if that turns out to be safe, in the opposite order. Showing nothing is safe, so there is always
    an answer.

    Three units (cells 0-2) in an area (cell 3); the second is hidden too, for area - 1 - 2 would give 0 away:

    >>> layout = Layout(np.array([[0, -1, 3], [1, -1, 3], [2, -1, 3]]), 4)
    >>> publishable(layout, np.array([3, 9, 12]), minimum=np.full(4, 5), small=5)
    array([False, False,  True,  True])
    """
    totals = layout.totals(counts)
    enough: Bools = totals >= minimum
    if allowed is not None:
        enough &= allowed

    def given_away(shown: Bools) -> list[Leak]:
        return leaks(layout.membership, shown, counts, minimum=minimum, small=small)

    rank = np.empty(layout.cells, dtype=np.intp)
    rank[np.lexsort((totals, np.zeros_like(totals) if worth is None else worth))] = np.arange(layout.cells)
    shown = enough.copy()
    while hide := _to_hide(given_away(shown), rank):
        shown[hide] = False
    hidden = np.flatnonzero(enough & ~shown)
    for cell in hidden[np.argsort(-rank[hidden])]:
        shown[cell] = True
        if given_away(shown):
            shown[cell] = False
    return shown


def _to_hide(found: list[Leak], rank: Ints) -> list[int]:
    """For each leak its cell of the lowest rank, unless one of its cells is being hidden for another leak already."""
    hide: set[int] = set()
    for cells in found:
        if hide.isdisjoint(cells):
            hide.add(min(cells, key=lambda cell: rank[cell]))
    return sorted(hide)
