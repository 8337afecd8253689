"""The e-mail that carries a personal link, Danish first and English below, as plain text that every reader shows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reporting.invitations.phrases import say
from reporting.numbers import Language, day, whole

LetterKind = Literal["invitation", "reminder"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What an invitation is about; `minimum` is how many must have answered before an average is shown."""

    kind: LetterKind
    round_title: str
    unit: str
    municipality: str
    closes_on: date
    minimum: int
    link: str


def subject(letter: Letter) -> str:
    key = "subject" if letter.kind == "invitation" else "subject_reminder"
    return say(key, "da", round=letter.round_title)


def body(letter: Letter) -> str:
    """The text in both languages.

    >>> from datetime import date
    >>> text = body(Letter("invitation", "Parathed", "Solen", "Prøve Kommune", date(2026, 9, 30), 5, "https://x/svar#y"))
    >>> text.count("https://x/svar#y"), "30. september 2026" in text, "30 September 2026" in text
    (2, True, True)
    """
    return "\n\n--- In English ---\n\n".join(_in(letter, language) for language in ("da", "en")) + "\n"


def _in(letter: Letter, language: Language) -> str:
    about = {"round": letter.round_title, "unit": letter.unit, "municipality": letter.municipality}
    opening = say("invited" if letter.kind == "invitation" else "reminded", language, **about)
    until = say("until", language, day=day(letter.closes_on, language=language))
    paragraphs = [
        say("greeting", language),
        f"{opening} {until}",
        f"{say('your_link', language)}\n{letter.link}",
        "\n".join(f"- {point}" for point in points(language, minimum=letter.minimum, personal=True)),
        say("signature", language, municipality=letter.municipality),
    ]
    return "\n\n".join(paragraphs)


def points(language: Language, *, minimum: int, personal: bool) -> list[str]:
    """What everybody who is asked should know."""
    said = [
        say("anonymous", language),
        say("groups", language, n=whole(minimum, language=language)),
        say("voluntary", language),
    ]
    return [*said, say("not_on", language)] if personal else said
