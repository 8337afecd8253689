"""Sentences of the overview, made from its numbers by rules."""

from domain.participation_overview import Part, PlaceKind
from reporting.document import code_for
from reporting.numbers import MISSING, Language, decimal, moment, out_of, whole
from reporting.overview.build import OverviewReport
from reporting.overview.phrases import say
from reporting.room.phrases import say as say_of_room
from reporting.room.text import strength

FEW_COMPLETED = 0.75
ORDER: tuple[PlaceKind, ...] = ("area", "setting_type", "unit", "room")


def groups(report: OverviewReport) -> list[tuple[PlaceKind, list[Part]]]:
    """The parts of each kind, in the order they are shown; in each as they come, by name."""
    found = [(kind, [part for part in report.parts if part.kind == kind]) for kind in ORDER]
    return [(kind, parts) for kind, parts in found if parts]


def name_of(part: Part, language: Language) -> str:
    return say(part.name, language) if part.kind == "setting_type" else part.name


def headline(report: OverviewReport, language: Language) -> str:
    cell = report.place.cell
    if cell is None:
        return say(f"hidden_{report.place.hidden}", language, fewest=whole(report.fewest, language=language))
    return say(
        "reach",
        language,
        reach=out_of(cell.reach_both, cell.judged, language=language),
        both=whole(cell.below_both, language=language),
    )


def finding(report: OverviewReport, language: Language) -> str:
    """How often a child took part, and how complete the weeks are."""
    sentences = []
    if report.place.cell is not None:
        often = report.place.cell.per_week
        sentences.append(
            say(
                "often",
                language,
                immersion=decimal(often["immersion_activity"], language=language),
                focus=decimal(often["focus_conversation"], language=language),
            )
        )
    place = report.place
    open_weeks = place.completed + place.not_recorded
    if open_weeks and place.completed < FEW_COMPLETED * open_weeks:
        sentences.append(say("gaps", language))
    return " ".join(sentences)


def strengths(report: OverviewReport, language: Language) -> list[str]:
    """What goes well, closing with how to hold on to it; nothing where the place is hidden."""
    if report.place.cell is None:
        return []
    own = {"all_areas_covered", "all_weeks_accounted"}
    said = [say(it.name, language) if it.name in own else strength(it, language) for it in report.strengths]
    return [*said, say("keep", language)] if said else [say_of_room("nothing_stands_out", language)]


def state_of_weeks(part: Part, language: Language) -> str:
    rooms = say("one_room", language) if part.rooms == 1 else say("rooms", language, n=_n(part.rooms, language))
    counts = {state: _n(getattr(part, state), language) for state in ("completed", "closed", "not_recorded")}
    return say("state_of_weeks", language, rooms=rooms, **counts)


def method(report: OverviewReport, language: Language) -> str:
    return say(
        "method_text",
        language,
        weeks=_n(report.rules.min_counted_weeks, language),
        fewest=_n(report.fewest, language),
        version=_version(report),
        time=moment(report.data_time, language=language),
        code=code_for(report),
    )


def footer(report: OverviewReport, language: Language) -> str:
    cell = report.place.cell
    n = say("children", language, n=MISSING if cell is None else _n(cell.judged, language))
    return say("footer", language, time=moment(report.data_time, language=language), line=_version(report), n=n)


def _version(report: OverviewReport) -> str:
    return next(iter(report.thresholds.values())).version


def _n(count: int, language: Language) -> str:
    return whole(count, language=language)
