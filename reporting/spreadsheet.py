"""CSV as a spreadsheet opens it: Danish semicolons and decimal commas, or English commas and points; UTF-8, marked."""

import csv
import io
from collections.abc import Iterable, Sequence

from reporting.numbers import Language

Value = str | int | float | bool | None
DIGITS = 12

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Value]], *, language: Language) -> str:
    r"""A table as text. Numbers have 12 significant digits; `None` is an empty cell, never zero.

    >>> csv_text(["code", "rate"], [["=1+1", 1.5], ["B02", None]], language="da").removeprefix("\ufeff")
    "code;rate\r\n'=1+1;1,5\r\nB02;\r\n"
    >>> csv_text(["rate"], [[0.1 + 0.2], [2 / 3], [3.0]], language="en").split()[1:]
    ['0.3', '0.666666666667', '3']
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "da" else ",", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_written(value, language=language) for value in row)
    return _MARK + out.getvalue()


def _written(value: Value, *, language: Language) -> str:
    """A cell as text. What a spreadsheet would run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    # Beyond 12 digits a binary fraction shows its noise (0.30000000000000004), and no measure here is that exact.
    written = f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)
    return written.replace(".", ",") if language == "da" else written
