"""Sentences of the readiness report, made from its numbers by rules, in Danish or English.

A run of text is a list whose parts are a string, `{"strong": ...}` or `{"look": ...}` (see `base.typ`). Few answers
make careful words: a crisp headline is used only when both intervals lie clear of the middle of the map.
"""

from typing import Literal

from domain.estimates import map_axes
from domain.instruments import Item, Scale
from domain.text import Text
from reporting.numbers import COPENHAGEN, NO_BREAK, Language, day, listing, out_of, percent, span, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.hidden import protects, why_hidden, why_nothing
from reporting.readiness.highlights import Highlight, Statement, Tendency
from reporting.readiness.phrases import known, say

Run = str | dict[str, str]
Runs = list[Run]

_NAMED_QUADRANTS = ("willingness", "capacity")  # these two have words of their own; others are named by their titles
_HIGHLIGHTS_SHOWN = 3
_LONGEST_WORD = 40


def title_of(text: Text, key: str, language: Language) -> str:
    """A text of the instrument; in the other language, or its key, rather than nothing."""
    return text.in_language(language) or text.en or key


def component_title(report: ReadinessReport, key: str, language: Language) -> str:
    component = next(component for component in report.instrument.components if component.key == key)
    return title_of(component.title, key, language)


def inside(title: str) -> str:
    """A title as it stands inside a sentence: its first letter small, unless it is an abbreviation.

    >>> inside("Kultur og samarbejde"), inside("VLS i hverdagen"), inside("C")
    ('kultur og samarbejde', 'VLS i hverdagen', 'C')
    """
    return title if len(title) == 1 or title[1:2].isupper() else title[:1].lower() + title[1:]


def item_text(report: ReadinessReport, key: str, language: Language) -> str:
    item = next(item for item in report.instrument.items if item.key == key)
    return title_of(item.text, key, language)


def setting_type_title(key: str, language: Language) -> str:
    return say(key, language) if known(key) else key


def scale_end(scale: Scale, end: Literal["low", "high"], language: Language) -> str:
    """The label of the lowest or highest answer, or its number."""
    return answer_label(scale, scale.min if end == "low" else scale.max, language)


def answer_label(scale: Scale, number: int, language: Language) -> str:
    """What the answer `number` of the scale is called, or the number itself."""
    return title_of(scale.labels[number - scale.min], str(number), language) if scale.labels else str(number)


def quoted(text: str) -> str:
    """A statement inside a sentence, which has a full stop of its own.

    >>> quoted("Vi har tid."), quoted("Har vi tid?")
    ('Vi har tid', 'Har vi tid?')
    """
    return text.removesuffix(".")


def marked(item: Item, language: Language) -> str:
    """A statement as it was put, marked where it is turned round."""
    text = title_of(item.text, item.key, language)
    return f"{quoted(text)} ({say('reversed_mark', language)})" if item.reverse else text


def quadrant(report: ReadinessReport, position: str, language: Language) -> str:
    """The words in a corner of the map; `position` is y then x, such as `over_under`."""
    place = report.map
    if place is None:
        raise ValueError("a report without a map has no quadrants")
    if (place.y, place.x) == _NAMED_QUADRANTS:
        return say(f"quadrant_vc_{position}", language)
    y, x = (inside(component_title(report, key, language)) for key in (place.y, place.x))
    return say(f"quadrant_{position}", language, y=y, x=x)


def headline(report: ReadinessReport, language: Language) -> str:
    """The finding in one sentence."""
    if not report.estimates:
        return say("protects_headline" if protects(report) else "too_few_headline", language)
    place = report.map
    if place is None:
        return _highest_lowest(report, language)
    y, x = (value.position(place.split) for value in place.you)
    if (place.y, place.x) == _NAMED_QUADRANTS and "around" not in (y, x) and not few_answers(report):
        who = "unit" if report.place.kind == "unit" else "staff"
        return say(f"vc_{who}_{y}_{x}", language)
    up, across = component_title(report, place.y, language), component_title(report, place.x, language)
    if y == x:
        return say("position_same", language, y=up, x=inside(across), where=say(y, language))
    where_y, where_x = say(y, language), say(x, language)
    return say("position_differ", language, y=up, x=inside(across), where_y=where_y, where_x=where_x)


def no_map(report: ReadinessReport, language: Language) -> str:
    """Why there is no map, where the instrument has the two axes of one."""
    axes = map_axes(report.instrument)
    if report.map is not None or axes is None:
        return ""
    y, x = (inside(component_title(report, key, language)) for key in axes)
    hidden = {it.key: it.suppressed for it in report.total.components if it.key in axes and it.score is None}
    said = [f"{component_title(report, key, language)}: {why_hidden(why, language)}" for key, why in hidden.items()]
    return say("no_map", language, y=y, x=x, titles="; ".join(said))


def few_answers(report: ReadinessReport) -> bool:
    return report.total.n is not None and report.total.n < report.instrument.rules.min_n_distribution


def _ranked(report: ReadinessReport) -> list[str]:
    return sorted(report.estimates, key=lambda key: (-report.estimates[key].score, key))


def _scored(report: ReadinessReport, key: str, language: Language) -> str:
    score = whole(report.estimates[key].score, language=language)
    return f"{component_title(report, key, language)} ({score})"


def _highest_lowest(report: ReadinessReport, language: Language) -> str:
    high, *_, low = (*_ranked(report), _ranked(report)[-1])
    if high == low:
        score = whole(report.estimates[high].score, language=language)
        return say("only_component", language, title=component_title(report, high, language), score=score)
    high, low = (inside(_scored(report, key, language)) for key in (high, low))
    return say("highest_lowest", language, high=high, low=low)


def finding_body(report: ReadinessReport, language: Language) -> Runs:
    """What stands under the headline: the numbers, what to build on, and a word of care when there is reason."""
    if not report.estimates:
        return [why_nothing(report, language)]
    sentences: list[str] = []
    if report.map is not None:
        both = [_interval(report, key, language) for key in (report.map.y, report.map.x)]
        first, second = both
        sentences.append(f"{listing([first, inside(second)], language=language)}.")
    elif len(report.estimates) > 1:
        high, low = (report.estimates[key] for key in (_ranked(report)[0], _ranked(report)[-1]))
        if high.low is not None and low.high is not None and low.high >= high.low:
            sentences.append(say("overlap", language))
    whole_ones = [("best", report.drivers), ("worst", report.barriers)]
    for key, highlights in whole_ones:
        if highlights and highlights[0].whole:
            score = whole(highlights[0].score, language=language)
            title = inside(component_title(report, highlights[0].component, language))
            sentences.append(say(key, language, title=title, score=score))
    if few_answers(report):
        sentences.append(say("few_answers", language))
    return [" ".join(sentences)]


def _interval(report: ReadinessReport, key: str, language: Language) -> str:
    value = report.estimates[key]
    written = f"{component_title(report, key, language)} {whole(value.score, language=language)}"
    if value.low is None or value.high is None or not value.uncertain:
        return written
    return f"{written} ({span(value.low, value.high, language=language)})"


def n_is(n: int, language: Language) -> str:
    """The number of answers behind a score, never broken over two lines."""
    return f"n = {whole(n, language=language)}".replace(" ", NO_BREAK)


def answered(report: ReadinessReport, language: Language) -> str:
    """The quiet remark at the top: `16 af 21 har svaret`; empty when the number is suppressed."""
    if report.total.n is None:
        return ""
    if report.total.invited is None or report.total.invited < report.total.n:
        return say("answered", language, part=whole(report.total.n, language=language))
    return say("answered", language, part=out_of(report.total.n, report.total.invited, language=language))


def response(report: ReadinessReport, language: Language) -> str:
    """Who answered, and who did not."""
    total = report.total
    closed_on = report.closed_at.astimezone(COPENHAGEN).date()
    opens, closes = (day(on, language=language).replace(" ", NO_BREAK) for on in (report.opens_on, closed_on))
    dates = say("open_between", language, opens=opens, closes=closes)
    if total.n is None:
        return f"{say('response_hidden', language)} {dates}"
    n = whole(total.n, language=language)
    if total.invited is None:
        return f"{say('response_unknown', language, n=n)} {dates}"
    missing = total.invited - total.n
    if missing < 0:
        return f"{say('response_more', language, n=n, invited=whole(total.invited, language=language))} {dates}"
    if missing == 0:
        return f"{say('response_full', language, n=n)} {dates}"
    known_part = say(
        "response_known", language,
        part=out_of(total.n, total.invited, language=language),
        rate=percent(total.n / total.invited, language=language),
        missing=whole(missing, language=language),
    )  # fmt: skip
    return f"{known_part} {dates}"


def highlights(report: ReadinessReport, tendency: Tendency, language: Language) -> list[Runs]:
    """Drivers or barriers, strongest first, each with its score, n and what it is about."""
    found = report.drivers if tendency == "driver" else report.barriers
    if not found:
        return [none_stands_out(report, tendency, language)]
    return [_highlight(report, it, tendency, language) for it in found[:_HIGHLIGHTS_SHOWN]]


def none_stands_out(report: ReadinessReport, tendency: Tendency, language: Language) -> Runs:
    """That no component is a driver or a barrier; of those that are shown, where some are hidden."""
    shown = "" if len(report.estimates) == len(report.instrument.components) else "shown_"
    return [say(f"no_{shown}{tendency}s", language)]


def _highlight(report: ReadinessReport, it: Highlight, tendency: Tendency, language: Language) -> Runs:
    style = "look" if tendency == "barrier" and it.whole else "strong"
    numbers = f"{whole(it.score, language=language)} ({n_is(it.n, language)})"
    about = [f"{numbers}." if it.whole else say("mixed_but", language, numbers=numbers)]
    about += [statement(report, one, tendency, language) for one in it.statements]
    if it.spread:
        about.append(say("spread_remark", language))
    return [{style: component_title(report, it.component, language)}, f" – {' '.join(about)}"]


def statement(report: ReadinessReport, it: Statement, tendency: Tendency, language: Language, *, most: int = 0) -> str:
    """How a statement was answered; as its score where counts are not published. `most` shortens long statements."""
    text = item_text(report, it.item, language)
    text = quoted(shortened(text, most) if most else text)
    if it.count is None:
        sentence = say("statement_score", language, score=whole(it.score, language=language), text=text)
    else:
        key = "positive" if tendency == "driver" else "negative"
        sentence = say(key, language, part=out_of(it.count, it.n, language=language), text=text)
    return f"{sentence} {say('reversed', language)}." if it.reverse else f"{sentence}."


def shortened(text: str, most: int) -> str:
    """`text`, cut between words to at most `most` characters; a word without an end is cut inside.

    >>> shortened("Vi har tid til at planlægge", 16), shortened("Vi har tid", 16)
    ('Vi har tid til…', 'Vi har tid')
    """
    words = (word if len(word) <= _LONGEST_WORD else f"{word[: _LONGEST_WORD - 1]}…" for word in text.split(" "))
    text = " ".join(words)
    if len(text) <= most:
        return text
    kept = text[: most - 1].rsplit(" ", 1)[0] if " " in text[: most - 1] else text[: most - 1]
    return f"{kept.rstrip(' ,;:.…–-')}…"
