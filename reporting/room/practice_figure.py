"""The four core elements over the periods, side by side on one scale. Report value -> Figure."""

from itertools import pairwise

from matplotlib.figure import Figure

from reporting import charts
from reporting.charts import Scale
from reporting.numbers import Language
from reporting.room.assessed import CoreElements, Element
from reporting.room.assessed_text import score
from reporting.room.phrases import say
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

LOWEST, HIGHEST = 1.0, 5.0
GAP = 6.0
TITLE = 11.0
TALL = 26.0
FOOT = 6.0
AXIS = 4.0  # room for the ends of the scale
RADIUS = 1.2
SCORE = 9.0  # room for the last score beside its dot


def practice_figure(practice: CoreElements, *, language: Language) -> Figure:
    """A panel for each element: a dot a period on a fixed axis of 1-5, the last one strong with its score."""
    figure = charts.new_figure(PAGE.content, TITLE + TALL + FOOT)
    width = (PAGE.content - GAP * (len(practice.elements) - 1)) / len(practice.elements)
    for number, element in enumerate(practice.elements):
        _draw_panel(figure, practice, element, left=number * (width + GAP), width=width, language=language)
    return figure


def _draw_panel(
    figure: Figure, practice: CoreElements, element: Element, *, left: float, width: float, language: Language
) -> None:
    title = wrap(element.title.in_language(language), width=width, size=SIZE.chart)[:2]
    charts.paragraph(figure, left, TITLE / 2 - 0.6, title, strong=True)
    floor = TITLE + TALL
    y = Scale((LOWEST, HIGHEST), (floor - 1.5, TITLE + 1.5))
    x = _places(practice, left=left + AXIS, width=width - AXIS)
    charts.lines(figure, [(left + AXIS, y(end), left + width - SCORE + 1.8, y(end)) for end in (LOWEST, HIGHEST)])
    for end in (LOWEST, HIGHEST):
        charts.text(figure, left, y(end), f"{end:.0f}", size=SIZE.chart_small, colour=COLOUR.muted)
    scores = element.trend.scores
    known = [(x[at], y(value), at) for at, value in enumerate(scores) if value is not None]
    joined = [(a[0], a[1], b[0], b[1]) for a, b in pairwise(known) if b[2] - a[2] == 1]
    charts.lines(figure, joined, colour=COLOUR.rest, width=1.0)
    last = len(scores) - 1
    charts.dots(figure, [(px, py) for px, py, at in known if at < last], colour=COLOUR.rest, radius=RADIUS)
    charts.dots(figure, [(px, py) for px, py, at in known if at == last], colour=COLOUR.you, radius=RADIUS + 0.3)
    _draw_score(figure, element, x[-1], y, language)
    for at in sorted({0, last}):
        _draw_weeks(figure, practice, at, x[at], left=left, right=left + width, y=floor + 2.6, language=language)


def _places(practice: CoreElements, *, left: float, width: float) -> list[float]:
    """Where the periods stand: the last at the right, so that reports can be laid beside each other."""
    count = len(practice.periods)
    step = min(10.0, (width - SCORE - 2.0) / max(1, count - 1))
    right = left + width - SCORE if count > 1 else left + width / 2
    return [right - (count - 1 - at) * step for at in range(count)]


def _draw_score(figure: Figure, element: Element, x: float, y: Scale, language: Language) -> None:
    """The last score beside its dot, where no line runs."""
    value = element.trend.scores[-1]
    if value is None:
        words, middle = say("no_score", language), y((LOWEST + HIGHEST) / 2)
        charts.text(figure, x + 3.0, middle, words, size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    else:
        charts.text(figure, x + 2.6, y(value), score(value, language), strong=True, colour=COLOUR.you)


def _draw_weeks(
    figure: Figure,
    practice: CoreElements,
    at: int,
    x: float,
    *,
    left: float,
    right: float,
    y: float,
    language: Language,
) -> None:
    first, last = practice.periods[at]
    words = say("week", language, n=f"{first.isocalendar().week}–{last.isocalendar().week}")
    half = text_width(words, size=SIZE.chart_small) / 2
    if at == 0 and len(practice.periods) > 1:
        nearest = min(x, right - 3 * half - 2.0)
        if nearest - half < left:  # no room for both
            return
        x = nearest
    x = min(max(x, left + half), right - half)
    charts.text(figure, x, y, words, size=SIZE.chart_small, colour=COLOUR.muted, align="center")
