"""RFC 9457 problems: raised anywhere in the shell, answered in the caller's language."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from api.field_faults import FieldFault
from api.problem_codes import CATALOGUE
from api.wire import Output, Sentences

MEDIA_TYPE = "application/problem+json"
Language = Literal["da", "en"]


class FieldError(BaseModel):
    """What is wrong at one place of the input; `pointer` is a JSON pointer (RFC 6901)."""

    model_config = ConfigDict(extra="forbid")
    pointer: str
    code: str
    detail: str


class ProblemBody(BaseModel):
    """The body of every error answer (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")
    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any]
    errors: list[FieldError]
    sentences: dict[str, str]
    request_id: str


class Obstacle(Output):
    """What hinders work behind the scenes: a code of the catalogue, since nobody is there to be answered."""

    code: str
    sentence: Sentences


class Problem(Exception):
    """Raised anywhere in the shell; becomes the answer. `params` fill the sentences of the code."""

    def __init__(
        self,
        code: str,
        *,
        errors: Sequence[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code, self.errors, self.headers, self.params = code, list(errors), dict(headers or {}), params
        self.kind = CATALOGUE[code]


def language_of(request: Request) -> Language:
    """`language=` wins, then the first of `Accept-Language` that we speak; Danish when in doubt."""
    wanted = request.query_params.get("language") or ""
    accepted = [
        part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    english = next((code == "en" for code in [wanted, *accepted] if code in ("da", "en")), False)
    return "en" if english else "da"


_STATES_DA = {
    "draft": "en kladde", "open": "åben", "closed": "lukket",
    "queued": "i kø", "running": "i gang", "failed": "mislykket",
}  # fmt: skip


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _in_danish(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _STATES_DA.get(value, value)
        if name == "state"
        else _DAY.sub(r"\3-\2-\1", value)
        if name == "opens_on"
        else value
        for name, value in params.items()
    }


def sentences(code: str, **params: Any) -> Sentences:
    kind = CATALOGUE[code]
    return Sentences(da=kind.da.format_map(_in_danish(params)), en=kind.en.format_map(params))


def response(request: Request, problem: Problem) -> JSONResponse:
    """The problem as an answer in the caller's language, both languages beside it."""
    both, language = sentences(problem.code, **problem.params), language_of(request)
    body = ProblemBody(
        type=f"{request.scope.get('root_path', '')}/docs/problems#{problem.code}",
        title=problem.code.replace("-", " ").capitalize(),
        status=problem.kind.status,
        detail=getattr(both, language),
        code=problem.code,
        params=problem.params,
        errors=[
            FieldError(pointer=fault.pointer, code=fault.code, detail=fault.sentence.in_language(language))
            for fault in problem.errors
        ],
        sentences=both.model_dump(),
        request_id=getattr(request.state, "request_id", ""),
    )
    headers = dict(problem.headers)
    if problem.kind.status in (429, 503):
        headers.setdefault("Retry-After", "2")
    if problem.kind.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return JSONResponse(body.model_dump(), problem.kind.status, headers, media_type=MEDIA_TYPE)


FOR_PEOPLE = ("link-expired",)
"""Problems that somebody meets who opened a link in a browser: a page there, and to a program what all others are."""

EVERYWHERE = (
    "not-authenticated", "token-expired", "device-revoked", "not-allowed", "not-a-member", "invalid-input", "busy",
    "issuer-unavailable",
)  # fmt: skip


def documented(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: its problems by status, each listing the codes it may carry."""
    by_status: dict[int | str, list[str]] = {}
    for code in (*codes, *EVERYWHERE):
        by_status.setdefault(CATALOGUE[code].status, []).append(code)
    return {
        status: {
            "description": "Problem: " + ", ".join(f"`{code}`" for code in found),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
            | ({"text/html": {"schema": {"type": "string"}}} if set(found) & set(FOR_PEOPLE) else {}),
        }
        for status, found in sorted(by_status.items(), key=lambda pair: int(pair[0]))
    }
