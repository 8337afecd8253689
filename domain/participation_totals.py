"""Participation of many rooms at once: the same measure as `domain.participation`, added up room by room, in arrays.

A child is judged in each room in which it has enough counted weeks, as in the room's own report: so the numbers of a
unit are the sums of its rooms', those of an area the sums of its units'.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.blocks import Limits, blocks, whole_cells
from domain.observations import KINDS
from domain.thresholds import DEFAULT_RULES, KindThresholds, ParticipationRules

Ints = NDArray[np.int64]
FEWEST_CHILDREN = 5
"""Fewer judged children than that, and a group is not shown (as for the answers of staff)."""
PORTIONS = 60
"""A child judged in several rooms is shared out among them, in portions: rooms together never hold more children than
there are, though each counts every child it judges."""

RECORD = np.dtype([("slot", ">i2"), *((kind, ">i2") for kind in KINDS), ("weekdays", ">i2"), ("absent", ">i2")])
"""A child's week in a room, in the order of the bytes: big-endian 16-bit integers, as PostgreSQL sends them."""


@dataclass(frozen=True, slots=True)
class RoomRecords:
    """What a room recorded in its completed weeks: a `RECORD` for each child and week, in any order.

    `slot` is the child's number in the room, from 0; then the larger of activities and tally for each kind; the
    weekdays (of five) the child belonged to the room; and whether it was absent. `line` is which of the thresholds the
    room is held against.
    """

    records: bytes
    line: int


@dataclass(frozen=True, slots=True)
class Totals:
    """One row for each room (or sum of rooms): children `judged`, `below` for each kind, `below_both`, `reach_both`,
    the participations of each kind of the judged and the child-weeks they were counted over; `portions` of children (a
    whole one is `PORTIONS`). Shapes (n,) and (n, kinds)."""

    judged: Ints
    portions: Ints
    below: Ints
    below_both: Ints
    reach_both: Ints
    participations: Ints
    child_weeks: Ints

    def summed(self, group: Ints, groups: int) -> "Totals":
        """The sums of the rooms of each group; `group` is (n,), -1 for rooms in none."""

        def add(values: Ints) -> Ints:
            total = np.zeros((groups, *values.shape[1:]), dtype=np.int64)
            inside = group >= 0
            np.add.at(total, group[inside], values[inside])
            return total

        return Totals(*(add(getattr(self, name)) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Children:
    """A row for each slot of each room, `slots` rows a room: the counted weeks of the child, its participations in
    them, whether it is judged, and below which lines; `judged_in` how many rooms it is. Shapes (n,) and (n, kinds)."""

    slots: int
    weeks: Ints
    counts: Ints
    judged: NDArray[np.bool_]
    below: NDArray[np.bool_]
    judged_in: Ints

    @property
    def room(self) -> Ints:
        return np.arange(len(self.weeks)) // self.slots

    @property
    def portions(self) -> Ints:
        return np.asarray(self.judged * PORTIONS // self.judged_in, dtype=np.int64)


def measured_children(
    rooms: Sequence[RoomRecords],
    *,
    lines: Sequence[KindThresholds],
    rules: ParticipationRules = DEFAULT_RULES,
    moved: Iterable[Sequence[tuple[int, int]]] = (),
) -> Children:
    """Each child in each room. The rules are those of `measure_participation`, which this is tested against.

    `moved` are the children who were in several rooms: the room and the slot of each time.
    """
    records = np.frombuffer(b"".join(room.records for room in rooms), dtype=RECORD)
    room_of = np.repeat(np.arange(len(rooms)), [len(room.records) // RECORD.itemsize for room in rooms])
    slot = records["slot"].astype(np.int64)
    slots = int(slot.max(initial=0)) + 1
    recorded = [records[kind].astype(np.int64) for kind in KINDS]
    counted = (records["weekdays"] >= rules.min_enrolled_weekdays) & ((records["absent"] == 0) | (sum(recorded) > 0))
    child = room_of * slots + slot

    def per_child(values: Ints | NDArray[np.bool_]) -> Ints:
        return np.bincount(child, weights=values, minlength=len(rooms) * slots).astype(np.int64)

    counts = np.stack([per_child(count * counted) for count in recorded], axis=1)
    weeks = per_child(counted)
    judged = weeks >= rules.min_counted_weeks
    per_week = np.array([[line.per_week[kind] for kind in KINDS] for line in lines])
    held_against = per_week[np.array([room.line for room in rooms], dtype=np.int64).repeat(slots)]
    below = (counts / np.maximum(weeks, 1)[:, None] < held_against) & judged[:, None]
    judged_in = np.ones(len(weeks), dtype=np.int64)
    for stays in moved:
        mine = [at for room, number in stays if number < slots and judged[at := room * slots + number]]
        judged_in[mine] = max(1, len(mine))
    return Children(slots, weeks, counts, judged, below, judged_in)


def room_totals(children: Children) -> Totals:
    """The totals of each room. How often children took part is told of the judged ones: the others are too few to be
    told of, and would be what the sum of a place has more than its other rooms.

    >>> from domain.thresholds import DEMO_THRESHOLDS
    >>> week = bytes([0, 0, 0, 2, 0, 0, 0, 5, 0, 0])  # two immersion activities, no conversation, there all five days
    >>> totals = room_totals(measured_children([RoomRecords(week * 4, 0)], lines=[DEMO_THRESHOLDS]))
    >>> int(totals.judged[0]), totals.below[0].tolist()
    (1, [0, 1])
    """

    def total(values: NDArray[Any]) -> Ints:
        """(n, ...) -> (rooms, ...)"""
        return np.asarray(values.reshape(-1, children.slots, *values.shape[1:]).sum(axis=1), dtype=np.int64)

    return Totals(
        judged=total(children.judged),
        portions=total(children.portions),
        below=total(children.below),
        below_both=total(np.all(children.below, axis=1)),
        reach_both=total(children.judged & ~children.below.any(axis=1)),
        participations=total(children.counts * children.judged[:, None]),
        child_weeks=total(children.weeks * children.judged),
    )


def shown(
    judged: Ints, groupings: Mapping[str, Ints], *, portions: Ints | None = None, fewest: int = FEWEST_CHILDREN
) -> dict[str, NDArray[np.bool_]]:
    """Which groups may be shown, so that none with fewer than `fewest` judged children can be worked out.

    `judged` is (rooms,). `groupings` say for each kind of group (rooms first, then from the narrowest to the widest)
    which group a room is in, -1 for none; all are shown side by side, so all are protected together: what can be worked
    out of them is a sum of blocks of rooms with enough children (`domain.blocks`). `portions` (rooms,) as in `Totals`;
    without them nobody is judged in two rooms.

    A room of three is hidden, and the next smallest with it, for the unit less the others would give it away:

    >>> rooms, units = np.arange(3), np.zeros(3, dtype=int)
    >>> shown(np.array([3, 9, 12]), {"room": rooms, "unit": units})["room"].tolist()
    [False, False, True]
    """
    if not len(judged):
        return {name: np.zeros(0, dtype=bool) for name in groupings}
    groups = {name: np.asarray(group, dtype=np.intp) for name, group in groupings.items()}
    portions = judged * PORTIONS if portions is None else portions
    label = room_blocks(judged, groups, portions=portions, fewest=fewest)
    found = {}
    for name, group in groups.items():
        size = int(group.max(initial=-1)) + 1
        inside = group >= 0
        children, largest = np.bincount(group[inside], portions[inside], size), np.zeros(size, dtype=np.int64)
        np.maximum.at(largest, group[inside], judged[inside])
        enough = (children >= portions_of(fewest)) | (largest >= fewest)
        found[name] = whole_cells(label, group, judged, size) & enough
    return found


def portions_of(fewest: int) -> int:
    """So many portions are of `fewest` children at least: a child more than the one before, if only a portion of it."""
    return (fewest - 1) * PORTIONS + 1


def room_blocks(
    judged: Ints, groupings: Mapping[str, NDArray[np.signedinteger]], *, portions: Ints, fewest: int
) -> NDArray[np.intp]:
    """The block of each room (see `shown`): the least index of a room in it."""
    tree = [np.asarray(group, dtype=np.intp) for group in list(groupings.values())[1:]]
    return blocks(
        portions.astype(np.intp)[:, None],
        judged < fewest,
        np.stack([*tree, np.zeros(len(judged), dtype=np.intp)]),
        limits=Limits(portions_of(fewest), np.zeros(1), 0.0, 0.0),
    )
