"""Sums of rooms: nobody in a small group can be worked out, and units are never ranked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.development import AreaResult, Band
from domain.development_overview import Assessed, DevelopmentOverview, Named, ScopeKind, development_overview

ROOMS = [Named(f"r{n}", f"r{n}", f"Stue {n}", n // 2) for n in range(6)]  # two rooms a unit
UNITS = [Named(f"u{n}", f"u{n}", f"Enhed {n}", n // 2) for n in range(3)]  # u0 and u1 in a0, u2 in a1
AREAS = [Named(f"a{n}", f"a{n}", f"Område {n}", None) for n in range(2)]
MUNICIPALITY = Named("m", "999", "Kommunen", None)


def child(room: int, band: Band | None = "age_appropriate") -> Assessed:
    return Assessed(room, (AreaResult("language", 4, 4, None if band is None else 12.0, band, None),))


def told(children: list[Assessed], kind: ScopeKind = "municipality", id: str = "m") -> DevelopmentOverview:
    return development_overview(
        children, rooms=ROOMS, units=UNITS, areas=AREAS, municipality=MUNICIPALITY, learning_areas=["language"],
        kind=kind, id=id,
    )  # fmt: skip


def many(*counts: int) -> list[Assessed]:
    return [
        child(room, "attention" if n % 4 == 0 else "age_appropriate")
        for room, count in enumerate(counts)
        for n in range(count)
    ]


def test_sums_are_those_of_the_rooms() -> None:
    whole = told(many(8, 8, 8, 8, 8, 8)).whole
    assert whole.assessed == 48
    assert whole.areas is not None
    assert whole.areas[0] is not None
    assert dict(whole.areas[0].counts) == {"age_appropriate": 36, "attention": 12, "focused": 0}


def test_a_municipality_has_areas_and_units_an_area_units_and_a_unit_rooms_by_name() -> None:
    children = many(8, 8, 8, 8, 8, 8)
    assert [part.id for part in told(children).parts] == ["a0", "a1", "u0", "u1", "u2"]
    assert [part.id for part in told(children, "area", "a0").parts] == ["u0", "u1"]
    assert [part.id for part in told(children, "unit", "u2").parts] == ["r4", "r5"]
    with pytest.raises(KeyError):
        told(children, "unit", "nowhere")


def test_a_small_room_is_hidden_and_another_with_it() -> None:
    parts = {part.id: part for part in told(many(3, 9, 9, 9, 9, 9), "unit", "u0").parts}
    assert (parts["r0"].hidden, parts["r0"].assessed) == ("too_few", None)
    assert (parts["r1"].hidden, parts["r1"].areas) == ("protects_others", None)


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_no_group_smaller_than_five_is_shown_or_left_by_subtraction(counts: list[int]) -> None:
    children = many(*counts)
    municipality = told(children)
    for part in (municipality.whole, *municipality.parts):
        assert part.assessed is None or part.assessed >= 5
    for area in ("a0", "a1"):
        found = told(children, "area", area)
        hidden = [part for part in found.parts if part.assessed is None]
        if found.whole.assessed is not None and len(hidden) == 1:
            left = found.whole.assessed - sum(part.assessed or 0 for part in found.parts)
            assert left == 0 or left >= 5


def test_an_area_in_which_few_have_a_band_tells_no_bands() -> None:
    children = [child(0) for _ in range(4)] + [child(0, None) for _ in range(5)] + many(0, 9, 9, 9, 9, 9)
    (first, _) = told(children, "unit", "u0").parts
    assert (first.assessed, first.areas) == (9, (None,))


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_the_funnel_has_the_shown_units_and_the_share_of_those_together(counts: list[int]) -> None:
    found = told(many(*counts))
    units = {part.id: part.areas[0] for part in found.parts if part.kind == "unit" and part.areas}
    shown = {key: it for key, it in units.items() if it is not None}
    plot = found.funnels["language"]
    if plot is None:
        assert len(shown) < 2
    else:
        assert {point.key: point.n for point in plot.points} == {key: it.n for key, it in shown.items()}
        assert plot.target == sum(it.counts["age_appropriate"] for it in shown.values()) / plot.n
    assert told(many(*counts), "unit", "u0").funnels == {}


def test_nobody_assessed_is_nothing_told() -> None:
    found = told([])
    assert (found.whole.hidden, found.funnels) == ("too_few", {"language": None})
