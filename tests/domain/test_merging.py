"""Units too small to be shown are merged into groups that can be."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.cuts import Unit
from domain.instruments import Component, Instrument, Item, Scale
from domain.merging import groups_of
from domain.readiness import Scope
from domain.results import compute_results
from domain.text import Text

MINIMUM = 5


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)), max_size=12))
def test_every_group_is_large_enough_and_no_one_is_in_two(units: list[tuple[int, int, int]]) -> None:
    people = np.array([n for n, _, _ in units], dtype=np.intp)
    groups = groups_of(people, [(area, kind) for _, area, kind in units], minimum=MINIMUM)
    members = [unit for group in groups for unit in group]
    assert len(members) == len(set(members))
    assert all(people[list(group)].sum() >= MINIMUM for group in groups)
    alone = [unit for unit, n in enumerate(people) if 0 < n < MINIMUM and unit not in members]
    assert not alone or people.sum() < MINIMUM


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)), max_size=12))
def test_whether_a_unit_is_in_a_group_does_not_tell_whether_anybody_answered(units: list[tuple[int, ...]]) -> None:
    """Of those of whom fewer were asked than have to answer: all are in groups, or none is."""
    people = np.array([n for n, _, _, _ in units], dtype=np.intp)
    asked = people + np.array([more for _, more, _, _ in units], dtype=np.intp)
    groups = groups_of(people, [unit[2:] for unit in units], minimum=MINIMUM, asked=asked)
    members = {unit for group in groups for unit in group}
    tiny = {unit for unit, n in enumerate(asked.tolist()) if 0 < n < MINIMUM}
    assert tiny <= members or (people.sum() < MINIMUM and not members)
    assert not members & set(np.flatnonzero(asked == 0).tolist())


def test_childminders_of_whom_one_did_not_answer_are_shown_together_all_six() -> None:
    """Were it the five who answered, n of five would say who they are."""
    kinds = [("a", "childminding")] * 6 + [("a", "nursery")]
    one_out, one_each = np.array([1, 1, 1, 0, 1, 1, 9]), np.append(np.ones(6, dtype=np.intp), 12)
    assert groups_of(one_out, kinds, minimum=MINIMUM, asked=one_each) == [(0, 1, 2, 3, 4, 5)]


def test_units_in_which_everybody_answered_are_shown_with_one_in_which_not_all_did() -> None:
    kinds = [("a", "childminding")] * 6
    people, asked = np.array([1, 1, 1, 1, 1, 6]), np.array([1, 1, 1, 1, 1, 8])
    assert groups_of(people, kinds, minimum=MINIMUM, asked=asked) == [(0, 1, 2, 3, 4, 5)]
    assert groups_of(people, kinds, minimum=MINIMUM, asked=people) == [(0, 1, 2, 3, 4)]  # it would not help


def told(people: list[int], asked: list[int]) -> bool:
    """Whether the sum of these units tells of one with too few how many answered there: by trying all that can be."""
    sides = [range(min(most, MINIMUM - 1) + 1) if n < MINIMUM else range(MINIMUM, most + 1)
             for n, most in zip(people, asked, strict=True)]  # fmt: skip
    worlds = [world for world in itertools.product(*sides) if sum(world) == sum(people)]
    return any(len({world[at] for world in worlds}) == 1 for at, n in enumerate(people) if n < MINIMUM)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), *[st.integers(0, 1)] * 2), min_size=1, max_size=5))
def test_a_group_tells_of_no_unit_how_many_answered_unless_the_whole_municipality_does(
    units: list[tuple[int, ...]],
) -> None:
    people, asked = [n for n, _, _, _ in units], [n + more for n, more, _, _ in units]
    kinds = [unit[2:] for unit in units]
    groups = groups_of(np.array(people), kinds, minimum=MINIMUM, asked=np.array(asked))
    everybody = [(n, most) for n, most in zip(people, asked, strict=True) if most]
    for group in groups:
        if told([people[unit] for unit in group], [asked[unit] for unit in group]):
            assert told(*map(list, zip(*everybody, strict=True)))


def test_a_unit_that_did_not_take_part_costs_nobody_a_result() -> None:
    kinds = [("a", "nursery")] * 2
    assert groups_of(np.array([0, 9]), kinds, minimum=MINIMUM, asked=np.array([20, 12])) == []
    assert groups_of(np.array([0, 9]), kinds, minimum=MINIMUM) == []
    assert groups_of(np.array([0, 9]), kinds, minimum=MINIMUM, asked=np.array([1, 12])) == [(0, 1)]


def test_childminders_who_work_alone_are_shown_together_and_cost_nobody_a_result() -> None:
    """Seven childminders and a nursery: before, one childminder would have cost others theirs."""
    name = Text("Ord", "Word")
    questions = Instrument(
        "k", 1, name, Scale(1, 5), (Component("c", "primary", name),), (Item("i", "c", name), Item("j", "c", name))
    )
    units = [*(Unit(f"d{n}", "a", "childminding") for n in range(7)), Unit("v", "a", "nursery")]
    where = np.append(np.arange(7), np.full(9, 7))
    answers = np.tile(np.array([[2, 3], [3, 4], [4, 5], [5, 4]], dtype=np.int8), (4, 1))
    results = compute_results(
        questions, answers=answers, unit_index=where, role_index=np.full(16, -1), units=units, roles=[], invited={},
        municipality_id="m",
    )  # fmt: skip
    alone = results[Scope("unit", "d3")]
    assert (alone.total.n, alone.total.suppressed and alone.total.suppressed.reason) == (None, "too_few_answers")
    assert alone.merged is not None
    assert (alone.merged.cell.n, alone.merged.setting_type, alone.merged.area_id) == (7, "childminding", "a")
    assert alone.merged.cell.components[0].mean is not None
    assert results[Scope("unit", "v")].total.components[0].mean is not None
    assert results[Scope("unit", "v")].merged is None
