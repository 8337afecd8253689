"""Which cells may be shown, so that no hidden one can be worked out, nor bounded too closely, from the shown ones.

The smallest things a table can speak of are *atoms*: the people of one unit with one role. A *cell* (a unit, an area's
kindergartens, the leaders of the municipality) is a set of atoms. Two steps decide, each for a component and its items
together:

1. **Places** (`domain/blocks.py`): what can be worked out from units, areas, setting types and the municipality is a
   sum of blocks of people, each of whom may be known as a whole.
2. **Roles** (`domain/_regions.py`, `domain/_crossing.py`) run across places. They are shown in a region only if no set
   of few people can be worked out of them, and if there is another possible world for each hidden group
   (`domain/_turns.py`).

A hidden group is one with fewer people than its kind needs, or one that all answered alike: of them a mean at the end
of the scale, or a deviation of zero, would tell what each one answered (group disclosure: Hundepool et al. 2012,
Statistical Disclosure Control, ch. 1.3; the homogeneity attack of Machanavajjhala et al. 2007, ACM TKDD 1, on
l-diversity).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from domain._crossing import Crossing
from domain._layout import Layout
from domain._measures import Measure
from domain._regions import few_or_alike
from domain._tables import Part, Round, Table, summed
from domain._turns import Pairs
from domain.blocks import whole_cells
from domain.protection import ProtectionRules

__all__ = ["Control", "Layout", "Measure"]

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Control:
    """Disclosure control of one round. `round_` holds what all decisions have in common, `incidence` (cells, atoms) and
    `needs` (cells,) the people of each cell and how many it needs."""

    round_: Round
    incidence: sparse.csr_array
    needs: Ints

    @classmethod
    def of(cls, layout: Layout, atom_of: Ints, *, minimum: int, many: int, rules: ProtectionRules) -> "Control":
        """`atom_of` (people,) is the atom of each; `minimum` people make a place, `many` a category or a
        distribution."""
        pairs = Pairs.of(layout.place[atom_of], layout.role[atom_of], roles=layout.roles + 1)
        needs = np.full(layout.cells, minimum, dtype=np.intp)
        for table in (layout.unit_roles, layout.area_kinds, layout.area_roles, layout.town_kinds, layout.town_roles):
            needs[table[table >= 0]] = many
        return cls(
            Round(layout, atom_of, pairs, pairs.between(layout.unit[atom_of]), minimum, many, rules),
            layout.incidence,
            needs,
        )

    def people(self) -> Bools:
        """Where the number of people may be shown, (cells,)."""
        nothing = Measure(np.zeros(len(self.round_.atom_of), dtype=np.intp), np.zeros(1), 0.0)
        return self.component([nothing], allowed=np.ones(len(self.needs), dtype=bool)).means[0]

    def component(self, measures: Sequence[Measure], *, allowed: Bools) -> "Decided":
        """Where a component (the first of `measures`) and each of its items may be shown, of the cells `allowed`
        (cells,).

        Where everybody answered all items, the component's mean is that of its items and gives a hidden one away; one
        person who left one out changes little. So where an item is hidden, the component is too, in the same block. By
        role, all are shown in the same cells.
        """
        crossing = Crossing.of(self.round_, measures, allowed=allowed)
        if self.round_.layout.roles:
            crossing.decide()
        means = [self._means(part, crossing) & allowed for part in crossing.parts]
        means[0] &= np.logical_and.reduce(means)
        items = zip(crossing.parts[1:], means[1:], strict=True)
        return Decided(means, [self._distributions(part, crossing, shown) for part, shown in items])

    def _means(self, part: Part, crossing: Crossing) -> Bools:
        layout, shown = self.round_.layout, np.zeros(len(self.needs), dtype=bool)
        shown[layout.area_roles[crossing.roles[:-1]]] = True
        shown[layout.town_roles[crossing.roles[-1]]] = True
        shown[layout.unit_roles[layout.unit[crossing.divided], layout.role[crossing.divided]]] = True
        shown[self._of_blocks(part)] = True
        of_cells = np.asarray(self.incidence @ part.atoms)
        found: Bools = shown & (of_cells.sum(axis=1) >= self.needs) & ~part.measure.alike(of_cells)
        return found

    def _of_blocks(self, part: Part) -> Ints:
        """The places that are blocks, and the cells above them that are sums of blocks."""
        layout, n, cells = self.round_.layout, part.places.sum(axis=1), len(self.needs)
        above = [cell[whole_cells(part.label, cell, n, cells)[cell] & (cell >= 0)] for cell in layout.above]
        return np.concatenate([layout.place_cells[part.alone], *above])

    def _distributions(self, part: Part, crossing: Crossing, shown: Bools) -> Bools:
        """Of the cells in which an item's mean is `shown` those that show its distribution."""
        layout, round_ = self.round_.layout, self.round_
        of_cells = np.asarray(self.incidence @ part.atoms)
        enough = shown & (of_cells.sum(axis=1) >= round_.many) & ~part.measure.alike(of_cells)
        hidden = ~enough[layout.place_cells]
        fine = replace(part, hidden=hidden)
        fine.label = round_.blocks(fine, minimum=round_.many)
        places = np.zeros_like(enough)
        places[self._of_blocks(fine)] = True
        roles = np.zeros_like(enough)
        divided = crossing.divided & (fine.alone & self._unlike(fine, crossing.divided))[layout.place]
        roles[layout.unit_roles[layout.unit[divided], layout.role[divided]]] = True
        everywhere = np.ones(len(crossing.roles), dtype=bool)
        bad = few_or_alike(round_, fine, Table.of(layout, fine, crossing.roles, divided, everywhere))
        roles[layout.area_roles[~bad[:-1]]] = True
        roles[layout.town_roles] = not bad.any()
        found: Bools = enough & (places | roles)
        return found

    def _unlike(self, part: Part, divided: Bools) -> Bools:
        """The places (places,) in which no atom shown by itself, and not what is left, is all alike."""
        place, places = self.round_.layout.place, len(self.round_.layout.area)
        left = summed(part.atoms * ~divided[:, None], place, places)
        alike = np.bincount(place, divided & part.measure.alike(part.atoms), places) > 0
        return ~alike & ~part.measure.alike(left)


@dataclass(frozen=True, slots=True)
class Decided:
    """Where each measure's mean and each item's distribution may be shown, (cells,) each."""

    means: list[Bools]
    distributions: list[Bools]
