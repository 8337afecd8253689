"""Answering with a document: its media type, a file name without anybody's name, its code as ETag, never cached."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Query, Request, Response

from api.problems import Language, Problem, language_of
from api.reports.rendering import UnknownChartError
from reporting.document import code_for

Report = TypeVar("Report")

Format = Literal["pdf", "png", "svg", "json", "csv"]
ChartFormat = Literal["png", "svg"]
LanguageQuery = Annotated[
    Language | None, Query(description="Language of the document; else Accept-Language, else Danish")
]
SignatureQuery = Annotated[str | None, Query(max_length=4000, description="Of a link from POST /v1/download-links")]

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def content_of(*formats: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` entry of a document in these formats."""
    shapes: dict[str, dict[str, Any]] = {
        "json": {"type": "object"},
        "csv": {"type": "string"},
        "svg": {"type": "string"},
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


async def answer(
    request: Request,
    views: Views[Report],
    report: Report,
    *,
    format: Format,
    language: Language | None,
    chart: str | None = None,
) -> Response:
    """`report` in a format and language; `chart` is one of its charts alone, and an unknown one is a 404."""
    spoken, code = language or language_of(request), code_for(report)
    content: bytes | str
    if format == "json":
        content = json.dumps(views.as_json(report), ensure_ascii=False)
    elif format == "csv":
        content = views.as_csv(report, language=spoken)
    else:
        try:
            renderer = request.app.state.renderer
            content = await renderer(views.draw, report, format=format, chart=chart, language=spoken)
        except UnknownChartError:
            raise Problem("unknown-chart") from None
    headers = {
        "Content-Disposition": f'inline; filename="{views.name}-{code}.{format}"',
        "ETag": f'"{code}"',
        "Cache-Control": "private, no-store",
    }
    if format == "svg":
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)
