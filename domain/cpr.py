"""Recognising a Danish civil registration (CPR) number, so that it can be refused.

Source: the CPR office's description of the number: DDMMYY-SSSS. The modulus 11 check has not held for all of them since
2007, so a plausible date is all that is asked: rather a key refused too many than a number stored.
"""

import re
from calendar import monthrange

_BETWEEN = r"[-\s./\u2010-\u2015\u2212]*"  # hyphens, dashes, minus, blanks: as people and word processors write it
_CPR = re.compile(rf"(?<!\d)(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{4}})(?!\d)")
_SHORTENED = re.compile(rf"\d{{5}}{_BETWEEN}\d{{4}}")


def looks_like_cpr(text: str) -> bool:
    """Whether `text` contains ten digits, with or without separators, that start with a date.

    >>> looks_like_cpr("010119-1234"), looks_like_cpr("barn 01 01 19 – 1234"), looks_like_cpr("B-000123")
    (True, True, False)
    >>> looks_like_cpr("9901191234")  # no 99th day
    False
    """
    return any(_is_date(day=int(found[1]), month=int(found[2]), year=int(found[3])) for found in _CPR.finditer(text))


def key_looks_like_cpr(key: str) -> bool:
    """Whether the `key` of a person looks like one; also where a spreadsheet has dropped the leading zero.

    >>> key_looks_like_cpr("101191234"), key_looks_like_cpr("0101191234"), key_looks_like_cpr("B-123")
    (True, True, False)
    """
    key = key.strip()
    return looks_like_cpr(key) or (_SHORTENED.fullmatch(key) is not None and looks_like_cpr("0" + key))


def _is_date(*, day: int, month: int, year: int) -> bool:
    if not 1 <= month <= 12:
        return False
    # The century follows from the seventh digit; a leap day counts when either century has it.
    # Replacement numbers, given to people without one, have 60 added to the day.
    return (
        1
        <= (day - 60 if day > 60 else day)
        <= max(monthrange(1900 + year, month)[1], monthrange(2000 + year, month)[1])
    )
