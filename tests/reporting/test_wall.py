"""The wall version: always one page, the same numbers in fewer words."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from domain.text import Text
from reporting.document import code_for
from reporting.readiness.build import ReadinessReport, build_report
from reporting.readiness.render import render
from reporting.readiness.wall import wall_data
from tests.reporting import readiness_examples as examples
from tests.reporting.test_html import READINESS

LONG = "Ledelsens synlige opbakning til det fælles arbejde med de fire kerneelementer i hverdagen på alle stuer " * 9


def _long() -> ReadinessReport:
    """Every text as long as the API lets it be, in words, and in one word without an end."""
    instrument = examples.vls_instrument()
    components = tuple(
        replace(it, title=Text(LONG[:1000] if number % 2 else "W" * 1000, ""))
        for number, it in enumerate(instrument.components)
    )
    items = tuple(replace(it, text=Text(LONG[:1000], "")) for it in instrument.items)
    long = replace(instrument, components=components, items=items)
    report = build_report(examples.unit_data(instrument=long, name="Mælkevejen " * 18))
    return replace(report, round_title="W" * 200)


CASES = READINESS | {"long": _long()}


@pytest.mark.parametrize("name", CASES)
def test_it_is_one_page_and_the_same_bytes_each_time(name: str) -> None:
    document = render(CASES[name], format="pdf", version="wall")
    assert document == render(CASES[name], format="pdf", version="wall")
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert len(opened.pages) == 1
        assert [round(float(side) / 72 * 25.4) for side in opened.pages[0].mediabox[2:]] == [210, 297]
        assert opened.Root.MarkInfo.Marked


def test_as_a_picture_it_is_the_whole_page() -> None:
    picture = render(CASES["unit"], format="png", version="wall")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert picture.startswith(b"\x89PNG")
    assert height / width == pytest.approx(297 / 210, rel=0.01)


def test_it_names_at_most_two_drivers_and_one_barrier_with_their_n() -> None:
    data = wall_data(CASES["unit"], "da")
    assert (len(data["drivers"]), len(data["barriers"])) == (1, 1)
    assert data["barriers"][0][0] == {"look": "Ressourcer og rammer"}
    assert re.search(r"n\s=\s16", data["barriers"][0][1])
    assert data["headline"] == "I vil gerne. Det, I mangler, er kapacitet."


def test_few_answers_are_called_few_and_counted_for_nobody() -> None:
    data = wall_data(CASES["six_answers"], "da")
    assert data["finding"] == ["Der er kun få svar. Brug tallene som et spørgsmål, ikke som et svar."]
    assert " af 6 svar " not in str(data)


def test_a_suppressed_place_has_a_wall_page_that_says_so_without_a_number() -> None:
    data = wall_data(CASES["suppressed"], "da")
    assert data["headline"].startswith("Der er for få svar")
    assert (data["published"], data["chart"]) == (False, "")
    html = render(CASES["suppressed"], format="html", version="wall").decode()
    assert "<svg" not in html
    assert "har svaret" not in html.replace("mindst 5 har svaret", "")


def test_it_carries_the_code_of_the_report() -> None:
    html = render(CASES["unit"], format="html", version="wall").decode()
    assert code_for(CASES["unit"]) in html
