"""The funnel of a learning area: each unit's share at its size, between the limits that chance alone would give.

Only what lies outside the outer limits is named: to be asked, not ranked.
"""

from itertools import pairwise

from matplotlib.figure import Figure

from domain.funnel import Funnel, limits_at
from reporting import charts
from reporting.charts import Scale
from reporting.html import Table
from reporting.numbers import Language, out_of, percent
from reporting.overview.funnel import FunnelReport
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width

TALL, HALF_TALL, TOP, LEFT, FOOT, RIGHT = 80.0, 46.0, 14.0, 14.0, 12.0, 20.0
RADIUS = 1.4
CLEAR = 0.03  # as near to 0 or 1, the axis is in the way

PHRASES: dict[str, tuple[str, str]] = {
    "title": (
        "{area}: børn med en udvikling som forventet, i hver enhed",
        "{area}: children who develop as expected, in each unit",
    ),
    "heading": ("Børnenes udvikling, enhed for enhed", "The children's development, unit by unit"),
    "unit": ("Enhed", "Unit"),
    "expected": ("Udvikling som forventet", "Development as expected"),
    "place": ("I forhold til tilfældigheder", "Against chance"),
    "within": ("inden for det tilfældige", "within chance"),
    "above_95": ("lidt over det tilfældige", "a little above chance"),
    "below_95": ("lidt under det tilfældige", "a little below chance"),
    "above_998": ("over det tilfældige", "above chance"),
    "below_998": ("under det tilfældige", "below chance"),
    "all": ("alle: {share}", "all: {share}"),
    "children": ("børn i enheden", "children in the unit"),
    "limits": (
        "Skiller kun tilfældigheder enhederne, ligger 95 % mellem de inderste kurver og 99,8 % mellem de yderste.",
        "If only chance sets units apart, 95% lie between the inner curves and 99.8% between the outer ones.",
    ),
}  # fmt: skip


def say(key: str, language: Language, **values: str) -> str:
    return PHRASES[key][language == "en"].format(**values)


def funnel_figure(report: FunnelReport, *, language: Language, half: bool = False) -> Figure:
    """Size to the right, share upwards (0-100 %); the limits as stepless lines around the share of all. With `half` it
    stands beside another one, under a heading and above a note (`limits`) of both."""
    plot = report.funnel
    wide, tall, top = (PAGE.half, HALF_TALL, 7.0) if half else (PAGE.content, TALL, TOP)
    figure = charts.new_figure(wide, top + tall + FOOT)
    largest = max(point.n for point in plot.points)
    x = Scale((0.0, largest * 1.08), (LEFT, wide - RIGHT))
    y = Scale((0.0, 1.0), (top + tall, top))
    area = report.area.in_language(language)
    charts.text(figure, 0.0, 3.0, area if half else say("title", language, area=area), strong=True)
    if not half:
        charts.text(figure, 0.0, 8.0, say("limits", language), size=SIZE.chart_small, colour=COLOUR.muted)
    _draw_axes(figure, x, y, largest, language)
    _draw_limits(figure, plot, x, y, largest, language)
    outside = [point for point in plot.points if point.position.endswith("998")]
    inside = [point for point in plot.points if not point.position.endswith("998")]
    charts.dots(figure, [(x(it.n), y(it.share)) for it in inside], colour=COLOUR.rest, radius=RADIUS, rim=COLOUR.paper)
    charts.dots(figure, [(x(it.n), y(it.share)) for it in outside], colour=COLOUR.you, radius=RADIUS, rim=COLOUR.paper)
    for point in outside:
        words = f"{report.names[point.key]} · {out_of(point.count, point.n, language=language)}"
        width = text_width(words, size=SIZE.chart_small)
        right = x(point.n) + 2.4 + width <= wide
        aside = 0.0  # where no line runs through the words
        if min(point.share, 1 - point.share) < CLEAR:
            aside = 3.6 if point.share > 0.5 else -3.6
        beside = x(point.n) + (2.4 if right else -2.4)
        charts.text(
            figure, beside, y(point.share) + aside, words, size=SIZE.chart_small, strong=True,
            align="left" if right else "right",
        )  # fmt: skip
    return figure


def _draw_axes(figure: Figure, x: Scale, y: Scale, largest: int, language: Language) -> None:
    for share in (0.0, 0.5, 1.0):
        charts.lines(figure, [(LEFT, y(share), x.range[1], y(share))])
        words = percent(share, language=language)
        charts.text(figure, LEFT - 2.0, y(share), words, size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    step = next(
        step
        for step in (5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000)
        if largest / step <= (x.range[1] - x.range[0]) / 20
    )
    for n in range(step, largest + 1, step):
        charts.text(figure, x(n), y(0.0) + 3.4, str(n), size=SIZE.chart_small, colour=COLOUR.muted, align="center")
    words = say("children", language)
    charts.text(figure, x.range[1], y(0.0) + 8.0, words, size=SIZE.chart_small, colour=COLOUR.muted, align="right")


def _draw_limits(figure: Figure, plot: Funnel, x: Scale, y: Scale, largest: int, language: Language) -> None:
    sizes = sorted({*range(1, min(largest, 60) + 1), *(largest * at // 60 for at in range(1, 61)), largest} - {0})
    limits = [limits_at(n, plot.target) for n in sizes]
    for name, colour, width in (("95", COLOUR.rest, 0.9), ("998", COLOUR.rest, 0.5)):
        for side in ("low", "high"):
            places = [(x(it.n), y(getattr(it, f"{side}_{name}"))) for it in limits]
            segments = [(*a, *b) for a, b in pairwise(places)]
            charts.lines(figure, segments, colour=colour, width=width)
    charts.lines(figure, [(LEFT, y(plot.target), x.range[1], y(plot.target))], colour=COLOUR.ink, width=0.8)
    words = say("all", language, share=percent(plot.target, language=language))
    charts.text(figure, x.range[1] + 2.0, y(plot.target), words, size=SIZE.chart_small)


def funnel_table(report: FunnelReport, language: Language) -> Table:
    """Every unit with its counts and where it lies, by size."""
    columns = tuple(say(key, language) for key in ("unit", "expected", "place"))
    rows = (
        (
            report.names[point.key],
            out_of(point.count, point.n, language=language),
            say(point.position, language),
        )
        for point in report.funnel.points
    )
    return Table(columns, tuple(rows))
