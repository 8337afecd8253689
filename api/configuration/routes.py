"""The configuration over HTTP: read by everybody who works with it, published by the administration."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy import select

from api.access.dependencies import Allow, Reading, Writing
from api.access.places import shows_unit
from api.access.principals import Caller
from api.audit import record
from api.clock import Today
from api.configuration import store
from api.configuration.contents import DOCUMENTS, Document
from api.configuration.schemas import (
    CalendarIO,
    CalendarWeekOut,
    PhaseOut,
    PublishedOut,
    PublishIn,
    TextOut,
    ThemeOut,
    YearOut,
)
from api.configuration.tables import Configuration
from api.observations.periods import parsed_week
from api.paging import Cursor, Limit, Page, keyset
from api.problems import Problem, documented
from api.roster.schemas import Day
from api.roster.tables import Unit
from domain.calendar import Calendar, Closed, closed_because, report_opens, theme_periods, year_ahead
from domain.text import Text
from domain.weeks import WEEK, week_of

router = APIRouter(prefix="/v1", tags=["configuration"])

Reader = Annotated[Caller, Depends(Allow("roster:read"))]
Publisher = Annotated[Caller, Depends(Allow("configuration:write"))]
OnDay = Annotated[Day | None, Query(description="As of this day; today unless given")]
FromWeek = Annotated[str | None, Query(alias="from", description="First week; this one", pattern=r"^\d{4}-W\d{2}$")]
Weeks = Annotated[int, Query(ge=1, le=260, description="How many")]
UnitId = Annotated[UUID | None, Query(description="A unit that starts at a time of its own")]


def add(document: Document[Any]) -> None:
    """Read what holds, read a version, list them all, publish one."""
    content: Any = document.wire
    wire_in: Any = PublishIn[content]
    wire_out: Any = PublishedOut[content]
    title, path = document.name.capitalize(), f"/configuration/{document.name}"

    async def get(_: Reader, tx: Reading, today: Today, on: OnDay = None) -> Any:
        return await store.held_on(tx, document, on or today)

    async def get_version(version: Annotated[int, Path(ge=0, le=1_000_000)], _: Reader, tx: Reading) -> Any:
        return await store.find(tx, document, version)

    async def list_(_: Reader, tx: Reading, limit: Limit = 100, cursor: Cursor = None) -> Any:
        query = select(Configuration).where(Configuration.name == document.name)
        rows, following = await keyset(tx, query, key=Configuration.version, limit=limit, cursor=cursor)
        return Page(items=[store.to_wire(document, row) for row in rows], next=following)

    async def publish(body: wire_in, caller: Publisher, tx: Writing, today: Today, response: Response) -> Any:
        answer, result = await store.publish(tx, document, caller, body, today=today)
        if result == "created":
            await record(tx, caller, action="publish", subject=f"configuration/{document.name}/{body.version}")
        response.status_code = 201 if result == "created" else 200
        return answer

    router.get(
        path,
        operation_id=f"get{title}",
        summary=f"The {document.name} that holds on a day; the default where none was published",
        response_model=wire_out,
        responses=documented(),
    )(get)
    router.get(
        f"{path}/versions",
        operation_id=f"list{title}Versions",
        summary=f"Every published version of the {document.name}",
        response_model=Page[wire_out],
        responses=documented(),
    )(list_)
    router.get(
        f"{path}/versions/{{version}}",
        operation_id=f"get{title}Version",
        summary=f"One version of the {document.name}; 0 is the default",
        response_model=wire_out,
        responses=documented("not-found"),
    )(get_version)
    router.post(
        path,
        operation_id=f"publish{title}",
        summary=f"Publish a version of the {document.name}; the same again answers 200 and changes nothing",
        status_code=201,
        response_model=wire_out,
        responses=documented(
            "version-published", "version-not-newer", "valid-from-passed", "unknown-reference", "outside-your-place"
        )
        | {200: {"model": wire_out, "description": "It was published already with this content"}},
    )(publish)


for _document in DOCUMENTS.values():
    add(_document)


@router.get(
    "/calendar/preview",
    operation_id="getCalendarPreview",
    responses=documented("not-found", "invalid-week"),
)
async def get_preview(
    caller: Reader, tx: Reading, today: Today, first: FromWeek = None, weeks: Weeks = 52, unit_id: UnitId = None
) -> YearOut:
    """The coming year as it is planned: closed weeks, themes, phases, and when room data reports open."""
    if unit_id is not None and await tx.scalar(select(Unit.id).where(Unit.id == unit_id, shows_unit(caller))) is None:
        raise Problem("not-found")
    known = await store.load(tx, "calendar")
    return _year(known.calendar(today), known.closed, today=today, first=first, weeks=weeks, unit_id=unit_id)


@router.post(
    "/calendar/preview",
    operation_id="previewCalendar",
    responses=documented("unknown-reference", "invalid-week"),
)
async def preview(
    body: CalendarIO, _: Publisher, tx: Reading, today: Today, first: FromWeek = None, weeks: Weeks = 52
) -> YearOut:
    """The coming year as it would be with this calendar. Nothing is published."""
    document = DOCUMENTS["calendar"]
    calendar: Calendar = document.to_domain(await store.resolved(tx, body), "preview")

    def closed(week: date) -> Text | None:
        return closed_because(calendar, week)

    return _year(calendar, closed, today=today, first=first, weeks=weeks, unit_id=None)


def _year(
    calendar: Calendar, closed: Closed, *, today: date, first: str | None, weeks: int, unit_id: UUID | None
) -> YearOut:
    start = parsed_week(first) if first is not None else week_of(today)
    unit = None if unit_id is None else str(unit_id)
    ahead = year_ahead(calendar, first=start, weeks=weeks, unit_id=unit, closed=closed)
    starts = calendar.start_of(unit)
    opens = report_opens(calendar, starts, closed=closed) if starts else None
    until = start + weeks * WEEK
    periods = theme_periods(calendar, starts, closed=closed, until=until) if starts else ()
    return YearOut(
        unit_id=unit_id,
        version=calendar.version,
        starts=starts,
        report_opens=opens,
        report_open=starts is None or (opens is not None and opens <= today),
        phases=[
            PhaseOut(number=number, title=_text_out(phase.title), years=phase.years)
            for number, phase in enumerate(calendar.phases, 1)
        ],
        periods=[
            ThemeOut.model_validate(
                {
                    "number": period.number,
                    "theme": period.theme and _text_out(period.theme),
                    "from": period.first,
                    "to": period.last,
                }
            )
            for period in periods
            if period.last + timedelta(days=6) >= start
        ],
        weeks=[
            CalendarWeekOut(
                week=week.week,
                closed=week.closed and _text_out(week.closed),
                period=week.period and week.period.number,
                phase=week.phase,
            )
            for week in ahead
        ],
    )


def _text_out(text: Text) -> TextOut:
    return TextOut(da=text.da, en=text.en)
