"""The numbers behind each chart as a table, for those who read rather than see, and for those who want to copy them."""

from domain.estimates import Estimate, estimate
from domain.instruments import Component
from domain.readiness import Cell, ComponentResult, ItemResult
from reporting.html import Table
from reporting.numbers import MISSING, Language, percent, span, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.change_text import interval, mark
from reporting.readiness.hidden import why_hidden
from reporting.readiness.phrases import say
from reporting.readiness.text import answer_label, component_title, marked, setting_type_title, title_of


def map_table(report: ReadinessReport, language: Language) -> Table:
    """The place itself, then the other dots, which have no names."""
    if report.map is None:
        raise ValueError("a report without a map has no map to tabulate")
    titles = [component_title(report, key, language) for key in (report.map.y, report.map.x)]
    columns = (say("place", language), *(words for title in titles for words in (title, say("interval", language))))
    you = (cell for value in report.map.you for cell in (whole(value.score, language=language), _span(value, language)))
    others = (
        (
            say("other_unit", language, n=whole(n, language=language)),
            *(cell for score in peer for cell in (whole(score, language=language), MISSING)),
        )
        for n, peer in enumerate(report.map.peers, start=1)
    )
    return Table(columns, ((report.place.name, *you), *others))


def _span(value: Estimate | None, language: Language) -> str:
    if value is None or value.low is None or value.high is None:
        return MISSING
    return span(value.low, value.high, language=language)


def components_table(report: ReadinessReport, language: Language) -> Table:
    """Every component with its interval, beside the places around."""
    compared = [it for it in report.comparisons if it.scores]
    fixed = ("component", "part", "score", "interval", "n", "remark")
    columns = (*(say(key, language) for key in fixed), *(say("score_of", language, place=it.name) for it in compared))
    rows = (
        (
            component_title(report, it.key, language),
            say(it.kind, language),
            whole(it.score, language=language),
            _span(report.estimates.get(it.key), language),
            whole(it.n, language=language),
            _remark(it, language),
            *(whole(other.scores.get(it.key), language=language) for other in compared),
        )
        for it in report.total.components
    )
    return Table(columns, tuple(rows))


def _remark(it: ComponentResult | ItemResult, language: Language) -> str:
    if it.score is None:
        return why_hidden(it.suppressed, language)
    said = [say(it.classification, language)] if it.classification in ("driver", "barrier") else []
    if isinstance(it, ComponentResult) and it.spread:
        said.append(say("spread", language))
    return ", ".join(said) or MISSING


def answers_table(report: ReadinessReport, key: str, language: Language) -> Table:
    """The statements of a component with the share of each answer as it was given, from the scale's lowest."""
    component = next(it for it in report.instrument.components if it.key == key)
    result = next(it for it in report.total.components if it.key == key)
    items = {item.key: item for item in report.instrument.items}
    shown = any(it.distribution for it in result.items)
    fixed = tuple(say(word, language) for word in ("statement", "score", "n", "remark"))
    answers = tuple(_answers(report, component, language)) if shown else ()
    rows = (
        (
            marked(items[it.key], language),
            whole(it.score, language=language),
            whole(it.n, language=language),
            _remark(it, language),
            *_shares(it, len(answers), language),
        )
        for it in result.items
    )
    return Table((*fixed, *answers), tuple(rows))


def _answers(report: ReadinessReport, component: Component, language: Language) -> list[str]:
    scale = report.instrument.component_scale(component)
    values = range(scale.min, scale.max + 1)
    if not scale.labels:
        return [say("answer", language, value=str(value)) for value in values]
    return [f"{value}: {answer_label(scale, value, language)}" for value in values]


def _shares(it: ItemResult, count: int, language: Language) -> list[str]:
    total = sum(it.distribution or ())
    if not it.distribution or not total:
        return [MISSING] * count
    return [percent(answers / total, language=language) for answers in it.distribution][:count]


def change_table(report: ReadinessReport, language: Language) -> Table:
    """Each component then and now, with the interval of the difference and what may be said of it."""
    if report.since is None:
        raise ValueError("a report without an earlier round has no change to tabulate")
    keys = ("component", "then", "today", "difference", "interval", "n_then", "n_now", "remark")
    rows = []
    for it in report.since.change.components:
        known = it.verdict != "line_broken"
        told = {} if it.difference is None else interval(it.difference, language)
        cells = (
            whole(it.before if known else None, language=language),
            whole(it.now, language=language),
            told.get("difference", MISSING),
            told.get("span", MISSING),
            whole(it.n_before if known else None, language=language),
            whole(it.n_now, language=language),
            mark(it, report.since.change, language),
        )
        rows.append((component_title(report, it.key, language), *cells))
    return Table(tuple(say(key, language) for key in keys), tuple(rows))


def setting_types_table(report: ReadinessReport, language: Language) -> Table:
    """A row for each component, a column for each setting type with its n; score and interval in the cells."""
    heads = []
    for cell in report.setting_types:
        about = f"n = {whole(cell.n, language=language)}" if cell.suppressed is None else None
        name = setting_type_title(cell.key, language)
        heads.append(f"{name} ({about or why_hidden(cell.suppressed, language)})")
    rows = []
    for component in report.instrument.components:
        scale = report.instrument.component_scale(component)
        found = [next((it for it in cell.components if it.key == component.key), None) for cell in report.setting_types]
        cells = (
            _scored(
                None if it is None else estimate(it, scale, finite=False), language, instead=_why(it, cell, language)
            )
            for it, cell in zip(found, report.setting_types, strict=True)
        )
        rows.append((title_of(component.title, component.key, language), *cells))
    return Table((say("component", language), *heads), tuple(rows))


def _why(it: ComponentResult | None, cell: Cell, language: Language) -> str:
    return why_hidden(it.suppressed if it else cell.suppressed, language)


def _scored(value: Estimate | None, language: Language, *, instead: str) -> str:
    if value is None:
        return instead
    written = whole(value.score, language=language)
    return written if value.low is None else f"{written} ({_span(value, language)})"
