"""The children's development: one dot, one child; and the shares then and now with their uncertainty."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from domain.development import BANDS
from domain.shares import Share
from reporting import charts
from reporting.charts import Point, Scale
from reporting.numbers import NO_BREAK, Language, out_of
from reporting.room.assessed import Area, Development
from reporting.room.assessed_text import comparable, counted
from reporting.room.phrases import say
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

RADIUS, STEP = 1.15, 3.3
LABELS = 34.0
HEAD = 8.0
ROW_GAP = 3.0
COUNT = 13.0  # room for the count before the dots
BETWEEN = 3.0
SHARES = (0.52, 0.28, 0.2)  # of the width, for the three bands
ROW = 12.0
AXIS = 7.0
COUNTS = 40.0


def development_figure(development: Development, *, language: Language) -> Figure:
    """A row for each learning area and a column for each band: the count, and a dot for each child."""
    width = PAGE.content - LABELS
    columns = [width * share for share in SHARES]
    starts = [LABELS + sum(columns[:at]) for at in range(len(BANDS))]
    heights = [_height(area, columns) for area in development.areas]
    figure = charts.new_figure(PAGE.content, HEAD + sum(heights))
    for band, start in zip(BANDS, starts, strict=True):
        charts.text(figure, start, 2.4, say(band, language), strong=band == "focused")
    open_dots: list[Point] = []
    watched: list[Point] = []
    filled: list[Point] = []
    top = HEAD
    for area, height in zip(development.areas, heights, strict=True):
        charts.lines(figure, [(0.0, top - 1.4, PAGE.content, top - 1.4)])
        title = wrap(area.title.in_language(language), width=LABELS - 3.0, size=SIZE.chart)[:2]
        charts.paragraph(figure, 0.0, top + STEP / 2 + (len(title) - 1) * 1.9, title)
        for band, start, column in zip(BANDS, starts, columns, strict=True):
            count = area.counts.counts[band]
            look = band == "focused" and count > 0
            words = out_of(count, area.counts.n, language=language) if band == BANDS[0] else str(count)
            colour = COLOUR.look if look else COLOUR.ink
            charts.text(figure, start, top + STEP / 2, words, strong=look, colour=colour)
            dots = {"age_appropriate": open_dots, "attention": watched, "focused": filled}[band]
            dots += _places(count, left=start + COUNT, top=top, width=column - COUNT - BETWEEN)
        top += height
    charts.dots(figure, open_dots, colour=COLOUR.rest, radius=RADIUS, hollow=True)
    charts.dots(figure, watched, colour=COLOUR.rest, radius=RADIUS)
    charts.dots(figure, filled, colour=COLOUR.look, radius=RADIUS)
    return figure


def _per_line(width: float) -> int:
    return max(1, int(width / STEP))


def _height(area: Area, columns: Sequence[float]) -> float:
    lines = (
        -(-area.counts.counts[band] // _per_line(column - COUNT - BETWEEN))
        for band, column in zip(BANDS, columns, strict=True)
    )
    return max(2, *lines) * STEP + ROW_GAP


def _places(count: int, *, left: float, top: float, width: float) -> list[Point]:
    per_line = _per_line(width)
    return [(left + (at % per_line + 0.5) * STEP, top + (at // per_line + 0.5) * STEP) for at in range(count)]


def change_figure(development: Development, *, language: Language) -> Figure:
    """For each area the share then (open) and now (filled) on 0-100 %, with the 95 % interval and the counts."""
    areas = comparable(development)
    figure = charts.new_figure(PAGE.content, ROW * len(areas) + AXIS)
    scale = Scale((0.0, 1.0), (LABELS, PAGE.content - COUNTS))
    floor = ROW * len(areas)
    for percent in (0, 50, 100):
        x = scale(percent / 100)
        charts.lines(figure, [(x, 0.0, x, floor)])
        words = f"{percent}{NO_BREAK}%" if language == "da" else f"{percent}%"
        charts.text(figure, x, floor + 3.0, words, size=SIZE.chart_small, colour=COLOUR.muted, align="center")
    for number, area in enumerate(areas):
        change, middle = area.change, number * ROW + ROW / 2
        title = wrap(area.title.in_language(language), width=LABELS - 3.0, size=SIZE.chart)[:2]
        charts.paragraph(figure, 0.0, middle, title)
        if change is None or change.before is None or change.now is None:
            continue
        _draw_share(figure, change.before, scale, middle - 2.4, now=False)
        _draw_share(figure, change.now, scale, middle + 2.4, now=True)
        before = counted(change.before, language)
        x = PAGE.content - COUNTS + 4.0
        charts.text(figure, x, middle, f"{before} → ", colour=COLOUR.muted)
        beside = x + text_width(f"{before} → ", size=SIZE.chart)
        charts.text(figure, beside, middle, counted(change.now, language), strong=True)
    return figure


def _draw_share(figure: Figure, share: Share, scale: Scale, y: float, *, now: bool) -> None:
    colour, band = (COLOUR.you, COLOUR.you_soft) if now else (COLOUR.rest, COLOUR.hairline)
    charts.lines(figure, [(scale(share.low), y, scale(share.high), y)], colour=band, width=4.0)
    charts.dots(figure, [(scale(share.value), y)], colour=colour, radius=1.4, hollow=not now)
