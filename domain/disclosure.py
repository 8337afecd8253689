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

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from domain._exchange import Given, exposed
from domain._span import Leak, leaks
from domain.protection import ProtectionRules

__all__ = ["AREA_LEVEL", "Given", "Layout", "publishable", "unbounded"]

AREA_LEVEL = 2
"""The level of a layout that tells areas apart."""

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which atom lies in which cell.

    `membership` is (atoms, levels): the number of the atom's cell on each level, -1 for none. Level 0 holds the units,
    level 1 the atoms' own cells (unit x role), level 2 the areas, further levels any partitions. Cells are numbered
    0..`cells` - 1 across all levels.
    """

    membership: Ints
    cells: int

    def totals(self, counts: Ints) -> Ints:
        """The people of each cell, (..., cells), from those of each atom, (..., atoms)."""
        return np.asarray((self.incidence @ counts.T).T, dtype=np.intp)

    @property
    def incidence(self) -> sparse.csr_array:
        """0/1 (cells, atoms)."""
        atom, level = np.nonzero(self.membership >= 0)
        ones = np.ones(len(atom), dtype=np.intp)
        return sparse.csr_array((ones, (self.membership[atom, level], atom)), shape=(self.cells, len(self.membership)))


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

    rank = _ranked(totals, worth)
    shown = enough.copy()
    while hide := _to_hide(given_away(shown), rank):
        shown[hide] = False
    hidden = np.flatnonzero(enough & ~shown)
    _show_again(hidden[np.argsort(-rank[hidden])], shown, layout, given_away)
    if (enough & ~shown).sum() > 1 and enough.sum() <= _FEW_ENOUGH_TO_SEARCH:
        shown = _exchanged(shown, enough, totals * (1.0 if worth is None else 4.0**worth), layout, given_away)
    return shown


_FEW_ENOUGH_TO_SEARCH = 60  # cells; in larger rounds each area is much like a small one, and the search takes longer


def _exchanged(
    shown: Bools, enough: Bools, cost: Floats, layout: Layout, given_away: Callable[[Bools], list[Leak]]
) -> Bools:
    """Whether hiding one cell more lets several be shown again that cost more together."""
    for cell in np.flatnonzero(shown)[np.argsort(cost[shown])]:
        hidden = np.flatnonzero(enough & ~shown)
        if cost[cell] >= cost[hidden].sum():
            break
        other = shown.copy()
        other[cell] = False
        _show_again(hidden[np.argsort(-cost[hidden])], other, layout, given_away)
        if cost[enough & ~other].sum() < cost[hidden].sum():
            shown = other
    return shown


def _show_again(hidden: Ints, shown: Bools, layout: Layout, given_away: Callable[[Bools], list[Leak]]) -> None:
    """Show of `hidden` what turns out to be safe, in this order within each area.

    Areas are tried side by side, one cell of each at a time. What gives something away with nothing but what is shown
    already stays hidden; what does so together with another area's cell is tried again by itself.
    """
    region = np.full(layout.cells + 1, -1)  # a cell that lies in several areas counts to one of them
    for level in layout.membership.T:
        region[level] = layout.membership[:, AREA_LEVEL]
    waiting, alone = hidden.tolist(), []
    while waiting:
        first: dict[int, int] = {}
        for cell in waiting:
            first.setdefault(int(region[cell]), cell)
        trying, tried = set(first.values()), set(first.values())
        shown[list(trying)] = True
        while trying and (found := given_away(shown)):
            back = [trying.intersection(leak) for leak in found]
            back = [cells for cells in back if cells] or [trying]
            shown[[cell for cells in back for cell in cells]] = False
            alone += [cell for cells in back if len(cells) > 1 for cell in cells if cell in trying]
            trying = trying.difference(*back)
        waiting = [cell for cell in waiting if cell not in tried]
    for cell in alone:
        shown[cell] = True
        if given_away(shown):
            shown[cell] = False


def unbounded(
    layout: Layout, shown: Bools, given: Given, *, minimum: Ints, small: int, worth: Ints, rules: ProtectionRules
) -> Bools:
    """Of the cells `shown` those that may stay, so that no hidden cell with too few people is bounded too closely.

    The published figures and the ends of the scale must leave its mean as open as `rules` ask. Either the roles go
    first, or the units that are exposed by them, whichever costs readers less. Unlike `publishable` this hangs on what
    was answered, as every protection against bounding does (Fischetti & Salazar 2001); it seldom hides more than where
    whole groups answered alike.
    """
    people = layout.totals(np.bincount(given.atom, minlength=len(layout.membership)))
    cost = people * _IMPORTANCE[worth]
    tried = []
    for cheap in (cost * _ROLES_FIRST[worth], cost):
        left = shown.copy()
        while found := exposed(
            layout.membership,
            left,
            given,
            minimum=minimum,
            small=small,
            share=rules.mean_share,
            part=rules.crowd_share,
        ):
            asked = np.bincount(np.concatenate(found), minlength=layout.cells)
            left[_to_hide(found, cheap / np.maximum(asked, 1))] = False
        if left.sum() == shown.sum():
            return left
        tried.append(left)
    return max(tried, key=lambda left: float(cost[left].sum()))


_IMPORTANCE = np.array([0.2, 0.5, 1.0, 10.0, 100.0])
"""What it costs each person that a cell is hidden, by its worth."""
_ROLES_FIRST = np.array([0.01, 0.01, 1.0, 1.0, 1.0])


def _ranked(totals: Ints, worth: Ints | None) -> Ints:
    """The place of each cell in the order of hiding: what readers miss least, among equals the fewest people."""
    rank = np.empty(len(totals), dtype=np.intp)
    rank[np.lexsort((totals, np.zeros_like(totals) if worth is None else worth))] = np.arange(len(totals))
    return rank


def _to_hide(found: Sequence[Leak], rank: NDArray[np.generic]) -> list[int]:
    """For each leak its cell of the lowest rank, unless one of its cells is being hidden for another leak already."""
    hide: set[int] = set()
    for cells in found:
        if hide.isdisjoint(cells):
            hide.add(min(cells, key=lambda cell: rank[cell]))
    return sorted(hide)
