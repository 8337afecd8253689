"""The readiness report on one page for the staff-room wall: the finding, the map, what to build on and to look at.

It is the same report value in fewer words, so it carries the same code. Long texts are shortened here and the template
lets the type give way, so that it is always one page.
"""

from typing import Any

from reporting.numbers import Language, whole
from reporting.readiness.build import ReadinessReport, about_group
from reporting.readiness.hidden import what_next
from reporting.readiness.highlights import Highlight, Tendency
from reporting.readiness.phrases import say
from reporting.readiness.text import (
    Runs,
    answered,
    component_title,
    few_answers,
    finding_body,
    headline,
    n_is,
    none_stands_out,
    shortened,
    statement,
)

DRIVERS_SHOWN, BARRIERS_SHOWN = 2, 1
_TITLE, _STATEMENT, _PLACE = 70, 130, 90  # characters that are shown


def wall_chart(report: ReadinessReport) -> str | None:
    """The one chart of the wall: the map, or the components where there is no map."""
    if not report.estimates:
        return None if about_group(report) is None else "together"
    return "map" if report.map is not None else "components"


def wall_data(report: ReadinessReport, language: Language) -> dict[str, Any]:
    """Every word of the wall version, ready to be set."""
    kind = "unit" if report.place.kind == "unit" else "place"
    headings = {
        "title": "wall_title",
        "where": f"wall_where_{kind}" if report.estimates else "together", "build_on": f"build_on_{kind}",
        "look_at": f"look_at_{kind}", "we_do": "we_do", "we_do_how": "we_do_how", "numbers": "numbers",
        "table": "table", "wider": "wider",
    }  # fmt: skip
    return {
        "words": {name: say(key, language) for name, key in headings.items()},
        "about": shortened(report.place.name, _PLACE),
        "aside": " · ".join(filter(None, (shortened(report.round_title, _PLACE), answered(report, language)))),
        "headline": shortened(headline(report, language), 2 * _STATEMENT),
        "finding": _finding(report, language),
        "published": bool(report.estimates),
        "next": what_next(report, language),
        "chart": wall_chart(report) or "",
        "drivers": _named(report, "driver", language),
        "barriers": _named(report, "barrier", language),
    }


def _finding(report: ReadinessReport, language: Language) -> Runs:
    """Only what must be said beside the headline: why there is no number, or that few stand behind it."""
    if not report.estimates:
        return finding_body(report, language)
    return [say("few_answers", language)] if few_answers(report) else []


def _named(report: ReadinessReport, tendency: Tendency, language: Language) -> list[Runs]:
    found, most = (report.drivers, DRIVERS_SHOWN) if tendency == "driver" else (report.barriers, BARRIERS_SHOWN)
    if not found:
        return [none_stands_out(report, tendency, language)]
    clear = [it for it in found if it.whole] or list(found[:1])  # what is mixed only when nothing is clear
    return [_line(report, it, tendency, language) for it in clear[:most]]


def _line(report: ReadinessReport, it: Highlight, tendency: Tendency, language: Language) -> Runs:
    style = "look" if tendency == "barrier" and it.whole else "strong"
    title = shortened(component_title(report, it.component, language), _TITLE)
    score = f"{whole(it.score, language=language)} ({n_is(it.n, language)})"
    numbers = f" – {score}." if it.whole else f" – {say('mixed_but', language, numbers=score)}"
    quoted = [statement(report, one, tendency, language, most=_STATEMENT) for one in it.statements[:1]]
    return [{style: title}, " ".join([numbers, *quoted])]
