"""How groups are composed and which strategies are used."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from domain.composition import composition, strategies_used
from domain.observations import Child
from domain.vocabulary import DEFAULT_VOCABULARY


def room(needs: Sequence[bool | None]) -> dict[str, Child]:
    return {str(at): Child(str(at), f"B{at}", None, None, None, need, ()) for at, need in enumerate(needs)}


groups_of_eight = st.lists(st.lists(st.integers(0, 9).map(str), unique=True, max_size=8), max_size=12)


@given(groups_of_eight, st.lists(st.sampled_from([True, False, None]), min_size=8, max_size=8))
def test_a_group_is_mixed_when_it_has_both_kinds_and_counted_when_two_are_known(
    groups: list[list[str]], needs: list[bool | None]
) -> None:
    children = room(needs)
    found = composition(groups, children)
    real = [group for group in groups if len(group) >= 2]
    assert (found is None) == (not real)
    if found is None:
        return
    assert found.groups == len(real)
    assert min(map(len, real)) <= found.mean_size <= max(map(len, real))
    known = [[needs[int(id_)] for id_ in group if id_ in children and needs[int(id_)] is not None] for group in real]
    counted = [values for values in known if len(values) >= 2]
    enough = needs.count(True) >= 2 and needs.count(False) >= 2
    mixings = {mixing.trait: (mixing.mixed, mixing.of) for mixing in found.mixings}
    expected = sum(True in values and False in values for values in counted), len(counted)
    assert mixings == ({"support_need": expected} if enough and counted else {})


@given(st.lists(st.lists(st.sampled_from(["wait_time", "open_questions", "yoga"]), max_size=4), max_size=20))
def test_a_strategy_counts_once_an_activity_and_those_nobody_used_are_there_with_zero(used: list[list[str]]) -> None:
    found = strategies_used(used, DEFAULT_VOCABULARY)
    assert [use.key for use in found][:6] == [word.key for word in DEFAULT_VOCABULARY.strategies]
    for use in found:
        assert use.activities == sum(use.key in words for words in used) <= len(used)
    assert {use.key for use in found if use.activities} == {word for words in used for word in words}
