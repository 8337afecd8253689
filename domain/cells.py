"""What one cell of a table means, as people and spreadsheets in Denmark write it.

A reader takes the trimmed text of a filled cell and returns its value, or raises `CellError` with the code that says
what is wrong. An empty cell never reaches a reader: missing is not zero, and not `False`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.cpr import key_looks_like_cpr
from domain.issues import Entry, Param, entry, shown

Reader = Callable[[str], object]

_MIDNIGHT = r"(?:[ T]00:00(?::00)?)?"
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})" + _MIDNIGHT)
_DANISH_DATE = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})" + _MIDNIGHT)
_MONTHS = (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"), re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"))
_MONTH_NAME = r"(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[ck]t|nov|dec)[a-z]*\.?"
_EXCEL_MONTH = re.compile(rf"{_MONTH_NAME}[-/ ]?\d\d|\d\d[-/ ]?{_MONTH_NAME}", re.IGNORECASE)

_TRUTH = dict.fromkeys(("true", "1", "ja", "yes", "j", "sand"), True) | dict.fromkeys(
    ("false", "0", "nej", "no", "n", "falsk"), False
)


class CellError(ValueError):
    """The cell cannot be read; `code` and `params` as in `domain.issues`."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Words:
    """A closed list of words with the synonyms people write. `allowed` is how an issue lists them."""

    synonyms: Mapping[str, str]
    allowed: str

    @classmethod
    def of(cls, **words: tuple[str, ...]) -> "Words":
        """From each word to its synonyms; the first synonym is the Danish word people are shown."""
        synonyms = {written: word for word, others in words.items() for written in (word, *others)}
        return cls(synonyms, ", ".join(f"{others[0]} ({word})" for word, others in words.items()))

    def __call__(self, cell: str) -> str:
        """The word meant by `cell`, whatever its case; raises `CellError`.

        >>> Words.of(girl=("pige",), boy=("dreng",))("Pige")
        'girl'
        """
        try:
            return self.synonyms[cell.casefold()]
        except KeyError:
            raise CellError("unknown-word", allowed=self.allowed) from None


SETTING_TYPE = Words.of(
    childminding=("dagpleje", "kommunal dagpleje", "privat dagpleje", "gæstedagpleje"),
    nursery=("vuggestue",),
    kindergarten=("børnehave", "boernehave"),
    integrated=("integreret", "integreret institution", "aldersintegreret", "aldersintegreret institution"),
)
SEX = Words.of(girl=("pige", "kvinde", "k", "female", "f"), boy=("dreng", "mand", "m", "male"))
STAFF_ROLE = Words.of(
    leader=("leder", "daglig leder", "pædagogisk leder", "dagtilbudsleder", "dagplejeleder"),
    educator=("pædagog", "paedagog"),
    assistant=("medhjælper", "pædagogmedhjælper", "pædagogisk medhjælper", "pædagogisk assistent", "medhjaelper"),
    childminder=("dagplejer",),
    other=("andet", "anden", "andre", "øvrige"),
)


@lru_cache(maxsize=4096)
def read_bool(cell: str) -> bool:
    """Yes or no, in words or as 1 and 0.

    >>> read_bool("Ja"), read_bool("0")
    (True, False)
    """
    try:
        return _TRUTH[cell.casefold()]
    except KeyError:
        raise CellError("not-yes-or-no") from None


@lru_cache(maxsize=4096)
def read_date(cell: str) -> date:
    """A day: ISO, or in Danish order (day, month, year) with `-`, `/` or `.`; a time of midnight is ignored.

    >>> read_date("2026-08-01") == read_date("01-08-2026") == read_date("1/8/2026")
    True
    """
    found = _ISO_DATE.fullmatch(cell) or _DANISH_DATE.fullmatch(cell)
    if found is None:
        raise CellError("not-a-date")
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise CellError("not-a-date") from None


@lru_cache(maxsize=4096)
def read_month(cell: str) -> date:
    """A month as its first day; a full date gives its month. A month that Excel has shortened is refused.

    >>> read_month("2023-04"), read_month("04-2023"), read_month("17-04-2023")
    (datetime.date(2023, 4, 1), datetime.date(2023, 4, 1), datetime.date(2023, 4, 1))
    """
    for pattern in _MONTHS:
        if found := pattern.fullmatch(cell):
            try:
                return date(int(found["year"]), int(found["month"]), 1)
            except ValueError:
                raise CellError("not-a-month") from None
    try:
        return read_date(cell).replace(day=1)
    except CellError:
        raise CellError("month-shortened-by-excel" if _EXCEL_MONTH.fullmatch(cell) else "not-a-month") from None


def read_text(limit: int) -> Callable[[str], str]:
    """A reader of text with at most `limit` characters and no control characters."""

    def read(cell: str) -> str:
        if not cell.isprintable() and any(_is_control(character) for character in cell):
            raise CellError("control-character")
        if len(cell) > limit:
            raise CellError("too-long", length=len(cell), limit=limit)
        return cell

    return read


def _is_control(character: str) -> bool:
    """Control characters, and the two that no XML can hold, so that no document could show them."""
    return ord(character) < 32 or 127 <= ord(character) < 160 or character in "\ufffe\uffff"


def quoted(cell: str) -> str:
    """A cell as an issue may repeat it: shortened, and never a CPR number, since issues are kept."""
    return "…" if key_looks_like_cpr(cell) else shown(cell)


def shown_safely(cell: str) -> str:
    """`quoted`, for cells that may hold what no database keeps: NUL, lone surrogates, other invisible characters."""
    return quoted("".join(character if character.isprintable() else "\ufffd" for character in cell[:100]))


CELL_CODES: dict[str, Entry] = {
    "not-yes-or-no": entry(
        "»{value}« i kolonnen »{column}« er hverken ja eller nej.",
        "“{value}” in the column “{column}” is neither yes nor no.",
        "Skriv ja eller nej (eller 1 og 0). Lad cellen stå tom, hvis det ikke vides.",
        "Write yes or no (or 1 and 0). Leave the cell empty if it is not known.",
    ),
    "not-a-date": entry(
        "»{value}« i kolonnen »{column}« er ikke en dato.",
        "“{value}” in the column “{column}” is not a date.",
        "Skriv datoen som 2026-08-01 eller 01-08-2026, med fire cifre i årstallet.",
        "Write the date as 2026-08-01 or 01-08-2026, with four digits for the year.",
    ),
    "not-a-month": entry(
        "»{value}« i kolonnen »{column}« er ikke en måned.",
        "“{value}” in the column “{column}” is not a month.",
        "Skriv måneden som 2023-04 eller 04-2023.",
        "Write the month as 2023-04 or 04-2023.",
    ),
    "month-shortened-by-excel": entry(
        "»{value}« ligner en måned, som Excel har forkortet; århundredet kan være gået tabt.",
        "“{value}” looks like a month shortened by Excel; the century may be lost.",
        "Gør kolonnen til tekst i Excel, før I skriver i den, og skriv måneden som 2023-04.",
        "Make the column text in Excel before you type in it, and write the month as 2023-04.",
    ),
    "unknown-word": entry(
        "»{value}« kendes ikke i kolonnen »{column}«.",
        "“{value}” is not known in the column “{column}”.",
        "Brug et af disse ord: {allowed}.",
        "Use one of these words: {allowed}.",
    ),
    "control-character": entry(
        "Cellen i »{column}« indeholder et linjeskift eller et andet usynligt tegn.",
        "The cell in “{column}” holds a line break or another invisible character.",
        "Skriv teksten på én linje.",
        "Write the text on one line.",
    ),
    "too-long": entry(
        "Teksten i »{column}« har {length} tegn; der må højst være {limit}.",
        "The text in “{column}” has {length} characters; {limit} is the most.",
        "Forkort teksten.",
        "Shorten the text.",
    ),
}
