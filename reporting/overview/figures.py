"""The charts of the overview: shares of children with how far chance alone can move them. Report value -> Figure."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from domain.observations import KINDS
from domain.participation_overview import Part
from domain.shares import Share, wilson
from reporting import charts
from reporting.charts import Scale
from reporting.html import Table
from reporting.numbers import MISSING, Language, out_of, percent, whole
from reporting.overview.build import OverviewReport
from reporting.overview.phrases import say
from reporting.overview.text import name_of
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import wrap

LABEL = 58.0
COUNTS = 32.0
PITCH = 5.4
AXIS = 6.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def below_rows(report: OverviewReport, language: Language) -> list[tuple[str, int]]:
    """Below each line and both, of the judged; nothing where the place is not shown."""
    cell = report.place.cell
    if cell is None:
        return []
    return [*((say(kind, language), cell.below[kind]) for kind in KINDS), (say("both", language), cell.below_both)]


def below_figure(report: OverviewReport, *, language: Language) -> Figure:
    cell = report.place.cell
    judged = cell.judged if cell else 0
    rows = [(name, wilson(count, judged)) for name, count in below_rows(report, language)]
    return shares_figure(rows, whole_share=None, language=language)


def places_figure(report: OverviewReport, parts: Sequence[Part], *, language: Language) -> Figure:
    """The share below in both of each part, the whole place as a quiet line."""
    rows = [
        (name_of(part, language), wilson(part.cell.below_both, part.cell.judged) if part.cell else None)
        for part in parts
    ]
    cell = report.place.cell
    return shares_figure(rows, whole_share=cell.below_both / cell.judged if cell else None, language=language)


def shares_figure(rows: Sequence[tuple[str, Share | None]], *, whole_share: float | None, language: Language) -> Figure:
    height = PITCH * len(rows) + AXIS
    figure = charts.new_figure(PAGE.content, height)
    scale = Scale((0.0, 1.0), (LABEL, PAGE.content - COUNTS))
    bottom = PITCH * len(rows) + 0.8
    charts.lines(figure, [(scale(0), bottom, scale(1), bottom)])
    for tick in TICKS:
        charts.text(
            figure, scale(tick), bottom + 2.8, percent(tick, language=language),
            size=SIZE.chart_small, colour=COLOUR.muted, align="center",
        )  # fmt: skip
    if whole_share is not None:
        charts.lines(figure, [(scale(whole_share), 0.0, scale(whole_share), bottom)], colour=COLOUR.rest, width=1.2)
    strokes, dots, hidden = [], [], []
    for number, (name, share) in enumerate(rows):
        middle = PITCH * (number + 0.5)
        label, *more = wrap(name, width=LABEL - 5.0, size=SIZE.chart_small)
        label += "…" if more else ""
        charts.text(figure, LABEL - 2.5, middle, label, size=SIZE.chart_small, align="right")
        if share is None:
            hidden.append((scale(0), middle - 1.2, 9.0, 2.4))
            words = say("suppressed", language)
        else:
            strokes.append((scale(share.low), middle, scale(share.high), middle))
            dots.append((scale(share.value), middle))
            words = out_of(share.count, share.n, language=language)
        colour = COLOUR.muted if share is None else COLOUR.ink
        charts.text(figure, PAGE.content - COUNTS + 4.0, middle, words, size=SIZE.chart_small, colour=colour)
    charts.lines(figure, strokes, colour=COLOUR.rest, width=2.2, round_ends=True)
    charts.hatched(figure, hidden)
    charts.dots(figure, dots, colour=COLOUR.you, radius=1.2)
    return figure


def below_table(report: OverviewReport, language: Language) -> Table:
    cell = report.place.cell
    columns = tuple(say(key, language) for key in ("kind", "below_line", "of_judged"))
    judged = whole(cell.judged if cell else None, language=language)
    rows = ((name, whole(count, language=language), judged) for name, count in below_rows(report, language))
    return Table(columns, tuple(rows))


def places_table(parts: Sequence[Part], language: Language) -> Table:
    """A dash is not shown, never zero."""
    keys = ("immersion_activity", "focus_conversation", "below_both", "of_judged", "weeks_completed")
    columns = (say("place", language), *(say(key, language) for key in keys))
    rows = []
    for part in parts:
        cell = part.cell
        counts = [cell.below[kind] for kind in KINDS] + [cell.below_both, cell.judged] if cell else [None] * 4
        weeks = out_of(part.completed, part.completed + part.not_recorded, language=language)
        rows.append((name_of(part, language), *(whole(count, language=language) for count in counts), weeks))
    return Table(columns, tuple(rows))


def alt_of(title: str, table: Table) -> str:
    """The chart read aloud: each row of its table."""
    said = [f"{row[0]}: {', '.join(f'{name} {cell}' for name, cell in zip(table.columns[1:], row[1:], strict=True))}."
            for row in table.rows]  # fmt: skip
    return " ".join([title, *(one.replace(MISSING, "–") for one in said)])
