"""Documents: tagged, titled, described, with their fonts inside, and the same bytes for the same data."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from reporting import charts
from reporting.document import Chart, Footer, code_for, plain, render_pdf
from reporting.readiness.build import build_report
from reporting.readiness.render import alternative, chart_names, figure, page_data, render
from tests.reporting import readiness_examples as examples

HOSTILE = "#panic() *x* $y$ @z <w> // \\ 🌻 日本 `code` = Ærø"
REPORT = build_report(examples.unit_data())


@pytest.fixture(scope="module", params=["da", "en"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render(REPORT, format="pdf", language=request.param))) as opened:
        yield opened


def _elements(node: Any) -> Iterator[Any]:
    """Every structure element below `node`."""
    if isinstance(node, pikepdf.Array):
        for member in node:
            yield from _elements(member)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _render(**changes: Any) -> bytes:
    arguments: dict[str, Any] = {
        "data": page_data(REPORT, "da"),
        "charts": {
            name: Chart(
                svg=charts.svg(figure(REPORT, name, language="da")), alt=alternative(REPORT, name, language="da")
            )
            for name in chart_names(REPORT)
        },
        "language": "da",
        "data_time": REPORT.closed_at,
        "title": "Parathedsrapport",
        "footer": Footer(about="Data pr. 2. oktober", code="K7F2-91QX"),
    }
    return render_pdf("readiness", **(arguments | changes))


def test_a_document_is_tagged_and_has_a_language_and_a_title(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) in ("da", "en")
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert "Børnehuset Solsikken" in metadata["dc:title"]


def test_a_document_declares_pdf_ua_1_and_pdf_a_2a(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"


def test_every_figure_has_an_alternative_text_made_from_the_numbers(pdf: pikepdf.Pdf) -> None:
    figures = [it for it in _elements(pdf.Root.StructTreeRoot.K) if it.get("/S") == "/Figure"]
    assert len(figures) == len(chart_names(REPORT))
    for it in figures:
        assert re.search(r"\d", str(it["/Alt"]))


def test_all_fonts_are_inside_the_document(pdf: pikepdf.Pdf) -> None:
    described = [
        it for it in pdf.objects if isinstance(it, pikepdf.Dictionary) and it.get("/Type") == "/FontDescriptor"
    ]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(it.keys()) for it in described)
    assert all("SourceSans" in str(it["/FontName"]) or "DejaVu" in str(it["/FontName"]) for it in described)


def test_every_page_has_a_footer_outside_of_the_reading_order(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        marked = [
            operands
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and operands[0] == "/Artifact"
        ]
        assert any(it[1].get("/Subtype") == "/Footer" for it in marked if isinstance(it[1], pikepdf.Dictionary))


def test_the_same_data_give_the_same_bytes() -> None:
    assert _render() == _render()


def test_what_people_typed_is_set_as_text_and_never_run() -> None:
    place = replace(REPORT.place, name=HOSTILE, trail=(HOSTILE,))
    report = replace(REPORT, place=place, round_title=HOSTILE)
    with pikepdf.open(io.BytesIO(render(report, format="pdf"))) as opened, opened.open_metadata() as metadata:
        assert "#panic() *x* $y$ @z <w> // \\ \N{REPLACEMENT CHARACTER} " in metadata["dc:title"]


def test_a_chart_that_is_not_described_is_refused() -> None:
    with pytest.raises(typst.TypstError, match="does not contain key"):
        _render(charts={})


def test_a_data_time_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        _render(data_time=datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_code_is_eight_letters_and_digits_that_cannot_be_misread() -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code_for(REPORT))


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=6))
def test_the_order_of_keys_does_not_change_the_code(value: dict[str, Any]) -> None:
    assert code_for(value) == code_for(dict(reversed(value.items())))


def test_another_number_is_another_code() -> None:
    assert code_for(REPORT) != code_for(build_report(examples.unit_data(seed=6)))


def test_a_number_that_is_no_number_has_no_code() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        code_for({"mean": float("nan")})


def test_values_become_what_json_knows() -> None:
    @dataclass
    class Value:
        at: datetime
        parts: tuple[int, ...]

    assert plain(Value(at=datetime(2026, 1, 1, tzinfo=UTC), parts=(1, 2))) == {
        "at": "2026-01-01T00:00:00+00:00",
        "parts": [1, 2],
    }
