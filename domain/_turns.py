"""Turns: whether the people of a hidden group could have answered otherwise, where roles are shown across places.

What is left of a place without one role is the others', so a role's total over all places of a region says something of
each place. It is safe if there is another *possible world*: the same answers held by other people, so that every
published group holds exactly the same answers as before, and no figure of it (mean, deviation, distribution, agreement)
differs. Two people of different roles in one place change answers a and c (a *turn*: the place keeps its answers), and
in other places people of the same two roles turn them back (the roles keep theirs). A turn back may go by way of other
answers: from c to x in one place and from x to a in another. The people in these are different ones as long as no
answer comes twice on the way.

This is the move that a three-way table with fixed two-way margins allows (Diaconis & Sturmfels 1998, Ann. Statist. 26,
363-397).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

HANDS = 3  # places are dealt into so many; a turn by way of other answers uses none of its own hand's
MOST_BESIDE = 30  # people of a role in a place who are looked at; more turns than these are not needed
MOST_TURNS = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """People of the same place with different roles, (pairs,) each way round, sorted by the `group` of the first: the
    people of one role in one place."""

    one: Ints
    other: Ints
    group: Ints

    @classmethod
    def of(cls, place: Ints, role: Ints, *, roles: int) -> "Pairs":
        """`place` and `role` are (people,)."""
        group = place * roles + role
        order = np.argsort(group, kind="stable")
        starts = np.searchsorted(group[order], group[order], side="left")
        chosen = order[np.arange(len(order)) - starts < MOST_BESIDE]
        _, first, held = np.unique(place[chosen], return_index=True, return_counts=True)
        count = np.repeat(held, held)  # the people looked at in each one's place
        one = np.repeat(np.arange(len(chosen)), count)
        within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        other = np.repeat(np.repeat(first, held), count) + within
        one, other = chosen[one], chosen[other]
        apart = role[one] != role[other]
        return cls(one[apart], other[apart], group[one[apart]])

    def between(self, unit: Ints) -> "Pairs":
        """The pairs of people from different units (people,), sorted by the unit of the first, which is their group."""
        apart = np.flatnonzero(unit[self.one] != unit[self.other])
        apart = apart[np.argsort(unit[self.one[apart]], kind="stable")]
        return Pairs(self.one[apart], self.other[apart], unit[self.one[apart]])


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is who, (people,): the `region` in which roles are counted (-1 for none), the published `role` or what stands
    for all others, and the `own` group that a turn must not be led back in; `hand` is (owns,)."""

    region: Ints
    role: Ints
    own: Ints
    hand: Ints
    roles: int


@dataclass(frozen=True, slots=True)
class Offers:
    """The turns that places offer: sorted keys of a region, two roles and two answers, and in how many owns there
    are."""

    keys: Ints
    count: Ints
    of_own: Ints  # sorted keys combined with the own
    ways: Ints  # (hands, nodes): answers that lead to each other and back outside the hand have one number
    sides: Sides
    codes: int

    @classmethod
    def of(cls, pairs: Pairs, sides: Sides, code: Ints, *, codes: int) -> "Offers":
        """`code` (people,) is -1 for no answer."""
        at = _turning(pairs, sides, code, np.flatnonzero(sides.region[pairs.one] >= 0))
        node, key = _keys(pairs, sides, code, at, codes)
        owns = len(sides.hand)
        of_own = different(key * owns + sides.own[pairs.one[at]])
        key_of = of_own // owns
        starts = np.flatnonzero(np.diff(key_of, prepend=-1))
        keys, count = key_of[starts], np.diff(np.append(starts, len(key_of)))
        nodes = int(node.max(initial=-1) + codes)
        ways = np.zeros((HANDS, nodes), dtype=np.intp)
        hand = sides.hand[of_own % owns]
        for own in range(HANDS):
            led = key_of[hand != own]
            led = led[np.diff(led, prepend=-1) > 0]
            start = led // (codes * codes) * codes + led // codes % codes
            end = led // (codes * codes) * codes + led % codes
            graph = sparse.csr_array((np.ones(len(led), dtype=np.int8), (start, end)), shape=(nodes, nodes))
            ways[own] = connected_components(graph, directed=True, connection="strong")[1]
        return cls(keys, count, of_own, ways, sides, codes)

    def back(self, pairs: Pairs, code: Ints, at: Ints) -> tuple[Ints, Bools]:
        """In how many other owns each turn of `pairs[at]` can be led back at once, and whether by way of other
        answers."""
        one, other = pairs.one[at], pairs.other[at]
        node, _ = _keys(pairs, self.sides, code, at, self.codes)
        key = (node + code[other]) * self.codes + code[one]
        own = self.sides.own[one]
        others = _found(self.keys, key, self.count) - _found(
            self.of_own, key * len(self.sides.hand) + own, np.ones(len(self.of_own), dtype=np.intp)
        )
        hand = self.sides.hand[own]
        return others, np.asarray(self.ways[hand, node + code[one]] == self.ways[hand, node + code[other]])


def different(numbers: Ints) -> Ints:
    """The different numbers, sorted; much faster than `numpy.unique`."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _turning(pairs: Pairs, sides: Sides, code: Ints, at: Ints) -> Ints:
    """Which of the pairs `at` can change answers, so that neither their place nor their region tells."""
    one, other = pairs.one[at], pairs.other[at]
    a, c = code[one], code[other]
    possible: Ints = at[
        (a != c) & (a >= 0) & (c >= 0) & (sides.role[one] != sides.role[other]) & (sides.region[other] >= 0)
    ]
    return possible


def _keys(pairs: Pairs, sides: Sides, code: Ints, at: Ints, codes: int) -> tuple[Ints, Ints]:
    """The first node of the region and the two roles of each pair, and the key of its turn."""
    one, other = pairs.one[at], pairs.other[at]
    node = ((sides.region[one] * sides.roles + sides.role[one]) * sides.roles + sides.role[other]) * codes
    return node, (node + code[one]) * codes + code[other]


def _found(keys: Ints, asked: Ints, values: Ints) -> Ints:
    """The value of each key that was asked for, 0 where there is none."""
    if not len(keys):
        return np.zeros(len(asked), dtype=np.intp)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[at] == asked, values[at], 0)


def reach(pairs: Pairs, offers: Offers, code: Ints, values: Floats, *, wide: Floats) -> Floats:
    """How far the sum of each group can move by turns, up and down together, looking no further than for `wide`
    (groups,)."""
    found = np.zeros(len(wide))
    asked = np.flatnonzero((wide > 0)[pairs.group])
    at = _turning(pairs, offers.sides, code, asked[offers.sides.region[pairs.one[asked]] >= 0])
    if not len(at):
        return found
    back, ways = offers.back(pairs, code, at)
    some = (back > 0) | ways
    at, back = at[some], back[some]
    move = values[code[pairs.other[at]]] - values[code[pairs.one[at]]]
    used = np.zeros((2, len(code)), dtype=bool)  # once for the world above, once for the one below
    spent = np.zeros((2, len(wide)), dtype=bool)  # what came by way of other answers leaves nothing known to be free
    for turn in range(MOST_TURNS):
        for side, sign in enumerate((1.0, -1.0)):
            free = ~(used[side, pairs.one[at]] | used[side, pairs.other[at]] | spent[side, pairs.group[at]])
            gain = np.where(free & (back > turn if turn else True), sign * move, 0.0)
            best = _furthest(pairs.group[at], gain)
            best = best[gain[best] > 0]
            found[pairs.group[at[best]]] += gain[best]
            used[side, pairs.one[at[best]]] = True
            used[side, pairs.other[at[best]]] = True
            spent[side, pairs.group[at[best[back[best] <= turn]]]] = True
        short = found[pairs.group[at]] < wide[pairs.group[at]]
        at, back, move = at[short], back[short], move[short]
    return found


def _furthest(group: Ints, gain: Floats) -> Ints:
    """The position of the largest gain of each group; groups are sorted."""
    if not len(group):
        return np.empty(0, dtype=np.intp)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    best = np.maximum.reduceat(gain, starts)
    top = np.flatnonzero(gain == np.repeat(best, np.diff(np.append(starts, len(group)))))
    _, first = np.unique(group[top], return_index=True)
    return np.asarray(top[first], dtype=np.intp)
