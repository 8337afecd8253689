"""Inviting the staff of units, and reminding those who have not answered without knowing who they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from api.field_faults import field_fault
from api.problems import Obstacle, Problem, sentences
from api.roster.tables import Unit
from api.settings import Settings
from api.surveys import mails, rounds
from api.surveys.invitation_schemas import (
    MOST_PRINTED,
    InvitationsIn,
    InvitedOut,
    InvitedUnitIn,
    RemindersOut,
    UnitInvitedOut,
)
from api.surveys.invitation_tables import SurveyAddressee, SurveyInvitation, SurveySharedLink
from api.surveys.links import hash_of, new_token, sealer_of
from api.surveys.scope import named_units
from api.surveys.tables import SurveyRound

_NOBODYS = func.sha256(func.uuid_send(func.gen_random_uuid()))


@dataclass(frozen=True, slots=True)
class UnitTokens:
    """The tokens made for one unit, before anything of them is kept."""

    unit: Unit
    personal: tuple[str, ...]
    shared: str | None
    cap: int | None
    by_address: dict[str, str] = field(repr=False)


async def make(tx: AsyncSession, round_id: UUID, body: InvitationsIn, *, settings: Settings) -> list[UnitTokens]:
    """Fresh tokens for everybody the request names; nothing is written yet."""
    round_ = await rounds.find(tx, round_id)
    _refuse_closed(round_)
    if not settings.smtp_host and any(unit.addresses for unit in body.units):
        raise Problem("mail-not-configured")
    units = await named_units(tx, round_, body.units)
    return [_tokens(unit, wanted) for unit, wanted in zip(units, body.units, strict=True)]


def _refuse_closed(round_: SurveyRound) -> None:
    if round_.state == "closed":
        raise Problem("round-state", state=round_.state)


def _tokens(unit: Unit, wanted: InvitedUnitIn) -> UnitTokens:
    addresses = {address.lower(): address for address in wanted.addresses}.values()
    return UnitTokens(
        unit=unit,
        personal=tuple(new_token() for _ in range(wanted.links or 0)),
        shared=new_token() if wanted.shared_cap else None,
        cap=wanted.shared_cap,
        by_address={address: new_token() for address in addresses},
    )


def refuse_unprintable(made: Sequence[UnitTokens]) -> None:
    """A sheet holds links that are handed out, and no more than can be drawn in time."""
    printed = sum(len(unit.personal) + bool(unit.shared) for unit in made)
    if not 0 < printed <= MOST_PRINTED:
        raise Problem("invalid-input", errors=[field_fault("/units", "not-printable", most=MOST_PRINTED)])


async def keep(tx: AsyncSession, round_id: UUID, made: Sequence[UnitTokens], *, settings: Settings) -> None:
    """Write down what lets the tokens in, and queue the mails."""
    round_ = await rounds.find(tx, round_id, locked=True)
    _refuse_closed(round_)
    of_round = {"municipality_id": round_.municipality_id, "round_id": round_.id}
    rows: list[dict[str, Any]] = []
    for unit in made:
        of_unit = of_round | {"unit_id": unit.unit.id}
        rows += [of_unit | _row(token, channel="link") for token in unit.personal]
        for address, token in await _new_addressees(tx, of_round, unit.by_address, settings=settings):
            sealed = sealer_of(settings).sealed(token)
            mailed = {"address": address, "sealed_token": sealed, "mail": "invitation"}
            rows.append(of_unit | _row(token, channel="email") | mailed)
        if unit.shared:
            await _share(tx, of_unit | {"token_hash": hash_of(unit.shared), "cap": unit.cap})
    if rows:
        # In the order of the hashes: not the order of the addresses, nor of the strips on a sheet.
        await tx.execute(insert(SurveyInvitation), sorted(rows, key=lambda row: bytes(row["token_hash"])))
    await mails.enqueue_for(tx, round_)


def _row(token: str, *, channel: str) -> dict[str, Any]:
    empty = {"address": None, "sealed_token": None, "mail": None}
    return {"token_hash": hash_of(token), "channel": channel, **empty}


async def _new_addressees(
    tx: AsyncSession, of_round: dict[str, Any], by_address: dict[str, str], *, settings: Settings
) -> list[tuple[str, str]]:
    """Those who were not invited to the round before. A second list with the same address invites nobody twice."""
    marker, round_id = sealer_of(settings), str(of_round["round_id"])
    by_mark = {marker.address_mark(address, round_id=round_id): address for address in by_address}
    if not by_mark:
        return []
    statement = (
        upsert(SurveyAddressee)
        .values([of_round | {"mark": mark} for mark in sorted(by_mark)])
        .on_conflict_do_nothing()
        .returning(SurveyAddressee.mark)
    )
    new = [by_mark[mark] for mark in await tx.scalars(statement)]
    return [(address, by_address[address]) for address in new]


async def _share(tx: AsyncSession, row: dict[str, Any]) -> None:
    """A new shared link replaces the unit's old one; answers that were begun through that go on."""
    mine = SurveySharedLink.round_id == row["round_id"], SurveySharedLink.unit_id == row["unit_id"]
    handed_out = await tx.scalar(delete(SurveySharedLink).where(*mine).returning(SurveySharedLink.handed_out))
    # The cap is for the unit, so a new link starts where the old one was, also above a lower cap.
    await tx.execute(insert(SurveySharedLink).values(row | {"handed_out": handed_out or 0}))


async def remind(tx: AsyncSession, round_id: UUID, *, today: date) -> RemindersOut:
    """Mark a reminder for every unused invitation by e-mail. What is answered does not depend on how many there are."""
    round_ = await rounds.find(tx, round_id, locked=True)
    if round_.state != "open":
        raise Problem("round-state", state=round_.state)
    if round_.closes_on < today:
        raise Problem("round-over", closes_on=str(round_.closes_on))
    by_mail = SurveyInvitation.round_id == round_id, SurveyInvitation.channel == "email"
    # An invitation that is still on its way, or that nobody receives, is not followed by a reminder.
    unused = and_(*by_mail, SurveyInvitation.used.is_(False), SurveyInvitation.mail.is_(None))
    await tx.execute(update(SurveyInvitation).where(unused).values(mail="reminder"))
    await mails.enqueue_for(tx, round_)
    counted = select(func.count(SurveyInvitation.unit_id.distinct()), func.count()).where(*by_mail)
    units, addresses = (await tx.execute(counted)).one()
    return RemindersOut(units=units, addresses=addresses)


async def withdraw_links(tx: AsyncSession, round_id: UUID, unit_id: UUID) -> None:
    """Make links on paper worthless, such as those of a sheet that was lost; what was begun on a shared one goes on.

    They stay counted as handed out: what would be left without them is how many have answered. Nor does a shared link
    start again from nothing. Each gets the hash of a token that nobody has.
    """
    round_ = await rounds.find(tx, round_id, locked=True)
    _refuse_closed(round_)
    mine = SurveyInvitation.round_id == round_id, SurveyInvitation.unit_id == unit_id
    unused = and_(*mine, SurveyInvitation.used.is_(False), SurveyInvitation.channel == "link")
    await tx.execute(update(SurveyInvitation).where(unused).values(token_hash=_NOBODYS, draft=None))
    shared = SurveySharedLink.round_id == round_id, SurveySharedLink.unit_id == unit_id
    await tx.execute(update(SurveySharedLink).where(*shared).values(token_hash=_NOBODYS))


async def invited(tx: AsyncSession, round_id: UUID, *, covered: Any) -> InvitedOut:
    """How each unit was invited; never what has been used."""
    problem = (await rounds.find(tx, round_id)).mail_problem

    def count(*conditions: Any) -> Any:
        return func.count(SurveyInvitation.token_hash).filter(*conditions)

    mine = and_(SurveyInvitation.unit_id == Unit.id, SurveyInvitation.round_id == round_id)
    shared = and_(SurveySharedLink.unit_id == Unit.id, SurveySharedLink.round_id == round_id)
    query = (
        select(
            Unit.id,
            count(SurveyInvitation.channel == "link"),
            count(SurveyInvitation.channel == "email"),
            count(SurveyInvitation.mail == "refused"),
            SurveySharedLink.cap,
        )
        .outerjoin(SurveyInvitation, mine)
        .outerjoin(SurveySharedLink, shared)
        .where(covered, or_(SurveyInvitation.token_hash.is_not(None), SurveySharedLink.token_hash.is_not(None)))
        .group_by(Unit.id, SurveySharedLink.cap)
        .order_by(Unit.id)
    )
    rows = (await tx.execute(query)).all()
    return InvitedOut(
        units=[
            UnitInvitedOut(unit_id=id_, links=links, addresses=addresses, refused=refused, shared_cap=cap)
            for id_, links, addresses, refused, cap in rows
        ],
        mail_problem=Obstacle(code=problem, sentence=sentences(problem)) if problem else None,
    )
