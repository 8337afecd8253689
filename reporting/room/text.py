"""Sentences of the room data report, made from its numbers by rules: the finding, what goes well, patterns."""

from collections.abc import Sequence

from domain.patterns import TRAITS, Comparison, Group, Strength
from reporting.numbers import NO_BREAK, Language, listing, out_of, whole
from reporting.room.build import Compared, RoomReport
from reporting.room.phrases import say

FEW_CHILDREN = 20  # a room smaller than this is told that a pattern is a question
CODES_NAMED = 12


def empty(report: RoomReport) -> str | None:
    """The phrase for a report without anything to draw, or None: nobody enrolled, only closed weeks, none completed."""
    if not report.children:
        return "no_children"
    if report.completed_weeks:
        return None
    return "closed_weeks" if report.closed_weeks == len(report.weeks) else "no_weeks"


def headline(report: RoomReport, language: Language) -> str:
    """The finding in one or two sentences."""
    if nothing := empty(report):
        return say(nothing, language)
    if not report.judged:
        return say("all_too_early", language)
    if report.judged == 1:
        key = "one_reaches" if report.reach_both else "one_below" if report.below_both else "one_mixed"
        return say(key, language)
    if report.reach_both == report.judged:
        return say("all_reach", language, n=whole(report.judged, language=language))
    return f"{_reach(report, language)} {_low(report, language)}"


def _reach(report: RoomReport, language: Language) -> str:
    if not report.reach_both:
        return say("none_reach", language, n=whole(report.judged, language=language))
    return say("some_reach", language, reach=out_of(report.reach_both, report.judged, language=language))


def _low(report: RoomReport, language: Language) -> str:
    if report.below_both < 2:
        return say("one_low" if report.below_both else "nobody_low", language)
    return say("some_low", language, n=whole(report.below_both, language=language))


def finding_body(report: RoomReport, language: Language) -> str:
    """What makes the finding more careful or more precise: gaps, the clearest pattern, who cannot be judged yet."""
    nothing = empty(report)
    if nothing:
        return "" if nothing == "closed_weeks" else say(f"{nothing}_next", language)
    if not report.judged:
        weeks, done = (whole(n, language=language) for n in (report.rules.min_counted_weeks, report.completed_weeks))
        return say("all_too_early_next", language, weeks=weeks, done=done)
    sentences = []
    if report.incomplete:
        sentences.append(
            say("incomplete", language, part=out_of(report.completed_weeks, len(report.weeks), language=language))
        )
    clearest = clearest_pattern(report)
    if clearest is not None:
        sentences.append(said_of_groups("most_below", report, clearest, language))
    if report.judged < FEW_CHILDREN and (clearest is not None or report.judged < 5):
        sentences.append(say("few", language))
    early = len(report.section("too_early"))
    if early:
        key, weeks = (
            ("early_one" if early == 1 else "early_some"),
            whole(report.rules.min_counted_weeks, language=language),
        )
        sentences.append(say(key, language, n=whole(early, language=language), weeks=weeks))
    return " ".join(sentences)


def clearest_pattern(report: RoomReport) -> Comparison | None:
    """The comparison pointed out with the largest difference in shares."""
    found = [one for one in report.comparisons if one.pointed_out is not None]
    return max(found, key=_difference, default=None)


def _difference(one: Comparison) -> float:
    first, second = one.groups
    return abs(first.below / first.n - second.below / second.n)


def said_of_groups(key: str, report: Compared, one: Comparison, language: Language) -> str:
    more = one.groups[one.pointed_out or 0]
    less = one.groups[1 - (one.pointed_out or 0)]
    return say(
        key,
        language,
        kind=say(f"inside_{one.kind}", language),
        more=group_count(report, more, language),
        less=group_count(report, less, language),
    )


def group_count(report: Compared, group: Group, language: Language) -> str:
    """As "4 af 6 flersprogede børn"."""
    noun = say(f"children_{group.key}", language, age=age_limit(report, language))
    return f"{out_of(group.below, group.n, language=language)} {noun}"


def group_label(report: Compared, key: str, language: Language) -> str:
    return say(key, language, age=age_limit(report, language))


def age_limit(report: Compared, language: Language) -> str:
    years, months = divmod(report.pattern_rules.young_below_months, 12)
    if months:
        word = "måneder" if language == "da" else "months"
        return f"{report.pattern_rules.young_below_months}{NO_BREAK}{word}"
    return f"{years}{NO_BREAK}år" if language == "da" else str(years)


def strengths(report: RoomReport, language: Language) -> list[str]:
    """What goes well, closing with how to hold on to it; never an empty list."""
    said = [strength(one, language) for one in report.strengths]
    return [*said, say("keep", language)] if said else [say("nothing_stands_out", language)]


def strength(one: Strength, language: Language) -> str:
    kind = say(f"inside_{one.kind}", language) if one.kind else ""
    return say(one.name, language, kind=kind, part=out_of(one.count, one.of, language=language))


def who_is_low(report: RoomReport, language: Language) -> list[str]:
    """The codes of those below in both kinds, and of those nobody has seen lately."""
    said = []
    if report.low_on_both:
        said.append(say("low_on_both", language, codes=_codes(report.low_on_both, language)))
    if report.unobserved:
        weeks = whole(report.pattern_rules.unobserved_weeks, language=language)
        said.append(say("unobserved", language, weeks=weeks, codes=_codes(report.unobserved, language)))
    return said


def _codes(codes: Sequence[str], language: Language) -> str:
    more = len(codes) - CODES_NAMED
    if more <= 1:  # "and 1 more" would be no shorter than the code itself
        return listing(codes, language=language)
    return listing(
        [*codes[:CODES_NAMED], say("and_more", language, n=whole(more, language=language))], language=language
    )


def patterns(report: RoomReport, language: Language) -> list[str]:
    """Each pattern pointed out, as a question to the team; if none is, that question."""
    found = [one for one in report.comparisons if one.pointed_out is not None]
    if not found:
        enough = report.judged >= 2 * report.pattern_rules.min_excess_children
        return [say("no_pattern" if enough else "few_for_pattern", language)]
    return [said_of_groups("pattern_question", report, one, language) for one in found]


def comparable(report: Compared) -> list[list[Comparison]]:
    """The traits with children on both sides, each with its comparison for every kind."""
    blocks = ([one for one in report.comparisons if one.trait == trait] for trait in TRAITS)
    return [block for block in blocks if block and all(group.n for group in block[0].groups)]


def unknown_traits(report: Compared, language: Language) -> str:
    """Which traits are unknown for how many judged children; they stand on neither side of a comparison."""
    unknown = {one.trait: one.unknown for one in report.comparisons if one.unknown}
    named = [say(f"unknown_{trait}", language, n=group_total(count, language)) for trait, count in unknown.items()]
    return say("unknown", language, list=listing(named, language=language)) if named else ""


def group_total(count: int, language: Language) -> str:
    if count == 1:
        return say("one_child", language)
    return say("children", language, n=whole(count, language=language))


def participation_questions(language: Language) -> list[str]:
    return [say(key, language) for key in ("ask_below", "ask_both", "ask_pattern", "ask_well")]


def starting_questions(language: Language) -> list[str]:
    """What to talk about where there is nothing to show yet."""
    return [say(key, language) for key in ("ask_record", "ask_obstacles")]


def adjustment_questions(language: Language) -> list[str]:
    return [say(key, language) for key in ("ask_more", "ask_areas", "ask_grouping", "ask_strategies")]
