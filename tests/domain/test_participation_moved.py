"""Children who were in several rooms of a period: whatever is told of places is of five different children or more."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.participation_totals import FEWEST_CHILDREN, PORTIONS, RoomRecords, measured_children, room_totals, shown
from domain.thresholds import DEMO_THRESHOLDS
from tests.domain.test_participation_groups import GROUPINGS, in_span

ROOMS = 6
FOUR_WEEKS = 4

stays = st.lists(st.sets(st.integers(0, ROOMS - 1), min_size=1, max_size=3), min_size=1, max_size=40)


@given(stays)
def test_nothing_that_is_shown_is_about_a_few_children_counted_more_than_once(rooms_of: list[set[int]]) -> None:
    """Each child in each of its rooms a column, each shown place a row: whatever adds up to a place is of enough
    different children, and nothing adds up to what a hidden room or the few in it did."""
    inside = [[child for child, rooms in enumerate(rooms_of) if room in rooms] for room in range(ROOMS)]
    records = [
        RoomRecords(
            b"".join(np.array([slot, 1, 1, 5, 0], ">i2").tobytes() * FOUR_WEEKS for slot in range(len(mine))), 0
        )
        for mine in inside
    ]
    moved = [[(room, inside[room].index(child)) for room in rooms] for child, rooms in enumerate(rooms_of)]
    totals = room_totals(measured_children(records, lines=[DEMO_THRESHOLDS], moved=moved))
    assert totals.judged.tolist() == [len(mine) for mine in inside]
    assert totals.portions.sum() == len(rooms_of) * PORTIONS
    found = shown(totals.judged, GROUPINGS, portions=totals.portions)
    rows = np.array([
        (GROUPINGS[name] == at) * (totals.judged > 0)
        for name, visible in found.items() for at in np.flatnonzero(visible)
    ], dtype=float).reshape(-1, ROOMS)  # fmt: skip
    for some in range(1, 2**ROOMS):
        rooms = np.array([bool(some >> room & 1) for room in range(ROOMS)]) & (totals.judged > 0)
        if rooms.any() and len(rows) and in_span(rows, rooms.astype(float)):
            people = {child for room in np.flatnonzero(rooms) for child in inside[room]}
            assert len(people) >= FEWEST_CHILDREN
