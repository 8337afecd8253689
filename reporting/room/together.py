"""How the groups were composed, and which strategies were used: report value -> figures, sentences, tables."""

from matplotlib.figure import Figure

from domain.composition import Composition, StrategyUse
from domain.observations import KINDS, Kind
from reporting import charts
from reporting.charts import Box, Scale
from reporting.html import Table
from reporting.numbers import Language, decimal, listing, out_of, percent, whole
from reporting.room.build import Activities, RoomReport
from reporting.room.dots import DotRow, dot_rows_figure
from reporting.room.phrases import say
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

PITCH = 5.2
LINE = 3.6
BAR = 2.8


def composition_figure(report: RoomReport, *, language: Language) -> Figure:
    """A row of dots for each trait: one dot, one group."""
    rows = [
        (say(f"mixed_{mixing.trait}", language), DotRow(mixing.mixed, mixing.of, strong=False))
        for mixing in _composition(report).mixings
    ]
    return dot_rows_figure(rows, language=language, colour=COLOUR.you)


def composition_note(report: RoomReport, language: Language) -> str:
    size = decimal(_composition(report).mean_size, language=language)
    return say("composition_note", language, size=size)


def composition_alt(report: RoomReport, language: Language) -> str:
    said = [
        f"{say(f'mixed_{mixing.trait}', language)} {out_of(mixing.mixed, mixing.of, language=language)}."
        for mixing in _composition(report).mixings
    ]
    return " ".join([say("composition", language), *said])


def composition_table(report: RoomReport, language: Language) -> Table:
    columns = tuple(say(key, language) for key in ("grouping", "mixed_column", "of_column"))
    rows = (
        (
            say(f"mixed_{mixing.trait}", language),
            whole(mixing.mixed, language=language),
            whole(mixing.of, language=language),
        )
        for mixing in _composition(report).mixings
    )
    return Table(columns, tuple(rows))


def _composition(report: RoomReport) -> Composition:
    if report.composition is None:
        raise KeyError("composition")
    return report.composition


def strategies_figure(report: Activities, *, language: Language) -> Figure:
    """A bar for each strategy, on the scale of all activities; its number at the end."""
    width = PAGE.half
    labels = [wrap(_name(use, language), width=width * 0.55, size=SIZE.chart)[:2] for use in report.strategies]
    heights = [max(PITCH, LINE * len(label) + 1.6) for label in labels]
    left = max(text_width(line, size=SIZE.chart) for label in labels for line in label) + 2.5
    figure = charts.new_figure(width, sum(heights) + 0.5)
    scale = Scale((0.0, max(1, report.activities)), (left, width - 8.0))
    bars: list[Box] = []
    top = 0.0
    for use, label, height in zip(report.strategies, labels, heights, strict=True):
        middle = top + height / 2
        charts.paragraph(figure, left - 2.5, middle, label, align="right")
        bars.append((left, middle - BAR / 2, scale(use.activities) - left, BAR))
        colour = COLOUR.ink if use.activities else COLOUR.look
        words = whole(use.activities, language=language)
        charts.text(figure, scale(use.activities) + 1.2, middle, words, colour=colour, strong=not use.activities)
        top += height
    charts.boxes(figure, [bar for bar in bars if bar[2]], colour=COLOUR.you)
    charts.lines(figure, [(left, 0.0, left, top)], colour=COLOUR.rest)
    return figure


def strategies_note(report: Activities, language: Language) -> str:
    return say("strategies_note", language, n=whole(report.activities, language=language))


def strategies_unused(report: Activities, language: Language) -> list[str]:
    """The strategies nobody used, as one sentence."""
    unused = [_name(use, language) for use in report.strategies if not use.activities]
    return [say("strategies_unused", language, list=listing(unused, language=language))] if unused else []


def strategies_alt(report: Activities, language: Language) -> str:
    said = [
        f"{_name(use, language)}: {out_of(use.activities, report.activities, language=language)}."
        for use in report.strategies
    ]
    return " ".join([say("strategies", language), *said])


def strategies_table(report: Activities, language: Language) -> Table:
    columns = (say("strategy", language), say("activities_column", language))
    rows = ((_name(use, language), whole(use.activities, language=language)) for use in report.strategies)
    return Table(columns, tuple(rows))


def _name(use: StrategyUse, language: Language) -> str:
    return use.title.in_language(language) or use.key


def beside_the_line(report: RoomReport, language: Language) -> list[str]:
    """What the lines beside the dashed one say, where the municipality has some: questions, never verdicts."""
    said = []
    for kind in KINDS:
        rolling, share = report.thresholds.rolling.get(kind), report.thresholds.median_share.get(kind)
        values = {"kind": say(f"inside_{kind}", language)}
        if rolling and (lately := _lately(report, kind)):
            weeks = whole(rolling.weeks, language=language)
            said.append(say("lately", language, weeks=weeks, codes=listing(lately, language=language), **values))
        under = sorted(row.code for row in report.children if row.measures[kind].below_median is True)
        if share is not None and under:
            said.append(
                say(
                    "median",
                    language,
                    share=percent(share, language=language),
                    codes=listing(under, language=language),
                    **values,
                )
            )
    return said


def _lately(report: RoomReport, kind: Kind) -> list[str]:
    measures = ((row.code, row.measures[kind]) for row in report.children)
    return sorted(code for code, measure in measures if measure.below is False and measure.below_rolling is True)
