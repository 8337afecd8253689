"""Mails go over TLS to a server that proves who it is; where it does not, nothing is sent, said or lost."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword
from pydantic import SecretStr
from sqlalchemy import text

from api.settings import Settings
from api.surveys import mails
from api.worker import run_until_stopped
from tests.api.answering import Round, made_round
from tests.conftest import Api, World
from tests.mailbox import Mailbox, serving_mail

Security = Literal["tls", "starttls"]
ADDRESS = "sikker@solsikken.dk"
PASSWORD = "et godt kodeord"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def known(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authority's certificate, as the municipality's IT hands it over."""
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def _login(_: Any, __: Any, ___: Any, ____: Any, given: LoginPassword) -> AuthResult:
    return AuthResult(success=given.password == PASSWORD.encode(), handled=False)


def serving(security: Security, certificate: ssl.SSLContext, **more: Any) -> Any:
    if security == "tls":
        return serving_mail(ssl_context=certificate, **more)
    return serving_mail(tls_context=certificate, require_starttls=True, **more)


@pytest.fixture(params=["tls", "starttls"])
def security(request: pytest.FixtureRequest) -> Security:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def secured(security: Security, authority: trustme.CA) -> Iterator[Mailbox]:
    with serving(security, certified(authority, "127.0.0.1")) as box:
        yield box


@pytest.fixture
async def waiting(world: World, admin: Api, anonymous: Api) -> Round:
    """A round with one invitation to mail, and no worker that knows of it."""
    round_ = await made_round(world, admin, anonymous, opened=False)
    await round_.invite({"unit_external_id": "sol", "addresses": [ADDRESS]})
    async with world.app.state.database.writing(UUID(world.id)) as tx:
        await tx.execute(text("UPDATE survey_rounds SET state = 'open' WHERE id = :id"), {"id": round_.id})
    return round_


async def mail(round_: Round, settings: Settings, box: Mailbox, security: str, **changed: Any) -> str | None:
    """Send what is due; the code of what hindered it, as those who invited are told."""
    asked = {"smtp_port": box.port, "smtp_security": security, **changed}
    world = round_.world
    await mails.job(settings.model_copy(update=asked))(world.app.state.database, UUID(world.id), UUID(round_.id))
    told = (await round_.admin.get(f"{round_.path}/invitations")).json()["mail_problem"]
    if told is None:
        return None
    assert set(told["sentence"]) == {"da", "en"}
    return str(told["code"])


async def again_in_minutes(round_: Round) -> bool:
    query = (
        "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'survey-mails' AND execute_after > now() + '4 minutes'"
        " AND convert_from(payload, 'UTF8') LIKE :id"
    )
    async with round_.world.app.state.database.reading(UUID(round_.world.id)) as tx:
        return bool(await tx.scalar(text(query), {"id": f"%{round_.id}%"}))


async def test_a_server_of_a_known_authority_gets_the_mails_over_tls(
    waiting: Round, settings: Settings, secured: Mailbox, security: str, known: Path
) -> None:
    assert await mail(waiting, settings, secured, security, smtp_ca_file=known) is None
    (letter,) = await secured.wait_for(ADDRESS)
    assert secured.in_clear == 0
    assert (await waiting.submit(letter.split("#", 1)[1][:26])).status_code == 200


async def test_a_server_of_an_unknown_authority_gets_nothing_and_the_mails_wait(
    waiting: Round, settings: Settings, secured: Mailbox, security: str, known: Path
) -> None:
    assert await mail(waiting, settings, secured, security) == "mail-server-not-trusted"
    assert secured.received == {}
    assert await again_in_minutes(waiting)
    assert await mail(waiting, settings, secured, security, smtp_ca_file=known) is None
    await secured.wait_for(ADDRESS)


async def test_a_certificate_of_another_server_is_refused(
    waiting: Round, settings: Settings, authority: trustme.CA, security: Security, known: Path
) -> None:
    with serving(security, certified(authority, "mail.andre.dk")) as box:
        problem = await mail(waiting, settings, box, security, smtp_ca_file=known)
    assert (problem, box.received) == ("mail-server-not-trusted", {})
    assert await again_in_minutes(waiting)


async def test_a_server_without_starttls_is_told_nothing_in_clear(
    waiting: Round, settings: Settings, known: Path
) -> None:
    with serving_mail() as box:
        problem = await mail(waiting, settings, box, "starttls", smtp_ca_file=known)
    assert (problem, box.received) == ("mail-server-not-trusted", {})


async def test_a_server_that_is_no_mail_server_over_tls_is_refused(
    waiting: Round, settings: Settings, known: Path
) -> None:
    with serving_mail() as box:
        problem = await mail(waiting, settings, box, "tls", smtp_ca_file=known)
    assert (problem, box.received) == ("mail-server-not-trusted", {})


async def test_a_wrong_password_is_a_problem_and_the_right_one_ends_it(
    waiting: Round, settings: Settings, authority: trustme.CA, known: Path
) -> None:
    security, login = "starttls", {"authenticator": _login, "auth_required": True}
    asked = {"smtp_ca_file": known, "smtp_username": "vls"}
    with serving(security, certified(authority, "127.0.0.1"), **login) as box:
        wrong = await mail(waiting, settings, box, security, **asked, smtp_password=SecretStr("forkert"))
        assert (wrong, box.received) == ("mail-server-refused", {})
        assert await mail(waiting, settings, box, security, **asked, smtp_password=SecretStr(PASSWORD)) is None
        await box.wait_for(ADDRESS)


async def test_a_server_that_is_away_is_a_problem_until_it_answers(
    waiting: Round, settings: Settings, mailbox: Mailbox
) -> None:
    with serving_mail() as gone:
        pass
    assert await mail(waiting, settings, gone, "none") == "mail-server-away"
    assert await mail(waiting, settings, gone, "none", smtp_host=None) == "mail-not-configured"
    assert await mail(waiting, settings, mailbox, "none") is None
    await mailbox.wait_for(ADDRESS)


async def test_a_worker_with_another_secret_refuses_no_letter(
    waiting: Round, settings: Settings, mailbox: Mailbox
) -> None:
    other = SecretStr("another secret, and just as long as it has to be")
    before = len(mailbox.received.get(ADDRESS, ()))
    assert await mail(waiting, settings, mailbox, "none", secret_key=other) == "mail-secret-differs"
    (unit,) = (await waiting.admin.get(f"{waiting.path}/invitations")).json()["units"]
    assert (unit["refused"], len(mailbox.received.get(ADDRESS, ()))) == (0, before)
    assert await again_in_minutes(waiting)
    assert await mail(waiting, settings, mailbox, "none") is None
    await mailbox.wait_for(ADDRESS, count=before + 1)


async def test_a_mailing_that_fails_is_tried_again(
    waiting: Round, settings: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other jobs of the round leave it to the one that sends, so that one must not be lost."""

    async def fails(*_: Any) -> None:
        raise LookupError

    monkeypatch.setattr(mails._Mailing, "_next", fails)
    with pytest.raises(LookupError):
        await mail(waiting, settings, mailbox, "none")
    assert await again_in_minutes(waiting)


async def test_a_worker_without_a_secret_does_not_start(settings: Settings) -> None:
    with pytest.raises(ValueError, match="VLS_SECRET_KEY"):
        await run_until_stopped(settings.model_copy(update={"secret_key": None}))


def test_an_authority_file_that_is_not_there_is_said_at_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="smtp_ca_file"):
        Settings(smtp_ca_file=tmp_path / "nothing.pem", _env_file=None)


def test_an_authority_file_that_is_left_empty_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VLS_SMTP_CA_FILE", "")
    assert Settings(_env_file=None).smtp_ca_file is None
