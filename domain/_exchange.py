"""The bounding test behind `domain.disclosure`: could the answers of a hidden group be other than they are?

What cannot be worked out by adding and subtracting may still be bounded, for answers lie on a scale: where the other
educators of an area all answered 5, what is left of a unit's mean is its leader's. So each hidden group of few people
must have another *possible world*: the same answers held by other people, so that every published cell holds exactly
the same answers as before, and none of its figures (mean, deviation, distribution, agreement, whatever) differs; only
the hidden group's do. Two kinds of exchange are looked for:

- within a *class*, the people who are in exactly the same published cells: any may have given any answer of the class;
- around a rectangle: two of one role change places between two units, and two of another role change back,
  in such a way that both units keep their answers. It leaves a published cell alone if the cell has both roles or
  neither in each unit, or one of them in both.

The interval is as wide as the sums of the hidden group in such worlds lie apart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_MOST_AT_ONCE = 4_000_000  # turns looked at together, for memory
_MOST_TURNS = 4  # of one target at the same time
_STEPS = 2  # each doubles how many turns of others may lead back


@dataclass(frozen=True, slots=True)
class Given:
    """One measure of each person: `atom` (people,) and `code` (people,), a position in `values`, which are ascending.
    The scale reaches over `width`."""

    atom: Ints
    code: Ints
    values: Floats
    width: float

    @classmethod
    def of(cls, atom: Ints, answers: NDArray[np.generic], *, width: float) -> "Given":
        """`answers` (people,) without missing ones."""
        values, code = np.unique(np.round(answers.astype(np.float64), 9), return_inverse=True)
        return cls(atom, np.asarray(code, dtype=np.intp).reshape(-1), np.asarray(values, dtype=np.float64), width)


def exposed(
    membership: Ints, shown: Bools, given: Given, *, minimum: Ints, small: int, share: float, part: float
) -> list[tuple[int, ...]]:
    """For each hidden cell with too few people whose interval is too narrow: the cells of which one must be hidden.

    Wide enough for the sum is `share` of the scale for each of fewer than `small` people (for one, if there are more),
    or `part` of what a published cell around it leaves open by itself: nothing, if all in it answered the same.
    """
    counts = _counted(given, len(membership))
    world = _World.of(membership, shown, given, counts)
    targets = _targets(world, shown, minimum)
    if not len(targets.cells):
        return []
    each = np.where(targets.people < small, targets.people, 1)
    wide = np.minimum(share * each * given.width, part * _around(membership, counts, targets, given.values))
    reach = _within_classes(world, targets)
    short = reach < wide - 1e-9
    if short.any():
        reach = np.maximum(reach, _around_rectangles(world, targets, np.where(short, wide, 0.0)))
    return [_blamed(world, targets, target) for target in np.flatnonzero(reach < wide - 1e-9).tolist()]


def _counted(given: Given, atoms: int) -> Ints:
    """How many of each atom gave each value, (atoms, codes)."""
    size = len(given.values)
    return np.bincount(given.atom * size + given.code, minlength=atoms * size).reshape(atoms, size)


@dataclass(frozen=True, slots=True)
class _World:
    """The atoms whose people are not published by themselves."""

    offered: Ints  # (atoms, levels)
    row: Ints  # the published unit, -1 for none
    known: Ints  # (2, pairs): the published units, and the roles published of them
    upper: Ints  # (atoms, levels - 2): the published cells above
    kind: Ints  # the class
    counts: Ints  # (atoms, codes)
    values: Floats

    @classmethod
    def of(cls, membership: Ints, shown: Bools, given: Given, counts: Ints) -> "_World":
        published = np.where((membership >= 0) & shown[membership], membership, -1)
        known = published[(published[:, 0] >= 0) & (published[:, 1] >= 0), :2].T
        live = np.flatnonzero((published[:, 1] < 0) & counts.any(axis=1))
        published, counts = published[live], counts[live]
        kind = _numbered(np.column_stack([published[:, :1], published[:, 2:]]))
        return cls(membership[live], published[:, 0], known, published[:, 2:], kind, counts, given.values)


@dataclass(frozen=True, slots=True)
class _Targets:
    """The hidden cells to be protected. `entry_*` list the classes that hold people of each: (entries,)."""

    cells: Ints
    people: Ints
    common: Ints  # (targets, levels): the published cell that all its people are in, -1 if there is none
    entry_target: Ints
    entry_kind: Ints
    entry_counts: Ints  # (entries, codes)
    atoms: Ints  # (pairs, 2): target and atom


def _targets(world: _World, shown: Bools, minimum: Ints) -> _Targets:
    atom, level = np.nonzero((world.offered >= 0) & ~shown[world.offered])
    cell = world.offered[atom, level]
    people = np.bincount(cell, world.counts.sum(axis=1)[atom], len(shown)).astype(np.intp)
    free = (world.row < 0) & (world.upper < 0).all(axis=1)  # nothing is published of these
    loose = np.bincount(cell, free[atom], len(shown)) > 0
    wanted = (people < minimum) & ~loose & ~_units_by_another_name(world, cell, atom, people, minimum)
    atom, cell = atom[wanted[cell]], cell[wanted[cell]]
    cells, target = np.unique(cell, return_inverse=True)
    entries, entry = np.unique(target * (world.kind.max(initial=0) + 1) + world.kind[atom], return_inverse=True)
    counts = np.zeros((len(entries), world.counts.shape[1]), dtype=np.intp)
    np.add.at(counts, entry, world.counts[atom])
    published = np.column_stack([world.row, np.full(len(world.row), -1), world.upper])[atom]
    low = np.full((len(cells), published.shape[1]), np.iinfo(np.intp).max)
    high = np.full_like(low, -1)
    np.minimum.at(low, target, published)
    np.maximum.at(high, target, published)
    return _Targets(
        cells=cells,
        people=people[cells],
        common=np.where(low == high, low, -1),
        entry_target=entries // (world.kind.max(initial=0) + 1),
        entry_kind=entries % (world.kind.max(initial=0) + 1),
        entry_counts=counts,
        atoms=np.column_stack([target, atom]),
    )


def _units_by_another_name(world: _World, cell: Ints, atom: Ints, people: Ints, minimum: Ints) -> Bools:
    """The cells whose people are those of one unit, which has enough of them to be shown as a unit."""
    unit, n = world.offered[:, 0], world.counts.sum(axis=1)
    low, high = np.full(len(people), np.iinfo(np.intp).max), np.full(len(people), -1)
    np.minimum.at(low, cell, unit[atom])
    np.maximum.at(high, cell, unit[atom])
    of_units = np.bincount(unit, n, len(people)).astype(np.intp)
    one = low == high
    same = np.zeros(len(people), dtype=bool)
    same[one] = (of_units[low[one]] == people[one]) & (people[one] >= minimum[low[one]])
    return same


def _around(membership: Ints, counts: Ints, targets: _Targets, values: Floats) -> Floats:
    """How far the sum of as many people can differ in the published cell around them that leaves least: the highest
    answers less the lowest."""
    reach = np.full(len(targets.cells), np.inf)
    for level, common in enumerate(targets.common.T):
        cells, at = np.unique(common, return_inverse=True)
        atom = np.flatnonzero(np.isin(membership[:, level], cells[cells >= 0]))
        of_cells = np.zeros((len(cells), counts.shape[1]), dtype=np.intp)
        np.add.at(of_cells, np.searchsorted(cells, membership[atom, level]), counts[atom])
        spread = _spread(of_cells[at.reshape(-1)], targets.people, values)
        reach = np.where(common >= 0, np.minimum(reach, spread), reach)
    return reach


def _spread(counts: Ints, n: Ints, values: Floats) -> Floats:
    """The sum of the `n` highest less that of the `n` lowest of (…, codes) `counts`."""
    up = np.minimum(np.cumsum(counts, axis=1), n[:, None])
    down = np.minimum(np.cumsum(counts[:, ::-1], axis=1), n[:, None])
    lowest = np.diff(up, axis=1, prepend=0) @ values
    highest = np.diff(down, axis=1, prepend=0) @ values[::-1]
    return np.asarray(highest - lowest, dtype=np.float64)


def _within_classes(world: _World, targets: _Targets) -> Floats:
    of_kinds = np.zeros((world.kind.max(initial=0) + 1, world.counts.shape[1]), dtype=np.intp)
    np.add.at(of_kinds, world.kind, world.counts)
    held = targets.entry_counts.sum(axis=1)
    reach = _spread(of_kinds[targets.entry_kind], held, world.values)
    return np.asarray(np.bincount(targets.entry_target, reach, len(targets.cells)), dtype=np.float64)


def _around_rectangles(world: _World, targets: _Targets, wide: Floats) -> Floats:
    """The widest exchange around rectangles that was found for each target, looking no further than for `wide`.

    A unit *offers* a turn from value a to value b in one role if somebody of that role answered a and somebody of the
    other role b: it then can have b and a instead without its own answers being others. A target's turn from a to b is
    possible if other units' turns lead back from b to a, each over any values between.
    """
    pairs = _Pairs.of(world)
    found = np.zeros(len(targets.cells))
    for look in (_turned_once, _turned):  # the second sees more, but takes longer
        entry, pair = pairs.starting_at(targets.entry_kind, (found < wide - 1e-9)[targets.entry_target])
        order = np.argsort(pairs.key[pair], kind="stable")
        entry, pair = entry[order], pair[order]
        step = max(1, _MOST_AT_ONCE // len(world.values) ** 2)
        for at in range(0, len(pair), step):
            part = slice(at, at + step)
            np.maximum.at(
                found, targets.entry_target[entry[part]], look(world, targets, pairs, entry[part], pair[part])
            )
    return found


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The ordered pairs of classes in one published unit, or in what is not published of the units: (pairs,).

    Pairs with one `key` differ by the same published cells, so that turns in them add up to nothing in every cell.
    """

    row: Ints
    first: Ints
    second: Ints
    key: Ints
    counts: Ints  # (classes, codes)

    @classmethod
    def of(cls, world: _World) -> "_Pairs":
        kinds, at = np.unique(world.kind, return_index=True)
        row, upper = world.row[at], world.upper[at]
        counts = np.zeros((len(kinds), world.counts.shape[1]), dtype=np.intp)
        np.add.at(counts, world.kind, world.counts)
        order = np.argsort(row, kind="stable")
        order = order[row[order] >= 0]
        first, second = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
        for step in range(1, int(np.bincount(row[order]).max(initial=0))):
            together = np.flatnonzero(row[order][:-step] == row[order][step:])
            a, b = order[together], order[together + step]
            first += [a, b]
            second += [b, a]
        one, other = np.concatenate(first), np.concatenate(second)
        unpublished = _unpublished_pairs(row, upper, one, other)
        one, other = np.concatenate([one, unpublished[0]]), np.concatenate([other, unpublished[1]])
        same = upper[one] == upper[other]
        key = _numbered(np.hstack([np.where(same, -1, upper[one]), np.where(same, -1, upper[other])]))
        return cls(row[one], one, other, key, counts)

    def starting_at(self, kind: Ints, wanted: Bools) -> tuple[Ints, Ints]:
        """The entries that are `wanted`, with each pair whose first class is theirs."""
        order = np.argsort(self.first, kind="stable")
        starts = np.searchsorted(self.first[order], kind, side="left")
        counts = np.where(wanted, np.searchsorted(self.first[order], kind, side="right") - starts, 0)
        entry = np.repeat(np.arange(len(kind)), counts)
        within = np.arange(len(entry)) - np.repeat(np.cumsum(counts) - counts, counts)
        return entry, order[np.repeat(starts, counts) + within]


def _unpublished_pairs(row: Ints, upper: Ints, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """The pairs of classes outside published units whose cells above are those of a pair in a published unit."""
    outside = np.flatnonzero(row < 0)
    if not len(outside) or not len(one):
        return outside[:0], outside[:0]
    number = _numbered(upper)
    at = np.full(number.max() + 1, -1)
    at[number[outside]] = outside
    found = np.unique(np.column_stack([at[number[one]], at[number[other]]]), axis=0)
    found = found[(found >= 0).all(axis=1)]
    return found[:, 0], found[:, 1]


def _offers(pairs: _Pairs, pair: Ints) -> tuple[NDArray[np.int16], Ints]:
    """How many units offer each turn, (keys, from, to), and the key of each `pair` among them."""
    keys, at = np.unique(pairs.key[pair], return_inverse=True)
    members = np.flatnonzero(np.isin(pairs.key, keys))
    members = members[np.argsort(pairs.key[members], kind="stable")]
    ends = np.searchsorted(pairs.key[members], keys, side="right")
    offers = np.zeros((len(keys), *(pairs.counts.shape[1],) * 2), dtype=np.int16)
    start = 0
    holds = (pairs.counts > 0).astype(np.float32)
    for number, end in enumerate(ends):
        mine = members[start:end]
        offers[number] = holds[pairs.first[mine]].T @ holds[pairs.second[mine]]
        start = end
    return offers, np.asarray(at, dtype=np.intp).reshape(-1)


def _beside(targets: _Targets, pairs: _Pairs, entry: Ints, pair: Ints) -> Ints:
    """The people beside those of the target, in the pair's other class: (entries, codes)."""
    counts = pairs.counts[pairs.second[pair]]
    where = _position(targets, targets.entry_target[entry], pairs.second[pair])
    counts[where >= 0] -= targets.entry_counts[where[where >= 0]]
    return counts


def _turned_once(world: _World, targets: _Targets, pairs: _Pairs, entry: Ints, pair: Ints) -> Floats:
    """How far one turn up and one turn down lie apart, for each entry and pair; 0 for targets in several classes."""
    single = np.bincount(targets.entry_target, minlength=len(targets.cells))[targets.entry_target[entry]] == 1
    offers, at = _offers(pairs, pair)
    held, beside = targets.entry_counts[entry] > 0, _beside(targets, pairs, entry, pair) > 0
    row, value = np.nonzero(held & single[:, None])
    first, second = pairs.first[pair[row]], pairs.second[pair[row]]
    own = (pairs.counts[first] > 0) & (pairs.counts[second, value] > 0)[:, None]
    possible = (offers[at[row], :, value] > own) & beside[row]
    apart = world.values - world.values[value][:, None]
    reach = np.zeros((2, len(entry)))
    for side, sign in enumerate((1, -1)):
        np.maximum.at(reach[side], row, np.where(possible, sign * apart, 0.0).max(axis=1, initial=0.0))
    return np.asarray(reach.sum(axis=0), dtype=np.float64)


def _turned(world: _World, targets: _Targets, pairs: _Pairs, entry: Ints, pair: Ints) -> Floats:
    """How far the sum of the target can move by several turns, for each entry and pair."""
    offers, at = _offers(pairs, pair)
    target = targets.entry_target[entry]
    other = offers[at] - _own_offers(targets, pairs, target, pair)
    held, beside = targets.entry_counts[entry], _beside(targets, pairs, entry, pair)
    apart = world.values - world.values[:, None]  # from the row's value to the column's
    up, down = (_furthest(held, beside, other, sign * apart) for sign in (1, -1))
    back = other > 0
    for _ in range(_STEPS):
        back = back | (np.matmul(back.astype(np.float32), back.astype(np.float32)) > 0)
    wish = (held > 0)[:, :, None] & (beside > 0)[:, None, :] & back.transpose(0, 2, 1)
    once = (np.where(wish, sign * apart, 0.0).max(axis=(1, 2), initial=0.0) for sign in (1, -1))
    return np.asarray(np.maximum(up, next(once)) + np.maximum(down, next(once)), dtype=np.float64)


def _furthest(held: Ints, beside: Ints, other: NDArray[np.int16], apart: Floats) -> Floats:
    """How far the sum of those `held` can move by turns with those `beside` them, each led back by one other unit."""
    held, beside, moved = held.copy(), beside.copy(), np.zeros(len(held))
    at = np.arange(len(held))
    for turn in range(_MOST_TURNS):
        possible = (held > 0)[:, :, None] & (beside > 0)[:, None, :] & (other.transpose(0, 2, 1) > turn)
        gain = np.where(possible, apart, 0.0).reshape(len(held), -1)
        best = gain.argmax(axis=1)
        moved += gain[at, best]
        turned = gain[at, best] > 0
        value, becomes = np.divmod(best, len(apart))
        held[at, value] -= turned
        beside[at, becomes] -= turned
    return moved


def _offered(pairs: _Pairs, which: Ints) -> Bools:
    """The turns that pairs offer, (pairs, from, to)."""
    return np.asarray(
        (pairs.counts[pairs.first[which]] > 0)[:, :, None] & (pairs.counts[pairs.second[which]] > 0)[:, None, :]
    )


def _own_offers(targets: _Targets, pairs: _Pairs, target: Ints, pair: Ints) -> NDArray[np.int16]:
    """What the units that hold people of each target offer themselves: turns that would change the target back."""
    own = _offered(pairs, pair).astype(np.int16)
    several = np.bincount(targets.entry_target, minlength=len(targets.cells))[target] > 1
    for at in np.flatnonzero(several):
        held = targets.entry_kind[targets.entry_target == target[at]]
        others = np.setdiff1d(held, pairs.first[pair[at]])
        mine = np.flatnonzero((pairs.key == pairs.key[pair[at]]) & np.isin(pairs.first, others))
        own[at] += _offered(pairs, mine).sum(axis=0).astype(np.int16)
    return own


def _position(targets: _Targets, target: Ints, kind: Ints) -> Ints:
    """The entry of each target and class, -1 where there is none."""
    size = int(max(targets.entry_kind.max(initial=0), kind.max(initial=0))) + 1
    known = targets.entry_target * size + targets.entry_kind  # ascending
    asked = target * size + kind
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, at, -1)


def _blamed(world: _World, targets: _Targets, target: int) -> tuple[int, ...]:
    """Published cells that keep the target's people from being exchanged.

    Those that part them from others of their units (the roles of the units and above), or else everything above them;
    and their own unit, or if it is hidden already, the units whose people could stand beside them.
    """
    atoms = targets.atoms[targets.atoms[:, 0] == target, 1]
    units = np.isin(world.offered[:, 0], world.offered[atoms, 0])
    around = np.unique(world.upper[units])
    parting = [int(cell) for cell in around if cell >= 0 and not (world.upper[units] == cell).any(axis=1).all()]
    parting += np.unique(world.known[1, np.isin(world.known[0], world.row[atoms])]).tolist()
    near = np.where(world.row >= 0, (world.upper == world.upper[atoms[0]]).sum(axis=1), -1)
    beside = (near == (world.upper.shape[1] if parting else near.max())) & (near >= 0)
    rows = np.unique(world.row[atoms] if (world.row[atoms] >= 0).all() else world.row[beside]).tolist()
    above = [] if parting else np.unique(world.upper[atoms]).tolist()
    return tuple(int(cell) for cell in (*parting, *above, *rows) if cell >= 0)


def _numbered(rows: Ints) -> Ints:
    """The number of each row among the different ones."""
    number = np.zeros(len(rows), dtype=np.intp)
    for column in rows.T:
        low = column.min(initial=0)
        _, number = np.unique(number * (column.max(initial=0) - low + 1) + column - low, return_inverse=True)
    return np.asarray(number, dtype=np.intp).reshape(-1)
