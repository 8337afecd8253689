"""Imports over HTTP: hand in a file, follow it, read what was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import select

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller, Scope
from api.audit import record
from api.field_faults import field_fault
from api.imports import store
from api.imports.rows import MEDIA_TYPES as ROW_TYPES
from api.imports.schemas import Dataset, ImportOut, IssueOut, Mode
from api.imports.tables import Import, ImportIssue
from api.paging import Limit, Page
from api.problems import Problem, documented
from api.surveys.instrument_files import MEDIA_TYPES as INSTRUMENT_TYPES
from api.surveys.instrument_files import YAML_TYPES
from api.surveys.tables import SurveyRound

router = APIRouter(prefix="/v1/imports", tags=["imports"])

ImportCaller = Annotated[Caller, Depends(Allow("imports:write"))]
# What browsers, curl and spreadsheets call these files. The content decides; this refuses what cannot be meant.
MEDIA_TYPES = {
    "roster": ("application/zip", "application/x-zip-compressed", "application/octet-stream"),
    "survey-answers": ("text/csv", "text/plain", "application/vnd.ms-excel", "application/octet-stream"),
    "instruments": (
        *INSTRUMENT_TYPES.values(),
        *YAML_TYPES,
        "text/plain",
        "application/zip",
        "application/octet-stream",
    ),
    "practice-evaluations": ROW_TYPES,
    "development-assessments": ROW_TYPES,
}
# A file gives no more rights than handing in the same one by one.
NEEDED: Mapping[str, Scope] = {
    "instruments": "surveys:write",
    "practice-evaluations": "observations:write",
    "development-assessments": "development:write",
}
UNSAID = ("", "application/x-www-form-urlencoded")  # curl --data-binary without a header
_BINARY = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
_BODY = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("application/zip", *ROW_TYPES, *INSTRUMENT_TYPES.values()), _BINARY),
    }
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, and what it is said to be."""

    media_type: str
    content: bytes


async def received(request: Request, dataset: Dataset, caller: ImportCaller) -> Upload:
    """The file, whole: read before any transaction begins, so that a slow upload holds no connection.

    It depends on the caller so that a stranger's file is not read at all.
    """
    if not caller.everywhere:
        raise Problem("outside-your-place")
    media_type = _media_type(request.headers.get("content-type"))
    if media_type == "multipart/form-data":
        files = [part for part in (await request.form()).values() if not isinstance(part, str)]
        if len(files) == 1:
            return Upload(_media_type(files[0].content_type), await files[0].read())
        raise Problem("malformed-request")
    if media_type not in (*MEDIA_TYPES[dataset], *UNSAID):
        raise Problem("unsupported-media-type", expected=", ".join(MEDIA_TYPES[dataset]))
    return Upload(media_type, await request.body())


def _media_type(header: str | None) -> str:
    return (header or "").split(";")[0].strip().lower()


@router.post(
    "/{dataset}",
    operation_id="createImport",
    status_code=202,
    openapi_extra=_BODY,
    responses=documented("body-too-large", "unsupported-media-type", "outside-your-place", "unknown-reference"),
)
async def create_import(
    dataset: Dataset,
    caller: ImportCaller,
    upload: Annotated[Upload, Depends(received)],
    tx: Writing,
    response: Response,
    mode: Mode = "check",
    atomic: Annotated[str, Query(pattern="^all$", description="All rows or none")] = "all",
    round_id: Annotated[UUID | None, Query(description="The open round that survey answers belong to")] = None,
    key: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$", description="The form or instrument of ratings; the newest"
        ),
    ] = None,
    version: Annotated[int | None, Query(ge=1, le=1_000_000, description="Its version, with `key`")] = None,
) -> ImportOut:
    """Hand in a file. `mode=check` says what a commit would do and changes nothing; follow `Location` for the verdict.

    `roster` is a ZIP of `areas.csv`, `units.csv`, `rooms.csv`, `children.csv`, `staff.csv`; `survey-answers` a CSV
    with one row a respondent; `instruments` one questionnaire as JSON, YAML or XLSX, which a commit publishes.
    `practice-evaluations` and `development-assessments` are a table (CSV, JSON lines, XLSX) with one row a rating and
    one column an item. The same file again changes nothing.
    """
    if dataset == "survey-answers":
        await _refuse_unknown_round(tx, round_id)
    if (needed := NEEDED.get(dataset)) and needed not in caller.scopes:
        raise Problem("not-allowed", needed=needed)
    if (key is None) != (version is None):
        fault = field_fault("/query/version", "half-a-reference", fields="key, version")
        raise Problem("invalid-input", errors=[fault])
    params: dict[str, Any] = {"atomic": atomic} | ({"round_id": str(round_id)} if round_id else {})
    params |= {"key": key, "version": version} if key else {}
    params |= {"media_type": upload.media_type} if dataset == "instruments" else {}
    row = await store.receive(tx, caller, dataset=dataset, mode=mode, params=params, body=upload.content)
    await record(tx, caller, action=f"import-{mode}", subject=f"imports/{row.id}", dataset=dataset)
    response.headers["Location"] = f"/v1/imports/{row.id}"
    return store.to_wire(row)


async def _refuse_unknown_round(tx: Writing, round_id: UUID | None) -> None:
    if round_id is None:
        raise Problem("invalid-input", errors=[field_fault("/query/round_id", "missing")])
    if await tx.scalar(select(SurveyRound.id).where(SurveyRound.id == round_id)) is None:
        raise Problem("unknown-reference", field="round_id")


@router.get("/{id}", operation_id="getImport", responses=documented("not-found"))
async def get_import(id: UUID, caller: ImportCaller, tx: Reading) -> ImportOut:
    """How far the import is, and its report when it is over."""
    return store.to_wire(await _find(tx, caller, id))


@router.get("/{id}/issues", operation_id="listImportIssues", responses=documented("not-found"))
async def list_import_issues(
    id: UUID,
    caller: ImportCaller,
    tx: Reading,
    limit: Limit = 100,
    cursor: Annotated[str | None, Query(pattern=r"^\d{1,9}$", description="`next` of the page before")] = None,
) -> Page[IssueOut]:
    """Everything that is wrong in the file, in its order."""
    await _find(tx, caller, id)
    query = select(ImportIssue).where(ImportIssue.import_id == id, ImportIssue.position >= int(cursor or 0))
    rows = (await tx.scalars(query.order_by(ImportIssue.position).limit(limit + 1))).all()
    following = str(rows[limit].position) if len(rows) > limit else None
    return Page(items=[store.issue_out(row) for row in rows[:limit]], next=following)


async def _find(tx: Reading, caller: Caller, id: UUID) -> Import:
    row = await tx.scalar(select(Import).where(Import.id == id))
    if row is None or not caller.everywhere:  # a file holds the whole municipality
        raise Problem("not-found")
    return row
