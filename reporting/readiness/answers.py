"""How people answered each statement of a component: diverging bars, right is always the favourable side.

What pulls down is orange and hatched, what pulls up is blue and plain: the two are told apart in grey print, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from domain.estimates import Estimate
from domain.instruments import Item
from domain.readiness import ComponentResult, ItemResult
from reporting import charts
from reporting.charts import Align, Box, Scale
from reporting.numbers import MISSING, Language, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.dots import LABEL_WIDTH, LINE_HEIGHT, Row, dot_chart
from reporting.readiness.hidden import why_hidden
from reporting.readiness.phrases import say
from reporting.readiness.text import answer_label, marked, scale_end
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

_LABEL_WIDTH = 76.0
_BAR_HEIGHT, _FIGURE_HEIGHT = 4.5, 2.5
_SCORE_AT, _N_AT = 166.0, 176.0
_PERCENT = Scale((-100, 100), (_LABEL_WIDTH + 4, 156))
_ZERO = _PERCENT(0)
_HEAD, _KEY_LINE, _KEY_GAP = 5.0, 4.6, 3.0
_SWATCH = (3.6, 2.6)  # width, height


def answers_figure(report: ReadinessReport, key: str, *, language: Language) -> Figure:
    """Diverging bars of the items of component `key`; their scores as dots where no distribution is published."""
    result = next(result for result in report.total.components if result.key == key)
    items = {item.key: item for item in report.instrument.items}
    if not any(it.distribution and sum(it.distribution) for it in result.items):
        return _score_dots(result, items, language)
    labels = [_label(items[it.key], language, width=_LABEL_WIDTH) for it in result.items]
    named = _lay_out_key(report, key, language)
    top = _HEAD + _KEY_LINE * (named[-1].line + 1)
    figure = charts.new_figure(PAGE.content, top + sum(map(_row_height, labels)))
    if any(items[it.key].reverse for it in result.items):
        words = say("key_reversed", language)
        charts.text(figure, 0, top - _HEAD / 2 - 0.4, words, size=SIZE.chart_small, colour=COLOUR.muted)
    bars = _draw_key(figure, named)
    _headings(figure, report, key, y=top - _HEAD / 2 - 0.4, language=language)
    y = top
    middle_line: list[charts.Segment] = []
    for it, label in zip(result.items, labels, strict=True):
        height = _row_height(label)
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
    charts.boxes(figure, [it.box for it in bars], colour=[it.tint for it in bars], edge=COLOUR.paper)
    charts.hatched(
        figure, [box for it in bars for box in it.hatched], colour=COLOUR.paper, width=0.5, step=1.3, outlined=False
    )
    return figure


@dataclass(frozen=True, slots=True)
class Piece:
    """A filled piece of a bar, and the parts of it that are hatched: not where its percentage stands."""

    box: Box
    tint: str
    hatched: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """One answer in the key: its words, where they begin, and its swatch."""

    words: str
    x: float
    line: int
    piece: Piece


def _lay_out_key(report: ReadinessReport, key: str, language: Language) -> list[Named]:
    """Every answer of the scale from left to right as it stands in a bar: on one line above the bars, further to the
    left where that takes more room, and on several lines where it takes more than there is."""
    component = next(it for it in report.instrument.components if it.key == key)
    scale = report.instrument.component_scale(component)
    swatch = _SWATCH[0] + 1.0
    longest = PAGE.content - swatch
    answers = [answer_label(scale, number, language) for number in range(scale.min, scale.max + 1)]
    words = [wrap(answer, width=longest, size=SIZE.chart_small)[0] for answer in answers]
    widths = [swatch + text_width(label, size=SIZE.chart_small) + _KEY_GAP for label in words]
    left = max(0.0, min(_PERCENT.range[0], PAGE.content - sum(widths) + _KEY_GAP))
    named: list[Named] = []
    x, line = left, 0
    for number, (label, tint, wide) in enumerate(zip(words, answer_colours(len(words)), widths, strict=True)):
        if x > left and x + wide - _KEY_GAP > PAGE.content + 0.01:
            x, line = left, line + 1
        box = (x, _KEY_LINE * line + 0.4, *_SWATCH)
        pulls_down = number < len(words) // 2
        named.append(Named(label, x + swatch, line, Piece(box, tint, (box,) if pulls_down else ())))
        x += wide
    return named


def _draw_key(figure: Figure, named: Sequence[Named]) -> list[Piece]:
    """Write the words; return the swatches, to be drawn with the bars."""
    for it in named:
        y = _KEY_LINE * it.line + 0.4 + _SWATCH[1] / 2
        charts.text(figure, it.x, y, it.words, size=SIZE.chart_small, colour=COLOUR.muted)
    return [it.piece for it in named]


def _row_height(label: Sequence[str]) -> float:
    return max(6.2, len(label) * LINE_HEIGHT + 1.6)


def _label(item: Item, language: Language, *, width: float) -> list[str]:
    return wrap(marked(item, language), width=width, size=SIZE.chart)


def _headings(figure: Figure, report: ReadinessReport, key: str, *, y: float, language: Language) -> None:
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
        charts.text(figure, at, y, words, size=SIZE.chart_small, colour=COLOUR.muted, align=align)


def _write_numbers(figure: Figure, it: ItemResult, *, y: float, language: Language) -> None:
    colour = COLOUR.look if it.classification == "barrier" else COLOUR.ink
    charts.text(figure, _SCORE_AT, y, whole(it.score, language=language), strong=True, colour=colour, align="right")
    n = MISSING if it.n is None else whole(it.n, language=language)
    charts.text(figure, _N_AT, y, n, colour=COLOUR.muted, align="right")


def _bar(figure: Figure, it: ItemResult, *, reverse: bool, y: float, language: Language) -> list[Piece]:
    """The segments of one item, favourable answers to the right; writes the percentages."""
    total = sum(it.distribution or ())
    if not it.distribution or not total:
        return []
    counts = tuple(reversed(it.distribution)) if reverse else it.distribution
    percents = [count / total * 100 for count in counts]
    drawn = []
    tints = answer_colours(len(counts))
    for number, (percent, (start, end)) in enumerate(zip(percents, diverging(percents), strict=True)):
        left, right = _PERCENT(start), _PERCENT(end)
        words = whole(percent, language=language)
        room = text_width(words, size=SIZE.chart_small) + 1.0
        written = right - left >= room
        if written:
            outermost = number in (0, len(percents) - 1)
            charts.text(
                figure, (left + right) / 2, y, words, size=SIZE.chart_small, align="center",
                colour=COLOUR.paper if outermost else COLOUR.ink,
            )  # fmt: skip
        if right > left:
            box = (left, y - _BAR_HEIGHT / 2, right - left, _BAR_HEIGHT)
            pulls_down = number < len(counts) // 2
            beside = _beside(box, room if written else 0.0) if pulls_down else ()
            drawn.append(Piece(box, tints[number], beside))
    return drawn


def _beside(box: Box, room: float) -> tuple[Box, ...]:
    """What is around the figure in the middle of a box, which takes `room` millimetres; all of it without one."""
    x, y, width, height = box
    if not room:
        return (box,)
    side, strip = (width - room) / 2, (height - _FIGURE_HEIGHT) / 2
    sides = (x, y, side, height), (x + width - side, y, side, height)
    if side > 1.0:  # room enough there: the figure is easier to read without strokes above and below it
        return sides
    return *sides, (x + side, y, room, strip), (x + side, y + height - strip, room, strip)


def _why_empty(report: ReadinessReport, it: ItemResult, language: Language) -> str:
    if it.score is not None:
        minimum = report.instrument.rules.min_n_distribution
        return say("no_distribution", language, minimum=whole(minimum, language=language))
    return why_hidden(it.suppressed, language)


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
            instead=why_hidden(it.suppressed, language),
        )
        for it in result.items
    ]
    return dot_chart([("", rows)], language=language)
