"""Invitations and reminders over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import select

from api.access.dependencies import Reading, Writing
from api.access.places import covers_unit
from api.access.tables import Municipality
from api.audit import record
from api.clock import Today
from api.db import DatabaseDep
from api.problems import Problem, documented, language_of
from api.reports.documents import LanguageQuery, content_of
from api.settings import Settings
from api.surveys import instruments, invitations, rounds
from api.surveys.invitation_schemas import (
    InvitationsIn,
    InvitationsOut,
    InvitedOut,
    RemindersOut,
    SharedLinkOut,
    UnitInvitationsOut,
)
from api.surveys.links import address_of
from api.surveys.routes import Administrator, SurveyReader
from reporting.invitations.sheet import Sheet, UnitLinks

router = APIRouter(prefix="/v1/survey-rounds", tags=["surveys"])

InvitationFormat = Annotated[
    Literal["json", "pdf"], Query(description="The links as data, or as a sheet to print and cut into strips")
]
NO_STORE = {"Cache-Control": "private, no-store"}
MADE: dict[int | str, dict[str, Any]] = {
    201: {"model": InvitationsOut, "description": "The links", "content": content_of("pdf")[200]["content"]}
}


@router.post(
    "/{id}/invitations",
    operation_id="createInvitations",
    status_code=201,
    response_class=JSONResponse,
    response_model=None,
    responses=documented(
        "not-found",
        "round-state",
        "unknown-reference",
        "unit-not-in-round",
        "mail-not-configured",
        "outside-your-place",
        "rendering-too-slow",
    )
    | MADE,
)
async def create_invitations(
    request: Request,
    id: UUID,
    body: InvitationsIn,
    *,
    caller: Administrator,
    database: DatabaseDep,
    format: InvitationFormat = "json",
    language: LanguageQuery = None,
) -> Response:
    """Invite the staff of units: with a link for each, by e-mail, or with one link for all. Links are shown only here.

    With `format=pdf` the answer is a sheet for each unit with a QR code for each link; it is drawn before anything is
    kept, so one that cannot be drawn leaves no invitation behind. E-mails go out when the round is open.
    """
    settings: Settings = request.app.state.settings
    async with database.reading(caller.municipality_id) as tx:
        made = await invitations.make(tx, id, body, settings=settings)
        answer = _answer(request, made)
        if format == "pdf":
            invitations.refuse_unprintable(made)
            sheet = await _sheet(tx, request, id, made, answer)
    content = None
    if format == "pdf":
        content = await request.app.state.renderer(draw, sheet, language=language or language_of(request))
    async with database.writing(caller.municipality_id) as tx:
        await invitations.keep(tx, id, made, settings=settings)
        counts = {
            "links": sum(len(unit.links) for unit in answer.units),
            "addresses": sum(unit.addresses for unit in answer.units),
            "shared": sum(unit.shared is not None for unit in answer.units),
        }
        await record(tx, caller, action="invite", subject=f"survey-rounds/{id}", units=len(made), **counts)
    if content is not None:
        disposition = {"Content-Disposition": f'inline; filename="links-{id}.pdf"'}
        return Response(content, 201, NO_STORE | disposition, media_type="application/pdf")
    return JSONResponse(answer.model_dump(mode="json"), 201, NO_STORE)


def _answer(request: Request, made: Sequence[invitations.UnitTokens]) -> InvitationsOut:
    settings, asked_at = request.app.state.settings, str(request.base_url)

    def link(token: str) -> str:
        return address_of(settings, token, asked_at=asked_at)

    return InvitationsOut(
        units=[
            UnitInvitationsOut(
                unit_id=unit.unit.id,
                links=[link(token) for token in unit.personal],
                addresses=len(unit.by_address),
                shared=SharedLinkOut(link=link(unit.shared), cap=unit.cap or 0) if unit.shared else None,
            )
            for unit in made
        ]
    )


async def _sheet(
    tx: Reading, request: Request, round_id: UUID, made: Sequence[invitations.UnitTokens], answer: InvitationsOut
) -> Sheet:
    round_ = await rounds.find(tx, round_id)
    instrument = await instruments.find(tx, round_.instrument_key, round_.instrument_version)
    municipality = (await tx.scalars(select(Municipality))).one()
    return Sheet(
        round_title=round_.title,
        municipality=municipality.name,
        closes_on=round_.closes_on,
        made_on=request.app.state.today(),
        minimum=instrument.rules.min_n_mean,
        units=tuple(
            UnitLinks(
                unit=tokens.unit.name,
                personal=tuple(shown.links),
                shared=shown.shared.link if shown.shared else None,
                cap=tokens.cap,
            )
            for tokens, shown in zip(made, answer.units, strict=True)
            if shown.links or shown.shared
        ),
    )


def draw(sheet: Sheet, **options: Any) -> bytes:
    """Runs in a render worker."""
    from reporting.invitations.sheet import render  # noqa: PLC0415

    return render(sheet, **options)


@router.get("/{id}/invitations", operation_id="listInvitations", responses=documented("not-found"))
async def list_invitations(id: UUID, caller: SurveyReader, tx: Reading) -> InvitedOut:
    """How each unit of yours was invited. Never a link, never an address, never what has been used."""
    return await invitations.invited(tx, id, covered=covers_unit(caller))


@router.delete(
    "/{id}/invitations/{unit_id}",
    operation_id="withdrawLinks",
    status_code=204,
    responses=documented("not-found", "round-state", "outside-your-place"),
)
async def withdraw_links(id: UUID, unit_id: UUID, caller: Administrator, tx: Writing) -> None:
    """Make the unit's unused links on paper worthless, for instance when a sheet was lost. E-mails stay valid.

    They stay counted as invited: the number left would tell how many have answered. A new shared link goes on where the
    withdrawn one was.
    """
    await invitations.withdraw_links(tx, id, unit_id)
    await record(tx, caller, action="withdraw-links", subject=f"survey-rounds/{id}", unit=str(unit_id))


@router.post(
    "/{id}/reminders",
    operation_id="remind",
    status_code=202,
    responses=documented("not-found", "round-state", "round-over", "mail-not-configured", "outside-your-place"),
)
async def remind(request: Request, id: UUID, caller: Administrator, tx: Writing, today: Today) -> RemindersOut:
    """Mail those who were invited by e-mail and have not answered. Nobody is told who that is, nor how many."""
    if not request.app.state.settings.smtp_host:
        raise Problem("mail-not-configured")
    reached = await invitations.remind(tx, id, today=today)
    await record(tx, caller, action="remind", subject=f"survey-rounds/{id}")
    return reached
