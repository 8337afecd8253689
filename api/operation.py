"""For those who run the system: is it alive, is it ready, how is it doing; and the catalogue of problems to read."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from api.problem_codes import CATALOGUE
from api.problems import Problem, documented
from api.wire import Output

router = APIRouter(tags=["operation"])


class Health(Output):
    status: str


@router.get("/health/live", operation_id="getLiveness")
async def live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get(
    "/health/ready",
    operation_id="getReadiness",
    responses={status: body for status, body in documented().items() if status == 503},
)
async def ready(request: Request) -> Health:
    """The process can serve: it reaches its database."""
    try:
        async with request.app.state.database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except Exception:
        raise Problem("busy") from None
    return Health(status="ok")


@router.get("/metrics", operation_id="getMetrics", response_class=PlainTextResponse)
async def metrics() -> PlainTextResponse:
    """Measurements in the text format of Prometheus. Keep it inside: the proxy should not pass it on."""
    return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/docs/problems", include_in_schema=False)
async def problems() -> HTMLResponse:
    rows = "".join(
        f'<tr id="{code}"><td><code>{code}</code><td>{kind.status}<td>{escape(kind.da)}<td>{escape(kind.en)}'
        for code, kind in CATALOGUE.items()
    )
    style = "body{font:16px/1.5 sans-serif;margin:2rem}td,th{text-align:left;padding:.3rem 1rem .3rem 0}"
    return HTMLResponse(
        f"<!doctype html><html lang=da><meta charset=utf-8><title>Fejlkoder</title><style>{style}</style>"
        f"<h1>Fejlkoder</h1><table><tr><th>Kode<th>Status<th>Dansk<th>English{rows}</table></html>"
    )
