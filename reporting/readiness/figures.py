"""The readiness report's map, component dots and setting type comparison: report value -> Figure.

All scores are drawn on the same 0-100 axis, whatever the numbers, so that reports can be laid beside each other.
"""

from dataclasses import dataclass

from matplotlib.figure import Figure

from domain.estimates import Estimate, estimate
from domain.readiness import Cell, ComponentResult
from reporting import charts
from reporting.charts import Box, Scale, Segment
from reporting.numbers import Language, whole
from reporting.readiness.build import ReadinessMap, ReadinessReport
from reporting.readiness.dots import (
    LABEL_WIDTH,
    LINE_HEIGHT,
    SCORES,
    Mark,
    Row,
    axis,
    dot_chart,
    draw_marks,
)
from reporting.readiness.hidden import why_hidden
from reporting.readiness.phrases import say
from reporting.readiness.text import component_title, quadrant, setting_type_title, title_of
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

_MAP_SIDE = 72.0
_QUADRANT_WIDTH = 34.0
DOT = 1.9


def map_figure(report: ReadinessReport, *, language: Language) -> Figure:
    """The first primary component upwards, the second to the right; the report's place among the others."""
    if report.map is None:
        raise ValueError("the map needs two published primary components")
    place = report.map
    up = wrap(f"{component_title(report, place.y, language)} ↑", width=_MAP_SIDE, size=SIZE.chart)
    across = wrap(f"{component_title(report, place.x, language)} →", width=_MAP_SIDE, size=SIZE.chart)
    top = 3.0 + LINE_HEIGHT * len(up)
    figure = charts.new_figure(PAGE.half, top + _MAP_SIDE + 6.5 + LINE_HEIGHT * len(across))
    x = Scale((0, 100), (9, 9 + _MAP_SIDE))
    y = Scale((0, 100), (top + _MAP_SIDE, top))
    charts.paragraph(figure, x(0), LINE_HEIGHT * len(up) / 2, up, strong=True)
    below = y(0) + 5.0 + LINE_HEIGHT * len(across) / 2
    charts.paragraph(figure, x(100), below, across, strong=True, align="right")
    for score in SCORES:
        charts.text(figure, x(0) - 1.5, y(score), str(score), size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    axis(figure, x, y=y(0) + 2.6)
    charts.lines(figure, [(x(0), y(100), x(0), y(0)), (x(0), y(0), x(100), y(0))])
    gap = _quadrants(figure, report, x=x, y=y, language=language)
    split_x, split_y = x(place.split), y(place.split)
    charts.lines(
        figure,
        [(split_x, y(100) + gap, split_x, y(0) - gap), (x(0), split_y, x(100), split_y)],
        colour=COLOUR.rest,
    )
    charts.dots(figure, [(x(px), y(py)) for py, px in place.peers], colour=COLOUR.rest, radius=1.0, rim=COLOUR.paper)
    here = "you_are_here" if report.place.kind == "unit" else report.place.kind
    _you_on_map(figure, place, x=x, y=y, label=say(here, language))
    return figure


def cross_is_seen(place: ReadinessMap) -> bool:
    """Whether an interval reaches out from under the dot of the map."""
    seen = DOT / _MAP_SIDE * 100
    ends = [(value.score, end) for value in place.you for end in (value.low, value.high) if end is not None]
    return any(abs(end - score) > seen for score, end in ends)


def _quadrants(figure: Figure, report: ReadinessReport, *, x: Scale, y: Scale, language: Language) -> float:
    """Words in the four corners; returns the height they take, so that the dividing line can stop short of them."""
    step = SIZE.chart_small * 1.2 * charts.MM_PER_POINT
    tallest = 1
    for upper in (True, False):
        for right in (True, False):
            position = f"{'over' if upper else 'under'}_{'over' if right else 'under'}"
            rows = wrap(quadrant(report, position, language), width=_QUADRANT_WIDTH, size=SIZE.chart_small)
            tallest = max(tallest, len(rows))
            reach = 1.0 + step * len(rows) / 2
            charts.paragraph(
                figure,
                x(100) - 1.0 if right else x(0) + 1.0,
                y(100) + reach if upper else y(0) - reach,
                rows,
                size=SIZE.chart_small,
                colour=COLOUR.muted,
                align="right" if right else "left",
            )
    return 2.0 + step * tallest


def _you_on_map(figure: Figure, place: ReadinessMap, *, x: Scale, y: Scale, label: str) -> None:
    """Dot, cross of the two intervals, and a label on paper so that no line runs through it."""
    up, across = place.you
    at_x, at_y = x(across.score), y(up.score)
    cross: list[Segment] = []
    if across.low is not None and across.high is not None:
        cross.append((x(across.low), at_y, x(across.high), at_y))
    if up.low is not None and up.high is not None:
        cross.append((at_x, y(up.low), at_x, y(up.high)))
    box = _label_box(place, text_width(label, size=SIZE.chart) + 2.0, x=x, y=y)
    charts.boxes(figure, [box], colour=COLOUR.paper)
    charts.text(figure, box[0] + 0.4, box[1] + box[3] / 2, label, colour=COLOUR.you, strong=True)
    charts.lines(figure, cross, colour=COLOUR.you, width=1.6, above=True)
    charts.dots(figure, [(at_x, at_y)], colour=COLOUR.you, radius=DOT, rim=COLOUR.paper)


def _label_box(place: ReadinessMap, width: float, *, x: Scale, y: Scale) -> Box:
    """Where the label of the dot goes: above it to the right, unless that is outside or hides more other dots."""
    up, across = place.you
    at_x, at_y, height = x(across.score), y(up.score), 3.6
    lefts = [at_x + 2.2, at_x - 2.2 - width]
    middles = [at_y - height, at_y + height]
    corners = [
        (left, middle - height / 2, width, height)
        for middle in (middles if up.score <= 88 else reversed(middles))
        for left in (lefts if across.score <= 70 else reversed(lefts))
    ]
    inside = [box for box in corners if x(0) <= box[0] and box[0] + width <= x(100)]
    return min(inside or corners, key=lambda box: sum(_covers(box, x(px), y(py)) for py, px in place.peers))


def _covers(box: Box, x: float, y: float) -> bool:
    left, top, width, height = box
    return left - 1 <= x <= left + width + 1 and top - 1 <= y <= top + height + 1


def components_figure(report: ReadinessReport, *, language: Language) -> Figure:
    """Each component as a dot on its band, primary apart from contextual, the places around as quiet ticks."""
    groups = [
        (say(kind, language), rows)
        for kind in ("primary", "contextual")
        if (rows := [_component_row(report, key, language) for key in _keys(report, kind)])
    ]
    return dot_chart(groups if len(groups) > 1 else [("", rows) for _, rows in groups], language=language)


def _keys(report: ReadinessReport, kind: str) -> list[str]:
    return [component.key for component in report.instrument.components if component.kind == kind]


def _component_row(report: ReadinessReport, key: str, language: Language) -> Row:
    result = next(result for result in report.total.components if result.key == key)
    remarks: list[str] = []
    if result.classification in ("driver", "barrier"):
        remarks.append(say(result.classification, language))
    if result.spread:
        remarks.append(say("spread", language))
    return Row(
        label=wrap(component_title(report, key, language), width=LABEL_WIDTH, size=SIZE.chart),
        estimate=report.estimates.get(key),
        n=result.n,
        remarks=tuple(remarks),
        look=result.classification == "barrier",
        strong=result.kind == "primary",
        ticks=tuple((c.kind, c.scores[key]) for c in report.comparisons if key in c.scores),
        instead=why_hidden(result.suppressed, language),
    )


_TYPE_LABEL, _TYPE_SCORE, _TYPE_GAP = 46.0, 7.0, 5.0  # millimetres of the comparison of setting types


def setting_types_figure(report: ReadinessReport, *, language: Language) -> Figure:
    """One narrow 0-100 axis a setting type, beside each other, the same components down each of them."""
    width = (PAGE.content - _TYPE_LABEL) / max(len(report.setting_types), 3) - _TYPE_GAP
    columns = [_TypeColumn.of(report, cell, width=width, language=language) for cell in report.setting_types]
    top = LINE_HEIGHT * max(len(column.head) for column in columns) + 6.0
    labels = [
        wrap(title_of(component.title, component.key, language), width=_TYPE_LABEL - 2, size=SIZE.chart)
        for component in report.instrument.components
    ]
    said = [max(len(column.instead[row]) for column in columns) for row in range(len(labels))]
    heights = [LINE_HEIGHT * max(1, len(label), lines) + 2.6 for label, lines in zip(labels, said, strict=True)]
    bottom = top + sum(heights)
    figure = charts.new_figure(PAGE.content, bottom + 5.0)
    middles = [top + sum(heights[:row]) + height / 2 for row, height in enumerate(heights)]
    for label, y in zip(labels, middles, strict=True):
        charts.paragraph(figure, 0, y, label)
    marks: list[Mark] = []
    for number, column in enumerate(columns):
        left = _TYPE_LABEL + number * (width + _TYPE_GAP) + _TYPE_GAP
        x = Scale((0, 100), (left, left + width - _TYPE_SCORE - 1))
        marks += _draw_type(figure, column, x=x, top=top, middles=middles, language=language)
        if any(column.results):
            axis(figure, x, y=bottom + 2.5, scores=(0, 50, 100))
    draw_marks(figure, marks, radius=1.2)
    return figure


@dataclass(frozen=True, slots=True)
class _TypeColumn:
    """One setting type: its name, its n, a result for each component, or why there is none."""

    head: list[str]
    about: str
    results: list[tuple[ComponentResult, Estimate] | None]
    instead: list[list[str]]

    @classmethod
    def of(cls, report: ReadinessReport, cell: Cell, *, width: float, language: Language) -> "_TypeColumn":
        found = {result.key: result for result in cell.components}
        results: list[tuple[ComponentResult, Estimate] | None] = []
        instead: list[list[str]] = []
        for component in report.instrument.components:
            result = found.get(component.key)
            scale = report.instrument.component_scale(component)
            value = None if result is None else estimate(result, scale, finite=False)
            results.append(None if value is None or result is None else (result, value))
            why = "" if value else why_hidden(result.suppressed if result else cell.suppressed, language)
            instead.append(wrap(why, width=width, size=SIZE.chart_small))
        if not any(results):  # said once for all of them
            why = why_hidden(cell.suppressed or found[next(iter(found))].suppressed, language)
            instead = [wrap(why, width=width, size=SIZE.chart_small), *([[]] * (len(instead) - 1))]
        about = "" if cell.n is None else f"n = {whole(cell.n, language=language)}"
        head = wrap(setting_type_title(cell.key, language), width=width, size=SIZE.chart)
        return cls(head, about, results, instead)


def _draw_type(
    figure: Figure, column: _TypeColumn, *, x: Scale, top: float, middles: list[float], language: Language
) -> list[Mark]:
    """Write the words and numbers of one setting type; return the marks to be drawn."""
    for line, words in enumerate(column.head):
        charts.text(figure, x(0), LINE_HEIGHT * (line + 0.5), words, strong=True)
    charts.text(figure, x(0), top - 3.5, column.about, size=SIZE.chart_small, colour=COLOUR.muted)
    marks: list[Mark] = []
    for shown, instead, y in zip(column.results, column.instead, middles, strict=True):
        if shown is None:
            charts.paragraph(figure, x(0), y, instead, size=SIZE.chart_small, colour=COLOUR.muted)
            continue
        result, value = shown
        look = result.classification == "barrier"
        written, colour = whole(value.score, language=language), COLOUR.look if look else COLOUR.ink
        charts.text(figure, x(100) + _TYPE_SCORE, y, written, strong=True, colour=colour, align="right")
        marks.append(Mark(value, x, y, look))
    return marks


def notice_figure(words: str) -> Figure:
    """A quiet card in place of a chart, when nothing may be shown."""
    rows = wrap(words, width=PAGE.half - 12, size=SIZE.body)
    figure = charts.new_figure(PAGE.half, 30)
    charts.boxes(figure, [(0, 0, PAGE.half, 30)], colour=COLOUR.panel)
    charts.paragraph(figure, 6, 15, rows, size=SIZE.body, strong=True)
    return figure
