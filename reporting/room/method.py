"""How the numbers of a room data report were made: each rule in words, with its version, and the page footer."""

from reporting.document import code_for
from reporting.numbers import Language, decimal, moment, percent, whole
from reporting.room.assessed_views import method_entries
from reporting.room.build import RoomReport
from reporting.room.figures import per_week_text
from reporting.room.phrases import say
from reporting.room.text import group_total


def method(report: RoomReport, language: Language) -> list[tuple[str, str]]:
    """Term and explanation, one after the other."""
    rules, patterns, line = report.rules, report.pattern_rules, report.thresholds
    entries: dict[str, dict[str, str]] = {
        "count": {"days": whole(rules.min_enrolled_weekdays, language=language)},
        "rate": {},
        "line": {
            "immersion": per_week_text(line.per_week["immersion_activity"], language),
            "focus": per_week_text(line.per_week["focus_conversation"], language),
            "version": line.version,
            "source": line.source.in_language(language),
        },
        "early": {
            "weeks": whole(rules.min_counted_weeks, language=language),
            "share": percent(rules.min_completed_share, language=language),
            "version": rules.version,
        },
        "pattern": {
            "points": whole(patterns.min_share_difference * 100, language=language),
            "children": decimal(patterns.min_excess_children, language=language, digits=0),
            "group": whole(patterns.min_group_children, language=language),
            "version": patterns.version,
        },
        **method_entries(report.practice, report.development, language),
        "versions": {
            "time": moment(report.data_time, language=language),
            "versions": "".join(f"{_name(key, language)}: {value}. " for key, value in report.versions.items()),
            "code": code_for(report),
        },
    }
    return [
        (say(f"method_{key}_term", language), say(f"method_{key}", language, **values))
        for key, values in entries.items()
    ]


def _name(version: str, language: Language) -> str:
    return say("software", language) if version == "software" else version


def footer(report: RoomReport, language: Language) -> str:
    """What stands at the foot of every page: data time, the version of the line, n."""
    return say(
        "footer",
        language,
        time=moment(report.data_time, language=language),
        line=report.thresholds.version,
        children=group_total(len(report.children), language),
        shown=say("shows_names" if report.with_names else "shows_codes", language),
    )
