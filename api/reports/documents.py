"""Answering with a document: its media type, a file name without anybody's name, its code as ETag, never cached."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Depends, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.audit import record
from api.db import Database
from api.field_faults import field_fault
from api.problems import Language, Problem, language_of
from api.reports import register
from api.reports.register import Made
from api.reports.rendering import Renderer, UnknownChartError
from reporting.document import code_for

Report = TypeVar("Report")

Format = Literal["pdf", "png", "svg", "html", "json", "csv"]
Version = Literal["full", "wall"]
WALL_FORMATS = ("pdf", "html", "png")
VersionQuery = Annotated[Version, Query(description="`wall` is one page for the staff-room wall")]
ChartFormat = Literal["png", "svg"]
LanguageQuery = Annotated[
    Language | None, Query(description="Language of the document; else Accept-Language, else Danish")
]
SignatureQuery = Annotated[str | None, Query(max_length=4000, description="Of a link from POST /v1/download-links")]

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}

# What a browser may do with a document of ours: show it. Nothing runs, nothing is fetched, nobody frames it.
_SHOW = "default-src 'none'; style-src 'unsafe-inline'"
CONTENT_SECURITY: Mapping[str, str] = {
    "svg": _SHOW,
    "html": f"{_SHOW}; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def content_of(*formats: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` entry of a document in these formats."""
    shapes: dict[str, dict[str, Any]] = {
        "json": {"type": "object"},
        "csv": {"type": "string"},
        "svg": {"type": "string"},
        "html": {"type": "string"},
    }
    binary = {"type": "string", "contentMediaType": "application/octet-stream"}
    content = {MEDIA_TYPES[name].split(";")[0]: {"schema": shapes.get(name, binary)} for name in formats}
    return {200: {"description": "The document", "content": content}}


@dataclass(frozen=True, slots=True)
class Views(Generic[Report]):
    """The formats of one kind of report. `draw` runs in a render worker; `name` begins the names of its files."""

    name: str
    as_json: Callable[[Report], dict[str, Any]]
    as_csv: Callable[..., str]
    draw: Callable[..., bytes]
    versions: Sequence[Version] = ("full",)


def check_version(views: Views[Any], version: Version, *, format: Format) -> None:
    """The wall version is a page; as data, or as a chart alone, there is only the report."""
    if version not in views.versions:
        wrong = field_fault("/version", "version-not-offered", versions=", ".join(views.versions))
        raise Problem("invalid-input", errors=[wrong])
    if version == "wall" and format not in WALL_FORMATS:
        wrong = field_fault("/format", "format-not-offered", formats=", ".join(WALL_FORMATS))
        raise Problem("invalid-input", errors=[wrong])


async def issue(
    database: Database,
    caller: Caller,
    gather: Callable[[AsyncSession], Awaitable[Made[Report]]],
    *,
    subject: str,
    **noted: str,
) -> Report:
    """The report that `gather` reads in a transaction of its own, over before anything is drawn.

    That `subject` was read, and what the document's code stands for, is noted before anybody sees it.
    """
    async with database.reading(caller.municipality_id) as tx:
        made = await gather(tx)
    async with database.writing(caller.municipality_id) as tx:
        code = await register.enter(tx, caller.municipality_id, made)
        await record(tx, caller, action="read", subject=subject, code=code, **noted)
    return made.report


async def content(
    renderer: Renderer, views: Views[Report], report: Report, *, format: Format, language: Language, **drawing: Any
) -> bytes:
    """`report` in a format: the same bytes whoever asks. `drawing` (a chart, a version) is for what is drawn."""
    if format == "json":
        return json.dumps(views.as_json(report), ensure_ascii=False).encode()
    if format == "csv":
        return views.as_csv(report, language=language).encode()
    return await renderer(views.draw, report, format=format, language=language, **drawing)


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """What every request for a document has beside what the document is about."""

    request: Request
    format: Format = "pdf"
    language: LanguageQuery = None
    signature: SignatureQuery = None


@dataclass(frozen=True, slots=True)
class ChartAsked:
    """The same for one of its charts."""

    request: Request
    chart: str
    format: ChartFormat = "png"
    language: LanguageQuery = None
    signature: SignatureQuery = None


Asked = Annotated[DocumentAsked, Depends()]
AskedChart = Annotated[ChartAsked, Depends()]


async def answer(asked: DocumentAsked | ChartAsked, views: Views[Report], report: Report, **drawing: Any) -> Response:
    """`report` as it was asked for; one of its charts alone if that was asked for, and an unknown one is a 404."""
    request, format = asked.request, asked.format
    spoken, code = asked.language or language_of(request), code_for(report)
    if isinstance(asked, ChartAsked):
        drawing["chart"] = asked.chart
    try:
        body = await content(request.app.state.renderer, views, report, format=format, language=spoken, **drawing)
    except UnknownChartError:
        raise Problem("unknown-chart") from None
    headers = {
        "Content-Disposition": f'inline; filename="{views.name}-{code}.{format}"',
        "ETag": f'"{code}"',
        "Cache-Control": "private, no-store",
    }
    if format in CONTENT_SECURITY:
        headers["Content-Security-Policy"] = CONTENT_SECURITY[format]
    return Response(body, media_type=MEDIA_TYPES[format], headers=headers)
