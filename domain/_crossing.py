"""Where roles are shown: a choice for a component and its items together, until nothing is wrong with it.

Where a hidden group has no other possible world (`domain/_regions.py`), either its place is hidden for this measure, so
that its people cannot be told from those of another, or the region shows fewer roles, whichever costs readers less.
Both only ever hide more, so it comes to an end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from domain._measures import Measure
from domain._regions import wrong
from domain._tables import Part, Round, summed

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_OF_PLACES, _OF_AREAS, _OF_TOWN = 2.0, 0.1, 0.16
"""What it costs each person that is counted in it that a place (and another beside it), or the roles of an area or of
the municipality are hidden."""
_HIDINGS = 30  # rounds of hiding places; after that a region shows fewer roles


@dataclass(slots=True)
class Crossing:
    """What is decided so far. `roles` (areas + 1, roles) is where roles are shown, the pool last; `divided` (atoms,)
    the roles of units that are."""

    round_: Round
    parts: list[Part]
    roles: Bools
    divided: Bools

    @classmethod
    def of(cls, round_: Round, measures: Sequence[Measure], *, allowed: Bools) -> "Crossing":
        """The most that could be shown: `allowed` (cells,), what has enough people and is not all alike."""
        layout = round_.layout
        atoms, places = len(layout.unit), len(layout.area)
        parts = []
        for measure in measures:
            of_atoms = measure.per_atom(round_.atom_of, atoms)
            of_places = summed(of_atoms, layout.place, places)
            n = of_places.sum(axis=1)
            hidden = (n < round_.minimum) | measure.alike(of_places) | ~allowed[layout.place_cells]
            parts.append(Part(measure, of_atoms, of_atoms.sum(axis=1), of_places, hidden, np.arange(places)))
        roles = np.vstack([allowed[layout.area_roles], allowed[layout.town_roles][None, :]])
        crossing = cls(round_, parts, roles, np.zeros(atoms, dtype=bool))
        crossing._merge()
        if layout.roles:
            crossing._divide(allowed)
            crossing._begin()
        return crossing

    def decide(self) -> None:
        """Until nothing is wrong. Only regions in which something has changed are looked at again."""
        regions = np.zeros((len(self.parts), len(self.roles)), dtype=bool)
        places = np.zeros((len(self.parts), len(self.round_.layout.area)), dtype=bool)
        changed = np.ones_like(regions)
        self._agree()
        for hidings in count():
            region = self._region()
            for at in np.flatnonzero(changed.any(axis=1)):
                found = wrong(self.round_, self.parts[at], self.roles, self.divided, changed[at])
                regions[at] = np.where(changed[at], found.regions, regions[at])
                places[at] = np.where(np.append(changed[at], True)[region], found.places, places[at])
            if not regions.any() and not places.any():
                return
            before = self.roles.copy(), region, np.stack([part.label for part in self.parts]), self.divided.copy()
            self._answer(np.asarray(regions.any(axis=0)), places, hiding=hidings < _HIDINGS)
            self._agree()
            changed = self._changed(*before)
            regions &= self.roles.any(axis=1)
            places &= self._region() >= 0

    def _changed(self, roles: Bools, region: Ints, label: Ints, divided: Bools) -> Bools:
        """The regions in which something is otherwise than before, (parts, regions)."""
        now = self._region()
        moved = now != region
        moved[self.round_.layout.place[self.divided != divided]] = True
        found = np.zeros((len(self.parts), len(roles) + 1), dtype=bool)
        found[:, :-1] = (self.roles != roles).any(axis=1)
        for at, part in enumerate(self.parts):
            found[at, now[moved | (part.label != label[at])]] = True
        return found[:, :-1] & self.roles.any(axis=1)

    def _answer(self, bad: Bools, exposed: Bools, *, hiding: bool) -> None:
        """Hide places, or show fewer roles. `exposed` is (parts, places)."""
        region = self._region()
        people = np.stack([part.places.sum(axis=1) for part in self.parts])
        weight = np.ones((len(self.parts), 1))
        weight[0] = max(len(self.parts) - 1, 1)  # a component sums up its items
        hide, stuck = np.zeros_like(exposed), np.zeros_like(exposed)
        for at, part in enumerate(self.parts):
            self._to_hide(part, exposed[at], hide[at], stuck[at])

        def cost(of_places: Ints) -> Floats:
            each = (weight * of_places).sum(axis=0)
            return np.bincount(region[region >= 0], each[region >= 0], len(bad)).astype(np.float64)

        lost = hide.copy()  # the component where one of its items is
        lost[0] |= hide.any(axis=0) & self.parts[0].alone

        roles = np.append(np.full(len(bad) - 1, _OF_AREAS), _OF_TOWN) * cost(people)
        costs_less = (_OF_PLACES * cost(lost * people) < roles) & (cost(stuck.astype(np.intp)) == 0) & ~bad & hiding
        exposed = exposed & (region >= 0) & ~costs_less[region]
        hide &= (region >= 0) & costs_less[region]
        for part, which in zip(self.parts, hide, strict=True):
            part.hidden |= which
        fewer = bad.copy()
        fewer[region[exposed.any(axis=0)]] = True
        for number in np.flatnonzero(fewer).tolist():
            self._fewer(number)
        if hide.any():
            self._merge()

    def _to_hide(self, part: Part, exposed: Bools, hide: Bools, stuck: Bools) -> None:
        """Mark in `hide` the exposed places that are shown, and the smallest one beside each of those that are in a
        block with others already; in `stuck` those beside which there is none. All are (places,)."""
        alone, n, tree = part.alone, part.places.sum(axis=1), self.round_.layout.tree
        hide |= exposed & alone
        for place in np.flatnonzero(exposed & ~alone).tolist():
            for level in tree:
                beside = np.flatnonzero((level == level[place]) & alone)
                if len(beside):
                    hide[beside[np.argmin(n[beside])]] = True
                    break
            else:
                stuck[place] = True

    def _region(self) -> Ints:
        """The region of each place; -1 where no roles are shown."""
        area, some = self.round_.layout.area, np.asarray(self.roles.any(axis=1))
        return np.where((area >= 0) & some[area], area, len(some) - 1 if some[-1] else -1)

    def _fewer(self, region: int) -> None:
        """Show fewer roles of a region: the one with the most people, or none; where the pool is a single area, another
        one joins it."""
        layout, last = self.round_.layout, len(self.roles) - 1
        if region == last:
            mine = self._region() == last
            shown = np.flatnonzero(self.roles[:-1].any(axis=1))
            if len(shown) and len(np.unique(layout.area[mine])) < 2:
                people = np.bincount(
                    layout.area[layout.area >= 0], self.parts[0].places.sum(axis=1)[layout.area >= 0], last
                )
                self.roles[shown[np.argmin(people[shown])]] = False
                return
        held = self._held(region)
        shown = self.roles[region].copy()
        self.roles[region] = False
        if shown.sum() > 1 and (held[:-1] > 0).sum() > 2:
            self.roles[region, np.argmax(np.where(shown, held[:-1], -1))] = True

    def _held(self, region: int) -> Ints:
        """The people of each role in a region, those without one last, (roles + 1,)."""
        layout = self.round_.layout
        inside = (
            layout.area[layout.place] == region
            if region < len(self.roles) - 1
            else np.ones(len(layout.place), dtype=bool)
        )
        return np.bincount(layout.role[inside], self.parts[0].n[inside], layout.roles + 1).astype(np.intp)

    def _begin(self) -> None:
        """Roles with enough people everywhere."""
        layout = self.round_.layout
        for part in self.parts:
            place_area = layout.area[layout.place]
            of_areas = np.zeros((len(self.roles) - 1, layout.roles + 1), dtype=np.intp)
            np.add.at(of_areas, (place_area[place_area >= 0], layout.role[place_area >= 0]), part.n[place_area >= 0])
            of_town = np.bincount(layout.role, part.n, layout.roles + 1)
            self.roles[:-1] &= of_areas[:, :-1] >= self.round_.many
            self.roles[-1] &= of_town[:-1] >= self.round_.many

    def _agree(self) -> None:
        """An area shows at least the roles the municipality shows, or none: the difference would tell the rest."""
        for area in range(len(self.roles) - 1):
            held = self._held(area) > 0
            if held.sum() > 1 and (self.roles[-1] & held[:-1] & ~self.roles[area]).any():
                self.roles[area] = False

    def _divide(self, allowed: Bools) -> None:
        """Show the atoms by themselves that have enough people who are not all alike, if so has what is left of their
        place."""
        layout, many = self.round_.layout, self.round_.many
        cell = np.append(layout.unit_roles, np.full((len(layout.unit_roles), 1), -1), axis=1)[layout.unit, layout.role]
        shown = (cell >= 0) & allowed[cell]
        for part in self.parts:
            shown &= (part.n >= many) & ~part.measure.alike(part.atoms) & part.alone[layout.place]
        order = np.argsort(layout.place, kind="stable")
        for atoms in np.split(order, np.flatnonzero(np.diff(layout.place[order])) + 1):
            while shown[atoms].any() and not self._left_enough(atoms[~shown[atoms]]):
                some = atoms[shown[atoms]]
                shown[some[np.argmin(self.parts[0].n[some])]] = False
        self.divided = shown

    def _left_enough(self, atoms: Ints) -> bool:
        """Whether nobody is left in any measure, or enough people who are not alike: as many as for a category if all
        have the same role."""
        round_, role = self.round_, self.round_.layout.role
        for part in self.parts:
            some = atoms[part.n[atoms] > 0]
            least = round_.minimum if len(np.unique(role[some])) > 1 else round_.many
            if len(some) and not round_.limits(part.measure, least).kept_by(part.atoms[some].sum(axis=0)):
                return False
        return True

    def _merge(self) -> None:
        """The blocks anew. What is together for an item is so for the component."""
        for part in self.parts:
            if part.merged_for is None or (part.hidden != part.merged_for).any():
                self._merge_part(part)
        first = self.parts[0]
        first.label = self.round_.blocks(first, minimum=self.round_.minimum)
        for part in self.parts[1:]:
            for members in part.tied:
                first.label[np.isin(first.label, first.label[members])] = first.label[members].min()
        alone = np.asarray(np.stack([part.alone for part in self.parts]).all(axis=0))
        self.divided &= alone[self.round_.layout.place]

    def _merge_part(self, part: Part) -> None:
        part.label = self.round_.blocks(part, minimum=self.round_.minimum)
        part.merged_for = part.hidden.copy()
        live: Bools = part.places.sum(axis=1) > 0
        several = (np.bincount(part.label[live], minlength=len(live)) > 1)[part.label]
        part.tied = [np.flatnonzero((part.label == label) & live) for label in np.unique(part.label[several])]
