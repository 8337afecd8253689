"""Drawing: the same bytes every time, text as text, nothing outside the paper."""

import sys
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting import charts
from reporting.readiness.answers import answer_colours, diverging
from reporting.style import COLOUR, SIZE, WEIGHT
from reporting.style.fonts import printable, text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"


def _figure(words: str = "Vilje"):  # type: ignore[no-untyped-def]
    figure = charts.new_figure(60, 20)
    charts.boxes(figure, [(10, 5, 20, 4)], colour=COLOUR.rest)
    charts.lines(figure, [(0, 10, 60, 10)], dashed=True)
    charts.dots(figure, [(30, 10), (35, 10)], colour=[COLOUR.you, COLOUR.look])
    charts.text(figure, 30, 15, words, align="center", strong=True)
    return figure


def _texts(svg: bytes) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert charts.svg(_figure()) == charts.svg(_figure())
    assert charts.png(_figure()) == charts.png(_figure())


def test_one_figure_gives_both_svg_and_png_in_any_order() -> None:
    figure = _figure()
    first = charts.svg(figure)
    assert charts.png(figure).startswith(b"\x89PNG")
    assert charts.svg(figure) == first


def test_a_png_has_two_hundred_dots_an_inch() -> None:
    width = int.from_bytes(charts.png(_figure())[16:20], "big")
    assert width == pytest.approx(60 / 25.4 * 200, abs=1)


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_is_drawn_as_it_is_and_never_read_as_markup(words: str) -> None:
    [element] = _texts(charts.svg(_figure(words)))
    assert (element.text or "") == printable(words)


@pytest.mark.parametrize("words", ["#panic() *x* $y$ @z", "<script>", "&amp;", r"$\frac{1}{2}$", "{0} %s"])
def test_mathematics_and_markup_stay_letters(words: str) -> None:
    [element] = _texts(charts.svg(_figure(words)))
    assert element.text == words


def test_text_carries_the_face_and_the_weight_of_the_page() -> None:
    [element] = _texts(charts.svg(_figure()))
    assert "'Source Sans Pro'" in element.attrib["style"]
    assert f"font-weight: {WEIGHT.strong}" in element.attrib["style"]


def test_drawing_never_loads_pyplot() -> None:
    charts.png(_figure())
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60), st.floats(12, 80))
def test_wrapping_fits_the_width_and_loses_no_letter(words: str, width: float) -> None:
    lines = wrap(words, width=width, size=SIZE.chart)
    assert "".join(lines) == printable(words)
    assert all(len(line) == 1 or text_width(line, size=SIZE.chart) <= width for line in lines)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=7).filter(any))
def test_diverging_bars_are_adjacent_and_centre_the_scale_on_zero(counts: list[int]) -> None:
    percents = [count / sum(counts) * 100 for count in counts]
    segments = diverging(percents)
    assert all(a[1] == pytest.approx(b[0]) for a, b in pairwise(segments))
    assert segments[-1][1] - segments[0][0] == pytest.approx(100)
    half, odd = divmod(len(counts), 2)
    middle = sum(segments[half]) / 2 if odd else segments[half][0]
    assert middle == pytest.approx(0, abs=1e-9)
    assert len(answer_colours(len(counts))) == len(counts)
    assert len(set(answer_colours(len(counts)))) == len(counts)


@given(st.floats(1, 50), st.floats(1, 50))
def test_hatching_stays_inside_its_rectangle(width: float, height: float) -> None:
    figure = charts.new_figure(60, 60)
    charts.hatched(figure, [(5, 5, width, height)])
    [strokes] = figure.findobj(charts.PathCollection)
    for path in strokes.get_paths():  # type: ignore[attr-defined]
        (left, top), (right, bottom) = path.vertices.min(axis=0), path.vertices.max(axis=0)
        assert left >= 5 - 1e-9
        assert top >= 5 - 1e-9
        assert right <= 5 + width + 1e-9
        assert bottom <= 5 + height + 1e-9
