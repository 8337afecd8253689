"""Sentences about practice and development, made from the numbers by rules: what goes well first, never a cause."""

from domain.shares import Share
from reporting.numbers import MISSING, Language, day, decimal, listing, out_of, percent
from reporting.room.assessed import Agreement, Area, CoreElements, Development, Element, Practice, SeenDifferently
from reporting.room.phrases import say
from reporting.room.text import group_total
from reporting.share_wording import change_sentence


def score(value: float | None, language: Language) -> str:
    """A score on 1-5 with one decimal; a dash is missing."""
    return MISSING if value is None else decimal(value, language=language)


def practice_note(practice: CoreElements, language: Language) -> str:
    low, high = (f" ({word.in_language(language)})" for word in practice.ends) if practice.ends else ("", "")
    return say("practice_note", language, low=f"1{low}", high=f"5{high}")


def practice_sentences(practice: Practice, language: Language) -> list[str]:
    """What is higher than last time, what is lower as a question, and where colleagues saw it differently."""
    steps = {step: [it for it in practice.elements if it.trend.step == step] for step in ("higher", "lower", "steady")}
    said = []
    if len(practice.periods) == 1:
        said.append(say("practice_first", language))
    elif any(element.trend.step == "line_broken" for element in practice.elements):
        said.append(say("practice_broken", language))
    elif len(steps["steady"]) == len(practice.elements):
        said.append(say("practice_steady", language))
    said += [
        say(f"practice_{step}", language, list=listing([_step(it, language) for it in steps[step]], language=language))
        for step in ("higher", "lower")
        if steps[step]
    ]
    highest = _highest(practice)
    if highest is not None and not steps["higher"]:
        now = score(highest.trend.scores[-1], language)
        said.insert(0, say("practice_highest", language, title=highest.title.in_language(language), score=now))
    return [*said, *(_seen(it, language) for it in practice.seen_differently)]


def _seen(one: SeenDifferently, language: Language) -> str:
    item = one.item.in_language(language).rstrip(".")
    return say("seen_differently", language, item=item, low=str(one.low), high=str(one.high))


def _highest(practice: Practice) -> Element | None:
    scored = [element for element in practice.elements if element.trend.scores[-1] is not None]
    return max(scored, key=lambda element: element.trend.scores[-1] or 0.0, default=None)


def _step(element: Element, language: Language) -> str:
    before, now = (score(value, language) for value in element.trend.scores[-2:])
    return say("step_of", language, title=element.title.in_language(language), before=before, now=now)


def agreements(practice: Practice, language: Language) -> list[str]:
    """As "Flere små grupper (Anna, 01-11-2026): åben"."""
    return [_agreement(agreement, language) for agreement in practice.agreements]


def _agreement(agreement: Agreement, language: Language) -> str:
    by = [agreement.responsible] if agreement.responsible else []
    by += [day(agreement.due_on, language=language)] if agreement.due_on else []
    told = f" ({', '.join(by)})" if by else ""
    return f"{agreement.text.rstrip('.')}{told}: {say(f'agreement_{agreement.status}', language)}"


def half_year(written: str, language: Language) -> str:
    """A half-year in words.

    >>> half_year("2026-H2", "en")
    'the second half of 2026'
    """
    year, _, half = written.partition("-H")
    return say(f"half_year_{half}", language, year=year)


def development_finding(development: Development, language: Language) -> str:
    """How many develop as expected in each area."""
    told = [
        say(
            "appropriate_in",
            language,
            area=_inside(area, language),
            part=out_of(area.counts.counts["age_appropriate"], area.counts.n, language=language),
        )
        for area in development.areas
    ]
    return say("appropriate", language, list=listing(told, language=language))


def development_sentences(development: Development, language: Language) -> list[str]:
    """What to keep in mind about the norms, and about the points."""
    said = []
    if development.norms_monolingual:
        said.append(say("norms_monolingual", language))
    if development.norms_by_sex:
        said.append(say("norms_by_sex", language))
    if development.talk_about_points and development.within_one is not None:
        share = percent(development.within_one, language=language)
        said.append(say("talk_points", language, share=share))
    return said


def _inside(area: Area, language: Language) -> str:
    """The title inside a sentence: `sprog`."""
    title = area.title.in_language(language)
    return title[:1].lower() + title[1:]


def development_note(development: Development, language: Language) -> str:
    said = [say("development_note", language, half_year=half_year(development.half_year, language))]
    said += [
        say("without_band", language, area=area.title.in_language(language), n=str(area.counts.without))
        for area in development.areas
        if area.counts.without
    ]
    waiting = development.started - development.assessed
    if waiting > 0:
        said.append(say("development_more", language, n=str(waiting)))
    return " ".join(said)


def comparable(development: Development | None) -> list[Area]:
    """The areas with a share then and now."""
    areas = development.areas if development else ()
    return [area for area in areas if area.change and area.change.before and area.change.now]


def change_sentences(development: Development, language: Language) -> list[str]:
    """For each area the change in counts and what may be said of it; then the question that is the team's."""
    said = [
        f"{area.title.in_language(language)}. {change_sentence(area.change, language)}"
        for area in comparable(development)
        if area.change
    ]
    moved = (("change_joined", development.joined), ("change_left", development.left))
    if said and any(count for _, count in moved):
        told = [say(key, language, n=group_total(count, language)) for key, count in moved if count]
        said.append(" ".join(told))
    return [*said, say("change_careful", language)] if said else []


def counted(share: Share | None, language: Language) -> str:
    return MISSING if share is None else out_of(share.count, share.n, language=language)
