"""Where each person counts: the atoms, places and cells that disclosure control decides about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which atom lies where, and which cell is which. Cells are numbered 0..`cells` - 1; -1 stands for none.

    A *place* is a unit, or a group of units that are shown together. `role` is the number of roles for people who gave
    none.
    """

    place: Ints  # (atoms,)
    unit: Ints  # (atoms,)
    role: Ints  # (atoms,)
    area: Ints  # (places,)
    kind: Ints  # (places,), the setting type
    place_cells: Ints  # (places,)
    unit_cells: Ints  # (units,)
    unit_roles: Ints  # (units, roles)
    area_cells: Ints  # (areas,)
    area_kinds: Ints  # (areas, kinds)
    area_roles: Ints  # (areas, roles)
    town_cell: int
    town_kinds: Ints  # (kinds,)
    town_roles: Ints  # (roles,)
    cells: int

    @property
    def roles(self) -> int:
        return len(self.town_roles)

    @property
    def above(self) -> tuple[Ints, ...]:
        """The cell of each place on each level above it, (places,) each: area, area's kind, municipality, its kind."""
        kinds = np.column_stack([self.area_kinds, np.full(len(self.area_cells), -1)])
        kinds = np.vstack([kinds, np.full(kinds.shape[1], -1)])
        return (
            np.append(self.area_cells, -1)[self.area],
            kinds[self.area, self.kind],
            np.full(len(self.area), self.town_cell),
            np.append(self.town_kinds, -1)[self.kind],
        )

    @property
    def tree(self) -> Ints:
        """(3, places): a setting type in an area, the area, the municipality."""
        size = len(self.town_kinds) + 1
        return np.stack([self.area * size + self.kind, self.area, np.zeros_like(self.area)])

    @property
    def incidence(self) -> sparse.csr_array:
        """0/1 (cells, atoms)."""
        own = self.unit_cells[self.unit]
        merged = np.where(self.place_cells[self.place] == own, -1, self.place_cells[self.place])
        levels = [own, merged, *(level[self.place] for level in self.above)]
        area = self.area[self.place]
        for table, row in ((self.unit_roles, self.unit), (self.area_roles, area), (self.town_roles[None, :], 0 * area)):
            padded = np.full((len(table) + 1, self.roles + 1), -1, dtype=np.intp)
            padded[:-1, :-1] = table
            levels.append(padded[row, self.role])
        cell = np.concatenate(levels)
        atom = np.tile(np.arange(len(self.unit)), len(levels))[cell >= 0]
        ones = np.ones(len(atom), dtype=np.intp)
        return sparse.csr_array((ones, (cell[cell >= 0], atom)), shape=(self.cells, len(self.unit)))
