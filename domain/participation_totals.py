"""Participation of many rooms at once: the same measure as `domain.participation`, added up room by room, in arrays.

A child is judged in each room in which it has enough counted weeks, as in the room's own report: so the numbers of a
unit are the sums of its rooms', those of an area the sums of its units'.
"""

from collections.abc import Mapping, Sequence
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
    the participations of each kind and the child-weeks they were counted over. Shapes (n,) and (n, kinds)."""

    judged: Ints
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


def room_totals(
    rooms: Sequence[RoomRecords], *, lines: Sequence[KindThresholds], rules: ParticipationRules = DEFAULT_RULES
) -> Totals:
    """The totals of each room. The rules are those of `measure_participation`, which this is tested against.

    >>> from domain.thresholds import DEMO_THRESHOLDS
    >>> week = bytes([0, 0, 0, 2, 0, 0, 0, 5, 0, 0])  # two immersion activities, no conversation, there all five days
    >>> totals = room_totals([RoomRecords(week * 4, 0)], lines=[DEMO_THRESHOLDS])
    >>> int(totals.judged[0]), totals.below[0].tolist()
    (1, [0, 1])
    """
    records = np.frombuffer(b"".join(room.records for room in rooms), dtype=RECORD)
    room_of = np.repeat(np.arange(len(rooms)), [len(room.records) // RECORD.itemsize for room in rooms])
    slots = records["slot"].astype(np.int64)
    width = int(slots.max(initial=0)) + 1
    counts = [records[kind].astype(np.int64) for kind in KINDS]
    counted = (records["weekdays"] >= rules.min_enrolled_weekdays) & ((records["absent"] == 0) | (sum(counts) > 0))
    child = room_of * width + slots

    def per_child(values: Ints | NDArray[np.bool_]) -> Ints:
        return np.bincount(child, weights=values, minlength=len(rooms) * width).astype(np.int64)

    taken_part = np.stack([per_child(count * counted) for count in counts], axis=1)
    return _per_room(taken_part, per_child(counted), np.arange(len(rooms)).repeat(width), rooms, lines, rules)


def _per_room(
    counts: Ints,
    weeks: Ints,
    room_of: Ints,
    rooms: Sequence[RoomRecords],
    lines: Sequence[KindThresholds],
    rules: ParticipationRules,
) -> Totals:
    """`counts` is (children, kinds), `weeks` the counted weeks of each child in the room `room_of`."""
    n = len(rooms)
    per_week = np.array([[line.per_week[kind] for kind in KINDS] for line in lines])
    line_of = np.array([room.line for room in rooms], dtype=np.int64)
    judged = weeks >= rules.min_counted_weeks
    rate = counts / np.maximum(weeks, 1)[:, None]
    below = (rate < per_week[line_of[room_of]]) & judged[:, None]
    below_all = below.all(axis=1)

    def total(flags: Any) -> Ints:
        return np.bincount(room_of, weights=flags, minlength=n).astype(np.int64)

    return Totals(
        judged=total(judged),
        below=np.stack([total(below[:, kind]) for kind in range(len(KINDS))], axis=1),
        below_both=total(below_all),
        reach_both=total(judged & ~below.any(axis=1)),
        participations=np.stack([total(counts[:, kind]) for kind in range(len(KINDS))], axis=1),
        child_weeks=total(weeks),
    )


def shown(
    judged: Ints, groupings: Mapping[str, Ints], *, fewest: int = FEWEST_CHILDREN
) -> dict[str, NDArray[np.bool_]]:
    """Which groups may be shown, so that none with fewer than `fewest` judged children can be worked out.

    `judged` is (rooms,). `groupings` say for each kind of group (rooms first, then from the narrowest to the widest)
    which group a room is in, -1 for none; all are shown side by side, so all are protected together: what can be worked
    out of them is a sum of blocks of rooms with enough children (`domain.blocks`).

    A room of three is hidden, and the next smallest with it, for the unit less the others would give it away:

    >>> rooms, units = np.arange(3), np.zeros(3, dtype=int)
    >>> shown(np.array([3, 9, 12]), {"room": rooms, "unit": units})["room"].tolist()
    [False, False, True]
    """
    names = list(groupings)
    if not len(judged):
        return {name: np.zeros(0, dtype=bool) for name in names}
    groups = {name: np.asarray(group, dtype=np.intp) for name, group in groupings.items()}
    tree = [groups[name] for name in names[1:]]
    label = blocks(
        judged.astype(np.intp)[:, None],
        judged < fewest,
        np.stack([*tree, np.zeros(len(judged), dtype=np.intp)]),
        limits=Limits(fewest, np.zeros(1), 0.0, 0.0),
    )
    found = {}
    for name in names:
        size = int(groups[name].max(initial=-1)) + 1
        inside = groups[name] >= 0
        children = np.bincount(groups[name][inside], judged[inside], size)
        found[name] = whole_cells(label, groups[name], judged, size) & (children >= fewest)
    return found
