"""The participation of each child, both kinds side by side: report value -> Figure.

Bars are rates per counted week, so that one dashed line is right for everybody, on an axis that ends at the same
multiple of the line in every report: two reports can be laid beside each other. A bar that would run past the end is
cut there with a slit; its figure tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.figure import Figure

from domain.observations import KINDS, Kind
from domain.participation import KindMeasure
from reporting import charts
from reporting.charts import Scale
from reporting.numbers import NO_BREAK, Language, decimal, whole
from reporting.room.build import SECTIONS, ChildRow, RoomReport
from reporting.room.phrases import say
from reporting.room.text import group_total
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

AXIS_END = 2.5  # times the line
LABEL_WIDTH = 36.0
PANEL_GAP = 5.0
HEAD = 9.6
TITLE = 6.0
LINE_HEIGHT = 3.1
ROUNDING = 1e-6
BODY = 169.0  # of one page, without the head
PITCH = (3.6, 5.4)
COUNT_WIDTH = 19.0


@dataclass(frozen=True, slots=True)
class Row:
    """A drawn line: a child, or the title of a section."""

    height: float
    label: tuple[str, ...]
    child: ChildRow | None = None


def participation_pages(report: RoomReport, *, language: Language) -> list[list[Row]]:
    """The rows of the chart, cut into pieces that each fit on one page; a section's title stays with its children."""
    blocks = list(_blocks(report, language))
    heights = [sum(row.height for row in block) for block in blocks]
    each = sum(heights) / max(1, ceil(sum(heights) / BODY - ROUNDING))  # pages of the same length, not one of two rows
    pages: list[list[Row]] = [[]]
    used = 0.0
    for block, height in zip(blocks, heights, strict=True):
        if used + height > BODY + ROUNDING or used > each - ROUNDING:
            pages.append([])
            used = 0.0
        pages[-1] += block
        used += height
    return pages


def _blocks(report: RoomReport, language: Language) -> Iterator[list[Row]]:
    """A child's row at a time, the first of a section together with the section's title."""
    titles = sum(bool(report.section(key)) for key in SECTIONS)
    pitch = min(PITCH[1], max(PITCH[0], (BODY - titles * TITLE) / max(1, len(report.children))))
    for key in SECTIONS:
        children = report.section(key)
        title = f"{say(f'section_{key}', language)} · {group_total(len(children), language)}"
        for number, child in enumerate(children):
            label = tuple(wrap(child.code, width=LABEL_WIDTH, size=SIZE.chart_small)) or ("",)
            row = Row(max(pitch, LINE_HEIGHT * len(label) + 0.4), label, child)
            yield [row] if number else [Row(TITLE, (title,)), row]


def participation_figure(report: RoomReport, rows: Sequence[Row], *, language: Language) -> Figure:
    """One page of rows: codes, then a panel for each kind with its dashed line."""
    labels = [line for row in rows if row.child for line in row.label]
    left = max(text_width(line, size=SIZE.chart_small) for line in labels) + 2.5 if labels else 0.0
    width = (PAGE.content - left - PANEL_GAP) / len(KINDS)
    tops = _tops(rows)
    figure = charts.new_figure(PAGE.content, tops[-1] + 1.0)
    _draw_labels(figure, rows, tops, right=left - 2.0)
    for number, kind in enumerate(KINDS):
        start = left + number * (width + PANEL_GAP)
        scale = Scale((0.0, AXIS_END * report.thresholds.per_week[kind]), (start, start + width - COUNT_WIDTH))
        charts.text(figure, start, 2.0, say(kind, language), strong=True)
        _draw_panel(figure, rows, tops, kind, scale, language)
        _draw_line(figure, rows, tops, scale, report.thresholds.per_week[kind], language)
    return figure


def _tops(rows: Sequence[Row]) -> list[float]:
    """Where each row starts, and where the last one ends."""
    tops = [HEAD]
    for row in rows:
        tops.append(tops[-1] + row.height)
    return tops


def _draw_labels(figure: Figure, rows: Sequence[Row], tops: Sequence[float], *, right: float) -> None:
    for row, top in zip(rows, tops, strict=False):
        if row.child is None:
            charts.text(figure, 0.0, top + row.height - 2.6, row.label[0], size=SIZE.chart_small, colour=COLOUR.muted)
        else:
            middle = top + row.height / 2
            charts.paragraph(figure, right, middle, row.label, size=SIZE.chart_small, align="right", leading=1.1)


def _draw_panel(
    figure: Figure, rows: Sequence[Row], tops: Sequence[float], kind: Kind, scale: Scale, language: Language
) -> None:
    zero, end = scale.range
    filled: dict[str, list[charts.Box]] = {COLOUR.rest: [], COLOUR.look: []}
    hollow: list[charts.Box] = []
    slits: list[charts.Segment] = []
    baseline: list[charts.Segment] = []
    for row, top in zip(rows, tops, strict=False):
        if row.child is None:
            continue
        measure = row.child.measures[kind]
        middle, thick = top + row.height / 2, min(row.height * 0.66, 3.4)
        reach = min(scale(measure.rate or 0.0), end)
        bar = (zero, middle - thick / 2, reach - zero, thick)
        (hollow if row.child.section == "too_early" else filled[COLOUR.look if measure.below else COLOUR.rest]).append(
            bar
        )
        if (measure.rate or 0.0) > scale.domain[1]:
            slits.append((end - 2.6, middle + thick / 2 + 0.4, end - 1.6, middle - thick / 2 - 0.4))
        baseline.append((zero, top, zero, top + row.height))
        _draw_count(figure, row.child, measure, reach, middle, scale(scale.domain[1] / AXIS_END), language)
    for colour, bars in filled.items():
        charts.boxes(figure, bars, colour=colour)
    charts.boxes(figure, [bar for bar in hollow if bar[2]], colour=COLOUR.paper, edge=COLOUR.rest)
    charts.lines(figure, slits, colour=COLOUR.paper, width=1.6, above=True)
    charts.lines(figure, baseline, colour=COLOUR.rest)


def _draw_count(
    figure: Figure, child: ChildRow, measure: KindMeasure, reach: float, middle: float, line: float, language: Language
) -> None:
    """The count and the weeks at the bar's end; past the dashed line where that would run through them or, since
    one column is easier to read, where the child is below."""
    words = count_text(measure, child.counted_weeks, language)
    below = measure.below is True
    x = reach + 1.0
    if below or x - 1.0 <= line < x + text_width(words, size=SIZE.chart_small) + 1.0:
        x = line + 1.2
    muted = child.section == "too_early"
    colour = COLOUR.look if below else COLOUR.muted if muted else COLOUR.ink
    charts.text(figure, x, middle, words, size=SIZE.chart_small, colour=colour, strong=below)


def count_text(measure: KindMeasure, weeks: int, language: Language) -> str:
    """As "12 på 7 uger"."""
    if not weeks:
        return say("no_week", language)
    count = whole(measure.count, language=language)
    said = say("in_week" if weeks == 1 else "in_weeks", language, count=count, weeks=whole(weeks, language=language))
    return said.replace(" ", NO_BREAK)


def _draw_line(
    figure: Figure, rows: Sequence[Row], tops: Sequence[float], scale: Scale, per_week: float, language: Language
) -> None:
    """The dashed line under its label, with a gap at each section's title: it never runs through words."""
    x = scale(per_week)
    label = say("per_week", language, n=per_week_text(per_week, language))
    charts.text(figure, x, 7.0, label, size=SIZE.chart_small, align="center")
    titles = [top for row, top in zip(rows, tops, strict=False) if row.child is None]
    starts = [9.0, *(top + TITLE - 0.6 for top in titles)]
    ends = [*(top + 1.0 for top in titles), tops[-1]]
    segments = [(x, start, x, end) for start, end in zip(starts, ends, strict=True) if end - start > LINE_HEIGHT]
    charts.lines(figure, segments, colour=COLOUR.ink, width=0.9, dashed=True, above=True)


def per_week_text(per_week: float, language: Language) -> str:
    """A line in words, with as many decimals as it has (at most two).

    >>> per_week_text(2.0, "da"), per_week_text(1.5, "da")
    ('2', '1,5')
    """
    digits = next((digits for digits in (0, 1) if round(per_week, digits) == per_week), 2)
    return decimal(per_week, language=language, digits=digits)
