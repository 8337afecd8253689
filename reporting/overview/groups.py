"""Groups of a place's children beside each other, how their groups were mixed, and their development. Shares with how
far chance alone can move them: report value -> figures, tables, sentences."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from domain.development import BANDS
from domain.observations import KINDS
from domain.patterns import Group
from domain.shares import Share, wilson
from reporting import charts
from reporting.charts import Point, Scale, Segment
from reporting.html import Table
from reporting.numbers import MISSING, NO_BREAK, Language, decimal, out_of, percent, whole
from reporting.overview.build import DevelopmentReport, OverviewReport
from reporting.overview.figures import shares_figure
from reporting.overview.phrases import say
from reporting.room.assessed_text import half_year
from reporting.room.phrases import say as say_of_room
from reporting.room.text import comparable, group_label, said_of_groups, unknown_traits
from reporting.style import COLOUR, PAGE, SIZE

LABELS, COUNTS, GAP = 40.0, 22.0, 6.0
HEAD, PITCH, BETWEEN, AXIS = 7.0, 5.2, 2.6, 5.0
TICKS = (0.0, 0.5, 1.0)


def groups_figure(report: OverviewReport, *, language: Language) -> Figure:
    """The share below the line in each group, a panel for each kind; what is pointed out is to be looked at."""
    traits = comparable(report)
    height = HEAD + len(traits) * (2 * PITCH + BETWEEN) + AXIS
    figure = charts.new_figure(PAGE.content, height)
    tops = [HEAD + number * (2 * PITCH + BETWEEN) for number in range(len(traits))]
    for block, top in zip(traits, tops, strict=True):
        for row, group in enumerate(block[0].groups):
            label = group_label(report, group.key, language)
            charts.text(figure, LABELS - 2.5, top + (row + 0.5) * PITCH, label, size=SIZE.chart_small, align="right")
    width = (PAGE.content - LABELS - GAP) / len(KINDS)
    for number, kind in enumerate(KINDS):
        left = LABELS + number * (width + GAP)
        charts.text(figure, left, 2.0, say(kind, language), strong=True)
        scale = Scale((0.0, 1.0), (left, left + width - COUNTS))
        rows = [
            (top + (row + 0.5) * PITCH, group, block[number].pointed_out == row)
            for block, top in zip(traits, tops, strict=True)
            for row, group in enumerate(block[number].groups)
        ]
        _draw_panel(figure, rows, scale, floor=height - AXIS, language=language)
    return figure


def _draw_panel(
    figure: Figure, rows: Sequence[tuple[float, Group, bool]], scale: Scale, *, floor: float, language: Language
) -> None:
    charts.lines(figure, [(scale(tick), HEAD - 1.0, scale(tick), floor) for tick in TICKS])
    for tick in TICKS:
        charts.text(
            figure, scale(tick), floor + 2.6, percent(tick, language=language),
            size=SIZE.chart_small, colour=COLOUR.muted, align="center",
        )  # fmt: skip
    strokes: list[Segment] = []
    dots: dict[str, list[Point]] = {COLOUR.you: [], COLOUR.look: []}
    for middle, group, look in rows:
        share = wilson(group.below, group.n)
        if share is None:
            continue
        strokes.append((scale(share.low), middle, scale(share.high), middle))
        dots[COLOUR.look if look else COLOUR.you].append((scale(share.value), middle))
        words = out_of(share.count, share.n, language=language)
        colour = COLOUR.look if look else COLOUR.ink
        charts.text(figure, scale(1.0) + 3.0, middle, words, size=SIZE.chart_small, strong=look, colour=colour)
    charts.lines(figure, strokes, colour=COLOUR.rest, width=2.2, round_ends=True)
    for colour, places in dots.items():
        charts.dots(figure, places, colour=colour, radius=1.2)


def groups_table(report: OverviewReport, language: Language) -> Table:
    columns = (say_of_room("group", language), *(say(kind, language) for kind in KINDS))
    rows = [
        (
            group_label(report, group.key, language),
            *(out_of(one.groups[row].below, group.n, language=language) for one in block),
        )
        for block in comparable(report)
        for row, group in enumerate(block[0].groups)
    ]
    return Table(columns, tuple(rows))


def groups_sentences(report: OverviewReport, language: Language) -> list[str]:
    """Each pattern pointed out, as a question; if none is, that; and why a trait is not among them."""
    if report.place.cell is None:
        return []
    found = [one for one in report.comparisons if one.pointed_out is not None]
    said = [said_of_groups("pattern_question", report, one, language) for one in found]
    if not comparable(report):
        return [say("groups_hidden", language, fewest=whole(report.fewest, language=language))]
    return said or [say_of_room("no_pattern", language)]


def groups_note(report: OverviewReport, language: Language) -> str:
    fewest = whole(report.fewest, language=language)
    return " ".join(filter(None, (say("groups_note", language, fewest=fewest), unknown_traits(report, language))))


def composition_rows(report: OverviewReport, language: Language) -> list[tuple[str, Share | None]]:
    mixings = report.composition.mixings if report.composition else ()
    return [(say_of_room(f"mixed_{it.trait}", language), wilson(it.mixed, it.of)) for it in mixings]


def composition_figure(report: OverviewReport, *, language: Language) -> Figure:
    return shares_figure(composition_rows(report, language), whole_share=None, language=language)


def composition_table(report: OverviewReport, language: Language) -> Table:
    columns = tuple(say_of_room(key, language) for key in ("grouping", "mixed_column"))
    rows = ((name, _counted(share, language)) for name, share in composition_rows(report, language))
    return Table(columns, tuple(rows))


def composition_note(report: OverviewReport, language: Language) -> str:
    if report.composition is None:
        return ""
    groups, size = whole(report.composition.groups, language=language), report.composition.mean_size
    return say("composition_note", language, groups=groups, size=decimal(size, language=language))


def development_figure(report: DevelopmentReport, *, language: Language) -> Figure:
    """The share as expected in each learning area, now and in the half-year before."""
    return shares_figure(_development_rows(report, language), whole_share=None, language=language)


def _development_rows(report: DevelopmentReport, language: Language) -> list[tuple[str, Share | None]]:
    rows = []
    for key, title in report.titles.items():
        for name, told in ((report.before_half_year, report.before), (report.half_year, report.now)):
            if told:
                counts = told.get(key)
                share = wilson(counts.counts["age_appropriate"], counts.n) if counts else None
                rows.append((f"{title.in_language(language)}, {_short(name, language)}", share))
    return rows


def _short(written: str, language: Language) -> str:
    """A half-year beside a name: `2. halvår 2026`."""
    year, _, half = written.partition("-H")
    return f"{half}.{NO_BREAK}halvår{NO_BREAK}{year}" if language == "da" else f"H{half}{NO_BREAK}{year}"


def development_table(report: DevelopmentReport, language: Language) -> Table:
    """The children of each band, in both half-years."""
    columns = (
        say_of_room("columns_area", language),
        say("half_year", language),
        *(say_of_room(band, language) for band in BANDS),
    )
    rows = [
        (
            title.in_language(language),
            _short(name, language),
            *(whole(told[key].counts[band], language=language) if key in told else MISSING for band in BANDS),
        )
        for key, title in report.titles.items()
        for name, told in ((report.before_half_year, report.before), (report.half_year, report.now))
        if told
    ]
    return Table(columns, tuple(rows))


def development_note(report: DevelopmentReport, language: Language) -> str:
    said = say("development_note", language, half_year=half_year(report.half_year, language))
    return f"{said} {say('development_before', language)}" if report.before else said


def _counted(share: Share | None, language: Language) -> str:
    return MISSING if share is None else out_of(share.count, share.n, language=language)
