"""Every exception that can reach the edge, and the problem it becomes."""

from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from api.access.routes import OAuthError
from api.db import PASSING, is_passing
from api.field_faults import field_fault, found_by_pydantic
from api.problem_page import problem_page
from api.problems import FOR_PEOPLE, Problem, response, sentences
from api.routing import operations_at
from api.tables import metadata

log = structlog.get_logger("vls")
# PostgreSQL has no room for long names: they are cut.
_NAMES = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]

# A constraint is the last judge; its name says what it judged.
CONSTRAINTS = {
    "areas_external_id_key": "external-id-taken",
    "units_external_id_key": "external-id-taken",
    "rooms_external_id_key": "external-id-taken",
    "children_external_id_key": "external-id-taken",
    "staff_external_id_key": "external-id-taken",
    "practice_evaluations_rater_key": "already-rated",
    "practice_evaluations_joint_key": "already-rated",
    "development_assessments_rater_key": "already-rated",
    "development_assessments_joint_key": "already-rated",
}
# A reference's name says which fields it is made of.
REFERENCES = {
    str(_NAMES.format_constraint(key)): ", ".join(
        column.name for column in key.columns if column.name != "municipality_id"
    )
    for table in metadata.tables.values()
    for key in table.foreign_key_constraints
}
# The checks that input can come up against when two changes cross: each end of the period was fine by itself.
CHECKS = {
    "survey_rounds_period_check": field_fault("/closes_on", "invalid-period"),
} | {
    f"{table}_period_check": field_fault("/valid_to", "invalid-period")
    for table in ("unit_areas", "room_units", "child_rooms", "staff_places")
}  # fmt: skip
_BY_STATUS = {400: "malformed-request", 404: "not-found", 405: "method-not-allowed", 415: "unsupported-media-type"}


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OAuthError, _oauth)
    app.add_exception_handler(DBAPIError, _database)
    for passing in PASSING:
        app.add_exception_handler(passing, _busy)


async def _problem(request: Request, problem: Any) -> Response:
    if problem.code in FOR_PEOPLE and "text/html" in request.headers.get("accept", ""):
        return problem_page(sentences(problem.code, **problem.params), status=problem.kind.status)
    return response(request, problem)


async def _oauth(_: Request, error: Any) -> JSONResponse:
    return error.response()  # type: ignore[no-any-return]


async def _busy(request: Request, _: Any) -> JSONResponse:
    return response(request, Problem("busy"))


async def _http(request: Request, error: Any) -> JSONResponse:
    if error.status_code == 413:
        return response(request, Problem("body-too-large", limit=int(error.detail)))
    code = _BY_STATUS.get(error.status_code)
    if code is None:
        raise error
    headers = error.headers
    if code == "method-not-allowed":  # Starlette names the methods of the first route at the path only
        methods = {method for route in operations_at(request.app, request.url.path) for method in route.methods or ()}
        methods |= {"HEAD"} if "GET" in methods else set()
        headers = {"Allow": ", ".join(sorted(methods))}
    if code == "unsupported-media-type":
        return response(request, Problem(code, expected="application/json"))
    return response(request, Problem(code, headers=headers))


async def _invalid(request: Request, error: Any) -> JSONResponse:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    about_body = any(part["loc"][0] == "body" for part in error.errors())
    if about_body and request.headers.get("content-length") != "0" and media_type != "application/json":
        return response(request, Problem("unsupported-media-type", expected="application/json"))
    if any(part["type"] == "json_invalid" for part in error.errors()):
        return response(request, Problem("malformed-request"))
    errors = [found_by_pydantic(part, _pointer(part["loc"])) for part in error.errors()[:100]]
    return response(request, Problem("invalid-input", errors=errors))


def _pointer(location: tuple[str | int, ...]) -> str:
    parts = location[1:] if location[0] == "body" else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


async def _database(request: Request, error: Any) -> JSONResponse:
    if is_passing(error):
        return response(request, Problem("busy"))
    cause = error.orig.__cause__ if error.orig is not None else None
    name = str(getattr(cause, "constraint_name", None))
    if isinstance(cause, asyncpg.UniqueViolationError):
        return response(request, Problem(CONSTRAINTS.get(name, "conflict")))
    if isinstance(cause, asyncpg.ForeignKeyViolationError):
        return response(request, Problem("unknown-reference", field=REFERENCES.get(name) or "id"))
    if isinstance(cause, asyncpg.CheckViolationError):
        log.error("refused by a check", request_id=request.state.request_id, exc_info=error)  # ours to find earlier
        return response(request, Problem("invalid-input", errors=[CHECKS[name]] if name in CHECKS else []))
    raise error
