"""What has changed since an earlier survey, in sentences: clear differences first, then those that may be chance.

The words are careful by rule: `steget` is said only where the whole interval lies on one side of zero, and not even
then where so many more or fewer answered that the two surveys may be about different people.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from domain.change import ComponentChange, Difference, RoundChange, Verdict
from reporting.numbers import NO_BREAK, Language, day, decimal, listing, percent, whole
from reporting.readiness.build import ReadinessReport, Since
from reporting.readiness.phrases import say
from reporting.readiness.text import Runs, component_title, inside


def change_section(report: ReadinessReport, language: Language) -> dict[str, Any] | None:
    """Everything the template sets under "since last time"; `None` without an earlier round."""
    if report.since is None:
        return None
    return {
        "intro": _intro(report.since, language, version=report.instrument.version),
        "careful": _careful(report.since.change, language),
        "sentences": list(_sentences(report, report.since, language)),
        "chart": has_change_chart(report),
        "note": say("since_note", language),
        "ask": say("since_ask", language) if _something_to_ask(report.since.change) else "",
    }


def _something_to_ask(change: RoundChange) -> bool:
    return any(it.verdict in ("up", "down", "within_chance") for it in change.components)


def has_change_chart(report: ReadinessReport) -> bool:
    """Whether any component can be drawn then and now."""
    return report.since is not None and any(it.difference for it in report.since.change.components)


def change_finding(report: ReadinessReport, language: Language) -> Runs:
    """What the finding ends with: the clear changes of what readiness is made of, or nothing."""
    if report.since is None or report.since.change.response.careful:
        return []
    parts = [
        say(f"since_finding_{it.verdict}", language, title=_inner(report, it, language), **from_to(it, language))
        for verdict in ("up", "down")
        for it in _with(report.since.change, verdict)
        if it.kind == "primary"
    ]
    return [f" {say('since_finding', language, parts=listing(parts, language=language))}"] if parts else []


def mark(it: ComponentChange, change: RoundChange, language: Language) -> str:
    """The verdict in a word or two, for the chart."""
    careful = "_careful" if change.response.careful and it.verdict in ("up", "down") else ""
    return say(f"mark_{it.verdict}{careful}", language)


def from_to(it: ComponentChange, language: Language) -> dict[str, str]:
    return {"before": whole(it.before, language=language), "now": whole(it.now, language=language)}


def interval(difference: Difference, language: Language) -> dict[str, str]:
    """One decimal, so that an interval that ends just beside zero does not look as if it held it."""
    low, high = (decimal(end, language=language) for end in (difference.low, difference.high))
    word = "til" if language == "da" else "to"  # a dash would be read as a minus
    return {
        "difference": decimal(difference.value, language=language),
        "span": NO_BREAK.join((low, word, high)),
    }


def _intro(since: Since, language: Language, *, version: int) -> str:
    opens, closes = (day(on, language=language).replace(" ", NO_BREAK) for on in (since.opens_on, since.closes_on))
    if since.change.broken:
        versions = {"then": str(since.instrument_version), "now": str(version)}
        return say("broken_all", language, title=since.title, **versions)
    sentences = [say("since_intro", language, title=since.title, opens=opens, closes=closes)]
    response = since.change.response
    if response.n_before is not None and response.n_now is not None:
        before = _count(response.n_before, response.before, language)
        now = _count(response.n_now, response.now, language)
        sentences.append(say("since_answers", language, before=before, now=now))
    if since.new_units or since.gone_units:
        new, gone = (whole(count, language=language) for count in (since.new_units, since.gone_units))
        sentences.append(say("since_other_units", language, new=new, gone=gone))
    return " ".join(sentences)


def _count(n: int, rate: float | None, language: Language) -> str:
    written = whole(n, language=language)
    if rate is None:
        return written
    return say("since_count", language, n=written, rate=percent(rate, language=language))


def _careful(change: RoundChange, language: Language) -> str:
    response = change.response
    if not response.careful or response.shift is None or change.broken:
        return ""
    key = "since_careful_up" if response.shift > 0 else "since_careful_down"
    return say(key, language, points=whole(abs(response.shift) * 100, language=language))


def _sentences(report: ReadinessReport, since: Since, language: Language) -> Iterator[Runs]:
    changed = {verdict: _with(since.change, verdict) for verdict in ("up", "down", "within_chance", "too_few")}
    hidden = _with(since.change, "not_shown")
    clear = [*changed["up"], *changed["down"]]
    for number, it in enumerate(clear):
        yield _clear(report, it, careful=bool(since.change.response.careful), first=number == 0, language=language)
    yield from _within(
        report, changed["within_chance"], alone=not (changed["up"] or changed["down"]), language=language
    )
    if changed["too_few"]:
        minimum = whole(since.change.rules.min_n, language=language)
        titles = _titles(report, changed["too_few"], language)
        key = "since_too_few_all" if len(changed["too_few"]) == len(since.change.components) else "since_too_few"
        yield [say(key, language, minimum=minimum, titles=titles)]
    if hidden and len(hidden) == len(since.change.components):
        yield [say("since_nothing_shown", language)]
    elif hidden:
        yield [say("since_not_shown", language, titles=_titles(report, hidden, language))]
    yield from _broken(report, since.change, language)


def _with(change: RoundChange, verdict: Verdict) -> list[ComponentChange]:
    """The largest differences first."""
    found = [it for it in change.components if it.verdict == verdict]
    return sorted(found, key=lambda it: -abs(it.difference.value) if it.difference else 0.0)


def _clear(report: ReadinessReport, it: ComponentChange, *, careful: bool, first: bool, language: Language) -> Runs:
    """That it is more than chance is said once."""
    title = component_title(report, it.key, language)
    key = f"since_{it.verdict}_careful" if careful else f"since_{it.verdict}"
    rest = say(key, language, **from_to(it, language))
    if it.difference is not None:
        said = "since_clear" if first else "since_clear_too"
        rest += say(said, language, **interval(it.difference, language))
    return [{"look" if it.verdict == "down" else "strong": title}, rest]


def _within(
    report: ReadinessReport, found: list[ComponentChange], *, alone: bool, language: Language
) -> Iterator[Runs]:
    """The primary ones each with its numbers, the others together."""
    if alone and len(found) > 1:
        yield [say("since_none", language)]
    primary = [it for it in found if it.kind == "primary"]
    for it in primary:
        if it.difference is not None:
            numbers = from_to(it, language) | interval(it.difference, language)
            key = "since_same" if numbers["before"] == numbers["now"] else "since_within"
            yield [{"strong": component_title(report, it.key, language)}, say(key, language, **numbers)]
    others = [it for it in found if it.kind != "primary"]
    if others:
        titles = listing(
            [
                say("since_from_to", language, title=_inner(report, it, language), **from_to(it, language))
                for it in others
            ],
            language=language,
        )
        yield [say("since_within_rest" if primary else "since_within_only", language, titles=titles)]


def _broken(report: ReadinessReport, change: RoundChange, language: Language) -> Iterator[Runs]:
    by_code: dict[str, list[ComponentChange]] = {}
    for it in change.components:
        if it.broken is not None:
            by_code.setdefault(it.broken.code, []).append(it)
    for code, found in by_code.items():
        yield [say(f"broken_{code}", language, titles=_titles(report, found, language))]


def _titles(report: ReadinessReport, found: Iterable[ComponentChange], language: Language) -> str:
    return listing([_inner(report, it, language) for it in found], language=language)


def _inner(report: ReadinessReport, it: ComponentChange, language: Language) -> str:
    return inside(component_title(report, it.key, language))


def change_method(report: ReadinessReport, language: Language) -> list[tuple[str, dict[str, str]]]:
    """The entry of the method page, where there is something to explain."""
    if report.since is None or not has_change_chart(report):
        return []
    rules = report.since.change.rules
    values = {
        "minimum": whole(rules.min_n, language=language),
        "shift": whole(rules.max_rate_shift * 100, language=language),
        "version": rules.version,
    }
    return [("change", values)]
