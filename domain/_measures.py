"""What is measured of each person, and of which groups it would tell what every one of them answered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of each person: `code` (people,) is a position in `values`, which ascend; -1 where there is none.

    The scale is `width` wide; 0 for what is nobody's secret.
    """

    code: Ints
    values: Floats
    width: float

    @classmethod
    def of(cls, answers: Floats, *, low: float, high: float) -> "Measure":
        """`answers` (people,) are NaN where missing."""
        known = ~np.isnan(answers)
        values, found = np.unique(np.append(np.round(answers[known], 9), low), return_inverse=True)
        code = np.full(len(answers), -1, dtype=np.intp)
        code[known] = found.reshape(-1)[:-1]
        return cls(code, values, high - low)

    def per_atom(self, atom_of: Ints, atoms: int) -> Ints:
        """How many of each atom gave each value, (atoms, codes)."""
        size, known = len(self.values), self.code >= 0
        slot = atom_of[known] * size + self.code[known]
        return np.bincount(slot, minlength=atoms * size).reshape(atoms, size)

    def alike(self, histograms: Ints) -> Bools:
        """Whether all in each group (groups, codes) answered the same, so that a figure of it may be one of each.

        Anywhere on the scale, not just at its ends: what others answered can leave a group nothing but one answer.
        """
        n = histograms.sum(axis=1)
        return np.asarray((histograms == n[:, None]).any(axis=1) & (n > 0) & (self.width > 0))
