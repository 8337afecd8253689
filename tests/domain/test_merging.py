"""Units too small to be shown are merged into groups that can be."""

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
