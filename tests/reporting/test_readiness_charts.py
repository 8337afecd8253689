"""What must be seen in the charts: every answer named, bands beside dots, barriers without colour, reasons in place."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from matplotlib.collections import PathCollection, PolyCollection

from domain.estimates import Estimate
from reporting.charts import Scale, new_figure
from reporting.numbers import Language
from reporting.readiness.build import ReadinessReport, build_report
from reporting.readiness.dots import Mark, draw_marks
from reporting.readiness.render import alternative, chart_names, figure, page_data, render, table
from reporting.style import COLOUR
from tests.reporting import readiness_examples as examples

UNIT = build_report(examples.unit_data())
MM = 72 / 25.4


def words(report: ReadinessReport, chart: str, language: Language = "da") -> list[str]:
    """The lines of text of a chart, as they are drawn."""
    root = ET.fromstring(render(report, format="svg", chart=chart, language=language))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(("language", "answers"), [
    ("da", ["helt uenig", "uenig", "hverken eller", "enig", "helt enig"]),
    ("en", ["strongly disagree", "disagree", "neither", "agree", "strongly agree"]),
])  # fmt: skip
def test_the_key_of_the_bars_names_every_answer_also_those_in_between(language: Language, answers: list[str]) -> None:
    for name in chart_names(UNIT):
        if name.startswith("answers-"):
            assert words(UNIT, name, language)[: len(answers) + 1][-len(answers) :] == answers


def test_answers_without_names_are_named_by_their_numbers() -> None:
    report = build_report(examples.unit_data(instrument=examples.bfi_instrument(), n=70, invited=None, levels=()))
    assert words(report, "answers-C")[1:7] == ["1", "2", "3", "4", "5", "6"]


def test_what_pulls_down_is_hatched_and_what_pulls_up_is_not() -> None:
    drawn = figure(UNIT, "answers-resources", language="da")
    [bars] = drawn.findobj(PolyCollection)
    tints = bars.get_facecolor()  # type: ignore[attr-defined]
    boxes = [path.get_extents() for path in bars.get_paths()]  # type: ignore[attr-defined]
    [hatch] = drawn.findobj(PathCollection)
    strokes_of = hatch.get_paths()[0].vertices.reshape(-1, 2, 2)  # type: ignore[attr-defined]
    middles = strokes_of.mean(axis=1)
    for tint, box in zip(tints, boxes, strict=True):
        strokes = sum(bool(box.contains(*middle)) for middle in middles)
        orange = tint[0] > tint[2] + 0.1
        assert strokes == 0 or orange
        assert not orange or strokes > 0 or box.width < 1.5


def test_a_band_is_seen_beside_its_dot_however_narrow_it_is() -> None:
    drawn = new_figure(100, 20)
    draw_marks(drawn, [Mark(Estimate(50.0, 49.9, 50.1), Scale((0, 100), (0, 100)), 10.0)])
    [band] = drawn.findobj(PolyCollection)
    [dot] = [it for it in drawn.findobj(PathCollection) if len(it.get_offsets())]  # type: ignore[attr-defined]
    height = band.get_paths()[0].get_extents().height  # type: ignore[attr-defined]
    diameter = 2 * dot.get_sizes()[0] ** 0.5 / MM  # type: ignore[attr-defined]
    assert height > diameter + 0.8


def test_a_barrier_is_a_diamond_and_everything_else_a_circle() -> None:
    drawn = figure(UNIT, "components", language="da")
    corners = {}
    for dots in drawn.findobj(PathCollection):
        corners[len(dots.get_paths()[0].vertices)] = len(dots.get_offsets())  # type: ignore[attr-defined]
    barriers = sum(it.classification == "barrier" for it in UNIT.total.components)
    assert barriers
    assert corners.pop(5) == barriers
    assert sum(corners.values()) == len(UNIT.total.components) - barriers
    assert "Orange rude: barriere." in page_data(UNIT, "da")["band_note"]


def test_the_map_says_when_its_cross_is_under_the_dot() -> None:
    municipality = build_report(examples.municipality_data())
    assert "Krydset viser usikkerheden" in page_data(UNIT, "da")["map_note"]
    assert "mindre end prikken" in page_data(municipality, "da")["map_note"]


def test_where_everybody_answered_no_uncertainty_is_claimed() -> None:
    everybody = examples.unit_data(n=16, invited=16)
    known = tuple(replace(it, n=16, fpc_ci_low=it.mean, fpc_ci_high=it.mean) for it in everybody.focus.total.components)
    total = replace(everybody.focus.total, components=known)
    report = build_report(replace(everybody, focus=replace(everybody.focus, total=total)))
    data = page_data(report, "da")
    assert "Alle 16 inviterede har svaret, så for netop dem er tallene uden usikkerhed." in data["band_note"]
    assert data["map_note"].startswith("Alle inviterede har svaret.")
    assert "(" not in str(data["finding"]).split(".")[0]


def test_a_hidden_component_says_why_wherever_it_would_stand() -> None:
    for why, said in (
        (examples.PROTECTS, "vises ikke: kunne afsløre andres svar"),
        (examples.HIDDEN, "færre end 5 svar"),
    ):
        report = build_report(examples.with_hidden(examples.unit_data(), "culture", why=why))
        assert said in words(report, "components")
        assert f"Kultur og samarbejde: {said}" in alternative(report, "components", language="da")
        rows = {row[0]: row for row in table(report, "components", language="da").rows}
        assert said in rows["Kultur og samarbejde"]
        parts = {it["title"]: it for it in page_data(report, "da")["answers"]}
        assert parts["Kultur og samarbejde"] == {
            "title": "Kultur og samarbejde", "chart": "", "instead": f"{said.capitalize()}.",
        }  # fmt: skip
        html = render(report, format="html").decode()
        assert f"{said.capitalize()}." in html


def test_without_one_of_its_numbers_the_map_is_not_drawn_and_that_is_said_in_its_place() -> None:
    report = build_report(examples.with_hidden(examples.unit_data(), "willingness"))
    assert "map" not in chart_names(report)
    said = "Kortet over vilje og kapacitet kan ikke tegnes, når ikke begge tal vises (Vilje: vises ikke: kunne afsløre"
    assert page_data(report, "da")["no_map"].startswith(said)
    assert said in render(report, format="html").decode()
    assert page_data(UNIT, "da")["no_map"] == ""


def test_with_hidden_components_it_is_the_shown_ones_of_which_none_stands_out() -> None:
    hidden = build_report(examples.with_hidden(examples.unit_data(), "culture"))
    report = replace(hidden, drivers=(), barriers=())
    assert page_data(report, "da")["drivers"] == [["Ingen af de komponenter, der vises, er endnu en klar drivkraft."]]
    open_ = replace(UNIT, barriers=())
    assert page_data(open_, "da")["barriers"] == [["Ingen komponent er en klar barriere."]]


def test_a_setting_type_that_is_hidden_says_why_in_its_own_column() -> None:
    data = examples.unit_data()
    types = tuple(
        examples.without(cell, "culture") if cell.key == "kindergarten" else cell for cell in data.setting_types
    )
    report = build_report(replace(data, setting_types=types))
    drawn = words(report, "setting_types")
    assert "færre end 5 svar" in drawn  # the nurseries, once
    assert drawn.count("færre end 5 svar") == 1
    assert "vises ikke: kunne afsløre andres svar" in " ".join(drawn)
    row = next(row for row in table(report, "setting_types", language="da").rows if row[0] == "Kultur og samarbejde")
    assert "vises ikke: kunne afsløre andres svar" in row
    assert "–" not in row


def test_a_comparison_of_which_nothing_can_be_shown_says_so_and_one_of_a_single_type_is_left_out() -> None:
    data = examples.unit_data()
    keys = [component.key for component in data.instrument.components]
    hidden = tuple(examples.without(cell, *keys) for cell in data.setting_types)
    said = page_data(build_report(replace(data, setting_types=hidden)), "da")["setting_types"]
    assert (said["chart"], said["note"].split(":")[0]) == (False, "Sammenligningen vises ikke")
    alone = build_report(replace(data, setting_types=data.setting_types[:1]))
    assert page_data(alone, "da")["setting_types"] is None
    assert "setting_types" not in chart_names(alone)


def test_a_place_without_a_number_to_compare_with_is_named_under_the_chart() -> None:
    data = examples.unit_data()
    area, whole = data.parents
    hidden = replace(area, results=replace(area.results, total=examples.without(area.results.total, "culture")))
    note = page_data(build_report(replace(data, parents=(hidden, whole))), "da")["band_note"]
    assert note.endswith(
        "Område Øst: Tallet for kultur og samarbejde vises ikke til sammenligning af hensyn til anonymiteten."
    )
    assert "til sammenligning" not in page_data(UNIT, "da")["band_note"]


def test_quoted_statements_have_no_full_stop_of_their_own() -> None:
    instrument = examples.vls_instrument()
    items = tuple(replace(it, text=replace(it.text, da=f"{it.text.da}.")) for it in instrument.items)
    report = build_report(examples.unit_data(instrument=replace(instrument, items=items)))
    said = str(page_data(report, "da")["drivers"] + page_data(report, "da")["barriers"])
    assert "«" in said
    assert ".«" not in said
    assert not re.search(r"\.\.", said)


def test_the_two_colours_are_told_apart_by_whoever_sees_no_red_or_no_green() -> None:
    """Deuteranopia and protanopia as Viénot, Brettel & Mollon (1999), Color Res. Appl. 24, 243-252, simulate them."""
    rgb = {name: [int(getattr(COLOUR, name)[at : at + 2], 16) / 255 for at in (1, 3, 5)] for name in ("you", "look")}
    linear = {name: [value**2.2 for value in values] for name, values in rgb.items()}
    for kind, (red, green) in {"deutan": (0.29275, 0.70725), "protan": (0.11238, 0.88762)}.items():
        seen = {name: (red * r + green * g, b) for name, (r, g, b) in linear.items()}
        assert seen["you"][1] - seen["you"][0] > 0.1, kind  # bluish
        assert seen["look"][0] - seen["look"][1] > 0.1, kind  # yellowish
