"""Text that people read: Danish first, English second."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in Danish (what people read by default) and English."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` (`da` or `en`); the other one where it is empty."""
        wanted, other = (self.en, self.da) if language == "en" else (self.da, self.en)
        return wanted or other
