"""A unit whose answers count in a common number: its report says where, and nothing that results do not publish."""

import csv
import io
from dataclasses import asdict, replace

import pytest

from domain.readiness import Cell
from reporting.numbers import Language, whole
from reporting.readiness.build import ReadinessReport, about_group, build_report
from reporting.readiness.hidden import group_named
from reporting.readiness.render import chart_names, page_data, render
from reporting.readiness.text import finding_body, headline, response
from reporting.readiness.views import report_csv, report_json
from reporting.readiness.wall import wall_data
from tests.reporting import readiness_examples as examples

MERGED = build_report(examples.merged_data())


def group_cell(report: ReadinessReport) -> Cell:
    assert report.together is not None
    return report.together.cell


def test_the_report_of_a_merged_unit_says_where_its_answers_count() -> None:
    assert headline(MERGED, "da").startswith("Der er for få svar")
    [said] = finding_body(MERGED, "da")
    assert str(said).endswith(
        "Jeres svar tæller med i det fælles tal for 4 dagplejeenheder i Område Øst og i områdets og kommunens tal."
    )
    [english] = finding_body(MERGED, "en")
    assert "Your answers count in the common number of 4 childminding units in Område Øst" in str(english)
    together = page_data(MERGED, "da")["together"]
    assert together["sentence"].startswith("Tallene her er fælles for 4 dagplejeenheder i Område Øst.")


@pytest.mark.parametrize(
    ("area", "kind", "language", "named"),
    [
        ("Nord", "nursery", "da", "4 vuggestuer i Nord"),
        ("Nord", None, "da", "4 enheder i Nord"),
        (None, None, "da", "4 enheder i Prøve Kommune"),
        (None, "integrated", "en", "4 integrated centres in Prøve Kommune"),
    ],
)
def test_the_group_is_named_by_what_its_units_have_in_common(
    area: str | None, kind: str | None, language: Language, named: str
) -> None:
    assert group_named(build_report(examples.merged_data(area=area, kind=kind)), language) == named


def test_its_chart_and_table_are_the_numbers_of_the_group_and_of_nobody_else() -> None:
    assert chart_names(MERGED) == ("notice", "together")
    group = about_group(MERGED)
    assert group is not None
    svg = render(MERGED, format="svg", chart="together").decode()
    page = render(MERGED, format="html").decode()
    for it in group_cell(MERGED).components:
        assert f">{whole(it.score, language='da')}</text>" in svg
        assert f"<td>{whole(it.score, language='da')}</td>" in page
    assert "har svaret" not in response(MERGED, "da")
    assert MERGED.total.n is None


def test_nothing_but_the_published_cell_of_the_group_comes_into_the_report() -> None:
    data = examples.merged_data()
    assert data.focus.merged is not None
    published = data.focus.merged.cell
    shown = group_cell(MERGED)
    assert shown == replace(published, components=tuple(replace(it, items=()) for it in published.components))
    value = report_json(MERGED)
    assert set(value["together"]) == {"units", "setting_type", "area", "cell"}  # not which units
    rows = list(csv.DictReader(io.StringIO(report_csv(MERGED, language="en").removeprefix("\ufeff"))))
    for row in rows:
        told = {name: row[name] for name in ("n", "mean", "score", "sd") if row[name]}
        assert not told or row["cut"] == "together"
    scores = {row["component"]: row["score"] for row in rows if row["cut"] == "together" and row["component"]}
    assert scores == {it.key: f"{asdict(it)['score']:.12g}" for it in published.components}


def test_where_the_group_is_hidden_too_that_is_what_is_said() -> None:
    data = examples.merged_data(group=4)
    report = build_report(data)
    assert about_group(report) is None
    assert chart_names(report) == ("notice",)
    said = page_data(report, "da")["together"]
    assert (said["chart"], "heller ikke det fælles tal" in said["sentence"]) == (False, True)
    assert "Svarene er ikke tabt" in str(finding_body(report, "da"))
    assert render(report, format="pdf").startswith(b"%PDF")


def test_the_wall_of_a_merged_unit_shows_the_common_number() -> None:
    data = wall_data(MERGED, "da")
    assert (data["published"], data["chart"], data["words"]["where"]) == (False, "together", "Sammen med andre")
    assert "<svg" in render(MERGED, format="html", version="wall").decode()
    assert wall_data(build_report(examples.suppressed_data()), "da")["chart"] == ""


def test_a_unit_that_stands_alone_says_nothing_of_a_group() -> None:
    report = build_report(examples.unit_data())
    assert report.together is None
    assert page_data(report, "da")["together"] is None
