"""How long a child's data are kept.

Source: the programme's data agreement as this project proposes it: five years after the child has left. The
municipality decides otherwise by naming another number of years.
"""

from datetime import date

YEARS_AFTER_LEAVING = 5


def kept_from(today: date, *, years: int = YEARS_AFTER_LEAVING) -> date:
    """Whoever left before this day is to be erased. `years` is at least one; raises `ValueError` otherwise.

    >>> kept_from(date(2026, 11, 27))
    datetime.date(2021, 11, 27)
    >>> kept_from(date(2028, 2, 29), years=1)
    datetime.date(2027, 2, 28)
    """
    if years < 1:
        raise ValueError("children's data are kept for a year at least")
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day)
