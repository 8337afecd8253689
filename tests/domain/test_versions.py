"""Which version holds on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.versions import Version, in_force, objection

TODAY = date(2026, 10, 19)
days = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


@given(st.lists(days, max_size=12), st.integers(0, 800))
def test_what_may_be_published_never_changes_a_day_that_is_over(starts: list[date], ago: int) -> None:
    """After the first, whatever is accepted leaves every day before today as it was."""
    known: list[Version[int]] = []
    day = TODAY - timedelta(days=1 + ago)
    for number, valid_from in enumerate(starts, 1):
        new = Version(number, valid_from, number)
        before = in_force(known, day)
        if objection(new, known, today=TODAY) is None:
            first = not known
            known.append(new)
            assert first or in_force(known, day) == before


@given(st.lists(st.tuples(days, st.integers(1, 50)), max_size=12, unique_by=lambda pair: pair[1]), days)
def test_one_version_holds_and_it_has_begun(versions: list[tuple[date, int]], day: date) -> None:
    known = [Version(number, valid_from, None) for valid_from, number in versions]
    found = in_force(known, day)
    assert (found is None) == all(version.valid_from > day for version in known)
    if found is not None:
        later = [v for v in known if found.valid_from < v.valid_from <= day]
        assert found.valid_from <= day
        assert later == []
