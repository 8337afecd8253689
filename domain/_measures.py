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

    The scale is `width` wide. `deviates` says whether more than the mean is shown, so that equal answers show anywhere
    on the scale, not just at its ends.
    """

    code: Ints
    values: Floats
    width: float
    low: float
    deviates: bool

    @classmethod
    def of(cls, answers: Floats, *, low: float, high: float, deviates: bool) -> "Measure":
        """`answers` (people,) are NaN where missing."""
        known = ~np.isnan(answers)
        values, found = np.unique(np.append(np.round(answers[known], 9), low), return_inverse=True)
        code = np.full(len(answers), -1, dtype=np.intp)
        code[known] = found.reshape(-1)[:-1]
        return cls(code, values, high - low, low, deviates)

    def per_atom(self, atom_of: Ints, atoms: int) -> Ints:
        """How many of each atom gave each value, (atoms, codes)."""
        size, known = len(self.values), self.code >= 0
        slot = atom_of[known] * size + self.code[known]
        return np.bincount(slot, minlength=atoms * size).reshape(atoms, size)

    def alike(self, histograms: Ints) -> Bools:
        """Whether what is shown of each group (groups, codes) would tell what every one in it answered."""
        n = histograms.sum(axis=1)
        one = (histograms == n[:, None]) & (n > 0)[:, None]
        if not self.deviates:
            one = one & ((np.abs(self.values - self.low) < 1e-9) | (np.abs(self.values - self.low - self.width) < 1e-9))
        return np.asarray(one.any(axis=1))
