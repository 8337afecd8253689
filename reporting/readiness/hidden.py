"""What is hidden and why, said in its place; and where the answers of a hidden unit count all the same."""

from domain.readiness import Suppression
from reporting.numbers import Language, whole
from reporting.readiness.build import ReadinessReport, about_group
from reporting.readiness.phrases import known, say


def why_hidden(suppressed: Suppression | None, language: Language) -> str:
    """What stands in the place of a number, with the reason: too few answered, or it would give others away."""
    if suppressed is None:
        return say("no_answers", language)
    if suppressed.reason == "protects_others":
        return say("protected", language)
    return say("too_few", language, minimum=whole(suppressed.minimum, language=language))


def protects(report: ReadinessReport) -> bool:
    return report.total.suppressed is not None and report.total.suppressed.reason == "protects_others"


def why_nothing(report: ReadinessReport, language: Language) -> str:
    """Why there is no number, and that the answers count in those of the places around, where there are such."""
    minimum = whole(report.instrument.rules.min_n_mean, language=language)
    why = say("protects_body" if protects(report) else "too_few_body", language, minimum=minimum)
    if not report.place.trail:
        return why
    group = about_group(report)
    places = "area_and_municipality" if len(report.place.trail) > 1 else "of_municipality"
    if group is not None:
        counts = say("counts_with", language, group=group_named(report, language), places=say(places, language))
        return f"{why} {counts}"
    return f"{why} {say('not_lost', language, places=say(places, language))}"


def group_named(report: ReadinessReport, language: Language) -> str:
    """The group a unit is shown together with, as "4 dagplejeenheder i Område Nord"."""
    group = report.together
    if group is None:
        raise ValueError("a report about a place of its own has no group to name")
    kind = f"units_{group.setting_type}"
    return say(
        "group", language,
        n=whole(group.units, language=language),
        kind=say(kind if known(kind) else "units_several", language),
        where=group.area or report.municipality,
    )  # fmt: skip


def what_next(report: ReadinessReport, language: Language) -> str:
    """What those without a number can do, and whose report to talk about meanwhile."""
    words = say("protected_next" if protects(report) else "suppressed_next", language)
    if about_group(report) is not None:
        return f"{words} {say('common_start', language)}"
    if not report.place.trail:
        return words
    whose = "area_or_municipality" if len(report.place.trail) > 1 else "report_of_municipality"
    return f"{words} {say('best_start', language, report=say(whose, language))}"
