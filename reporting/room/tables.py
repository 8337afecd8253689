"""The numbers behind each chart of the room data report as a table. A dash is missing, never zero."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.observations import KINDS
from reporting.html import Table
from reporting.numbers import MISSING, Language, decimal, out_of, whole
from reporting.room import together
from reporting.room.assessed_views import change_table, development_table, practice_table
from reporting.room.build import Activities, RoomReport
from reporting.room.phrases import say
from reporting.room.text import comparable, group_label
from reporting.room.weekly import seen_text


def participation_table(report: RoomReport, language: Language) -> Table:
    """Each child by its code, in the order of the drawing, with both measures."""
    measures = [say(key, language, kind=say(f"short_{kind}", language))
                for kind in KINDS for key in ("times", "rate", "verdict")]  # fmt: skip
    columns = (say("child", language), say("counted_weeks", language), *measures)
    rows = []
    for child in report.children:
        cells = [child.code, whole(child.counted_weeks, language=language)]
        for kind in KINDS:
            measure = child.measures[kind]
            verdict = {True: "under", False: "reached", None: "undecided"}[measure.below]
            cells += [
                whole(measure.count, language=language),
                decimal(measure.rate, language=language),
                say(verdict, language),
            ]
        rows.append(tuple(cells))
    return Table(columns, tuple(rows))


def below_table(report: RoomReport, language: Language) -> Table:
    counts = [(say(f"short_{kind}", language), report.below[kind]) for kind in KINDS]
    counts.append((say("short_both", language), report.below_both))
    columns = tuple(say(key, language) for key in ("kind", "below_line", "of_judged"))
    judged = whole(report.judged, language=language)
    return Table(columns, tuple((name, whole(count, language=language), judged) for name, count in counts))


def groups_table(report: RoomReport, language: Language) -> Table:
    """How many of each group are below the line, for both kinds."""
    columns = (say("group", language), *(say(kind, language) for kind in KINDS))
    rows = []
    for block in comparable(report):
        for index, group in enumerate(block[0].groups):
            counts = (one.groups[index] for one in block)
            cells = (out_of(it.below, it.n, language=language) for it in counts)
            rows.append((group_label(report, group.key, language), *cells))
    return Table(columns, tuple(rows))


def weeks_table(report: RoomReport, language: Language) -> Table:
    columns = tuple(say(key, language) for key in ("week_column", "state", "seen_column"))
    rows = (
        (
            f"{room_week.week:%G-W%V}",
            say(room_week.state, language),
            seen_text(report, index, language) if room_week.state == "completed" else MISSING,
        )
        for index, room_week in enumerate(report.weeks)
    )
    return Table(columns, tuple(rows))


def areas_table(report: Activities, language: Language) -> Table:
    """Activities of each learning area, in all and week by week."""
    weeks = (say("week", language, n=str(room_week.week.isocalendar().week)) for room_week in report.weeks)
    columns = (say("area", language), say("total", language), *weeks)
    rows = (
        (
            area.title.in_language(language) or area.key,
            whole(area.total, language=language),
            *(MISSING if count is None else whole(count, language=language) for count in area.counts),
        )
        for area in report.areas
    )
    return Table(columns, tuple(rows))


TABLES: Mapping[str, Callable[[Any, Language], Table]] = {
    "composition": together.composition_table,
    "strategies": together.strategies_table,
    "participation": participation_table,
    "below": below_table,
    "groups": groups_table,
    "weeks": weeks_table,
    "areas": areas_table,
    "practice": lambda report, language: practice_table(report.practice, language),
    "development": lambda report, language: development_table(report.development, language),
    "change": lambda report, language: change_table(report.development, language),
}
