"""Then and now: a hollow dot, a filled dot, and the uncertainty of the difference around the filled one.

The band is the interval of the difference laid out from where the component stood then. So one look tells: where the
band reaches over the hollow dot, zero lies in the interval, and the difference may be chance.
"""

from matplotlib.figure import Figure

from domain.change import ComponentChange
from reporting import charts
from reporting.charts import Scale
from reporting.numbers import MISSING, Language, decimal, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.change_text import from_to, interval, mark
from reporting.readiness.dots import BAND, LABEL_WIDTH, RADIUS, axis, row_height
from reporting.readiness.phrases import say
from reporting.readiness.text import component_title
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import wrap

_X = Scale((0, 100), (LABEL_WIDTH + 4, 110))
_SCORES_AT, _N_AT, _MARK_AT = 128.0, 148.5, 151.5
_HEAD, _FOOT, _NAMES, _HEADING = 5.0, 5.0, 5.0, 6.0  # millimetres; `_NAMES` where the first row names its dots
_BAND, _RADIUS_THEN = 2 * RADIUS * BAND, 1.25

Placed = tuple[ComponentChange, list[str], float]  # the component, its label, and the height of its line


def change_figure(report: ReadinessReport, *, language: Language) -> Figure:
    """Each component then and now, primary apart from contextual; raises `ValueError` without an earlier round."""
    if report.since is None:
        raise ValueError("a report without an earlier round has no change to draw")
    rows, headings, height = _lay_out(report, report.since.change.components, language)
    figure = charts.new_figure(PAGE.content, height + _FOOT)
    for at, key in ((_SCORES_AT, "then_now"), (_N_AT, "n")):
        charts.text(figure, at, 1.8, say(key, language), size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    for y, words in headings:
        charts.text(figure, 0, y, words, size=SIZE.chart_small, colour=COLOUR.muted, strong=True)
    _draw(figure, rows)
    for it, label, y in rows:
        _write(figure, it, label, verdict=mark(it, report.since.change, language), y=y, language=language)
    _name_dots(figure, rows, language)
    axis(figure, _X, y=height + 2.5)
    return figure


def change_alt(report: ReadinessReport, language: Language) -> str:
    """The same numbers in words."""
    if report.since is None:
        raise ValueError("a report without an earlier round has no change to describe")
    parts = []
    for it in report.since.change.components:
        title, verdict = component_title(report, it.key, language), mark(it, report.since.change, language)
        numbers = {"title": title, "verdict": verdict}
        if it.difference is None:
            parts.append(say("alt_change_bare", language, **numbers, **from_to(it, language)))
        else:
            written = interval(it.difference, language) | {
                "before": decimal(it.before, language=language), "now": decimal(it.now, language=language),
            }  # fmt: skip
            parts.append(say("alt_change_part", language, **numbers, **written))
    return say("alt_change", language, parts="; ".join(parts))


def _lay_out(
    report: ReadinessReport, components: tuple[ComponentChange, ...], language: Language
) -> tuple[list[Placed], list[tuple[float, str]], float]:
    """Rows with their heights, headings with theirs, and where the rows end."""
    kinds = [kind for kind in ("primary", "contextual") if any(it.kind == kind for it in components)]
    rows: list[Placed] = []
    headings: list[tuple[float, str]] = []
    y, named = _HEAD, False
    for kind in kinds:
        if len(kinds) > 1:
            headings.append((y + 2.5, say(kind, language)))
            y += _HEADING
        for it in (it for it in components if it.kind == kind):
            label = wrap(component_title(report, it.key, language), width=LABEL_WIDTH, size=SIZE.chart)
            extra = 0.0 if named or it.difference is None else _NAMES
            named = named or it.difference is not None
            rows.append((it, label, y + (row_height(label) + extra) / 2))
            y += row_height(label) + extra
    return rows, headings, y


def _draw(figure: Figure, rows: list[Placed]) -> None:
    charts.lines(figure, [(_X(0), y, _X(100), y) for *_, y in rows])
    drawn = [(it, it.before, it.now, y) for it, _, y in rows if it.difference]
    bands, tints = [], []
    for it, before, _, y in drawn:
        difference = it.difference
        if before is None or difference is None or difference.low is None or difference.high is None:
            continue
        low, high = (min(100.0, max(0.0, before + end)) for end in (difference.low, difference.high))
        bands.append((_X(low), y - _BAND / 2, _X(high) - _X(low), _BAND))
        tints.append(COLOUR.look_soft if it.verdict == "down" else COLOUR.you_soft)
    charts.boxes(figure, bands, colour=tints)
    joined = [(_X(before), y, _X(now), y) for _, before, now, y in drawn if before is not None and now is not None]
    charts.lines(figure, joined, colour=COLOUR.muted, width=1.2, above=True)
    then = [(_X(before), y) for _, before, _, y in drawn if before is not None]
    charts.dots(figure, then, colour=COLOUR.muted, radius=_RADIUS_THEN, hollow=True)
    now = [(it.verdict == "down", (_X(it.now), y)) for it, _, y in rows if it.now is not None]
    charts.dots(figure, [at for down, at in now if not down], radius=RADIUS, rim=COLOUR.paper)
    fallen = [at for down, at in now if down]
    charts.dots(figure, fallen, colour=COLOUR.look, radius=RADIUS, rim=COLOUR.paper, shape="diamond")


def _write(
    figure: Figure, it: ComponentChange, label: list[str], *, verdict: str, y: float, language: Language
) -> None:
    clear = it.verdict in ("up", "down")
    colour = COLOUR.look if it.verdict == "down" else COLOUR.ink
    charts.paragraph(figure, 0, y, label, strong=it.kind == "primary")
    comparable = it.verdict != "line_broken"
    before = whole(it.before, language=language) if comparable else MISSING
    scores = f"{before} → {whole(it.now, language=language)}"
    charts.text(figure, _SCORES_AT, y, scores, strong=clear, colour=colour, align="right")
    n = " → ".join(MISSING if n is None else whole(n, language=language) for n in (it.n_before, it.n_now))
    charts.text(figure, _N_AT, y, n, size=SIZE.chart_small, colour=COLOUR.muted, align="right")
    words = wrap(verdict, width=PAGE.content - _MARK_AT, size=SIZE.chart_small)
    shade = colour if clear else COLOUR.muted
    charts.paragraph(figure, _MARK_AT, y, words, size=SIZE.chart_small, colour=shade, strong=clear)


def _name_dots(figure: Figure, rows: list[Placed], language: Language) -> None:
    """The dots of the first row that has both say what they are, above and below."""
    first = next(((it, y) for it, _, y in rows if it.difference), None)
    if first is None or first[0].before is None or first[0].now is None:
        return
    it, y = first
    for score, up, key in ((it.before, -4.0, "then"), (it.now, 4.0, "today")):
        colour = COLOUR.muted if key == "then" else COLOUR.ink
        at = _X(score) if score is not None else 0.0
        charts.text(figure, at, y + up, say(key, language), size=SIZE.chart_small, colour=colour, align="center")
