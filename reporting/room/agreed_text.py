"""What earlier meetings agreed on and how it stands, as sentences for the next meeting."""

from collections.abc import Mapping

from domain.agreements import Standing
from reporting.numbers import Language, day
from reporting.room.build import RoomReport

AGREED_PHRASES: Mapping[str, tuple[str, str]] = {
    "agreed_before": ("Det aftalte I sidst", "What you agreed last time"),
    "agreed_ask": (
        "Hvad er der blevet til? Gjort, fortsætter eller droppet?",
        "What has become of it? Done, going on or dropped?",
    ),
    "kind_more_activities": ("Flere aktiviteter", "More activities"),
    "kind_learning_areas": ("Læringsområder", "Learning areas"),
    "kind_group_composition": ("Grupper", "Groups"),
    "kind_strategies": ("Strategier", "Strategies"),
    "kind_other": ("Andet", "Other"),
    "agreed_on": ("aftalt {day}", "agreed {day}"),
    "agreed_by": ("{who} følger op", "{who} follows up"),
    "agreed_due": ("senest {day}", "by {day}"),
    "stands_open": ("venter på svar", "waits for an answer"),
    "stands_going_on": ("fortsætter", "going on"),
    "stands_done": ("gjort", "done"),
    "stands_dropped": ("droppet", "dropped"),
}


def say(key: str, language: Language, **values: str) -> str:
    return AGREED_PHRASES[key][language == "en"].format(**values)


def agreed_before(report: RoomReport, language: Language) -> list[list[str | dict[str, str]]]:
    """Each agreement in runs: what it is about, what it says, who and when, and how it stands."""
    return [_agreed(it, language) for it in report.agreed]


def _agreed(it: Standing, language: Language) -> list[str | dict[str, str]]:
    adjustment = it.adjustment
    told = [say("agreed_on", language, day=day(it.agreed_on, language=language))]
    if adjustment.responsible:
        told.append(say("agreed_by", language, who=adjustment.responsible))
    if adjustment.due_on is not None:
        told.append(say("agreed_due", language, day=day(adjustment.due_on, language=language)))
    status = say(f"stands_{it.status}", language)
    note = f": {it.note}" if it.note else ""
    return [
        {"strong": f"{say(f'kind_{adjustment.kind}', language)}: "},
        f"{adjustment.text.rstrip('.')} ({', '.join(told)}) – {status}{note}",
    ]
