"""Groups of children in whole places: summed as a room's own patterns are, and never so that a small group is told."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.observations import KINDS
from domain.participation_groups import TRAIT_RECORD, VALUES, GroupTotals, compare_place, group_totals, shown_rooms
from domain.participation_totals import FEWEST_CHILDREN, Children, shown
from domain.patterns import KEYS_OF, TRAITS

UNIT_OF_ROOM = np.array([0, 0, 1, 2, 3, 3])
AREA_OF_UNIT = np.array([0, 0, 1, -1])
GROUPINGS = {
    "room": np.arange(6), "unit": UNIT_OF_ROOM, "area": AREA_OF_UNIT[UNIT_OF_ROOM],
    "setting_type": np.array([0, 0, 1, 0, 1, 1]), "municipality": np.zeros(6, int),
}  # fmt: skip
SLOTS = 16


def town(seed: int, sizes: list[int], rare: float) -> tuple[Children, np.ndarray]:
    """Children of six rooms, and their value of each trait; the first group of a trait is as rare as told."""
    chance = np.random.default_rng(seed)
    judged = np.zeros((6, SLOTS), dtype=bool)
    for room, size in enumerate(sizes):
        judged[room, :size] = True
    judged = judged.ravel()
    below = (chance.random((len(judged), len(KINDS))) < 0.4) & judged[:, None]
    values = chance.choice(VALUES, size=(len(judged), len(TRAITS)), p=[rare / 2, rare, 1 - 1.5 * rare])
    # Rooms are not alike: in some, nobody has the rare value, and traits go together.
    values[:, 1] = np.where(chance.random(len(judged)) < 0.5, values[:, 0], values[:, 1])
    values[:SLOTS] = 2
    weeks = np.where(judged, 8, 0)
    nothing, once = np.zeros((len(judged), len(KINDS)), dtype=np.int64), np.ones(len(judged), dtype=np.int64)
    return Children(SLOTS, weeks, nothing, judged, below, once), values


def summed(children: Children, values: np.ndarray) -> GroupTotals:
    records = np.zeros((6, SLOTS), dtype=TRAIT_RECORD)
    records["slot"] = np.arange(SLOTS)
    for number, trait in enumerate(TRAITS):
        records[trait] = values[:, number].reshape(6, SLOTS)
    return group_totals(children, [room.tobytes() for room in records])


towns = st.builds(
    town,
    st.integers(0, 10_000),
    st.lists(st.sampled_from([0, 1, 3, 5, 7, 9, 12, SLOTS]), min_size=6, max_size=6),
    st.sampled_from([0.05, 0.15, 0.3]),
)


@given(towns)
def test_a_comparison_counts_the_judged_children_of_each_group(town: tuple[Children, np.ndarray]) -> None:
    children, values = town
    totals = summed(children, values)
    everywhere = np.ones(6, dtype=bool)
    told = compare_place(totals, everywhere, dict.fromkeys(TRAITS, everywhere))
    assert [(one.kind, one.trait) for one in told] == list(product(KINDS, TRAITS))
    for one in told:
        mine, kind = values[:, TRAITS.index(one.trait)], KINDS.index(one.kind)
        for value, group in enumerate(one.groups, start=1):
            assert group.key == KEYS_OF[one.trait][value - 1]
            assert group.n == (children.judged & (mine == value)).sum()
            assert group.below == (children.below[:, kind] & (mine == value)).sum()
        assert one.unknown == (children.judged & (mine == 0)).sum()


def in_span(published: np.ndarray, wanted: np.ndarray) -> bool:
    if not len(published):
        return False
    solved, *_ = np.linalg.lstsq(published.T, wanted, rcond=None)
    return bool(np.abs(published.T @ solved - wanted).max() < 1e-6)


@given(towns)
@settings(max_examples=150)
def test_nothing_that_is_shown_adds_up_to_a_small_group(town: tuple[Children, np.ndarray]) -> None:
    """Each child a column, each shown number a row: no group of one to four children is a sum of rows, whoever knows
    everybody's traits."""
    children, values = town
    totals = summed(children, values)
    room = children.room
    judged = children.judged.reshape(6, SLOTS).sum(axis=1)
    places = {name: group[room] for name, group in GROUPINGS.items()}
    rows, small = [], []
    for name, visible in shown(judged, GROUPINGS).items():
        rows += [children.judged & (places[name] == at) for at in np.flatnonzero(visible)]
    for name in ("unit", "area", "municipality"):
        visible = shown_rooms(totals, GROUPINGS, GROUPINGS[name])
        for at in range(GROUPINGS[name].max() + 1):
            mine = GROUPINGS[name] == at
            if judged[mine].sum() >= FEWEST_CHILDREN:
                rows += [
                    children.judged & (places[name] == at) & (values[:, TRAITS.index(trait)] == value)
                    for trait in TRAITS
                    if visible[trait][mine].all()
                    for value in range(VALUES)
                ]
    for name, trait, value in product(GROUPINGS, range(len(TRAITS)), range(VALUES)):
        for at in range(GROUPINGS[name].max() + 1):
            group = children.judged & (places[name] == at) & (values[:, trait] == value)
            rest = children.judged & (places[name] == at) & (values[:, trait] != value)
            small += [it for it in (group, rest) if 0 < it.sum() < FEWEST_CHILDREN]
    for one, other in product(range(len(TRAITS)), range(len(TRAITS))):
        for a, b in product(range(VALUES), range(VALUES)):
            both = children.judged & (values[:, one] == a) & (values[:, other] == b)
            small += [both] if 0 < both.sum() < FEWEST_CHILDREN else []
    published = np.array([row[children.judged] for row in rows if row.any()], dtype=float)
    for group in small:
        assert not in_span(published, group[children.judged].astype(float))


def test_what_is_large_enough_is_shown() -> None:
    """Twelve children in each room, half of each trait's groups in every one: nothing needs hiding."""
    judged = np.zeros((6, SLOTS), dtype=bool)
    judged[:, :12] = True
    values = np.tile(np.repeat([[1], [2]], 8, axis=0)[[0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 0, 0, 0, 0]], (6, 4))
    flat = judged.ravel()
    nothing = np.zeros((len(flat), len(KINDS)), dtype=np.int64)
    totals = summed(
        Children(SLOTS, flat * 8, nothing, flat, nothing.astype(bool), np.ones_like(flat, dtype=np.int64)), values
    )
    for name in ("unit", "area", "municipality"):
        found = shown_rooms(totals, GROUPINGS, GROUPINGS[name])
        assert all(found[trait][GROUPINGS[name] >= 0].all() for trait in TRAITS)


def test_kinds_of_unit_that_cross_areas_are_protected_with_them() -> None:
    """Three children in a room of the first area and kind: the kind less its other room would tell of them, though the
    room is put together with one of another kind."""
    found = shown(np.array([0, 3, 7, 11, 0, 1]), GROUPINGS)
    assert not (found["setting_type"][0] and found["room"][3])
    assert found["municipality"].all()
