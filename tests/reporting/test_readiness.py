"""The readiness report: what it says, in which words, and what it keeps to itself."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from domain.estimates import Estimate
from domain.instruments import Instrument, Scale
from domain.text import Text
from reporting.document import code_for
from reporting.numbers import Language
from reporting.readiness import phrases
from reporting.readiness.build import ReadinessReport, build_report
from reporting.readiness.render import alternative, chart_names, page_data, render
from reporting.readiness.text import finding_body, headline, highlights, response
from reporting.readiness.views import report_csv, report_json
from reporting.style.fonts import text_width
from tests.reporting import readiness_examples as examples

LONG_NAME = "Den Integrerede Institution Mælkevejen ved Åparken i Nørre Søby, Afdeling Regnbuen"
LONG_TITLE = "Ledelsens synlige opbakning til det fælles arbejde med de fire kerneelementer i hverdagen"


def _renamed(title: str) -> Instrument:
    instrument = examples.vls_instrument(Scale(min=1, max=7))
    components = tuple(replace(it, title=Text(da=f"{title} {it.key}", en=title)) for it in instrument.components)
    items = tuple(replace(it, text=Text(da=f"{title} {it.key}", en=title)) for it in instrument.items)
    return replace(instrument, components=components, items=items)


CASES = {
    "unit": build_report(examples.unit_data()),
    "municipality": build_report(examples.municipality_data()),
    "five_answers": build_report(examples.unit_data(n=5, invited=5)),
    "six_answers": build_report(examples.unit_data(n=6, invited=8)),
    "bfi": build_report(examples.unit_data(instrument=examples.bfi_instrument(), n=70, invited=None, levels=())),
    "seven_points_long_names": build_report(
        examples.unit_data(
            instrument=_renamed(LONG_TITLE), n=24, invited=30, name=LONG_NAME, unanswered=("capacity_2",)
        )
    ),
    "suppressed": build_report(examples.suppressed_data()),
    "merged": build_report(examples.merged_data()),
    "since": build_report(examples.since_last_time()["since"]),
    "since_broken": build_report(examples.since_last_time()["since_broken"]),
}
LANGUAGES: tuple[Language, ...] = ("da", "en")


@pytest.fixture(params=CASES, scope="module")
def report(request: pytest.FixtureRequest) -> ReadinessReport:
    return CASES[request.param]


@pytest.fixture(params=LANGUAGES, scope="module")
def language(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            if key != "chart":  # a file name, not a word
                yield from _strings(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _strings(member)


def _words(report: ReadinessReport, language: Language) -> str:
    described = [alternative(report, name, language=language) for name in chart_names(report)]
    return "\n".join([*_strings(page_data(report, language)), *described])


def test_every_case_becomes_a_document_with_the_same_bytes_each_time(
    report: ReadinessReport, language: Language
) -> None:
    document = render(report, format="pdf", language=language)
    assert document == render(report, format="pdf", language=language)
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert 1 <= len(opened.pages) <= 8


def test_no_word_of_a_chart_lies_outside_of_its_paper(report: ReadinessReport, language: Language) -> None:
    for name in chart_names(report):
        root = ET.fromstring(render(report, format="svg", chart=name, language=language))
        width, height = (float(root.attrib[side].removesuffix("pt")) for side in ("width", "height"))
        for element in root.iter("{http://www.w3.org/2000/svg}text"):
            style = element.attrib["style"]
            size = float(re.search(r"font-size: ([\d.]+)px", style)[1])  # type: ignore[index]
            long = text_width(element.text or "", size=size, weight=600 if "600" in style else 400) * 72 / 25.4
            share = {"start": 0, "middle": 0.5, "end": 1}[re.search(r"text-anchor: (\w+)", style)[1]]  # type: ignore[index]
            left = float(element.attrib["x"]) - share * long
            assert left >= -0.5, (name, element.text)
            assert left + long <= width + 0.5, (name, element.text)
            assert size * 0.6 <= float(element.attrib["y"]) <= height, (name, element.text)


def test_a_report_in_one_language_has_no_word_of_the_other() -> None:
    danish = re.compile(r"[æøåÆØÅ»«]|\b(og|af|svar|ikke|kommunen|spredte|vendt|usikkerhed|blandet)\b")
    english = re.compile(r"[“”]|\b(and|of|the|answers|not|municipality|spread|reversed|uncertainty|mixed)\b")
    neutral = {"name": "Huset", "trail": ("Nord",)}
    for case in CASES.values():
        plain_case = replace(
            case,
            place=replace(case.place, **neutral),
            round_title="2026",
            municipality="Nord",
            instrument=_in_both_languages(case.instrument),
            since=replace(case.since, title="2025") if case.since else None,
            together=replace(case.together, area="Nord") if case.together else None,
        )
        assert not danish.search(_words(plain_case, "en")), danish.search(_words(plain_case, "en"))
        assert not english.search(_words(plain_case, "da")), english.search(_words(plain_case, "da"))


def _in_both_languages(instrument: Instrument) -> Instrument:
    """The same instrument with titles that belong to no language."""
    return replace(
        instrument,
        title=Text(da="T", en="T"),
        scale=replace(instrument.scale, labels=()),
        components=tuple(
            replace(it, title=Text(da=f"K-{it.key[:3]}", en=f"K-{it.key[:3]}")) for it in instrument.components
        ),
        items=tuple(replace(it, text=Text(da=f"Q-{n}", en=f"Q-{n}")) for n, it in enumerate(instrument.items)),
    )


def test_every_sentence_exists_in_both_languages_with_the_same_blanks() -> None:
    for key, (da, en) in phrases._PHRASES.items():
        assert da, key
        assert en, key
        assert set(re.findall(r"\{(\w+)\}", da)) == set(re.findall(r"\{(\w+)\}", en)), key


def test_clear_intervals_give_a_crisp_headline_and_wide_ones_a_careful_one() -> None:
    crisp = CASES["unit"]
    assert headline(crisp, "da") == "I vil gerne. Det, I mangler, er kapacitet."
    assert crisp.map is not None
    y, _ = crisp.map.you
    unsure = replace(crisp, map=replace(crisp.map, you=(y, Estimate(score=60, low=40, high=80))))
    assert headline(unsure, "da") == "Vilje ligger over midten, kapacitet omkring midten."


def test_few_answers_are_called_few() -> None:
    [words] = finding_body(CASES["six_answers"], "da")
    assert "Der er kun få svar" in str(words)
    [words] = finding_body(CASES["unit"], "da")
    assert "Der er kun få svar" not in str(words)


def test_a_suppressed_report_says_so_kindly_and_shows_no_number() -> None:
    report = CASES["suppressed"]
    assert headline(report, "da").startswith("Der er for få svar")
    assert chart_names(report) == ("notice",)
    assert not report.drivers
    assert not report.barriers
    assert page_data(report, "da")["aside"] == ""
    assert "har svaret" not in response(report, "da")
    with pikepdf.open(io.BytesIO(render(report, format="pdf"))) as opened:
        assert len(opened.pages) == 1


def test_a_place_with_nobody_around_it_is_not_sent_to_somebody_elses_report() -> None:
    suppressed = examples.suppressed_data()
    said = {}
    for trail in (("Øst", "Prøve Kommune"), ("Prøve Kommune",), ()):
        place = replace(suppressed.place, trail=trail)
        said[len(trail)] = " ".join(_strings(page_data(build_report(replace(suppressed, place=place)), "da")))
    assert "områdets og kommunens tal" in said[2]
    assert "De tæller med i kommunens tal" in said[1]
    assert "områdets" not in said[1].lower()
    assert "Svarene er ikke tabt" not in said[0]
    assert "rapport er indtil da" not in said[0]


def test_counts_of_people_are_told_only_where_the_distribution_is_published() -> None:
    assert " af 6 svar " not in _words(CASES["six_answers"], "da")
    assert re.search(r"\d+ af 1\d svar trækker", _words(CASES["unit"], "da"))


def test_a_named_driver_is_one_by_its_rule_and_the_rest_is_called_mixed() -> None:
    report = CASES["unit"]
    rules = report.instrument.rules
    written = highlights(report, "driver", "da")
    for it, runs in zip(report.drivers, written, strict=False):
        assert it.whole == (it.score >= rules.driver_score)
        assert ("blandet" in str(runs)) == (not it.whole)
    assert [it.whole for it in report.drivers] == sorted((it.whole for it in report.drivers), reverse=True)


def test_only_two_published_primary_components_make_a_map() -> None:
    assert CASES["bfi"].map is None
    assert chart_names(CASES["bfi"])[0] == "components"
    assert chart_names(CASES["unit"])[0] == "map"


def test_units_without_enough_answers_are_no_dots_on_the_map() -> None:
    place = CASES["unit"].map
    assert place is not None
    assert len(place.peers) == 16  # of 18, two have fewer than five answers


def test_a_unit_sees_the_dots_of_five_others_or_of_none() -> None:
    data = examples.unit_data()
    dots = [dot for dot in data.peers if {"willingness", "capacity"} <= dot.keys()]
    for count, shown in ((5, 5), (4, 0)):
        found = replace(data, peers=tuple(dots[:count]))
        place = build_report(found).map
        assert place is not None
        assert len(place.peers) == shown
        whole = build_report(replace(found, place=replace(data.place, kind="municipality"))).map
        assert whole is not None
        assert len(whole.peers) == count


def test_the_interval_is_about_the_invited_staff_only_when_their_number_is_known() -> None:
    known, unknown = CASES["unit"], build_report(examples.unit_data(invited=None))
    assert known.finite
    assert not unknown.finite
    narrow, wide = known.estimates["willingness"], unknown.estimates["willingness"]
    assert narrow.low is not None
    assert wide.low is not None
    assert narrow.low > wide.low
    assert "arbejdspladsen i almindelighed" in _words(unknown, "da")


def test_a_chart_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render(CASES["bfi"], format="svg", chart="map")


def test_every_chart_is_to_be_had_as_png(report: ReadinessReport) -> None:
    assert render(report, format="png", language="da").startswith(b"\x89PNG")


def test_json_is_the_whole_value_with_its_code(report: ReadinessReport) -> None:
    value = json.loads(json.dumps(report_json(report), allow_nan=False))
    assert value["code"] == code_for(report)
    assert value["total"]["n"] == report.total.n
    assert [it["key"] for it in value["total"]["components"]] == [it.key for it in report.total.components]


def test_the_comparison_of_setting_types_tells_nothing_of_single_statements() -> None:
    assert any(result.items for cell in examples.unit_data().setting_types for result in cell.components)
    assert not any(result.items for cell in CASES["unit"].setting_types for result in cell.components)


def test_danish_csv_reads_back_to_the_same_numbers(report: ReadinessReport) -> None:
    text = report_csv(report, language="da")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    read = {
        row["component"]: float(row["score"].replace(",", ".")) if row["score"] else None
        for row in rows
        if row["component"] and not row["item"] and not row["cut"]
    }
    for it in report.total.components:
        assert read.pop(it.key) == (None if it.score is None else pytest.approx(it.score, rel=1e-11))
    assert not read


def test_csv_has_twelve_significant_digits_and_json_all_of_them() -> None:
    report = CASES["unit"]
    noisy = next(it for it in report.total.components if it.score is not None and len(repr(it.score)) > 14)
    found = re.findall(r"\d+[.]\d+", report_csv(report, language="en"))
    assert found
    assert max(len(number.replace(".", "").lstrip("0")) for number in found) == 12
    assert f"{noisy.score!r}" in json.dumps(report_json(report))


def test_csv_says_why_a_cell_is_empty_and_has_no_number_in_it() -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(CASES["suppressed"], language="en").removeprefix("\ufeff"))))
    assert {row["suppressed"] for row in rows} == {"too_few_answers"}
    assert not any(row["n"] or row["score"] or row["answers_1"] for row in rows)


def test_csv_never_hands_a_formula_to_a_spreadsheet() -> None:
    report = replace(CASES["unit"], place=replace(CASES["unit"].place, name='=HYPERLINK("x")'))
    rows = list(csv.DictReader(io.StringIO(report_csv(report).removeprefix("\ufeff")), delimiter=";"))
    assert {row["place"] for row in rows} == {'\'=HYPERLINK("x")'}


def test_the_csv_of_a_municipality_has_its_cuts() -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(CASES["municipality"]).removeprefix("\ufeff")), delimiter=";"))
    assert {row["group"] for row in rows if row["cut"] == "setting_type"} == {
        "childminding",
        "nursery",
        "kindergarten",
        "integrated",
    }
