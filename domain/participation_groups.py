"""Patterns in a whole place: groups of its children beside each other, without giving away a small one.

The groups of a trait (say multilingual, not multilingual, not known) split the children of every place. Beside what is
shown of the places themselves, and of the other traits, they could be told apart further by subtraction. So the rooms
are put together in blocks once more, for each trait, until what is left over of a block in any way is nobody or enough
children; a place is shown in a trait when it holds whole such blocks only. What its parts tell is then told of enough
children, whatever is subtracted from what.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from domain.observations import KINDS
from domain.participation_totals import FEWEST_CHILDREN, Children, Ints, portions_of, room_blocks
from domain.patterns import KEYS_OF, TRAITS, Comparison, Group, Trait, points_out
from domain.thresholds import DEFAULT_PATTERN_RULES, PatternRules

VALUES = 3
"""What a trait can be: not known, its first group, its second one (in the order of `KEYS_OF`)."""
TRAIT_RECORD = np.dtype([("slot", ">i2"), *((trait, ">i2") for trait in TRAITS)])
"""A child of a room and its value of each trait (0-2), in the order of the bytes: big-endian 16-bit integers."""

Meeting = list[list[int]]
"""Portions of judged children in both of two groups; a group is a trait and a value, numbered 3 trait + value."""


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """For each room the judged children in both of two groups, as such and in portions, and those of a group below each
    line: `met` and `portions` are (rooms, groups, groups), `below` (rooms, groups, kinds)."""

    met: Ints
    portions: Ints
    below: Ints

    @property
    def judged(self) -> Ints:
        """(rooms,): everybody has one value of the first trait."""
        return np.asarray(self.met[:, np.arange(VALUES), np.arange(VALUES)].sum(axis=1), dtype=np.int64)


def group_totals(children: Children, traits: Sequence[bytes]) -> GroupTotals:
    """The groups of each room; `traits` has for each room the `TRAIT_RECORD`s of its children, in any order. A child
    without one has no known trait."""
    records = np.frombuffer(b"".join(traits), dtype=TRAIT_RECORD)
    room_of = np.repeat(np.arange(len(traits)), [len(room) // TRAIT_RECORD.itemsize for room in traits])
    mine = records["slot"] < children.slots  # who has a number but nothing recorded is not judged anyhow
    at = (room_of * children.slots + records["slot"])[mine]
    rooms, groups = len(traits), len(TRAITS) * VALUES
    group = np.tile(np.arange(len(TRAITS)) * VALUES, (len(children.judged), 1))
    for number, trait in enumerate(TRAITS):
        group[at, number] += records[trait][mine]
    judged = np.flatnonzero(children.judged)
    room, group = children.room[judged], group[judged]
    met, portions = (np.zeros((rooms, groups, groups), dtype=np.int64) for _ in range(2))
    below = np.zeros((rooms, groups, len(KINDS)), dtype=np.int64)
    for first in group.T:
        np.add.at(below, (room, first), children.below[judged])
        for second in group.T:
            np.add.at(met, (room, first, second), 1)
            np.add.at(portions, (room, first, second), children.portions[judged])
    return GroupTotals(met, portions, below)


def compare_place(
    totals: GroupTotals,
    mine: NDArray[np.bool_],
    shown: Mapping[Trait, NDArray[np.bool_]],
    *,
    rules: PatternRules = DEFAULT_PATTERN_RULES,
) -> tuple[Comparison, ...]:
    """The comparisons of the place with the rooms `mine` (rooms,), by kind and trait, as `compare_groups` has them for
    a room; without the traits in which it may not be `shown` (see `shown_rooms`)."""
    told = [trait for trait in TRAITS if shown[trait][mine].all()]
    met, below = totals.met[mine].sum(axis=0), totals.below[mine].sum(axis=0)
    return tuple(_comparison(met, below, number, trait, rules) for number in range(len(KINDS)) for trait in told)


def _comparison(met: Ints, below: Ints, kind: int, trait: Trait, rules: PatternRules) -> Comparison:
    unknown = TRAITS.index(trait) * VALUES
    first, second = (
        Group(key, int(met[group, group]), int(below[group, kind]))
        for group, key in enumerate(KEYS_OF[trait], start=unknown + 1)
    )
    pointed_out = 0 if points_out(first, second, rules=rules) else 1 if points_out(second, first, rules=rules) else None
    return Comparison(KINDS[kind], trait, (first, second), int(met[unknown, unknown]), pointed_out)


def shown_rooms(
    totals: GroupTotals, groupings: Mapping[str, Ints], place: Ints, *, fewest: int = FEWEST_CHILDREN
) -> dict[Trait, NDArray[np.bool_]]:
    """For each trait the rooms (rooms,) whose blocks lie within their place, and are large enough in every way.

    `groupings` are those that the places are shown by (`participation_totals.shown`: rooms first); `place` is the
    number of the place of each room, of the kind that is asked for: -1 for none.
    """
    judged = totals.judged
    everybody = totals.portions[:, np.arange(VALUES), np.arange(VALUES)].sum(axis=1)
    base = room_blocks(judged, groupings, portions=everybody, fewest=fewest)
    levels = [groupings[name] for name in ("unit", "area", "municipality")]
    found = {}
    for trait in TRAITS:
        shown = judged == 0
        of_trait = _trait_blocks(totals.portions, TRAITS.index(trait), base, judged, levels, portions_of(fewest))
        for rooms, sound in of_trait:
            shown[rooms] = sound and len(set(place[rooms].tolist())) == 1
        found[trait] = shown
    return found


@dataclass(slots=True)
class _Block:
    """Rooms, and the meetings of each of the parts they are put together of: blocks of the places themselves."""

    rooms: list[int]
    parts: list[Meeting]
    sound: bool

    @property
    def size(self) -> int:
        return sum(part[group][group] for part in self.parts for group in range(VALUES))


def _trait_blocks(
    portions: Ints, trait: int, base: NDArray[np.intp], judged: Ints, levels: Sequence[Ints], fewest: int
) -> Iterator[tuple[list[int], bool]]:
    """The blocks of the trait: rooms, and whether they are large enough. What is not is put together with the others
    of its unit that are not, then with the smallest beside them; then in the area, and in the municipality. `fewest`
    is in portions too."""
    inside: dict[int, list[int]] = {}
    for room in np.flatnonzero(judged > 0).tolist():
        inside.setdefault(int(base[room]), []).append(room)
    blocks = [
        _made([_Block(rooms, [portions[rooms].sum(axis=0).tolist()], False)], trait, fewest)
        for rooms in inside.values()
    ]
    for level in levels:
        nodes: dict[int, list[_Block]] = {}
        for block in blocks:
            node = set(level[block.rooms].tolist())
            nodes.setdefault(node.pop() if len(node) == 1 else -1, []).append(block)
        outside = nodes.pop(-1, [])
        blocks = [*outside, *(block for mine in nodes.values() for block in _joined(mine, trait, fewest))]
    return ((block.rooms, block.sound) for block in blocks)


def _joined(mine: list[_Block], trait: int, fewest: int) -> list[_Block]:
    small = [block for block in mine if not block.sound]
    if not small:
        return mine
    beside = sorted((block for block in mine if block.sound), key=lambda block: block.size, reverse=True)
    made = _made(small, trait, fewest)
    while not made.sound and beside:
        made = _made([made, beside.pop()], trait, fewest)
    return [made, *beside]


def _made(blocks: Sequence[_Block], trait: int, fewest: int) -> _Block:
    parts = [part for block in blocks for part in block.parts]
    sound = all(not 0 < left < fewest for left in _left_over(parts, trait, fewest))
    return _Block([room for block in blocks for room in block.rooms], parts, sound)


def _left_over(parts: Sequence[Meeting], trait: int, fewest: int) -> Iterator[int]:
    """How many children each thing is about that can be worked out of a block: nobody, or as many as it takes.

    - A group of the trait, and the rest of it.
    - Of parts that are shown as a whole: those with children of some groups, less these groups. (In a table whose
      rows, the parts, and columns, the groups, are known by their sums, this is all that follows from an empty cell.)
    - Of two traits: a group less another that lies within it, and so on; for the traits before this one, where they
      can be shown.
    """
    groups = range(VALUES * trait, VALUES * (trait + 1))
    for some in (group for size in (1, 2) for group in combinations(groups, size)):
        others = [group for group in groups if group not in some]
        yield sum(part[group][group] for part in parts for group in some)
        having = [part for part in parts if any(part[group][group] for group in some)]
        yield sum(part[group][group] for part in having for group in others)
    whole = [[sum(cells) for cells in zip(*rows, strict=True)] for rows in zip(*parts, strict=True)]
    everybody = sum(whole[group][group] for group in groups)
    for group in groups:
        for other in range(VALUES * trait):
            mine, theirs, both = whole[group][group], whole[other][other], whole[group][other]
            if 0 < mine < everybody and fewest <= theirs <= everybody - fewest:
                # Of the four cells of the two groups and the rest, one that is empty tells the other three.
                cells = [both, mine - both, theirs - both, everybody - mine - theirs + both]
                yield from cells if 0 in cells else []
