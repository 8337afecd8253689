"""The overview as bytes: PDF, web page, or one of its charts. Imports matplotlib and typst: for worker processes."""

from collections.abc import Mapping
from typing import Any, Literal

from matplotlib.figure import Figure

from reporting import charts
from reporting.document import Chart, Footer, code_for, render_pdf
from reporting.html import Table, WebChart, render_html
from reporting.numbers import Language, weeks
from reporting.overview.build import OverviewReport
from reporting.overview.figures import alt_of, below_figure, below_table, places_figure, places_table
from reporting.overview.funnel_figure import funnel_figure, funnel_table
from reporting.overview.funnel_figure import say as funnel_words
from reporting.overview.phrases import say
from reporting.overview.text import finding, footer, groups, headline, method, state_of_weeks

Format = Literal["pdf", "svg", "png", "html"]
PAGE_ROWS = 34


def chart_names(report: OverviewReport) -> tuple[str, ...]:
    """`below` where the place is shown, one chart for each kind of part, and one for each funnel."""
    shown = ["below"] if report.place.cell else []
    funnels = (f"development-{it.key}" for it in report.funnels)
    return (*shown, *(f"places_{kind}" for kind, _ in groups(report)), *funnels)


def render(report: OverviewReport, *, format: Format, chart: str | None = None, language: Language = "da") -> bytes:
    """The report as PDF or web page, or `chart` (default: the first) as SVG or PNG.

    Raises `KeyError` when the report has no chart of that name. Equal reports give equal bytes.
    """
    if format == "pdf":
        return _pdf(report, language)
    if format == "html":
        return _html(report, language)
    figure, _ = _drawn(report, chart or next(iter(chart_names(report)), "below"), language)
    return charts.svg(figure) if format == "svg" else charts.png(figure)


def _drawn(report: OverviewReport, name: str, language: Language) -> tuple[Figure, Table]:
    if name not in chart_names(report):
        raise KeyError(name)
    if name == "below":
        return below_figure(report, language=language), below_table(report, language)
    funnel = next((it for it in report.funnels if name == f"development-{it.key}"), None)
    if funnel is not None:
        return funnel_figure(funnel, language=language), funnel_table(funnel, language)
    parts = next(parts for kind, parts in groups(report) if name == f"places_{kind}")
    return places_figure(report, parts, language=language), places_table(parts, language)


def _pdf(report: OverviewReport, language: Language) -> bytes:
    """A long list of places is drawn a page at a time."""
    drawn: dict[str, Chart] = {}
    sheets: list[dict[str, Any]] = []
    if report.place.cell:
        drawn["below"] = _chart(*_drawn(report, "below", language), say("below", language))
    for kind, parts in groups(report):
        title, names = say(f"places_{kind}", language), []
        for start in range(0, len(parts), PAGE_ROWS):
            some = parts[start : start + PAGE_ROWS]
            names.append(name := f"places_{kind}-{start // PAGE_ROWS}")
            figure = places_figure(report, some, language=language)
            drawn[name] = _chart(figure, places_table(some, language), title)
        sheets.append({"title": title, "charts": names})
    if report.funnels:
        title, names = funnel_words("heading", language), [f"development-{it.key}" for it in report.funnels]
        drawn |= {name: _chart(*_drawn(report, name, language), title) for name in names}
        sheets.append({"title": title, "charts": names})
    return render_pdf(
        "overview",
        data=page_data(report, language) | {"places": sheets, "below": report.place.cell is not None},
        charts=drawn,
        language=language,
        data_time=report.data_time,
        title=_title(report, language),
        footer=_footer(report, language),
    )


def _chart(figure: Figure, table: Table, title: str) -> Chart:
    return Chart(svg=charts.svg(figure), alt=alt_of(title, table))


def _html(report: OverviewReport, language: Language) -> bytes:
    web: Mapping[str, WebChart] = {name: _web(report, name, language) for name in chart_names(report)}
    return render_html(
        "overview",
        data=page_data(report, language),
        charts=web,
        language=language,
        title=_title(report, language),
        footer=_footer(report, language),
    )


def _web(report: OverviewReport, name: str, language: Language) -> WebChart:
    figure, table = _drawn(report, name, language)
    title = _heading(name, language)
    return WebChart(svg=charts.svg(figure), title=title, alt=alt_of(title, table), table=table)


def page_data(report: OverviewReport, language: Language) -> dict[str, Any]:
    """Every word and number the templates set."""
    keys = ("below", "weeks", "talk", "agree", "method", "numbers", "table", "wider")
    words = {key: say(key, language) for key in keys} | {"title": say(f"title_{report.place.kind}", language)}
    whole = report.place.kind == "municipality"
    return {
        "words": words | {name: _heading(name, language) for name in chart_names(report)},
        "about": " · ".join((report.place.name, weeks(report.first, report.last, language=language))),
        "aside": "" if whole else report.municipality,
        "headline": headline(report, language),
        "finding": finding(report, language),
        "charts": list(chart_names(report)),
        "noted": next((name for name in chart_names(report) if name != "below"), ""),
        "places_note": say("places_note", language, place=report.place.name),
        "weeks": state_of_weeks(report.place, language),
        "questions": [say(key, language) for key in ("ask_well", "ask_support", "ask_gaps")],
        "method": method(report, language),
    }


def _heading(name: str, language: Language) -> str:
    return funnel_words("heading", language) if name.startswith("development-") else say(name, language)


def _title(report: OverviewReport, language: Language) -> str:
    return f"{say(f'title_{report.place.kind}', language)} – {report.place.name}"


def _footer(report: OverviewReport, language: Language) -> Footer:
    return Footer(about=footer(report, language), code=code_for(report))
