"""The civil date where the children are: the only clock that rules ever see."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def local_today() -> date:
    return datetime.now(COPENHAGEN).date()
