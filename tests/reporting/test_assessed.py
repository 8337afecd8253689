"""Practice and development in the room data report: drawn, read aloud, told in counts, never explained by a cause."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from reporting.room.assessed import Development, Practice
from reporting.room.assessed_text import (
    change_sentences,
    comparable,
    development_finding,
    development_sentences,
    practice_sentences,
)
from reporting.room.build import RoomReport, build_report
from reporting.room.render import chart_names, render
from reporting.room.tables import TABLES
from reporting.room.views import report_csv, report_json
from tests.reporting.assessed_examples import development, practice
from tests.reporting.room_examples import participation, room_data
from tests.reporting.test_share_wording import CAUSAL

SHAPES: dict[str, tuple[Practice | None, Development | None]] = {
    "both": (practice(), development()),
    "the first evaluation": (practice(periods=1), None),
    "six periods": (practice(periods=6), None),
    "another form": (practice(form_changes=True), None),
    "four children": (None, development(4, joined=1)),
    "forty children": (practice(), development(40)),
    "nobody to compare with": (None, development(comparable=False)),
    "quite other children": (None, development(9, joined=9)),
}


def report(parts: tuple[Practice | None, Development | None], *, letters: str = "cccnccxc", n: int = 18) -> RoomReport:
    data = room_data(participation(n, letters=letters))
    return build_report(replace(data, practice=parts[0], development=parts[1]))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("parts", SHAPES.values(), ids=SHAPES)
def test_every_chart_is_drawn_with_an_alternative_text_and_a_table(
    parts: tuple[Practice | None, Development | None], language: str
) -> None:
    made = report(parts)
    with pikepdf.open(io.BytesIO(render(made, format="pdf", language=language))) as pdf:  # type: ignore[arg-type]
        assert len(pdf.pages) <= 5
        figures = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert len(figures) == len(chart_names(made))
    page = render(made, format="html", language=language).decode()  # type: ignore[arg-type]
    for name in chart_names(made):
        table = TABLES[name](made, language)  # type: ignore[arg-type]
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert render(made, format="svg", chart=name, language=language).startswith(b"<?xml")  # type: ignore[arg-type]
    assert page.count("<figure") == len(chart_names(made))


def test_the_charts_are_there_when_there_is_something_to_draw() -> None:
    names = {shape: set(chart_names(report(parts))) for shape, parts in SHAPES.items()}
    new = {"practice", "development", "change"}
    assert names["both"] & new == new
    assert names["the first evaluation"] & new == {"practice"}
    assert names["nobody to compare with"] & new == {"development"}
    assert set(chart_names(report((None, None)))) & new == set()


def test_a_room_without_a_completed_week_still_shows_what_the_team_has_seen() -> None:
    made = report((practice(), development()), letters="nnnn")
    assert chart_names(made) == ("practice", "development", "change", "weeks")
    assert render(made, format="pdf").startswith(b"%PDF")


def test_what_is_higher_comes_before_what_is_lower_and_lower_is_a_question() -> None:
    said = practice_sentences(practice(), "en")
    assert said[0].startswith("Higher than last time: Immersion in small groups (3.2 → 3.8)")
    assert said[1] == "Lower than last time: Supportive strategies (4.5 → 3.8). What took up your time?"
    assert said[2] == "You saw “There has been peace” differently (from 2 to 5). What did each of you see?"
    assert practice_sentences(practice(periods=1), "da")[:2] == [
        "Højest lige nu: Plan og opfølgning (5,0).",
        "Det er den første evaluering, så der er ikke noget at sammenligne med endnu.",
    ]
    assert any("another one" in it for it in practice_sentences(practice(form_changes=True), "en"))


def test_development_is_told_in_counts_and_change_with_what_may_be_said_of_it() -> None:
    told = development()
    finding = development_finding(told, "da")
    assert finding == (
        "Udvikling som forventet for alderen: sprog 15 af 18, matematik 15 af 18 og socioemotionelt 14 af 18 børn."
    )
    changes = change_sentences(told, "da")
    assert changes[0] == "Sprog. De samme børn: 10 af 15 → 12 af 15: inden for, hvad tilfældigheder alene kan give."
    assert changes[-2:] == [
        "Ny siden sidst: 3 børn. Rejst eller ikke vurderet nu: 3 børn.",
        "Tallene siger, hvad der er anderledes, ikke hvorfor. Hvad tænker I selv?",
    ]
    assert change_sentences(development(comparable=False), "da") == []


def test_norms_that_leave_somebody_out_say_so() -> None:
    told = development()
    assert sum("norms" in it for it in development_sentences(told, "en")) == 2
    plain = replace(told, norms_by_sex=False, norms_monolingual=False, talk_about_points=False)
    assert development_sentences(plain, "en") == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_sentence_names_a_cause_or_a_share_without_its_counts(language: str) -> None:
    for parts in SHAPES.values():
        said = practice_sentences(parts[0], language) if parts[0] else []  # type: ignore[arg-type]
        if parts[1]:
            said += development_sentences(parts[1], language) + change_sentences(parts[1], language)  # type: ignore[arg-type]
        assert [it for it in said if CAUSAL.search(it)] == []
        shares = [it for it in said if "%" in it and not re.search("svarene|answers", it)]
        assert shares == []


def test_every_dot_of_the_drawing_is_a_child() -> None:
    made = report((None, development(40)))
    svg = render(made, format="svg", chart="development").decode()
    drawn = svg.count("<use ")
    areas = made.development.areas if made.development else ()
    assert drawn == sum(area.counts.n for area in areas)


def test_json_has_both_and_csv_has_no_childs_development() -> None:
    made = report(SHAPES["both"])
    value = report_json(made)
    assert value["practice"]["elements"][0]["trend"]["scores"] == [2.5, 3.0, 3.25, 3.75]
    assert value["development"]["areas"][0]["counts"]["counts"]["age_appropriate"] == 15
    assert value["development"]["areas"][0]["change"]["matched"]["gained"] >= 0
    assert "language" not in report_csv(made).splitlines()[0]
    assert len(comparable(made.development)) == 3
