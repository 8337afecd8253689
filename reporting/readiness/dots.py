"""Dots on a 0-100 line: the way every score of the report is drawn, alone or in rows with columns of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from domain.estimates import Estimate
from reporting import charts
from reporting.charts import MM_PER_POINT, Scale
from reporting.numbers import MISSING, Language, whole
from reporting.readiness.phrases import say
from reporting.style import COLOUR, PAGE, SIZE

LABEL_WIDTH = 58.0
LINE_HEIGHT = SIZE.chart * 1.2 * MM_PER_POINT
SCORES = (0, 25, 50, 75, 100)
RADIUS = 1.4
BAND = 1.4  # half the height of a band, in radii of its dot
_SCORE_AT, _N_AT, _REMARK_AT = 143.0, 153.0, 157.0
_HEAD, _FOOT, _NAMES = 5.0, 5.0, 5.0  # millimetres for column heads, the axis, and the names of the ticks


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dot chart; `instead` is said where there is no estimate to draw."""

    label: list[str]
    estimate: Estimate | None
    n: int | None
    remarks: tuple[str, ...] = ()
    look: bool = False  # draw the eye: a barrier
    strong: bool = False  # primary, set apart from contextual
    ticks: tuple[tuple[str, float], ...] = ()  # comparison places: kind, score
    instead: str = ""

    @property
    def height(self) -> float:
        return row_height(self.label)


@dataclass(frozen=True, slots=True)
class Mark:
    """An estimate at a height, on its axis."""

    estimate: Estimate
    x: Scale
    y: float
    look: bool = False


def row_height(label: Sequence[str]) -> float:
    return max(7.6, len(label) * LINE_HEIGHT + 3.0)


def draw_marks(figure: Figure, marks: Sequence[Mark], *, radius: float = RADIUS) -> None:
    """Hairlines from 0 to 100, bands of the intervals and dots of the scores, each kind in one artist.

    A band is taller than its dot, so that it is seen where it is narrower, too; a barrier is a diamond, so that it is
    told from the rest without its colour.
    """
    charts.lines(figure, [(it.x(0), it.y, it.x(100), it.y) for it in marks])
    tall = radius * BAND
    bands = [
        ((it.x(low), it.y - tall, it.x(high) - it.x(low), 2 * tall), COLOUR.look_soft if it.look else COLOUR.you_soft)
        for it in marks
        if (low := it.estimate.low) is not None and (high := it.estimate.high) is not None
    ]
    charts.boxes(figure, [box for box, _ in bands], colour=[colour for _, colour in bands])
    for look, colour, shape in ((False, COLOUR.you, "circle"), (True, COLOUR.look, "diamond")):
        places = [(it.x(it.estimate.score), it.y) for it in marks if it.look == look]
        charts.dots(figure, places, colour=colour, radius=radius, rim=COLOUR.paper, shape=shape)  # type: ignore[arg-type]


def axis(figure: Figure, x: Scale, *, y: float, scores: Sequence[int] = SCORES) -> None:
    """The numbers of the 0-100 axis, without a line."""
    for score in scores:
        charts.text(figure, x(score), y, str(score), size=SIZE.chart_small, colour=COLOUR.muted, align="center")


def dot_chart(groups: Sequence[tuple[str, Sequence[Row]]], *, language: Language) -> Figure:
    """Rows of dots on 0-100 under small headings (or none), with score, n and remarks in columns at the right.

    The first row with comparison ticks is higher, since the ticks are named there, once.
    """
    named = next((row for _, rows in groups for row in rows if row.ticks and row.estimate), None)
    height = _HEAD + _FOOT + (_NAMES if named else 0.0)
    height += sum((6.0 if heading else 0.0) + sum(row.height for row in rows) for heading, rows in groups)
    figure = charts.new_figure(PAGE.content, height)
    x = Scale((0, 100), (LABEL_WIDTH + 4, 132))
    for at, key in ((_SCORE_AT, "score"), (_N_AT, "n")):
        charts.text(figure, at, 1.8, say(key, language), size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    placed: list[tuple[Row, float]] = []
    y = _HEAD
    for heading, rows in groups:
        if heading:
            charts.text(figure, 0, y + 2.5, heading, size=SIZE.chart_small, colour=COLOUR.muted, strong=True)
            y += 6.0
        for row in rows:
            extra = _NAMES if row is named else 0.0
            placed.append((row, y + (row.height + extra) / 2))
            y += row.height + extra
    draw_marks(figure, [Mark(row.estimate, x, at, row.look) for row, at in placed if row.estimate])
    _draw_ticks(figure, placed, named, x=x, language=language)
    for row, at in placed:
        _write_row(figure, row, x=x, y=at, language=language)
    axis(figure, x, y=y + 2.5)
    return figure


def _write_row(figure: Figure, row: Row, *, x: Scale, y: float, language: Language) -> None:
    colour = COLOUR.look if row.look else COLOUR.ink
    score = whole(row.estimate.score, language=language) if row.estimate else MISSING
    charts.paragraph(figure, 0, y, row.label, strong=row.strong)
    charts.text(figure, _SCORE_AT, y, score, strong=True, colour=colour, align="right")
    n = MISSING if row.n is None else whole(row.n, language=language)
    charts.text(figure, _N_AT, y, n, colour=COLOUR.muted, align="right")
    remark_colour = COLOUR.look if row.look else COLOUR.muted
    charts.paragraph(figure, _REMARK_AT, y, row.remarks, size=SIZE.chart_small, colour=remark_colour)
    if row.estimate is None:
        charts.text(figure, x(0), y, row.instead, size=SIZE.chart_small, colour=COLOUR.muted)


def _draw_ticks(
    figure: Figure, placed: Sequence[tuple[Row, float]], named: Row | None, *, x: Scale, language: Language
) -> None:
    """A dark tick for the municipality, a lighter one for the area; each is named once, above and below its tick."""
    for municipal, colour, width in ((True, COLOUR.ink, 1.4), (False, COLOUR.muted, 0.8)):
        ticks = [
            (x(score), y - 2.0, x(score), y + 2.0)
            for row, y in placed
            if row.estimate
            for kind, score in row.ticks
            if (kind == "municipality") == municipal
        ]
        charts.lines(figure, ticks, colour=colour, width=width, above=True)
    for row, y in placed:
        for kind, score in row.ticks if row is named else ():
            above = kind == "municipality"
            charts.text(
                figure,
                x(score),
                y + (-4.0 if above else 4.0),
                say(kind, language),
                size=SIZE.chart_small,
                colour=COLOUR.ink if above else COLOUR.muted,
                align="center",
            )
