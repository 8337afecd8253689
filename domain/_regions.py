"""What is wrong with showing roles in a region: few people that can be worked out, or a hidden group without another
world.

An area shows roles by itself, or else counts to the *pool* of areas whose roles are shown of the municipality only. The
people of a *region* (an area, or the pool) are a table of blocks by roles of which the margins are published.

- **No set of few people can be worked out.** Sums and differences of margins reach exactly the vectors f(block) +
  g(role). Let such a vector be 0/1. For each t, "f >= t" less "-g >= t" is a 0/1 vector too, and together these make
  the whole; so the smallest set within reach is of the form "the people of some blocks who do not have one of some
  roles, where nobody outside these blocks has those roles". The blocks can be the ones where those roles are held, for
  each further block only adds itself. So there are as many sets to look at as sets of roles.
- **Each hidden group has another possible world** (`domain/_turns.py`), in which the sum of its answers differs as
  widely as `domain.protection` asks. Exchanged are the people of one block and shown role, and turns.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain._tables import Part, Round, Table, summed
from domain._turns import HANDS, Offers, Pairs, Sides, different, reach
from domain.blocks import spread

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wrong:
    """`regions` (regions,) must show fewer roles; those of `places` (places,) can be hidden instead."""

    regions: Bools
    places: Bools


def wrong(round_: Round, part: Part, shown: Bools, divided: Bools, where: Bools) -> Wrong:
    """What is wrong with showing roles there; arguments as in `Table.of`."""
    layout = round_.layout
    table = Table.of(layout, part, shown, divided, where)
    bad = few_or_alike(round_, part, table)
    places = np.zeros(len(layout.area), dtype=bool)
    exposed = _Exposed.of(round_, part, table, divided)
    places[layout.place[exposed.atoms()]] = True
    places[exposed.units()] = True
    for region in exposed.wholes():
        bad[region] = True
    return Wrong(bad, places)


def few_or_alike(round_: Round, part: Part, table: Table) -> Bools:
    """The regions (regions,) that show too few people, or let them be worked out, or people who all answered alike."""
    margins = table.of_regions(part.atoms)
    n = margins.sum(axis=2)
    alike = part.measure.alike(margins.reshape(-1, margins.shape[2])).reshape(n.shape)
    bad = ((table.mixed(part.n) > 0) & (n < round_.many) | (n > 0) & alike).any(axis=1)
    return np.asarray(bad | table.torn | table.few(part.n, round_.many))


@dataclass(frozen=True, slots=True)
class _Exposed:
    """The hidden groups of which no other possible world is wide enough."""

    round_: Round
    part: Part
    table: Table
    margins: Ints  # (regions, roles, codes)
    divided: Bools
    alone: Bools  # (places,), shown by themselves
    offers: dict[bool, Offers]

    @classmethod
    def of(cls, round_: Round, part: Part, table: Table, divided: Bools) -> "_Exposed":
        return cls(round_, part, table, table.of_regions(part.atoms), divided, part.alone, {})

    def atoms(self) -> Ints:
        """The atoms that are exposed."""
        layout, part, table = self.round_.layout, self.part, self.table
        values = part.measure.values
        n = part.n[table.atom]
        few = (n < self.round_.many) | part.measure.alike(part.atoms[table.atom])
        few &= (table.region >= 0) & (layout.role[table.atom] < layout.roles)
        few &= n < np.bincount(table.block, n, table.block.max(initial=-1) + 1)[table.block]
        at = np.flatnonzero(few)
        place = layout.place[table.atom[at]]
        around = np.where(self.alone[place], spread(part.places[place], n[at], values), np.inf)
        role = self.margins[table.region[at], table.role[at]]
        named = table.role[at] < layout.roles
        around = np.where(named, np.minimum(around, spread(role, n[at], values)), around)
        wide = self.round_.wide(part.measure, n[at], around)
        far = spread(table.of_cells[table.cell[at]], n[at], values)
        short = far < wide
        if short.any():
            group = place * (layout.roles + 1) + layout.role[table.atom[at]]
            asked = np.zeros(len(layout.area) * (layout.roles + 1))
            np.maximum.at(asked, group[short], wide[short])
            far = np.maximum(far, self._turned(asked, pairs=self.round_.pairs)[group])
        return table.atom[at[far < wide]]

    def _turned(self, wide: Floats, *, pairs: Pairs, of_places: bool = True) -> Floats:
        """How far turns reach, (groups,). They are led back in another place, or else in another area."""
        if of_places not in self.offers:
            self.offers[of_places] = self._offers(of_places=of_places)
        return reach(pairs, self.offers[of_places], self.part.measure.code, self.part.measure.values, wide=wide)

    def _offers(self, *, of_places: bool) -> Offers:
        layout, table, round_ = self.round_.layout, self.table, self.round_
        region = np.full(len(self.part.n), -1)
        role = np.zeros(len(self.part.n), dtype=np.intp)
        region[table.atom], role[table.atom] = table.region, table.role
        region[self.divided] = -1  # known, so they turn nothing
        own = np.arange(len(layout.area))
        if not of_places:
            own = np.where(layout.area >= 0, len(own) + layout.area, own)
        hand = np.zeros(len(layout.area) + table.regions, dtype=np.intp)
        inside = np.flatnonzero(region >= 0)
        of_region, owner = np.divmod(different(region[inside] * len(hand) + own[layout.place[inside]]), len(hand))
        first = np.searchsorted(of_region, of_region, side="left")
        hand[owner] = (np.arange(len(owner)) - first) % HANDS
        atom_of = round_.atom_of
        sides = Sides(region[atom_of], role[atom_of], own[layout.place[atom_of]], hand, table.roles)
        return Offers.of(round_.pairs, sides, self.part.measure.code, codes=len(self.part.measure.values))

    def units(self) -> Ints:
        """The places of the exposed units among those that are hidden, or shown together with others."""
        layout, part, table = self.round_.layout, self.part, self.table
        unit = layout.unit[table.atom]
        units = len(layout.unit_cells)
        n = np.bincount(unit, part.n[table.atom], units).astype(np.intp)
        far = np.bincount(unit, spread(table.of_cells[table.cell], part.n[table.atom], part.measure.values), units)
        place = np.zeros(units, dtype=np.intp)
        place[layout.unit] = layout.place
        together = np.bincount(place[np.unique(layout.unit)], minlength=len(layout.area)) > 1
        with_roles = np.zeros(units, dtype=bool)
        with_roles[unit[table.region >= 0]] = True
        alike = part.measure.alike(summed(part.atoms[table.atom], unit, units))
        hidden = (together | ~self.alone)[place] & with_roles
        few = np.flatnonzero((n > 0) & ((n < self.round_.many) | alike) & hidden)
        around = spread(part.places[place[few]], n[few], part.measure.values)
        wide = self.round_.wide(part.measure, n[few], np.where(self.alone[place[few]], around, np.inf))
        short = few[far[few] < wide]
        if len(short):
            asked = np.zeros(units)
            asked[short] = wide[far[few] < wide]
            short = short[self._turned(asked, pairs=self.round_.between)[short] < asked[short]]
        return np.asarray(place[short], dtype=np.intp)

    def wholes(self) -> Iterator[int]:
        """The regions of areas, and of the municipality, of which a role that is not shown is exposed."""
        layout, table = self.round_.layout, self.table
        area = layout.area[layout.place[table.atom]]
        areas = len(layout.area_cells)
        yield from self._whole(np.where(area >= 0, area, areas), areas)
        yield from self._whole(np.zeros_like(area), -1)

    def _whole(self, whole: Ints, none: int) -> Iterator[int]:
        """`whole` is the area of each atom of the table, or `none`."""
        layout, part, table = self.round_.layout, self.part, self.table
        role = layout.role[table.atom]
        group = whole * (layout.roles + 1) + role
        size = int(group.max(initial=-1)) + 1
        n_of = part.n[table.atom]
        n = np.bincount(group, n_of, size).astype(np.intp)
        inside = (role < layout.roles) & (whole != none) & (n[group] < self.round_.many)
        inside &= n[group] < self._around(group, size)[group]
        if not (inside & (table.region >= 0)).any():
            return
        values = part.measure.values
        far = np.bincount(group[inside], spread(table.of_cells[table.cell[inside]], n_of[inside], values), size)
        wide = self.round_.wide(part.measure, n, np.full(size, np.inf))
        mine = np.flatnonzero(inside & (far < wide)[group])
        if len(mine) and none >= 0:
            groups = layout.place[table.atom[mine]] * (layout.roles + 1) + role[mine]
            asked = np.zeros(len(layout.area) * (layout.roles + 1))
            np.maximum.at(asked, groups, wide[group[mine]])
            turned = self._turned(asked, pairs=self.round_.pairs, of_places=False)[groups]
            np.maximum.at(far, group[mine], np.where(table.region[mine] == table.regions - 1, turned, 0.0))
        still = mine[(far < wide)[group[mine]] & (table.region[mine] >= 0)]
        yield from np.unique(table.region[still]).tolist()

    def _around(self, group: Ints, groups: int) -> Ints:
        """The people of the blocks in which there is somebody of each group."""
        blocks = np.bincount(self.table.block, self.part.n[self.table.atom])
        whose, block = np.divmod(different(group * len(blocks) + self.table.block), len(blocks))
        return np.bincount(whose, blocks[block], groups).astype(np.intp)
