"""Invitations and reminders by e-mail: sent one by one as a queued job, each until its server has taken it.

What is due stands on the invitation, so a killed worker's mails are sent by the next. Nothing tells which invitations a
reminder went to: that would tell who has answered.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any, cast
from uuid import UUID

import aiosmtplib
import structlog
from sqlalchemy import exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.tables import Municipality
from api.db import Database
from api.jobs import Work, enqueue, tried_again
from api.roster.tables import Unit
from api.settings import Settings
from api.surveys import instruments
from api.surveys.invitation_tables import SurveyInvitation
from api.surveys.links import address_of, sealer_of
from api.surveys.locks import alone_in_unit, held_open
from api.surveys.mail_server import connected, problem_of
from api.surveys.tables import SurveyRound
from reporting.invitations.letter import Letter, LetterKind, body, subject

log = structlog.get_logger("vls.mails")
JOB = "survey-mails"
AGAIN = timedelta(minutes=5)  # a mail server that is away, or says "later", is asked again after this
SOON = timedelta(seconds=10)  # while as many rounds are mailed as this process can
DUE = SurveyInvitation.mail.in_(("invitation", "reminder"))


@dataclass(frozen=True, slots=True)
class _Due:
    token_hash: bytes
    unit_id: UUID
    unit: str
    address: str
    sealed_token: str
    kind: LetterKind


async def enqueue_for(tx: AsyncSession, row: SurveyRound) -> None:
    """Send what is due in the round, if there is anything; before it opens, mails wait."""
    waiting = exists().where(SurveyInvitation.round_id == row.id, DUE)
    if row.state == "open" and await tx.scalar(select(waiting)):
        await enqueue(tx, JOB, municipality_id=row.municipality_id, subject_id=row.id)


def job(settings: Settings) -> Work:
    """The work of a queued mailing of a round."""

    places = asyncio.Semaphore(settings.database_pool // 4 or 1)  # each keeps a connection, which others need too

    async def run(database: Database, municipality_id: UUID, round_id: UUID) -> None:
        after: timedelta | None = SOON
        if not places.locked():
            async with places, database.writing(municipality_id) as only:
                if not await _alone(only, round_id):
                    return  # whoever is sending looks once more when it is done
                complete = await _Mailing(settings, database, municipality_id, round_id).send()
            after = None if complete else AGAIN
        async with database.writing(municipality_id) as tx:
            if after is None:
                await enqueue_for(tx, (await tx.scalars(select(SurveyRound).where(SurveyRound.id == round_id))).one())
            else:
                await enqueue(tx, JOB, municipality_id=municipality_id, subject_id=round_id, after=after)

    return tried_again(JOB, run, after=AGAIN)


async def _alone(tx: AsyncSession, round_id: UUID) -> bool:
    """Whether nobody else sends the round's mails, until the transaction ends. Does not wait for others to end."""
    taken = await tx.scalar(
        text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"mails:{round_id}"}
    )
    return bool(taken)


@dataclass(frozen=True, slots=True)
class _Mailing:
    """One run through what is due in a round."""

    settings: Settings
    database: Database
    municipality_id: UUID
    round_id: UUID
    unreadable: set[bytes] = field(default_factory=set)

    async def send(self) -> bool:
        """Whether everything that was due has been dealt with."""
        if (template := await self._template()) is None:
            return True
        if not self.settings.smtp_host:
            log.warning("this worker has no mail server")  # another may
            await self._note("mail-not-configured")
            return False
        postponed: set[bytes] = set()
        try:
            async with connected(self.settings) as server:
                while (due := await self._next(postponed)) is not None:
                    taken = await self._deliver(server, due, template)
                    if taken is None:
                        postponed.add(due.token_hash)
                    else:
                        await self._done(due, refused=not taken)
        except (aiosmtplib.SMTPException, OSError) as error:
            problem = problem_of(error)
            # not the error's text, which may hold an address
            log.warning("mail server failed", problem=problem, error=type(error).__name__)
            await self._note(problem)
            return False
        await self._note("mail-secret-differs" if self.unreadable else None)
        return not postponed

    async def _note(self, problem: str | None) -> None:
        """What hinders the mails of the round, for those who invited."""
        other = SurveyRound.id == self.round_id, SurveyRound.mail_problem.is_distinct_from(problem)
        async with self.database.writing(self.municipality_id) as tx:
            await tx.execute(update(SurveyRound).where(*other).values(mail_problem=problem))

    async def _template(self) -> Letter | None:
        """What every letter of the round says, or None when it is not open."""
        async with self.database.reading(self.municipality_id) as tx:
            row = (await tx.scalars(select(SurveyRound).where(SurveyRound.id == self.round_id))).one()
            if row.state != "open":
                return None
            published = await instruments.find(tx, row.instrument_key, row.instrument_version)
            municipality = (await tx.scalars(select(Municipality))).one()
        return Letter(
            kind="invitation",
            round_title=row.title,
            unit="",
            municipality=municipality.name,
            closes_on=row.closes_on,
            minimum=published.rules.min_n_mean,
            link="",
        )

    async def _next(self, postponed: set[bytes]) -> _Due | None:
        columns = (
            SurveyInvitation.token_hash,
            SurveyInvitation.unit_id,
            Unit.name,
            SurveyInvitation.address,
            SurveyInvitation.sealed_token,
            SurveyInvitation.mail,
        )
        query = select(*columns).join(Unit, Unit.id == SurveyInvitation.unit_id)
        mine = SurveyInvitation.round_id == self.round_id, DUE, SurveyInvitation.token_hash.not_in(postponed)
        async with self.database.reading(self.municipality_id) as tx:
            row = (await tx.execute(query.where(*mine).order_by(SurveyInvitation.token_hash).limit(1))).first()
        return _Due(*cast("Any", row)) if row else None

    async def _deliver(self, server: aiosmtplib.SMTP, due: _Due, template: Letter) -> bool | None:
        """Whether the server took it: yes, no, or (None) not now."""
        token = sealer_of(self.settings).opened(due.sealed_token)
        if token is None:
            log.warning("invitation sealed with another secret")
            self.unreadable.add(due.token_hash)
            return None  # whoever has the secret can still send it
        letter = replace(template, kind=due.kind, unit=due.unit, link=address_of(self.settings, token))
        try:
            await server.send_message(self._message(letter, due.address))
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return None if any(400 <= found.code < 500 for found in refused.recipients) else False
        except aiosmtplib.SMTPResponseException as answer:
            if 400 <= answer.code < 500:
                return None
            raise
        except (aiosmtplib.SMTPException, OSError):
            raise  # the server's, not the letter's
        except Exception as error:
            log.error("a letter cannot be sent", error=type(error).__name__)  # its text may hold the address
            return None  # it waits, and the others do not wait for it
        return True

    def _message(self, letter: Letter, address: str) -> EmailMessage:
        message = EmailMessage()
        sender = self.settings.smtp_sender or f"noreply@{self.settings.smtp_host}"
        message["From"], message["To"], message["Subject"] = sender, address, subject(letter)
        message["Date"], message["Message-ID"] = (
            formatdate(),
            make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2]),
        )
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body(letter), cte="quoted-printable")
        return message

    async def _done(self, due: _Due, *, refused: bool) -> None:
        async with self.database.writing(self.municipality_id) as tx:
            await held_open(tx, self.round_id)
            await alone_in_unit(tx, self.round_id, due.unit_id)
            mine = SurveyInvitation.token_hash == due.token_hash, SurveyInvitation.mail == due.kind
            left = "refused" if refused else None
            await tx.execute(update(SurveyInvitation).where(*mine).values(mail=left))
