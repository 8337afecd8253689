"""Answering through a link: reading the questionnaire, saving, submitting once.

What is promised to staff is kept here and explained in docs/anonymity.md. When somebody submits, every answer of the
unit is written anew in random order under new ids, and every token of the unit in the order of its hash, all in one
transaction: neither ids nor the row order nor the transaction numbers that PostgreSQL keeps say which answer came
with which token, and no time is kept at all.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args
from uuid import UUID

from sqlalchemy import (
    Insert,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from api.clock import COPENHAGEN
from api.db import Row, act_for
from api.field_faults import found_by_domain
from api.problems import Problem
from api.roster.schemas import StaffRole
from api.surveys import instruments, rounds
from api.surveys.answering_schemas import AnswersIn, AnswersOut
from api.surveys.invitation_tables import SurveyInvitation, SurveySharedLink
from api.surveys.links import decrypted_draft, encrypted_draft, hash_of, new_token
from api.surveys.locks import alone_in_unit, held_open
from api.surveys.tables import SurveyResponse, SurveyRound
from domain.instruments import Instrument
from domain.questionnaire import QUESTIONNAIRE_CATALOGUE, answer_problems, in_order
from reporting.numbers import day

_instruments: dict[tuple[UUID, str, int], Instrument] = {}  # published versions never change
_MOST_INSTRUMENTS = 100


@dataclass(frozen=True, slots=True)
class Presented:
    """What a token leads to."""

    municipality_id: UUID
    round_id: UUID
    unit_id: UUID
    kind: Literal["personal", "shared"]


async def present(tx: AsyncSession, token: str) -> Presented:
    """Find what the token is for, and act for its municipality from here on."""
    tables: tuple[tuple[Literal["personal", "shared"], Any], ...] = (
        ("personal", SurveyInvitation),
        ("shared", SurveySharedLink),
    )
    for kind, table in tables:
        columns = select(table.municipality_id, table.round_id, table.unit_id)
        row = (await tx.execute(columns.where(table.token_hash == hash_of(token)))).first()
        if row is not None:
            await act_for(tx, row.municipality_id)
            return Presented(row.municipality_id, row.round_id, row.unit_id, kind)
    raise Problem("unknown-link")


async def open_round(tx: AsyncSession, presented: Presented, *, today: date, held: bool = True) -> SurveyRound:
    """The round, held open unless one only looks; a kind refusal when it is not open yet or not any more."""
    row = await held_open(tx, presented.round_id) if held else await rounds.find(tx, presented.round_id)
    if row.state == "draft":
        raise _on("round-not-open-yet", "opens", row.opens_on)
    if row.state == "closed" or today > row.closes_on:
        closed_on = row.closes_on
        if row.closed_at is not None:
            closed_on = min(closed_on, row.closed_at.astimezone(COPENHAGEN).date())
        raise _on("round-closed", "closed", closed_on)
    return row


def _on(code: str, what: str, date_: date) -> Problem:
    """A refusal that names a day as people write it."""
    written = {f"{what}_da": day(date_, language="da"), f"{what}_en": day(date_, language="en")}
    params: dict[str, Any] = {f"{what}_on": date_.isoformat(), **written}
    return Problem(code, **params)


async def saved(tx: AsyncSession, token: str) -> Mapping[str, Any] | None:
    """What was saved under an unused token."""
    row = (await tx.execute(_unused(token))).first()
    if row is None or row.used:
        raise Problem("already-answered" if row else "unknown-link")
    return json.loads(decrypted_draft(token, row.draft)) if row.draft else None


def _unused(token: str) -> Any:
    mine = SurveyInvitation.token_hash == hash_of(token)
    return select(SurveyInvitation.used, SurveyInvitation.draft).where(mine)


async def save(tx: AsyncSession, token: str, body: AnswersIn, *, today: date) -> AnswersOut:
    """Save the answers or, with `submit`, count them; of two submits at once exactly one is counted."""
    presented = await present(tx, token)
    if presented.kind == "shared":
        raise Problem("shared-link")
    round_ = await open_round(tx, presented, today=today)
    instrument = await instrument_of(tx, round_)
    _refuse_wrong(instrument, body)
    await alone_in_unit(tx, presented.round_id, presented.unit_id)
    await saved(tx, token)
    if body.submit:
        answers = in_order(instrument.items, body.answers)
        await _count(tx, presented, role=body.role, answers=answers)
        await _mark_used(tx, presented, token)
    else:
        draft = encrypted_draft(token, _draft(body.answers, body.role), longest=_longest_draft(instrument))
        mine = SurveyInvitation.token_hash == hash_of(token)
        await tx.execute(update(SurveyInvitation).where(mine).values(draft=draft))
    return AnswersOut(
        state="submitted" if body.submit else "saved",
        answered=sum(value is not None for value in body.answers.values()),
        items=len(instrument.items),
    )


def _draft(answers: Mapping[str, int | None], role: str | None) -> bytes:
    return json.dumps({"answers": answers, "role": role}).encode()


def _longest_draft(instrument: Instrument) -> int:
    """How long a draft is in which everything stands: `null` takes as much room as any answer."""
    everything = dict.fromkeys(item.key for item in instrument.items)
    return len(_draft(everything, max(get_args(StaffRole), key=len)))


def _refuse_wrong(instrument: Instrument, body: AnswersIn) -> None:
    problems = answer_problems(instrument, body.answers, submitted=body.submit)
    if errors := found_by_domain(problems, QUESTIONNAIRE_CATALOGUE):
        raise Problem("invalid-answers", errors=errors)


async def _count(tx: AsyncSession, presented: Presented, *, role: str | None, answers: list[int | None]) -> None:
    """Add the answers to those of the unit, and write all of them anew, mixed, so that nothing tells the last one."""
    of_unit = {"municipality": presented.municipality_id, "round": presented.round_id, "unit": presented.unit_id}
    await tx.execute(_MIXED_ANEW, of_unit | {"role": role, "answers": answers})


async def _mark_used(tx: AsyncSession, presented: Presented, token: str) -> None:
    """Leave of the token that it was used, and write all tokens of the unit anew in the order of their hashes."""
    of_unit = {"round": presented.round_id, "unit": presented.unit_id}
    await tx.execute(_IN_LINE_ANEW, of_unit | {"hash": hash_of(token)})


def _mixed_anew() -> Insert:
    table = SurveyResponse
    round_, unit = bindparam("round", type_=table.round_id.type), bindparam("unit", type_=table.unit_id.type)
    mine = and_(table.round_id == round_, table.unit_id == unit, table.through_link)
    gone = delete(table).where(mine).returning(table.municipality_id, table.role, table.answers).cte("gone")
    new = select(
        bindparam("municipality", type_=table.municipality_id.type),
        bindparam("role", type_=table.role.type),
        bindparam("answers", type_=table.answers.type),
    )
    everybody = union_all(select(gone.c.municipality_id, gone.c.role, gone.c.answers), new).subquery()
    mixed = select(
        everybody.c.municipality_id, round_, func.gen_random_uuid(), unit, everybody.c.role, everybody.c.answers, true()
    ).order_by(func.gen_random_uuid())
    columns = ["municipality_id", "round_id", "id", "unit_id", "role", "answers", "through_link"]
    return insert(_rows(table)).from_select(columns, mixed)


def _in_line_anew() -> Insert:
    table = SurveyInvitation
    mine = and_(table.round_id == bindparam("round"), table.unit_id == bindparam("unit"))
    gone = delete(table).where(mine).returning(table).cte("gone")
    used_now = gone.c.token_hash == bindparam("hash")
    fields: dict[str, Any] = {column.name: gone.c[column.name] for column in table.__table__.columns}
    for erased in ("draft", "address", "sealed_token", "mail"):
        fields[erased] = case((used_now, null()), else_=fields[erased])
    fields["used"] = or_(gone.c.used, used_now)
    return insert(_rows(table)).from_select(list(fields), select(*fields.values()).order_by(gone.c.token_hash))


def _rows(mapped: type[Row]) -> Table:
    """The table alone: with a mapped class, parameters would be taken for rows to insert."""
    return cast("Table", mapped.__table__)


_MIXED_ANEW, _IN_LINE_ANEW = _mixed_anew(), _in_line_anew()  # composed once: it is most of what a submit costs here


async def start(tx: AsyncSession, token: str, *, today: date) -> str:
    """A token of one's own, through the unit's shared link, as long as there are any."""
    presented = await present(tx, token)
    if presented.kind == "personal":
        raise Problem("not-a-shared-link")
    await open_round(tx, presented, today=today)
    await alone_in_unit(tx, presented.round_id, presented.unit_id)
    mine = SurveySharedLink.token_hash == hash_of(token)
    left = and_(mine, SurveySharedLink.handed_out < SurveySharedLink.cap)
    more = update(SurveySharedLink).where(left).values(handed_out=SurveySharedLink.handed_out + 1)
    if await tx.scalar(more.returning(SurveySharedLink.handed_out)) is None:
        cap = await tx.scalar(select(SurveySharedLink.cap).where(mine))
        raise Problem("shared-link-exhausted" if cap else "unknown-link", cap=cap)
    personal = new_token()
    await tx.execute(
        insert(SurveyInvitation).values(
            municipality_id=presented.municipality_id,
            token_hash=hash_of(personal),
            round_id=presented.round_id,
            unit_id=presented.unit_id,
            channel="shared",
        )
    )
    return personal


async def instrument_of(tx: AsyncSession, round_: SurveyRound) -> Instrument:
    """The published version, read once: it never changes."""
    key = round_.municipality_id, round_.instrument_key, round_.instrument_version
    if key not in _instruments:
        found = instruments.to_domain(await instruments.find(tx, round_.instrument_key, round_.instrument_version))
        if len(_instruments) >= _MOST_INSTRUMENTS:
            _instruments.clear()
        _instruments[key] = found
    return _instruments[key]
