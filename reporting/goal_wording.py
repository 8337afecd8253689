"""How far a goal has come as sentences: where it began, where it is, the target; then what may be said of the change.

Counts before percentages, uncertainty always, and never that the initiative was the reason.
"""

from collections.abc import Mapping

from domain.learning import MEASURES, MeasureKey, Reading, Status
from domain.shares import ShareChange, wilson
from reporting.numbers import MISSING, Language, decimal, percent
from reporting.share_wording import change_sentence, with_interval

_PHRASES: Mapping[str, tuple[str, str]] = {
    "reached": ("Målet er nået.", "The target is reached."),
    "on_the_way": ("På vej mod målet.", "On the way to the target."),
    "not_closer": ("Ikke tættere på målet endnu.", "Not closer to the target yet."),
    "too_early": ("Det er for tidligt at sige.", "It is too early to say."),
    "stand": ("Udgangspunkt: {before}. Nu: {now}. Mål: {target}.", "Baseline: {before}. Now: {now}. Target: {target}."),
    "other_line": (
        "Linjen eller skemaet er et andet end ved udgangspunktet, så de to tal kan ikke sammenlignes.",
        "The line or the form is another than at the baseline, so the two numbers cannot be compared.",
    ),
    "few": (
        "Det er få børn, så ét barn flytter tallet meget.",
        "These are few children, so one child moves the number a lot.",
    ),
}
FEW = 5


def say(key: str, language: Language, **values: str) -> str:
    return _PHRASES[key][language == "en"].format(**values)


def reading_text(measure: MeasureKey, reading: Reading | None, language: Language) -> str:
    """A reading as "12 af 18 (67 %; 44–84 %)" or "1,6"; a dash when there is nothing to read.

    >>> reading_text("children_at_line", Reading(20 / 29, 29, 20), "en")
    '20 of 29 (69%; 51–83%)'
    >>> reading_text("mean_rate", Reading(1.625, 18), "da")
    '1,6'
    """
    if reading is None or reading.value is None:
        return MISSING
    if MEASURES[measure].share and reading.count is not None:
        return with_interval(wilson(reading.count, reading.n), language)
    return decimal(reading.value, language=language)


def target_text(measure: MeasureKey, target: float, language: Language) -> str:
    """The target alone, as "75 %" or "2,0"."""
    return percent(target, language=language) if MEASURES[measure].share else decimal(target, language=language)


def follow_up_sentence(
    measure: MeasureKey,
    *,
    baseline: Reading,
    target: float,
    now: Reading | None,
    status: Status,
    comparable: bool,
    change: ShareChange | None,
    language: Language,
) -> str:
    """Where it began, where it is, the target, and what may be said of the change. `change` is of a share whose two
    readings can be compared."""
    said = [
        say(
            "stand",
            language,
            before=reading_text(measure, baseline, language),
            now=reading_text(measure, now, language),
            target=target_text(measure, target, language),
        ),
        say(status, language),
    ]
    if not comparable:
        said.append(say("other_line", language))
    elif change is not None and now is not None and now.value is not None:
        said.append(change_sentence(change, language))
    if MEASURES[measure].share and now is not None and 0 < now.n < FEW:
        said.append(say("few", language))
    return " ".join(said)
