"""The civil date where the children are: the only clock that rules ever see."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def local_today() -> date:
    return datetime.now(COPENHAGEN).date()


def today_of(request: Request) -> date:
    """The day as the application knows it: a test sets its own."""
    found: date = request.app.state.today()
    return found


Today = Annotated[date, Depends(today_of)]
