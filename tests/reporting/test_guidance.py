"""Tasks by the place on the map, and the instrument's questions by what stands out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.readiness.build import Estimate, ReadinessReport, build_report
from reporting.readiness.guidance import suggested_tasks
from reporting.readiness.next_steps import questions, tasks, tasks_note
from reporting.readiness.render import page_data, render
from reporting.readiness.views import report_json
from tests.reporting import readiness_examples as examples
from tests.reporting.test_html import Page

GUIDED = examples.guided_instrument()
UNIT = build_report(examples.unit_data(instrument=GUIDED))


def _placed(*, y: Estimate, x: Estimate) -> ReadinessReport:
    assert UNIT.map is not None
    place = replace(UNIT.map, you=(y, x))
    positions = [value.position(place.split) for value in place.you]
    scores = [value.score for value in place.you]
    return replace(
        UNIT, map=place, tasks=suggested_tasks(GUIDED, scores=scores, positions=positions, split=place.split)
    )


def test_the_tasks_are_those_of_the_place_on_the_map() -> None:
    assert tasks(UNIT, "da") == [
        "Find faste tider til planlægning, før I sætter flere aktiviteter i gang",
        "Tag rammerne med til sparringen med områdelederen",
    ]
    assert tasks_note(UNIT, "da").startswith("Forslagene passer til jeres sted på kortet: vil, men mangler kapacitet.")


def test_an_interval_over_the_middle_gives_the_nearest_place_and_careful_words() -> None:
    report = _placed(y=Estimate(80, 75, 85), x=Estimate(64, 55, 73))
    assert tasks(report, "en") == ["Ask those who are furthest to show others"]
    assert "not certain" in tasks_note(report, "en")
    assert "nearest" in tasks_note(report, "en")


def test_a_place_without_tasks_suggests_none_and_has_no_heading_for_them() -> None:
    report = _placed(y=Estimate(20, 10, 30), x=Estimate(20, 10, 30))
    assert (report.tasks, tasks(report, "da"), tasks_note(report, "da")) == (None, [], "")
    assert "Forslag til lederens" not in render(report, format="html").decode()
    assert "Forslag til lederens" in render(UNIT, format="html").decode()


@settings(max_examples=50)
@given(st.floats(0, 100), st.floats(0, 100))
def test_every_place_on_the_map_belongs_to_one_quarter(y: float, x: float) -> None:
    report = _placed(y=Estimate(y, y, y), x=Estimate(x, x, x))
    split = 62.5
    expected = {(True, False): 2, (True, True): 1}.get((y > split, x > split), 0)
    assert len(tasks(report, "da")) == expected


def test_the_instruments_questions_are_asked_strengths_first_and_say_what_they_are_about() -> None:
    assert questions(UNIT, "da") == [
        "Kan I genkende billedet?",
        "Kultur og samarbejde: Hvornår mærker I det tydeligst?",
        "Hvad kan I selv flytte i hverdagen?",
        "Ressourcer og rammer: Hvad skal I have hjælp til?",
        "Kapacitet: Hvem oplever det anderledes?",
    ]


def test_without_fitting_questions_the_usual_ones_are_asked() -> None:
    plain = build_report(examples.unit_data())
    assert questions(plain, "da")[0] == "Kan I genkende billedet? Hvad overrasker jer?"
    silent = replace(GUIDED, prompts=tuple(it for it in GUIDED.prompts if it.component == "leadership"))
    assert questions(build_report(examples.unit_data(instrument=silent)), "da") == questions(plain, "da")


def test_a_suppressed_report_suggests_and_asks_nothing_about_components() -> None:
    report = build_report(replace(examples.suppressed_data(), instrument=GUIDED))
    assert report.tasks is None
    assert [it.occasion for it in report.prompts] == ["always"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_page_paper_and_data_say_the_same(language: str) -> None:
    data = page_data(UNIT, language)  # type: ignore[arg-type]
    words = " ".join("".join(Page(render(UNIT, format="html", language=language).decode()).words).split())  # type: ignore[arg-type]
    for sentence in [*data["tasks"], data["tasks_note"], *data["questions"]]:
        assert sentence in words
    value = report_json(UNIT)
    assert (value["tasks"]["position"], value["tasks"]["near"]) == ("over_under", False)
    assert [it[language] for it in value["tasks"]["texts"]] == data["tasks"]
    assert [it["occasion"] for it in value["prompts"]] == ["always", "driver", "barrier", "barrier", "spread"]
