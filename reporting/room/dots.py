"""One dot, one child: how many are below each line, and in which groups. Report value -> Figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from domain.observations import KINDS
from domain.patterns import Comparison
from reporting import charts
from reporting.charts import Point
from reporting.numbers import Language, out_of
from reporting.room.build import RoomReport
from reporting.room.phrases import say
from reporting.room.text import comparable, group_label
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width

RADIUS = 1.15
STEP = 3.3
ROW_GAP = 2.4
GROUP_GAP = 2.6
TITLE = 4.6
HEAD = 7.0
LABELS = 30.0
COUNTS = 16.0  # room for the count beside the dots
PANEL_GAP = 6.0


@dataclass(frozen=True, slots=True)
class DotRow:
    """`below` of `n` children, `strong` when the count is to be looked at."""

    below: int
    n: int
    strong: bool


def below_figure(report: RoomReport, *, language: Language) -> Figure:
    """How many judged children are below each line, and below both."""
    counts = [(say(f"short_{kind}", language), report.below[kind]) for kind in KINDS]
    counts.append((say("short_both", language), report.below_both))
    rows = [(label, DotRow(below, report.judged, strong=below > 0)) for label, below in counts]
    return dot_rows_figure(rows, language=language, colour=COLOUR.look)


def dot_rows_figure(labelled: Sequence[tuple[str, DotRow]], *, language: Language, colour: str) -> Figure:
    """Half a page wide: a label with its count, and under it the dots, filled in `colour`."""
    heights = [TITLE + _lines(row.n, PAGE.half) * STEP + ROW_GAP for _, row in labelled]
    figure = charts.new_figure(PAGE.half, sum(heights))
    widest = max(text_width(label, size=SIZE.chart) for label, _ in labelled)
    rows: list[tuple[DotRow, list[Point]]] = []
    top = 0.0
    for (label, row), height in zip(labelled, heights, strict=True):
        charts.text(figure, 0.0, top + 2.2, label)
        _draw_count(figure, row, widest + 3.0, top + 2.2, language)
        rows.append((row, _places(row, left=0.0, top=top + TITLE, width=PAGE.half)))
        top += height
    _draw_dots(figure, rows, colour=colour)
    return figure


def groups_figure(report: RoomReport, *, language: Language) -> Figure:
    """Each trait as two rows of dots, for both kinds side by side."""
    blocks = comparable(report)
    panel = (PAGE.content - LABELS - PANEL_GAP) / len(KINDS)
    width = panel - COUNTS
    heights = [[_lines(group.n, width) * STEP + ROW_GAP for group in block[0].groups] for block in blocks]
    figure = charts.new_figure(PAGE.content, HEAD + sum(map(sum, heights)) + GROUP_GAP * (len(blocks) - 1))
    starts = {kind: LABELS + number * (panel + PANEL_GAP) for number, kind in enumerate(KINDS)}
    for kind, start in starts.items():
        charts.text(figure, start, 2.2, say(kind, language), strong=True)
    top = HEAD
    rows: list[tuple[DotRow, list[Point]]] = []
    for block, pair in zip(blocks, heights, strict=True):
        for index, height in enumerate(pair):
            middle, label = top + STEP / 2, group_label(report, block[0].groups[index].key, language)
            charts.text(figure, LABELS - 2.0, middle, label, align="right")
            for one in block:
                row = _group_row(one, index)
                rows.append((row, _places(row, left=starts[one.kind], top=top, width=width)))
                beside = starts[one.kind] + min(row.n, _per_line(width)) * STEP + 1.5
                _draw_count(figure, row, beside, middle, language)
            top += height
        top += GROUP_GAP
    _draw_dots(figure, rows)
    return figure


def _group_row(one: Comparison, index: int) -> DotRow:
    group = one.groups[index]
    return DotRow(group.below, group.n, strong=one.pointed_out == index)


def _per_line(width: float) -> int:
    return max(1, int(width / STEP))


def _lines(n: int, width: float) -> int:
    return max(1, -(-n // _per_line(width)))


def _places(row: DotRow, *, left: float, top: float, width: float) -> list[Point]:
    """A place for each child, broken into lines; those below come first."""
    per_line = _per_line(width)
    return [(left + (i % per_line + 0.5) * STEP, top + (i // per_line + 0.5) * STEP) for i in range(row.n)]


def _draw_dots(figure: Figure, rows: list[tuple[DotRow, list[Point]]], *, colour: str = COLOUR.look) -> None:
    """All rows in two strokes: filled for below, open for the rest."""
    open_dots = [place for row, places in rows for place in places[row.below :]]
    filled = [place for row, places in rows for place in places[: row.below]]
    charts.dots(figure, open_dots, colour=COLOUR.rest, radius=RADIUS, hollow=True)
    charts.dots(figure, filled, colour=colour, radius=RADIUS)


def _draw_count(figure: Figure, row: DotRow, x: float, y: float, language: Language) -> None:
    words = out_of(row.below, row.n, language=language)
    charts.text(figure, x, y, words, colour=COLOUR.look if row.strong else COLOUR.ink, strong=row.strong)
