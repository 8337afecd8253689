"""The readiness report as bytes: the PDF or web page, its wall version, or one of its charts as SVG or PNG.

This module imports matplotlib and typst; import it where the rendering happens (a worker process), not in the server.
"""

from collections.abc import Callable
from typing import Any, Literal

from matplotlib.figure import Figure

from domain.readiness import ComponentResult
from reporting import charts
from reporting.document import Chart, Footer, code_for, render_pdf, render_png
from reporting.html import Table, WebChart, render_html
from reporting.numbers import Language, whole
from reporting.readiness import alternatives, tables
from reporting.readiness.answers import answers_figure
from reporting.readiness.build import ReadinessReport, about_group
from reporting.readiness.change_figure import change_alt, change_figure
from reporting.readiness.change_text import change_finding, change_section, has_change_chart
from reporting.readiness.figures import (
    components_figure,
    cross_is_seen,
    map_figure,
    notice_figure,
    setting_types_figure,
)
from reporting.readiness.hidden import group_named, what_next, why_hidden
from reporting.readiness.method import answers_note, band_note, footer, how_to_read, method, thresholds
from reporting.readiness.next_steps import questions, tasks, tasks_note
from reporting.readiness.phrases import say
from reporting.readiness.text import (
    answered,
    component_title,
    finding_body,
    headline,
    highlights,
    no_map,
    response,
)
from reporting.readiness.wall import wall_chart, wall_data

Format = Literal["pdf", "svg", "png", "html"]
Version = Literal["full", "wall"]
_ANSWERS = "answers-"
_HEADED_BY = {"map": "where", "change": "since"}  # the others have a heading of their own name


def chart_names(report: ReadinessReport) -> tuple[str, ...]:
    """The charts this report has, the headline chart first; `answers-KEY` is one for each component."""
    if not report.estimates:
        return ("notice",) if about_group(report) is None else ("notice", "together")
    names = ["map"] if report.map is not None else []
    names.append("components")
    if has_change_chart(report):
        names.append("change")
    names += [f"{_ANSWERS}{result.key}" for result in report.total.components if result.key in report.estimates]
    shown = any(component.score is not None for cell in report.setting_types for component in cell.components)
    if shown and len(report.setting_types) > 1:
        names.append("setting_types")
    return tuple(names)


def render(
    report: ReadinessReport,
    *,
    format: Format,
    chart: str | None = None,
    language: Language = "da",
    version: Version = "full",
) -> bytes:
    """The report as PDF or web page, or `chart` (default: the headline chart) as SVG or PNG.

    The `wall` version is one page, as PDF, web page or PNG. Raises `KeyError` when the report has no chart of that
    name. Equal reports give equal bytes.
    """
    if format in ("pdf", "html") or (version == "wall" and format == "png"):
        return page(report, format=format, version=version, language=language)
    drawn = figure(report, chart or chart_names(report)[0], language=language)
    return charts.svg(drawn) if format == "svg" else charts.png(drawn)


def figure(report: ReadinessReport, name: str, *, language: Language) -> Figure:
    """One chart of the report."""
    if name not in chart_names(report):
        raise KeyError(name)
    if name.startswith(_ANSWERS):
        return answers_figure(report, name.removeprefix(_ANSWERS), language=language)
    if name == "notice":
        return notice_figure(headline(report, language))
    drawings: dict[str, Callable[..., Figure]] = {
        "map": map_figure,
        "components": components_figure,
        "together": lambda report, *, language: components_figure(_group(report), language=language),
        "change": change_figure,
        "setting_types": setting_types_figure,
    }
    return drawings[name](report, language=language)


def alternative(report: ReadinessReport, name: str, *, language: Language) -> str:
    """The alternative text of one chart."""
    if name.startswith(_ANSWERS):
        return alternatives.answers_alt(report, name.removeprefix(_ANSWERS), language)
    texts: dict[str, Callable[[ReadinessReport, Language], str]] = {
        "map": alternatives.map_alt,
        "components": alternatives.components_alt,
        "together": lambda report, language: alternatives.components_alt(_group(report), language),
        "change": change_alt,
        "setting_types": alternatives.setting_types_alt,
        "notice": headline,
    }
    return texts[name](report, language)


def page(
    report: ReadinessReport, *, format: Literal["pdf", "html", "png"], version: Version, language: Language
) -> bytes:
    """The whole report, or its wall version, as a document (`png` is the picture of the wall version)."""
    wall = version == "wall"
    names = _wall_charts(report) if wall else tuple(name for name in chart_names(report) if name != "notice")
    data = wall_data(report, language) if wall else page_data(report, language)
    template = "wall" if wall else "readiness"
    title = f"{data['words']['title']} – {report.place.name}"
    foot = Footer(about=footer(report, language), code=code_for(report))
    if format == "html":
        drawn = {name: _web_chart(report, name, data, language) for name in names}
        return render_html(template, data=data, charts=drawn, language=language, title=title, footer=foot)
    return (render_png if format == "png" else render_pdf)(
        template,
        data=data,
        charts={name: _chart(report, name, language) for name in names},
        language=language,
        data_time=report.closed_at,
        title=title,
        footer=foot,
    )


def _wall_charts(report: ReadinessReport) -> tuple[str, ...]:
    chart = wall_chart(report)
    return () if chart is None else (chart,)


def _chart(report: ReadinessReport, name: str, language: Language) -> Chart:
    svg = charts.svg(figure(report, name, language=language))
    return Chart(svg=svg, alt=alternative(report, name, language=language))


def _web_chart(report: ReadinessReport, name: str, data: dict[str, Any], language: Language) -> WebChart:
    drawn = _chart(report, name, language)
    if name.startswith(_ANSWERS):
        title = component_title(report, name.removeprefix(_ANSWERS), language)
    else:
        words = data["words"]
        title = words.get(_HEADED_BY.get(name, name), words["where"])
        if name == "setting_types":
            title = data["setting_types"]["title"]
    return WebChart(svg=drawn.svg, title=title, alt=drawn.alt, table=table(report, name, language=language))


def table(report: ReadinessReport, name: str, *, language: Language) -> Table:
    """The numbers of one chart."""
    if name.startswith(_ANSWERS):
        return tables.answers_table(report, name.removeprefix(_ANSWERS), language)
    made: dict[str, Callable[[ReadinessReport, Language], Table]] = {
        "map": tables.map_table,
        "components": tables.components_table,
        "together": lambda report, language: tables.components_table(_group(report), language),
        "change": tables.change_table,
        "setting_types": tables.setting_types_table,
    }
    return made[name](report, language)


def page_data(report: ReadinessReport, language: Language) -> dict[str, Any]:
    """Every word and number the template sets, ready to be set."""
    names = chart_names(report)
    headings = (
        "title", "where", "drivers", "barriers", "talk", "reading", "components", "answers", "method",
        "response", "about", "since", "tasks", "together", "notes", "numbers", "table", "wider",
    )  # fmt: skip
    return {
        "words": {key: say(key, language) for key in headings},
        "about": " · ".join((report.place.name, *report.place.trail, report.round_title)),
        "aside": answered(report, language),
        "headline": headline(report, language),
        "finding": finding_body(report, language) + change_finding(report, language),
        "since": change_section(report, language),
        "published": bool(report.estimates),
        "next": what_next(report, language),
        "together": _together(report, language),
        "has_map": "map" in names,
        "setting_types": _setting_types(report, language),
        "map_note": _map_note(report, language),
        "no_map": no_map(report, language),
        "drivers": highlights(report, "driver", language),
        "barriers": highlights(report, "barrier", language),
        "rule": say("highlight_rule", language, **thresholds(report, language)),
        "tasks": tasks(report, language),
        "tasks_note": tasks_note(report, language),
        "questions": questions(report, language),
        "response": response(report, language),
        "reading": how_to_read(report, language),
        "band_note": band_note(report, language),
        "answers_note": answers_note(report, language),
        "answers": [_answers_part(report, result, language) for result in report.total.components],
        "method": [{"term": term, "explanation": explanation} for term, explanation in method(report, language)],
    }


def _map_note(report: ReadinessReport, language: Language) -> str:
    if report.map is None:
        return ""
    uncertain = any(value.uncertain for value in report.map.you)
    cross = "map_cross" if cross_is_seen(report.map) else "map_cross_hidden"
    said = [say(cross if uncertain else "map_cross_none", language)]
    if report.map.peers:
        key = "map_note" if report.place.kind == "unit" else "map_note_inside"
        said.append(say(key, language, count=whole(len(report.map.peers), language=language)))
    return " ".join(said)


def _group(report: ReadinessReport) -> ReadinessReport:
    group = about_group(report)
    if group is None:
        raise KeyError("together")
    return group


def _together(report: ReadinessReport, language: Language) -> dict[str, Any] | None:
    """The group whose common number a hidden unit's answers count in, with its chart where there is something in it."""
    if report.together is None:
        return None
    group = about_group(report)
    key = "group_hidden" if group is None else "shown_together"
    return {
        "sentence": say(key, language, group=group_named(report, language)),
        "chart": group is not None,
        "note": "" if group is None else band_note(group, language),
    }


def _answers_part(report: ReadinessReport, result: ComponentResult, language: Language) -> dict[str, str]:
    """A component with its chart, or with the reason why it has none."""
    shown = result.key in report.estimates
    return {
        "title": component_title(report, result.key, language),
        "chart": f"{_ANSWERS}{result.key}" if shown else "",
        "instead": "" if shown else f"{why_hidden(result.suppressed, language).capitalize()}.",
    }


def _setting_types(report: ReadinessReport, language: Language) -> dict[str, Any] | None:
    """The comparison of setting types, or that it is hidden; none where there is but one. That of a unit is its
    municipality's, since one unit is one setting type."""
    if len(report.setting_types) < 2:
        return None
    childminding = any(cell.key == "childminding" for cell in report.setting_types)
    place = report.municipality if report.place.kind == "unit" else report.place.name
    shown = "setting_types" in chart_names(report)
    return {
        "title": say("setting_types" if childminding else "setting_types_centres", language),
        "chart": shown,
        "note": say("setting_note", language, place=place) if shown else say("hidden_types", language),
    }
