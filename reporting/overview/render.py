"""The overview as bytes: PDF, web page, or one of its charts. Imports matplotlib and typst: for worker processes."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from matplotlib.figure import Figure

from domain.practice_overview import FEWEST_ROOMS
from reporting import charts
from reporting.document import Chart, Footer, code_for, render_pdf
from reporting.html import Table, WebChart, render_html
from reporting.numbers import Language, listing, weeks, whole
from reporting.overview.build import OverviewReport
from reporting.overview.figures import alt_of, below_figure, below_table, places_figure, places_table
from reporting.overview.funnel_figure import funnel_figure, funnel_table
from reporting.overview.funnel_figure import say as funnel_words
from reporting.overview.groups import (
    composition_figure,
    composition_note,
    composition_table,
    development_figure,
    development_note,
    development_table,
    groups_figure,
    groups_note,
    groups_sentences,
    groups_table,
)
from reporting.overview.phrases import say
from reporting.overview.text import finding, footer, groups, headline, method, state_of_weeks, strengths
from reporting.room.assessed_views import practice_table
from reporting.room.practice_figure import practice_figure
from reporting.room.tables import areas_table
from reporting.room.text import comparable
from reporting.room.together import strategies_figure, strategies_table
from reporting.room.weekly import areas_figure

Format = Literal["pdf", "svg", "png", "html"]
PAGE_ROWS = 34


def chart_names(report: OverviewReport) -> tuple[str, ...]:
    """The charts there is something to draw for, in the order of the page: what the place is, what goes on in it, its
    parts of each kind, and a funnel for each learning area."""
    there = {
        "below": report.place.cell is not None,
        "groups": bool(comparable(report)),
        "areas": bool(report.areas),
        "strategies": bool(report.strategies),
        "composition": bool(report.composition and report.composition.mixings),
        "practice": report.practice is not None,
        "development": report.development is not None,
    }
    funnels = (f"development-{it.key}" for it in report.funnels)
    places = (f"places_{kind}" for kind, _ in groups(report))
    return (*(name for name, has in there.items() if has), *places, *funnels)


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
    if name in _DRAWN:
        figure, table = _DRAWN[name]
        return figure(report, language=language), table(report, language)
    funnel = next((it for it in report.funnels if name == f"development-{it.key}"), None)
    if funnel is not None:
        return funnel_figure(funnel, language=language), funnel_table(funnel, language)
    parts = next(parts for kind, parts in groups(report) if name == f"places_{kind}")
    return places_figure(report, parts, language=language), places_table(parts, language)


_DRAWN: Mapping[str, tuple[Callable[..., Figure], Callable[[Any, Language], Table]]] = {
    "below": (below_figure, below_table),
    "groups": (groups_figure, groups_table),
    "areas": (areas_figure, areas_table),
    "strategies": (strategies_figure, strategies_table),
    "composition": (composition_figure, composition_table),
    "practice": (
        lambda report, language: practice_figure(report.practice, language=language),
        lambda report, language: practice_table(report.practice, language),
    ),
    "development": (
        lambda report, language: development_figure(report.development, language=language),
        lambda report, language: development_table(report.development, language),
    ),
}


def _pdf(report: OverviewReport, language: Language) -> bytes:
    """A long list of places is drawn a page at a time."""
    drawn: dict[str, Chart] = {}
    sheets: list[dict[str, Any]] = []
    for name in chart_names(report):
        if name in _DRAWN:
            drawn[name] = _chart(*_drawn(report, name, language), say(name, language))
    for kind, parts in groups(report):
        title, names = say(f"places_{kind}", language), []
        for start in range(0, len(parts), PAGE_ROWS):
            some = parts[start : start + PAGE_ROWS]
            names.append(name := f"places_{kind}-{start // PAGE_ROWS}")
            figure = places_figure(report, some, language=language)
            drawn[name] = _chart(figure, places_table(some, language), title)
        sheets.append({"title": title, "charts": names, "kind": kind})
    if report.funnels:
        title, names = funnel_words("heading", language), [f"development-{it.key}" for it in report.funnels]
        for name, it in zip(names, report.funnels, strict=True):
            drawn[name] = _chart(funnel_figure(it, language=language, half=True), funnel_table(it, language), title)
        note = funnel_words("limits", language)
        sheets.append({"title": title, "charts": names, "kind": "funnel", "note": note})
    return render_pdf(
        "overview",
        data=page_data(report, language) | {"places": sheets},
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
    keys = ("well", "groups", "weeks", "talk", "agree", "method", "numbers", "table", "wider")
    words = {key: say(key, language) for key in keys} | {"title": say(f"title_{report.place.kind}", language)}
    whole = report.place.kind == "municipality"
    return {
        "words": words | {name: _heading(name, language) for name in chart_names(report)},
        "about": " · ".join((report.place.name, weeks(report.first, report.last, language=language))),
        "aside": "" if whole else report.municipality,
        "headline": headline(report, language),
        "finding": finding(report, language),
        "charts": list(chart_names(report)),
        "well": strengths(report, language),
        "notes": _notes(report, language),
        "said": {"groups": groups_sentences(report, language)},
        "weeks": state_of_weeks(report.place, language),
        "questions": [say(key, language) for key in ("ask_well", "ask_patterns", "ask_support", "ask_gaps")],
        "method": method(report, language),
    }


def _notes(report: OverviewReport, language: Language) -> dict[str, str]:
    """How to read each chart that needs it."""
    n = whole(report.activities, language=language)
    notes = {
        "groups": groups_note(report, language),
        "areas": say("areas_note", language),
        "strategies": say("strategies_note", language, n=n),
        "composition": composition_note(report, language),
        "practice": _practice_note(report, language) if report.practice else "",
        "development": development_note(report.development, language) if report.development else "",
    }
    first = next((f"places_{kind}" for kind, _ in groups(report)), "")
    return notes | {first: say("places_note", language, place=report.place.name)}


def _practice_note(report: OverviewReport, language: Language) -> str:
    practice = report.practice
    if practice is None:
        return ""
    low, high = (f" ({word.in_language(language)})" for word in practice.ends) if practice.ends else ("", "")
    told = [
        say(
            "practice_rooms",
            language,
            rooms=say("rooms", language, n=whole(rooms, language=language)),
            weeks=f"{first.isocalendar().week}–{last.isocalendar().week}",
        )
        for rooms, (first, last) in zip(practice.rooms, practice.periods, strict=True)
    ]
    fewest = whole(FEWEST_ROOMS, language=language)
    words = {"low": f"1{low}", "high": f"5{high}", "list": listing(told, language=language), "fewest": fewest}
    return say("practice_note", language, **words)


def _heading(name: str, language: Language) -> str:
    return funnel_words("heading", language) if name.startswith("development-") else say(name, language)


def _title(report: OverviewReport, language: Language) -> str:
    return f"{say(f'title_{report.place.kind}', language)} – {report.place.name}"


def _footer(report: OverviewReport, language: Language) -> Footer:
    return Footer(about=footer(report, language), code=code_for(report))
