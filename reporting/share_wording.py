"""A change in a share as a sentence: counts first, then what may be said of it. Nothing here ever names a cause."""

from collections.abc import Mapping

from domain.shares import Share, ShareChange
from reporting.numbers import Language, out_of, percent, span

PHRASES: Mapping[str, tuple[str, str]] = {
    "up": ("flere end tilfældigheder alene plejer at give", "more than chance alone would usually give"),
    "down": ("færre end tilfældigheder alene plejer at give", "fewer than chance alone would usually give"),
    "within_chance": (
        "inden for, hvad tilfældigheder alene kan give",
        "within what chance alone would give",
    ),
    "too_few": ("for få børn til at sige noget om ændringen", "too few children to say anything about the change"),
    "matched": ("De samme børn: {counts}: {verdict}.", "The same children: {counts}: {verdict}."),
    "apart": ("Ingen af børnene var med begge gange: {counts}: {verdict}.",
              "No child was there both times: {counts}: {verdict}."),
    "arrivals": ("Børn, der er kommet til: {part}.", "Children who have joined: {part}."),
    "leavers": ("Børn, der er rejst eller ikke er vurderet nu: {part}.",
                "Children who have left or are not assessed now: {part}."),
    "only_now": ("{part}. Der er ingen tidligere vurdering at se det i forhold til.",
                 "{part}. There is no earlier assessment to see it against."),
    "only_before": ("{part} sidst; ingen er vurderet nu.", "{part} last time; nobody has been assessed now."),
    "nobody": ("Ingen børn er vurderet.", "No children have been assessed."),
    "all": ("Alle: {before} → {now}.", "All: {before} → {now}."),
    "sure": ("{part} ({percent}; {interval} %)", "{part} ({percent}; {interval}%)"),
}  # fmt: skip


def say(key: str, language: Language, **values: str) -> str:
    return PHRASES[key][language == "en"].format(**values)


def counted(share: Share, language: Language) -> str:
    """As "20 af 29"."""
    return out_of(share.count, share.n, language=language)


def with_interval(share: Share, language: Language) -> str:
    """A share with its percentage and 95 % interval, never without its counts.

    >>> from domain.shares import wilson
    >>> with_interval(wilson(20, 29), "en")
    '20 of 29 (69%; 51–83%)'
    """
    return say(
        "sure",
        language,
        part=counted(share, language),
        percent=percent(share.value, language=language),
        interval=span(share.low * 100, share.high * 100, language=language),
    )


def change_sentence(change: ShareChange, language: Language) -> str:
    """The change in one sentence, about the same children where there are any.

    >>> from domain.shares import change
    >>> before = {str(n): n < 20 for n in range(29)}
    >>> now = {str(n): n < 19 or 25 <= n for n in range(29)}
    >>> change_sentence(change(before=before, now=now), "en")
    'The same children: 20 of 29 → 23 of 29: within what chance alone would give.'
    """
    verdict = say(change.verdict, language)
    pairs = change.matched
    if pairs is not None:
        counts = [out_of(count, pairs.n, language=language) for count in (pairs.before, pairs.now)]
        return say("matched", language, counts=" → ".join(counts), verdict=verdict)
    if change.before and change.now:
        counts = [counted(share, language) for share in (change.before, change.now)]
        return say("apart", language, counts=" → ".join(counts), verdict=verdict)
    only = change.now or change.before
    if only is None:
        return say("nobody", language)
    return say("only_now" if change.now else "only_before", language, part=counted(only, language))


def change_details(change: ShareChange, language: Language) -> list[str]:
    """Beside the sentence: everybody then and now with uncertainty, those who came and those who left."""
    said = []
    if change.before and change.now:
        before, now = (with_interval(share, language) for share in (change.before, change.now))
        said.append(say("all", language, before=before, now=now))
    if change.matched is not None:
        for key, share in (("arrivals", change.arrivals), ("leavers", change.leavers)):
            if share is not None:
                said.append(say(key, language, part=counted(share, language)))
    return said
