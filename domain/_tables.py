"""One measure as disclosure control sees it: who has answered what, who is published together, and who by role."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from domain._layout import Layout
from domain._measures import Measure
from domain._turns import Pairs, different
from domain.blocks import Limits, blocks
from domain.protection import ProtectionRules

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_EVEN = 1e-9


@dataclass(frozen=True, slots=True)
class Round:
    """What every decision about a round has in common. `atom_of` is (people,); `minimum` people make a place, `many` a
    category or a distribution."""

    layout: Layout
    atom_of: Ints
    pairs: Pairs
    between: Pairs  # of those the ones between units that are shown together, by unit
    minimum: int
    many: int
    rules: ProtectionRules

    def limits(self, measure: Measure, minimum: int) -> Limits:
        return Limits(minimum, measure.values, measure.width, self.rules.mean_share, self.many)

    def blocks(self, part: "Part", *, minimum: int) -> Ints:
        """The block of each place, (places,), as in `domain.blocks`."""
        layout = self.layout
        cuts, limits = (layout.tree[0], layout.kind), self.limits(part.measure, minimum)
        return blocks(part.places, part.hidden, layout.tree, limits=limits, cuts=cuts)

    def wide(self, measure: Measure, n: Ints, around: Floats) -> Floats:
        """How far the sums of hidden groups of `n` people have to differ; `around` is how far they can within the
        narrowest published group around them."""
        each = np.where(n < self.minimum, n, 1)
        return np.minimum(self.rules.mean_share * each * measure.width, self.rules.crowd_share * around) - _EVEN


@dataclass(slots=True)
class Part:
    """One measure of a component: its answers, the places hidden for it, and the block of each place."""

    measure: Measure
    atoms: Ints  # (atoms, codes)
    n: Ints  # (atoms,)
    places: Ints  # (places, codes)
    hidden: Bools  # (places,)
    label: Ints  # (places,)
    merged_for: Bools | None = None  # what was hidden when the blocks were made
    tied: list[Ints] = field(default_factory=list)  # the blocks of an item that must be blocks of the component

    @property
    def alone(self) -> Bools:
        """The places (places,) that are blocks by themselves, and not hidden."""
        live: Bools = self.places.sum(axis=1) > 0
        return np.asarray(live & ~self.hidden & (np.bincount(self.label[live], minlength=len(live))[self.label] == 1))


@dataclass(frozen=True, slots=True)
class Table:
    """One measure as the published margins see it, without the atoms nobody of whom has answered.

    `region` (atoms,) is an area, the number of areas for the pool, or -1 where no roles are shown; `role` is the shown
    role, or one for all others; `block` holds people who are published together whatever their role.
    """

    atom: Ints
    region: Ints
    role: Ints
    block: Ints
    cell: Ints  # the people of one block and shown role
    of_cells: Ints  # (cells, codes)
    regions: int
    roles: int
    torn: Bools  # (regions,), those that have a block in common with another

    @classmethod
    def of(cls, layout: Layout, part: Part, shown: Bools, divided: Bools, where: Bools) -> "Table":
        """`shown` (areas + 1, roles) is where roles are shown, the pool last; `divided` (atoms,) which of
        them are by themselves. The regions to look at are those of `where` (regions,)."""
        atom = np.flatnonzero(part.n)
        place, held, regions = layout.place[atom], layout.role[atom], len(shown)
        some = np.asarray(shown.any(axis=1))
        area = layout.area[place]
        region = np.where((area >= 0) & some[area], area, regions - 1 if some[-1] else -1)
        role = _as_shown(shown, region, held)
        block = np.where(divided[atom], len(layout.area) + atom, part.label[place])
        cell, cells = numbered(block * (layout.roles + 1) + role)
        of_cells = summed(part.atoms[atom], cell, cells)
        torn = _torn(block, region, regions)
        looked_at = np.where(np.append(where, False)[region], region, -1)
        return cls(atom, looked_at, role, block, cell, of_cells, regions, layout.roles + 1, torn & where)

    def of_regions(self, histograms: Ints) -> Ints:
        """(regions, roles, codes), the people of each region by shown role."""
        inside = self.region >= 0
        slot = self.region[inside] * self.roles + self.role[inside]
        found = summed(histograms[self.atom[inside]], slot, self.regions * self.roles)
        return found.reshape(self.regions, self.roles, -1)

    def mixed(self, n: Ints) -> Ints:
        """The people (regions, roles) whose block holds others of the region too: the rest are published as blocks
        anyway."""
        block, blocks = numbered(self.block)
        several = np.bincount(different(block * self.roles + self.role) // self.roles, minlength=blocks)[block] > 1
        inside = (self.region >= 0) & several
        slot = self.region[inside] * self.roles + self.role[inside]
        return np.bincount(slot, n[self.atom[inside]], self.regions * self.roles).reshape(self.regions, self.roles)

    def few(self, n: Ints, least: int) -> Bools:
        """The regions in which a set of fewer people than `least` can be worked out, (regions,)."""
        inside = self.region >= 0
        block, blocks = numbered(self.block[inside])
        table = summed(n[self.atom[inside], None], block * self.roles + self.role[inside],
                       blocks * self.roles).reshape(-1, self.roles)  # fmt: skip
        region = np.zeros(blocks, dtype=np.intp)
        region[block] = self.region[inside]
        bad, held = np.zeros(self.regions, dtype=bool), table > 0
        for some in product((False, True), repeat=self.roles):
            chosen = np.array(some)
            if chosen.any() and not chosen.all():
                around = held[:, chosen].any(axis=1)
                people = np.bincount(region[around], table[around][:, ~chosen].sum(axis=1), self.regions)
                bad |= (people > 0) & (people < least)
        return bad


def _torn(block: Ints, region: Ints, regions: int) -> Bools:
    """The regions that have a block in common with another, (regions,)."""
    low, high = np.full(block.max(initial=-1) + 1, regions), np.full(block.max(initial=-1) + 1, -2)
    np.minimum.at(low, block, region)
    np.maximum.at(high, block, region)
    bad = np.zeros(regions + 1, dtype=bool)
    bad[region[(low != high)[block]]] = True
    return bad[:-1]


def _as_shown(shown: Bools, row: Ints, held: Ints) -> Ints:
    """The role that each of the `held` ones counts to: itself where its `row` shows it, else the one for all others."""
    padded = np.column_stack([shown, np.zeros(len(shown), dtype=bool)])
    return np.where((row >= 0) & padded[row, held], held, shown.shape[1])


def numbered(names: Ints) -> tuple[Ints, int]:
    """The place of each of the `names` (whole numbers from 0 on) among the different ones, and how many these are."""
    there = np.zeros(names.max(initial=-1) + 1, dtype=bool)
    there[names] = True
    return (np.cumsum(there) - 1)[names], int(there.sum())


def summed(values: Ints, group: Ints, groups: int) -> Ints:
    """The sums of the rows of `values` in each group, (groups, ...)."""
    size = values.shape[1]
    slot = (group[:, None] * size + np.arange(size)).reshape(-1)
    return np.bincount(slot, values.reshape(-1), groups * size).astype(np.intp).reshape(groups, size)
