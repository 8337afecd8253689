"""The alternative text of each chart: the same numbers in words, for those who hear the report instead of seeing it."""

from domain.estimates import Estimate, estimate
from domain.readiness import ItemResult
from reporting.numbers import Language, decimal, listing, out_of, percent, span, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.hidden import why_hidden
from reporting.readiness.phrases import say
from reporting.readiness.text import component_title, item_text, setting_type_title, title_of


def _score(value: Estimate, language: Language) -> str:
    written = decimal(value.score, language=language)
    if value.low is None or value.high is None:
        return written
    return say("alt_interval", language, score=written, span=span(value.low, value.high, language=language, digits=1))


def map_alt(report: ReadinessReport, language: Language) -> str:
    if report.map is None:
        raise ValueError("a report without a map has no map to describe")
    place = report.map
    over = sum(y > place.split and x > place.split for y, x in place.peers)
    return say(
        "alt_map", language,
        y=component_title(report, place.y, language), y_score=_score(place.you[0], language),
        x=component_title(report, place.x, language), x_score=_score(place.you[1], language),
        peers=out_of(over, len(place.peers), language=language),
    )  # fmt: skip


def components_alt(report: ReadinessReport, language: Language) -> str:
    parts = []
    for result in report.total.components:
        title = component_title(report, result.key, language)
        if result.key not in report.estimates:
            parts.append(f"{title}: {why_hidden(result.suppressed, language)}")
            continue
        ticks = [
            f"{say(it.kind, language)} {decimal(it.scores[result.key], language=language)}"
            for it in report.comparisons
            if result.key in it.scores
        ]
        about = [_score(report.estimates[result.key], language), f"n = {whole(result.n, language=language)}", *ticks]
        parts.append(f"{title}: {', '.join(about)}")
    return say("alt_components", language, parts="; ".join(parts))


def answers_alt(report: ReadinessReport, key: str, language: Language) -> str:
    result = next(result for result in report.total.components if result.key == key)
    parts = [_item(report, it, language) for it in result.items]
    title = component_title(report, key, language)
    return say("alt_answers", language, title=title, parts="; ".join(parts))


def _item(report: ReadinessReport, it: ItemResult, language: Language) -> str:
    text = item_text(report, it.key, language)
    if it.score is None:
        return f"{text}: {why_hidden(it.suppressed, language)}"
    about = (
        f"{text}: {say('score', language)} {decimal(it.score, language=language)}, n = {whole(it.n, language=language)}"
    )
    total = sum(it.distribution or ())
    if not it.distribution or not total:
        return about
    shares = [percent(count / total, language=language) for count in it.distribution]
    return f"{about}, {listing(shares, language=language)}"


def setting_types_alt(report: ReadinessReport, language: Language) -> str:
    parts = []
    for cell in report.setting_types:
        results = {result.key: result for result in cell.components}
        scores = []
        for component in report.instrument.components:
            scale = report.instrument.component_scale(component)
            value = estimate(results[component.key], scale, finite=False) if component.key in results else None
            if value is not None:
                title = title_of(component.title, component.key, language)
                scores.append(f"{title} {decimal(value.score, language=language)}")
        name = setting_type_title(cell.key, language)
        parts.append(f"{name}: {', '.join(scores) if scores else why_hidden(cell.suppressed, language)}")
    return say("alt_setting_types", language, parts="; ".join(parts))
