"""Alternative texts of the charts, made from the same numbers, for those who hear the report read aloud."""

from domain.observations import KINDS
from reporting.numbers import Language, listing, out_of, whole
from reporting.room.build import Activities, RoomReport
from reporting.room.figures import Row, count_text, per_week_text
from reporting.room.phrases import say
from reporting.room.text import group_label
from reporting.room.weekly import seen_text


def participation_alt(report: RoomReport, rows: list[Row], language: Language) -> str:
    """Each drawn child with both counts, under the title of its section."""
    per_week = {kind: per_week_text(report.thresholds.per_week[kind], language) for kind in KINDS}
    lines = [f"{say(kind, language)}: {say('per_week', language, n=per_week[kind])}." for kind in KINDS]
    said = [f"{row.label[0]}:" if row.child is None else _child(row, language) for row in rows]
    return " ".join([f"{say('participation', language)}.", *lines, *said])


def _child(row: Row, language: Language) -> str:
    child = row.child
    if child is None:
        return ""
    counts = [count_text(child.measures[kind], child.counted_weeks, language) for kind in KINDS]
    return f"{child.code} {', '.join(counts)};"


def below_alt(report: RoomReport, language: Language) -> str:
    counts = [*((f"short_{kind}", report.below[kind]) for kind in KINDS), ("short_both", report.below_both)]
    said = [f"{say(key, language)} {out_of(n, report.judged, language=language)}" for key, n in counts]
    return f"{say('below', language)} {listing(said, language=language)}."


def groups_alt(report: RoomReport, language: Language) -> str:
    """Every comparison of every kind, in counts."""
    said = []
    for kind in KINDS:
        groups = [
            f"{group_label(report, group.key, language)}: {out_of(group.below, group.n, language=language)}"
            for one in report.comparisons
            if one.kind == kind
            for group in one.groups
            if group.n
        ]
        if groups:
            said.append(f"{say(kind, language)}: {listing(groups, language=language)}.")
    return " ".join([say("groups", language), *said])


def weeks_alt(report: RoomReport, language: Language) -> str:
    """Each week with its state, and how many children were seen in it."""
    said = []
    for index, room_week in enumerate(report.weeks):
        name = say("week", language, n=str(room_week.week.isocalendar().week))
        words = say(room_week.state, language)
        if room_week.state == "completed":
            words += f", {seen_text(report, index, language)}"
        said.append(f"{name} {words};")
    return " ".join([say("weeks", language), *said])


def areas_alt(report: Activities, language: Language) -> str:
    said = []
    for area in report.areas:
        weekly = ", ".join("–" if count is None else whole(count, language=language) for count in area.counts)
        total = whole(area.total, language=language)
        said.append(f"{area.title.in_language(language) or area.key}: {total} ({weekly}).")
    return " ".join([say("areas", language), *said])
