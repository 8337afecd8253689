"""The room data report: one value in every format, sentences that follow from its numbers, codes instead of names."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.observations import KINDS
from domain.thresholds import DEMO_THRESHOLDS, Rolling
from reporting.document import code_for
from reporting.room.build import RoomReport, build_report
from reporting.room.figures import participation_pages
from reporting.room.phrases import _ALL
from reporting.room.render import CHARTS, alternatives, chart_names, page_data, render
from reporting.room.tables import TABLES
from reporting.room.text import finding_body, headline, patterns, strengths, who_is_low
from reporting.room.views import report_csv, report_json
from tests.reporting.assessed_examples import development, practice
from tests.reporting.room_examples import groups_and_strategies, participation, room_data


def report(n: int = 18, *, areas: bool = True, **how: object) -> RoomReport:
    return build_report(room_data(participation(n, **how), areas=areas))  # type: ignore[arg-type]


SHAPES: dict[str, dict[str, object]] = {
    "one child": {"n": 1, "letters": "cccccccc"},
    "five children": {"n": 5, "late": 1},
    "eighteen": {"n": 18},
    "forty": {"n": 40, "late": 2},
    "a hundred": {"n": 100},
    "all too early": {"n": 7, "letters": "cc"},
    "no week completed": {"n": 9, "letters": "nnnnnnnn"},
    "all weeks closed": {"n": 9, "letters": "xxxx"},
    "nobody enrolled": {"n": 0},
    "codes of 64 characters": {"n": 12, "long_codes": True},
    "a year": {"n": 20, "letters": "c" * 53},
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_room_gets_an_accessible_document_with_an_alternative_text_for_each_chart(
    shape: dict[str, object], language: str
) -> None:
    made = report(**shape)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(render(made, format="pdf", language=language))) as pdf:  # type: ignore[arg-type]
        assert 1 <= len(pdf.pages) <= 7
        figures = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    pages = len(participation_pages(made, language="da")) if "participation" in chart_names(made) else 1
    assert len(figures) == len(chart_names(made)) + pages - 1
    assert all(len(alt) > 20 for alt in figures)


def test_forty_children_stand_on_one_page_and_a_hundred_on_pages_of_like_length() -> None:
    assert len(participation_pages(report(40, late=2), language="da")) == 1
    lengths = [len(page) for page in participation_pages(report(100), language="da")]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) <= 4


def test_every_child_is_drawn_once_with_its_whole_code() -> None:
    made = report(30, long_codes=True)
    pages = participation_pages(made, language="da")
    drawn = ["".join(row.label) for page in pages for row in page if row.child]
    assert sorted(drawn) == sorted(row.code for row in made.children)


@pytest.mark.parametrize("shape", [SHAPES["eighteen"], SHAPES["no week completed"]])
def test_the_same_data_give_the_same_bytes(shape: dict[str, object]) -> None:
    first, second = report(**shape), report(**shape)  # type: ignore[arg-type]
    assert code_for(first) == code_for(second)
    assert render(first, format="pdf") == render(second, format="pdf")


def complete() -> RoomReport:
    """With everything a report can have."""
    measured = participation(18)
    parts = {"practice": practice(), "development": development(), **groups_and_strategies(measured)}
    return build_report(replace(room_data(measured), **parts))


@pytest.mark.parametrize("language", ["da", "en"])
def test_how_groups_were_composed_and_strategies_used_is_said_in_counts(language: str) -> None:
    made = complete()
    data = page_data(made, language, participation=[])  # type: ignore[arg-type]
    mixed, of = made.composition.mixings[0].mixed, made.composition.mixings[0].of  # type: ignore[union-attr]
    drawn = render(made, format="svg", chart="composition", language=language).decode()  # type: ignore[arg-type]
    assert (f"{mixed} af {of}" if language == "da" else f"{mixed} of {of}") in drawn
    assert "60" in data["together"]["strategies"]
    unused = "Rose indsatsen" if language == "da" else "Praising the effort"
    assert unused in data["together"]["unused"][0]


def test_the_lines_beside_the_dashed_one_are_said_as_questions_where_there_are_some() -> None:
    made = report()
    lines = replace(
        made.thresholds, rolling={"focus_conversation": Rolling(4, 1.0)}, median_share={"focus_conversation": 0.5}
    )
    child = made.children[0]
    measure = replace(child.measures["focus_conversation"], below=False, below_rolling=True, below_median=True)
    rows = (replace(child, measures={**child.measures, "focus_conversation": measure}), *made.children[1:])
    said = page_data(replace(made, thresholds=lines, children=rows), "da", participation=[])["low"]
    assert any("seneste 4 uger" in one and child.code in one for one in said)
    assert any("median" in one and child.code in one for one in said)
    assert not any("median" in one for one in page_data(made, "da", participation=[])["low"])


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_can_be_had_alone_with_its_text_as_text(name: str) -> None:
    made = complete()
    svg = render(made, format="svg", chart=name).decode()
    assert "<text" in svg
    assert render(made, format="png", chart=name).startswith(b"\x89PNG")


def test_a_chart_the_report_does_not_have_is_a_key_error() -> None:
    for made, name in ((report(areas=False), "areas"), (report(9, letters="nnnn"), "participation"), (report(), "x")):
        with pytest.raises(KeyError):
            render(made, format="svg", chart=name)


def test_the_first_chart_is_participation_and_without_anything_to_draw_the_weeks() -> None:
    assert chart_names(complete()) == CHARTS
    assert chart_names(report(9, letters="nnnn")) == ("weeks",)
    assert render(report(), format="svg") == render(report(), format="svg", chart="participation")


def test_the_sections_follow_from_the_measures_and_children_are_sorted_within_them() -> None:
    made = report(40, late=2)
    for row in made.children:
        below = [row.measures[kind].below for kind in KINDS]
        expected = "too_early" if None in below else ("reach_both", "below_one", "below_both")[sum(map(bool, below))]
        assert row.section == expected
    reach = [
        sum((row.measures[kind].rate or 0) / DEMO_THRESHOLDS.per_week[kind] for kind in KINDS)
        for row in made.section("reach_both")
    ]
    assert reach == sorted(reach, reverse=True)
    assert len(made.section("reach_both")) == made.reach_both
    assert len(made.section("below_both")) == made.below_both == len(made.low_on_both)


def test_the_finding_comes_first_in_both_languages() -> None:
    made = report(18, letters="cccccccc")
    assert headline(made, "da").startswith(f"{made.reach_both} af {made.judged} børn når den stiplede linje i begge")
    assert headline(made, "en").startswith(f"{made.reach_both} of {made.judged} children reach the dashed line in both")
    assert f"{made.below_both} børn ligger under i begge." in headline(made, "da")


@pytest.mark.parametrize(
    ("judged", "reach", "low", "sentence"),
    [
        (1, 1, 0, "Barnet når den stiplede linje i begge former for deltagelse."),
        (1, 0, 0, "Barnet når den stiplede linje i den ene form for deltagelse."),
        (1, 0, 1, "Barnet ligger under den stiplede linje i begge former for deltagelse."),
        (5, 5, 0, "Alle 5 børn når den stiplede linje i begge former for deltagelse."),
        (5, 3, 0, "3 af 5 børn når den stiplede linje i begge former for deltagelse. Ingen ligger under i begge."),
        (5, 3, 1, "3 af 5 børn når den stiplede linje i begge former for deltagelse. 1 barn ligger under i begge."),
        (5, 0, 2, "Ingen af de 5 børn når den stiplede linje i begge former for deltagelse. "
                  "2 børn ligger under i begge."),
        (0, 0, 0, "Det er for tidligt at sige, hvem der når den stiplede linje."),
    ],
)  # fmt: skip
def test_the_finding_is_worded_by_how_many_there_are(judged: int, reach: int, low: int, sentence: str) -> None:
    made = replace(report(), judged=judged, reach_both=reach, below_both=low)
    assert headline(made, "da") == sentence


@pytest.mark.parametrize(
    ("shape", "words"),
    [("no week completed", "ikke afsluttet nogen uge"), ("all weeks closed", "lukket i hele perioden"),
     ("nobody enrolled", "ikke været indskrevet børn")],
)  # fmt: skip
def test_a_room_with_nothing_to_show_is_told_kindly_what_is_missing(shape: str, words: str) -> None:
    made = report(**SHAPES[shape])  # type: ignore[arg-type]
    assert words in headline(made, "da")
    assert "0" not in headline(made, "da")
    assert strengths(made, "da")


def test_gaps_in_the_recording_are_said_before_anything_else() -> None:
    made = report(18, letters="ccccnnnn")
    assert made.incomplete
    assert finding_body(made, "da").startswith("Kun 4 af 8 uger er afsluttet,")


def test_a_pattern_is_a_question_with_the_counts_of_both_groups() -> None:
    made = report(40, late=2)
    pointed = [one for one in made.comparisons if one.pointed_out is not None]
    assert pointed
    for one, sentence in zip(pointed, patterns(made, "da"), strict=True):
        assert sentence.endswith("?")
        assert all(f"{group.below} af {group.n} " in sentence for group in one.groups)


def test_children_low_on_both_and_unseen_ones_are_named_by_code_and_long_lists_are_cut() -> None:
    made = replace(report(), low_on_both=tuple(f"B{i:02d}" for i in range(30)), unobserved=("B07",))
    low, unseen = who_is_low(made, "da")
    assert "B11 og 18 andre" in low
    assert unseen.startswith("Ikke set i de seneste 3 uger, der tæller: B07.")


def test_the_value_and_its_views_hold_codes_and_counts_but_no_traits_of_a_child() -> None:
    words = json.dumps(report_json(report()))
    assert not re.search(r"birth|first_name|memberships", words)
    assert "B07" in words


def test_json_is_the_value_with_its_code_and_written_weeks() -> None:
    made = report()
    found = json.loads(json.dumps(report_json(made)))
    assert found["code"] == code_for(made)
    assert found["weeks"][0] == {"week": "2026-W35", "state": "completed"}
    assert found["children"][0]["measures"]["immersion_activity"] == {
        "count": made.children[0].measures["immersion_activity"].count,
        "rate": made.children[0].measures["immersion_activity"].rate,
        "below": False,
        "rolling_rate": None,
        "below_rolling": None,
        "below_median": None,
    }


def test_csv_has_a_row_a_child_and_empty_cells_for_what_is_missing() -> None:
    made = report(12, late=2)
    for language, delimiter, comma in (("da", ";", ","), ("en", ",", ".")):
        text = report_csv(made, language=language)  # type: ignore[arg-type]
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
        assert [row["code"] for row in rows] == [row.code for row in made.children]
        for row, child in zip(rows, made.children, strict=True):
            measure = child.measures["focus_conversation"]
            rate = row["focus_conversation_rate"].replace(comma, ".")
            assert (float(rate) if rate else None) == (None if measure.rate is None else pytest.approx(measure.rate))
            assert row["focus_conversation_below"] == {True: "true", False: "false", None: ""}[measure.below]
            assert row["2026-W38"] == child.states[3]


def test_a_code_that_a_spreadsheet_would_run_is_written_as_text() -> None:
    made = report(1)
    risky = replace(made, children=(replace(made.children[0], code="=1+1"),))
    assert "'=1+1" in report_csv(risky)


def test_learning_areas_count_only_in_completed_weeks() -> None:
    made = report(letters="cxnc")
    assert all([count is None for count in area.counts] == [False, True, True, False] for area in made.areas)


def _tallied_in(*weeks: int) -> RoomReport:
    """Eight completed weeks, of which some were only tallied: their learning areas are not known."""
    made = room_data(participation(12, letters="cccccccc"))
    areas = tuple(
        replace(area, counts=tuple(None if at in weeks else count for at, count in enumerate(area.counts)))
        for area in made.areas
    )
    return build_report(replace(made, areas=areas))


def test_a_week_that_was_only_tallied_is_hatched_and_counted_nowhere() -> None:
    known, tallied = report(12, letters="cccccccc"), _tallied_in(2, 5)
    for before, now in zip(known.areas, tallied.areas, strict=True):
        assert now.total == sum(count or 0 for at, count in enumerate(before.counts) if at not in (2, 5))
    drawn = [render(made, format="svg", chart="areas").decode() for made in (known, tallied)]
    assert drawn[0].count("<text") - drawn[1].count("<text") == 2 * len(known.areas)  # no figure stands there
    assert "Det er ikke det samme som nul." in page_data(tallied, "da", participation=[])["areas_note"]
    row = TABLES["areas"](tallied, "da").rows[0]
    assert [cell for at, cell in enumerate(row[2:]) if at in (2, 5)] == ["–", "–"]


def test_a_room_that_only_tallies_is_told_that_its_learning_areas_are_not_known() -> None:
    made = _tallied_in(*range(8))
    assert not made.areas_known
    assert "areas" not in chart_names(made)
    assert all(area.total is None for area in made.areas)
    assert "all_areas_covered" not in [one.name for one in made.strengths]
    for language, said in (("da", "en optælling siger ikke noget om"), ("en", "a tally says nothing about")):
        page = render(made, format="html", language=language).decode()  # type: ignore[arg-type]
        assert said in page
    assert render(made, format="pdf").startswith(b"%PDF")
    assert page_data(report(12, areas=False), "da", participation=[])["areas_note"] == ""


def test_the_alternative_text_of_participation_holds_every_child_and_count() -> None:
    made = report()
    rows = [row for page in participation_pages(made, language="da") for row in page]
    alt = alternatives.participation_alt(made, rows, "da").replace("\N{NO-BREAK SPACE}", " ")
    for row in made.children:
        counts = [row.measures[kind].count for kind in KINDS]
        weeks = row.counted_weeks
        assert f"{row.code} {counts[0]} på {weeks} uger, {counts[1]} på {weeks} uger;" in alt


def test_every_phrase_takes_the_same_values_in_both_languages() -> None:
    for danish, english in _ALL.values():
        assert set(re.findall(r"\{(\w+)\}", danish)) == set(re.findall(r"\{(\w+)\}", english))
        assert danish
        assert english


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=64), st.text(max_size=200), st.integers(1, 3))
def test_whatever_people_typed_is_set_as_text(code: str, room: str, n: int) -> None:
    made = report(n)
    children = tuple(replace(row, code=code) for row in made.children)
    odd = replace(made, children=children, room=room, unit=code, low_on_both=(code, code))
    assert render(odd, format="pdf").startswith(b"%PDF")


def test_another_line_moves_with_its_version_and_keeps_its_decimals() -> None:
    line = replace(DEMO_THRESHOLDS, version="k-7", per_week={"immersion_activity": 1.5, "focus_conversation": 0.75})
    made = replace(report(), thresholds=line)
    svg = render(made, format="svg", chart="participation").decode()
    assert "1,5 om ugen" in svg
    assert "0,75 om ugen" in svg


def test_the_data_time_must_know_its_time_zone() -> None:
    naive = replace(report(), data_time=(report().data_time + timedelta(0)).replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        render(naive, format="pdf")
