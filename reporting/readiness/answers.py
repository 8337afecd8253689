"""How people answered each statement of a component: diverging bars, right is always the favourable side."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from domain.estimates import Estimate
from domain.instruments import Item
from domain.readiness import ComponentResult, ItemResult
from reporting import charts
from reporting.charts import Align, Box, Scale, Segment
from reporting.numbers import MISSING, Language, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.dots import LABEL_WIDTH, Row, dot_chart, row_height, too_few
from reporting.readiness.phrases import say
from reporting.readiness.text import scale_end, title_of
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

_LABEL_WIDTH = 64.0
_BAR_HEIGHT = 4.8
_SCORE_AT, _N_AT = 166.0, 176.0
_PERCENT = Scale((-100, 100), (_LABEL_WIDTH + 4, 156))
_ZERO = _PERCENT(0)
_HEAD = 5.0


def answers_figure(report: ReadinessReport, key: str, *, language: Language) -> Figure:
    """Diverging bars of the items of component `key`; their scores as dots where no distribution is published."""
    result = next(result for result in report.total.components if result.key == key)
    items = {item.key: item for item in report.instrument.items}
    if not any(it.distribution and sum(it.distribution) for it in result.items):
        return _score_dots(result, items, language)
    labels = [_label(items[it.key], language, width=_LABEL_WIDTH) for it in result.items]
    figure = charts.new_figure(PAGE.content, _HEAD + sum(map(row_height, labels)))
    _headings(figure, report, key, language)
    y = _HEAD
    bars: list[tuple[Box, str]] = []
    middle_line: list[Segment] = []
    for it, label in zip(result.items, labels, strict=True):
        height = row_height(label)
        charts.paragraph(figure, 0, y + height / 2, label)
        _write_numbers(figure, it, y=y + height / 2, language=language)
        drawn = _bar(figure, it, reverse=items[it.key].reverse, y=y + height / 2, language=language)
        if drawn:
            bars += drawn
            gap = (height - _BAR_HEIGHT) / 2
            middle_line += [(_ZERO, y, _ZERO, y + gap), (_ZERO, y + height - gap, _ZERO, y + height)]
        else:
            words = _why_empty(report, it, language)
            charts.text(
                figure, _ZERO, y + height / 2, words, size=SIZE.chart_small, colour=COLOUR.muted, align="center"
            )
        y += height
    charts.lines(figure, middle_line, colour=COLOUR.rest, width=0.8)
    charts.boxes(figure, [box for box, _ in bars], colour=[tint for _, tint in bars], edge=COLOUR.paper)
    return figure


def _label(item: Item, language: Language, *, width: float) -> list[str]:
    mark = f" ({say('reversed_mark', language)})" if item.reverse else ""
    return wrap(title_of(item.text, item.key, language) + mark, width=width, size=SIZE.chart)


def _headings(figure: Figure, report: ReadinessReport, key: str, language: Language) -> None:
    """What left and right mean: the scale's own words, or neutral ones when some statements are turned round."""
    turned = any(item.reverse for item in report.instrument.items)
    component = next(c for c in report.instrument.components if c.key == key)
    scale = report.instrument.component_scale(component)
    left = say("unfavourable", language) if turned else scale_end(scale, "low", language)
    right = say("favourable", language) if turned else scale_end(scale, "high", language)
    heads: tuple[tuple[float, str, Align], ...] = (
        (_ZERO - 2, f"← {left}", "right"),
        (_ZERO + 2, f"{right} →", "left"),
        (_SCORE_AT, say("score", language), "right"),
        (_N_AT, say("n", language), "right"),
    )
    for at, words, align in heads:
        charts.text(figure, at, 1.8, words, size=SIZE.chart_small, colour=COLOUR.muted, align=align)


def _write_numbers(figure: Figure, it: ItemResult, *, y: float, language: Language) -> None:
    colour = COLOUR.look if it.classification == "barrier" else COLOUR.ink
    charts.text(figure, _SCORE_AT, y, whole(it.score, language=language), strong=True, colour=colour, align="right")
    n = MISSING if it.n is None else whole(it.n, language=language)
    charts.text(figure, _N_AT, y, n, colour=COLOUR.muted, align="right")


def _bar(figure: Figure, it: ItemResult, *, reverse: bool, y: float, language: Language) -> list[tuple[Box, str]]:
    """The segments of one item with their colours, favourable answers to the right; writes the percentages."""
    total = sum(it.distribution or ())
    if not it.distribution or not total:
        return []
    counts = tuple(reversed(it.distribution)) if reverse else it.distribution
    percents = [count / total * 100 for count in counts]
    segments = diverging(percents)
    _percentages(figure, percents, segments, y=y, language=language)
    return [
        ((_PERCENT(start), y - _BAR_HEIGHT / 2, _PERCENT(end) - _PERCENT(start), _BAR_HEIGHT), tint)
        for (start, end), tint in zip(segments, answer_colours(len(counts)), strict=True)
        if end > start
    ]


def _why_empty(report: ReadinessReport, it: ItemResult, language: Language) -> str:
    if it.score is not None:
        minimum = report.instrument.rules.min_n_distribution
        return say("no_distribution", language, minimum=whole(minimum, language=language))
    return too_few(it.suppressed, language)


def _percentages(
    figure: Figure, percents: list[float], segments: list[tuple[float, float]], *, y: float, language: Language
) -> None:
    """The percentage inside each segment that has room for it."""
    last = len(percents) - 1
    for number, (percent, (start, end)) in enumerate(zip(percents, segments, strict=True)):
        written = whole(percent, language=language)
        if _PERCENT(end) - _PERCENT(start) >= text_width(written, size=SIZE.chart_small) + 1.0:
            charts.text(
                figure, _PERCENT((start + end) / 2), y, written, size=SIZE.chart_small, align="center",
                colour=COLOUR.paper if number in (0, last) else COLOUR.ink,
            )  # fmt: skip


def diverging(percents: Sequence[float]) -> list[tuple[float, float]]:
    """Where each answer's segment starts and ends when the middle of the scale lies on zero.

    >>> diverging([10, 20, 40, 30])
    [(-30, -20), (-20, 0), (0, 40), (40, 70)]
    >>> diverging([25, 50, 25])
    [(-50.0, -25.0), (-25.0, 25.0), (25.0, 50.0)]
    """
    half, odd = divmod(len(percents), 2)
    at = -(sum(percents[:half]) + (percents[half] / 2 if odd else 0))
    segments = []
    for percent in percents:
        segments.append((at, at + percent))
        at += percent
    return segments


def answer_colours(count: int) -> list[str]:
    """A colour for each answer: orange tints to the left, blue to the right, darkest outermost, grey between.

    >>> len(answer_colours(7)), answer_colours(2) == [COLOUR.look, COLOUR.you]
    (7, True)
    """
    half, odd = divmod(count, 2)
    steps = [step / max(half - 1, 1) for step in range(half)]
    left = [_mix(COLOUR.look, COLOUR.look_soft, step) for step in steps]
    right = [_mix(COLOUR.you, COLOUR.you_soft, step) for step in reversed(steps)]
    return [*left, *([COLOUR.hairline] if odd else []), *right]


def _mix(dark: str, light: str, share: float) -> str:
    pairs = ((int(dark[at : at + 2], 16), int(light[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _score_dots(result: ComponentResult, items: dict[str, Item], language: Language) -> Figure:
    rows = [
        Row(
            label=_label(items[it.key], language, width=LABEL_WIDTH),
            estimate=None if it.score is None else Estimate(score=it.score, low=None, high=None),
            n=it.n,
            remarks=(say(it.classification, language),) if it.classification in ("driver", "barrier") else (),
            look=it.classification == "barrier",
            instead=too_few(it.suppressed, language),
        )
        for it in result.items
    ]
    return dot_chart([("", rows)], language=language)
