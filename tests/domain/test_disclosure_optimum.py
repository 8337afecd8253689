"""How much more is hidden than need be, against the exact optimum found by exhaustion on small towns."""

from itertools import combinations

import numpy as np

from domain._span import leaks
from domain.disclosure import Layout, publishable
from tests.domain.test_disclosure import minimums, town

CASES, SMALL = 25, 5


def least(layout: Layout, counts: np.ndarray, minimum: np.ndarray, *, below: int) -> int:
    """The fewest people of all hidden cells together with which nothing is given away, if less than `below`."""
    totals = layout.totals(counts)
    enough = np.flatnonzero(totals >= minimum).tolist()
    hidden = [(int(totals[list(some)].sum()), some) for n in range(len(enough)) for some in combinations(enough, n)]
    for people, some in sorted(hidden):
        shown = totals >= minimum
        shown[list(some)] = False
        if people >= below or not leaks(layout.membership, shown, counts, minimum=minimum, small=SMALL):
            return min(people, below)
    return below


def test_what_is_hidden_to_protect_others_is_close_to_the_least_possible() -> None:
    rng = np.random.default_rng(1)
    ours, best = [], []
    while len(ours) < CASES:
        roles, units = int(rng.integers(1, 3)), int(rng.integers(2, 6))
        layout = town([(int(rng.integers(2)), int(rng.integers(2))) for _ in range(units)], roles=roles)
        few = rng.random(units * roles) < 0.4
        counts = np.where(few, rng.integers(0, 5, units * roles), rng.integers(3, 15, units * roles))
        minimum, totals = minimums(layout, whole=SMALL, subgroup=10), layout.totals(counts)
        if not 3 <= (totals >= minimum).sum() <= 10:
            continue
        shown = publishable(layout, counts, minimum=minimum, small=SMALL)
        hidden = int(totals[(totals >= minimum) & ~shown].sum())
        if hidden:
            ours.append(hidden)
            best.append(least(layout, counts, minimum, below=hidden))
    assert sum(ours) <= 1.12 * sum(best)
    assert np.mean(np.array(ours) == np.array(best)) >= 0.75
