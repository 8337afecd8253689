"""The words staff choose among when they record: learning areas and supportive strategies, with what they are called.

Source: the programme's learning areas (language, mathematics, socio-emotional). The strategies are the project's own
wording for demonstration; a municipality publishes its own list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its key, as recorded, and what people read."""

    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words in force at one time, in the order they are shown."""

    version: str
    source: Text
    learning_areas: tuple[Word, ...]
    strategies: tuple[Word, ...]


DEFAULT_VOCABULARY = Vocabulary(
    version="default-1",
    source=Text(
        "Programmets tre læringsområder; strategierne er projektets egne ord til demonstration.",
        "The programme's three learning areas; the strategies are the project's own wording for demonstration.",
    ),
    learning_areas=(
        Word("language", Text("Sprog", "Language")),
        Word("mathematics", Text("Matematik", "Mathematics")),
        Word("socio_emotional", Text("Socioemotionelt", "Socio-emotional")),
    ),
    strategies=(
        Word("open_questions", Text("Stille åbne spørgsmål", "Asking open questions")),
        Word("expansions", Text("Udvide det, barnet siger", "Expanding what the child says")),
        Word("follow_the_child", Text("Følge barnets spor", "Following the child's lead")),
        Word("wait_time", Text("Give tid til at svare", "Giving time to answer")),
        Word("link_to_experience", Text("Koble til barnets erfaringer", "Linking to the child's experience")),
        Word("praise_the_effort", Text("Rose indsatsen", "Praising the effort")),
    ),
)


def unknown_words(used: Iterable[str], known: Iterable[Word]) -> tuple[str, ...]:
    """The words used that are not known, in order.

    >>> unknown_words(["language", "yoga"], DEFAULT_VOCABULARY.learning_areas)
    ('yoga',)
    """
    keys = {word.key for word in known}
    return tuple(word for word in used if word not in keys)


def title_of(key: str, words: Iterable[Word]) -> Text:
    """What a word is called; one that is no longer in the list by its own key.

    >>> title_of("language", DEFAULT_VOCABULARY.learning_areas).da, title_of("science_and_nature", []).da
    ('Sprog', 'Science and nature')
    """
    plain = key.replace("_", " ").capitalize()
    return next((word.title for word in words if word.key == key), Text(plain, plain))
