"""The room data report as bytes: the PDF, the web page, or one of its charts as SVG or PNG.

This module imports matplotlib and typst; import it where the rendering happens (a worker process), not in the server.
"""

from collections.abc import Callable
from typing import Any, Literal

from matplotlib.figure import Figure

from reporting import charts
from reporting.document import Chart, Footer, code_for, render_pdf
from reporting.html import WebChart, render_html
from reporting.numbers import Language, weeks
from reporting.room import alternatives, assessed_views, together
from reporting.room.agreed_text import agreed_before
from reporting.room.agreed_text import say as say_agreed
from reporting.room.assessed_text import (
    agreements,
    change_sentences,
    comparable,
    development_finding,
    development_note,
    development_sentences,
    practice_note,
    practice_sentences,
)
from reporting.room.build import RoomReport
from reporting.room.development_figure import change_figure, development_figure
from reporting.room.dots import below_figure, groups_figure
from reporting.room.figures import Row, participation_figure, participation_pages
from reporting.room.method import footer, method
from reporting.room.named import watermark
from reporting.room.phrases import say
from reporting.room.practice_figure import practice_figure
from reporting.room.tables import TABLES
from reporting.room.text import (
    adjustment_questions,
    empty,
    finding_body,
    headline,
    participation_questions,
    patterns,
    starting_questions,
    strengths,
    unknown_traits,
    who_is_low,
)
from reporting.room.text import comparable as comparable_groups
from reporting.room.weekly import areas_figure, counts_fit, weeks_figure

Format = Literal["pdf", "svg", "png", "html"]
CHARTS = (
    "participation",
    "below",
    "groups",
    "composition",
    "strategies",
    "areas",
    "practice",
    "development",
    "change",
    "weeks",
)

_FIGURES: dict[str, Callable[..., Figure]] = {
    "below": below_figure, "groups": groups_figure, "areas": areas_figure, "weeks": weeks_figure,
    "composition": together.composition_figure, "strategies": together.strategies_figure,
    "practice": lambda report, *, language: practice_figure(report.practice, language=language),
    "development": lambda report, *, language: development_figure(report.development, language=language),
    "change": lambda report, *, language: change_figure(report.development, language=language),
}  # fmt: skip
_ALTERNATIVES: dict[str, Callable[[Any, Language], str]] = {
    "below": alternatives.below_alt,
    "groups": alternatives.groups_alt,
    "areas": alternatives.areas_alt,
    "weeks": alternatives.weeks_alt,
    "composition": together.composition_alt,
    "strategies": together.strategies_alt,
    "practice": lambda report, language: assessed_views.practice_alt(report.practice, language),
    "development": lambda report, language: assessed_views.development_alt(report.development, language),
    "change": lambda report, language: assessed_views.change_alt(report.development, language),
}


def chart_names(report: RoomReport) -> tuple[str, ...]:
    """Those of `CHARTS` this report has something to draw for, the headline chart first."""
    observed = not empty(report)
    shown = {
        "participation": observed,
        "below": observed and report.judged > 0,
        "groups": observed and bool(comparable_groups(report)),
        "composition": observed and report.composition is not None and bool(report.composition.mixings),
        "strategies": observed and report.activities > 0 and bool(report.strategies),
        "areas": observed and report.areas_known,
        "practice": report.practice is not None,
        "development": report.development is not None,
        "change": bool(comparable(report.development)),
        "weeks": True,
    }
    return tuple(name for name in CHARTS if shown[name])


def render(report: RoomReport, *, format: Format, chart: str | None = None, language: Language = "da") -> bytes:
    """The report as PDF or web page, or `chart` (default: the headline chart) as SVG or PNG.

    Raises `KeyError` when the report has no chart of that name. Equal reports give equal bytes.
    """
    if format == "pdf":
        return _pdf(report, language)
    if format == "html":
        return _html(report, language)
    drawn = figure(report, chart or chart_names(report)[0], language=language)
    return charts.svg(drawn) if format == "svg" else charts.png(drawn)


def figure(report: RoomReport, name: str, *, language: Language) -> Figure:
    """One chart of the report; participation with every child in one drawing."""
    if name not in chart_names(report):
        raise KeyError(name)
    if name == "participation":
        rows = [row for page in participation_pages(report, language=language) for row in page]
        return participation_figure(report, rows, language=language)
    return _FIGURES[name](report, language=language)


def _pdf(report: RoomReport, language: Language) -> bytes:
    pages = participation_pages(report, language=language) if "participation" in chart_names(report) else []
    drawn = {_page_name(number): _participation(report, rows, language) for number, rows in enumerate(pages)}
    for name in chart_names(report):
        if name != "participation":
            svg = charts.svg(figure(report, name, language=language))
            drawn[name] = Chart(svg=svg, alt=_ALTERNATIVES[name](report, language))
    return render_pdf(
        "room",
        data=page_data(report, language, participation=[_page_name(number) for number in range(len(pages))]),
        charts=drawn,
        language=language,
        data_time=report.data_time,
        title=f"{say('title', language)} – {report.room}",
        footer=Footer(about=footer(report, language), code=code_for(report)),
    )


def _html(report: RoomReport, language: Language) -> bytes:
    """One drawing a chart: a page on a screen has no end, so participation is not broken into sheets."""
    names = chart_names(report)
    participation = ["participation"] if "participation" in names else []
    data = page_data(report, language, participation=participation)
    return render_html(
        "room",
        data=data,
        charts={name: _web_chart(report, name, language) for name in names},
        language=language,
        title=f"{say('title', language)} – {report.room}",
        footer=Footer(about=footer(report, language), code=code_for(report)),
    )


def _web_chart(report: RoomReport, name: str, language: Language) -> WebChart:
    if name == "participation":
        rows = [row for page in participation_pages(report, language=language) for row in page]
        alt = alternatives.participation_alt(report, rows, language)
    else:
        alt = _ALTERNATIVES[name](report, language)
    svg = charts.svg(figure(report, name, language=language))
    return WebChart(svg=svg, title=say(name, language), alt=alt, table=TABLES[name](report, language))


def _page_name(number: int) -> str:
    return f"participation-{number}" if number else "participation"


def _participation(report: RoomReport, rows: list[Row], language: Language) -> Chart:
    svg = charts.svg(participation_figure(report, rows, language=language))
    return Chart(svg=svg, alt=alternatives.participation_alt(report, rows, language))


def page_data(report: RoomReport, language: Language, *, participation: list[str]) -> dict[str, Any]:
    """Every word and number the template sets, ready to be set."""
    headings = (
        "title", "participation", "well", "below", "groups", "areas", "weeks", "talk", "adjust", "agree", "method",
        "start", "numbers", "table", "wider", "practice", "development", "change", "agreed", "composition",
        "strategies",
    )  # fmt: skip
    period = weeks(report.weeks[0].week, report.weeks[-1].week, language=language)
    return {
        "words": {key: say(key, language) for key in headings},
        "about": " · ".join((report.room, report.unit, period)),
        "aside": report.municipality,
        "watermark": watermark(report, language),
        "headline": headline(report, language),
        "finding": finding_body(report, language),
        "charts": list(chart_names(report)),
        "participation": participation,
        "participation_note": _participation_note(report, language),
        "strengths": strengths(report, language),
        "low": [*who_is_low(report, language), *together.beside_the_line(report, language)],
        "below_note": say("below_note", language),
        "patterns": patterns(report, language),
        "unknown": unknown_traits(report, language),
        "together": _together(report, language),
        "areas_note": _areas_note(report, language),
        "weeks_note": say(_weeks_note(report), language),
        "practice": _practice(report, language),
        "development": _development(report, language),
        "agreed_before": _agreed_before(report, language),
        "start": starting_questions(language) if empty(report) else [],
        "talk": participation_questions(language),
        "adjust": adjustment_questions(language),
        "method": [{"term": term, "explanation": explanation} for term, explanation in method(report, language)],
    }


def _together(report: RoomReport, language: Language) -> dict[str, Any]:
    names = chart_names(report)
    return {
        "composition": together.composition_note(report, language) if "composition" in names else "",
        "strategies": together.strategies_note(report, language) if "strategies" in names else "",
        "unused": together.strategies_unused(report, language) if "strategies" in names else [],
    }


def _agreed_before(report: RoomReport, language: Language) -> dict[str, Any] | None:
    if not report.agreed:
        return None
    return {
        "title": say_agreed("agreed_before", language),
        "sentences": agreed_before(report, language),
        "ask": say_agreed("agreed_ask", language),
    }


def _practice(report: RoomReport, language: Language) -> dict[str, Any] | None:
    if report.practice is None:
        return None
    return {
        "note": practice_note(report.practice, language),
        "sentences": practice_sentences(report.practice, language),
        "agreements": agreements(report.practice, language),
    }


def _development(report: RoomReport, language: Language) -> dict[str, Any] | None:
    if report.development is None:
        return None
    broken = any(area.change is None for area in report.development.areas)
    return {
        "finding": development_finding(report.development, language),
        "note": development_note(report.development, language),
        "sentences": development_sentences(report.development, language),
        "broken": say("change_broken", language) if broken else "",
        "change_note": say("change_note", language),
        "changes": change_sentences(report.development, language),
    }


def _weeks_note(report: RoomReport) -> str:
    counts_shown = report.children and report.completed_weeks and counts_fit(report)
    return "weeks_note" if counts_shown else "weeks_note_short"


def _areas_note(report: RoomReport, language: Language) -> str:
    """How the chart is read, or why there is none; nothing where nothing was recorded at all."""
    if empty(report) or not report.areas:
        return ""
    return say("areas_note" if report.areas_known else "areas_unknown", language)


def _participation_note(report: RoomReport, language: Language) -> list[str | dict[str, str]]:
    runs: list[str | dict[str, str]] = [say("participation_note", language)]
    if any(report.below.values()):
        runs += [{"look": say("orange", language)}, say("orange_is", language)]
    if report.section("too_early"):
        runs.append(say("hollow_is", language))
    return runs
