"""Blocks: the smallest groups of people of whom anything is published, and how they are made large enough.

Places (units, and the groups of small ones) lie in a tree: a setting type in an area, the area, the municipality. A
place that may not be shown is put together with others until the whole is large enough and its people do not all answer
alike; such a whole is a *block*, and every other place is a block by itself. A cell above the places is shown only if
it holds every block as a whole or not at all. Hence

    **what can be worked out from the places and the cells above them is a sum of blocks,**

and nothing else (sums of disjoint groups reach no part of one of them), and each block may be shown. Nothing has to be
solved to know this: it is how complementary suppression works in a tree (Willenborg & de Waal 2001, Elements of
Statistical Disclosure Control, ch. 6; Fischetti & Salazar 2001, J. Am. Stat. Assoc. 96, 1008-1018 for the general
problem).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_EVEN = 1e-9
FEW = 4  # as many people as a hidden group can have that nothing may be learned of


@dataclass(frozen=True, slots=True)
class Limits:
    """When a group may be known: from `minimum` people on, and if its people differ so much that the mean of any `FEW`
    of them stays open over `share` of the scale, `width` wide. `values` are what the columns of a histogram stand
    for."""

    minimum: int
    values: Floats
    width: float
    share: float
    category: int = 0

    def kept_by(self, histogram: Ints, *, category: bool = False) -> bool:
        """Whether a group with this `histogram` (codes,) keeps them; a category of a cut needs `category` people."""
        counts, values = histogram.tolist(), self.values.tolist()
        apart = _sum_of_first(counts[::-1], values[::-1]) - _sum_of_first(counts, values)
        enough = sum(counts) >= max(self.minimum, category * self.category)
        return enough and apart >= self.share * FEW * self.width - _EVEN


def _sum_of_first(counts: list[int], values: list[float]) -> float:
    """The sum of the first `FEW` answers."""
    left, total = FEW, 0.0
    for count, value in zip(counts, values, strict=True):
        if count:
            total += min(count, left) * value
            left -= min(count, left)
            if not left:
                break
    return total


def spread(histograms: Ints, n: Ints, values: Floats) -> Floats:
    """The sum of the `n` (groups,) highest answers less that of the `n` lowest: how far the sum of so many can differ.

    `histograms` is (groups, codes), `values` (codes,) ascends.

    >>> spread(np.array([[2, 0, 1]]), np.array([1]), np.array([1.0, 2.0, 5.0]))
    array([4.])
    """
    up = np.minimum(np.cumsum(histograms, axis=1), n[:, None])
    down = np.minimum(np.cumsum(histograms[:, ::-1], axis=1), n[:, None])
    lowest = np.diff(up, axis=1, prepend=0) @ values
    highest = np.diff(down, axis=1, prepend=0) @ values[::-1]
    return np.asarray(highest - lowest, dtype=np.float64)


def blocks(histograms: Ints, hidden: Bools, tree: Ints, *, limits: Limits, cuts: Sequence[Ints] = ()) -> Ints:
    """The block of each place: the least number of a place in it.

    `histograms` is (places, codes), `hidden` (places,) says which may not be shown by themselves, `tree` (levels,
    places) numbers the node of each place from the narrowest level to the widest, which has one node. A hidden place is
    put together with the other hidden ones of its node; if these are too few or too much alike, with what is hidden
    beside them already, or else the smallest place there; if nothing is left in the node, with those of the next wider
    one. `cuts` are categories of the places, (places,) each: all of one are a cell that needs more people.

    >>> people = np.array([[2, 2], [3, 4], [9, 9]])
    >>> rules = Limits(5, np.array([1.0, 2.0]), 1.0, 0.05)
    >>> hidden, tree = np.array([True, False, False]), np.zeros((1, 3), dtype=int)
    >>> blocks(people, hidden, tree, limits=rules)
    array([0, 0, 2])
    """
    label = np.arange(len(histograms))
    n = histograms.sum(axis=1)
    sizes = n.tolist()
    kinds = [(cut.tolist(), np.bincount(cut - cut.min(initial=0), n).tolist(), int(cut.min(initial=0))) for cut in cuts]

    def all_of_one(made: list[int]) -> bool:
        together = sum(sizes[place] for place in made)
        return any(
            totals[kind[made[0]] - least] == together and len({kind[place] for place in made}) == 1
            for kind, totals, least in kinds
        )

    left = [[place] for place in np.flatnonzero(hidden & (n > 0)).tolist()]
    for number, level in enumerate(tree):
        waiting: dict[int, list[list[int]]] = {}
        for group in left:
            waiting.setdefault(int(level[group[0]]), []).append(group)
        left = []
        members = _members(level, list(waiting)) if waiting else {}
        for node, groups in waiting.items():
            made = _whole_blocks(label, [place for group in groups for place in group])
            whole = histograms[made].sum(axis=0)
            beside = None
            while not (kept := len(made) > 1 and limits.kept_by(whole, category=all_of_one(made))):
                if beside is None:
                    beside = _beside(members[node], set(made), label, sizes)
                if not beside:
                    break
                more = _whole_blocks(label, beside.pop())
                made += more
                whole = whole + histograms[more].sum(axis=0)
            label[made] = min(made)
            if not kept and number < len(tree) - 1:
                left.append(made)
    return label


def _whole_blocks(label: Ints, places: list[int]) -> list[int]:
    """All of the blocks that the places are in: of levels that cross, a block may reach beyond its node, and what is
    put together with a part of it is put together with the rest."""
    found: list[int] = np.flatnonzero(np.isin(label, label[places])).tolist()
    return found


def _members(level: Ints, nodes: list[int]) -> dict[int, list[int]]:
    order = np.argsort(level, kind="stable")
    starts = np.searchsorted(level[order], nodes, side="left")
    ends = np.searchsorted(level[order], nodes, side="right")
    return {node: order[a:b].tolist() for node, a, b in zip(nodes, starts, ends, strict=True)}


def _beside(members: list[int], taken: set[int], label: Ints, n: list[int]) -> list[list[int]]:
    """The blocks of `members` that are not `taken`, the one to be put together with them first at the end."""
    found: dict[int, list[int]] = {}
    for place, block in zip(members, label[members].tolist(), strict=True):
        if n[place] and place not in taken:
            found.setdefault(block, []).append(place)

    def order(places: list[int]) -> tuple[bool, int]:
        return len(places) == 1, sum(n[place] for place in places)

    return sorted(found.values(), key=order, reverse=True)


def whole_cells(label: Ints, cell: Ints, n: Ints, cells: int) -> Bools:
    """Which of the `cells` hold every block as a whole or not at all. `cell` (places,) is -1 for none."""
    live = n > 0
    low, high = np.full(len(label), cells), np.full(len(label), -2)
    np.minimum.at(low, label[live], cell[live])
    np.maximum.at(high, label[live], cell[live])
    torn = live & (low[label] != high[label])
    whole = np.ones(cells, dtype=bool)
    whole[cell[torn & (cell >= 0)]] = False
    return whole
