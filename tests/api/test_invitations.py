"""Inviting staff: links, sheets, e-mails, reminders; and that none of it tells who has answered."""

import asyncio
import io
import socket
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from sqlalchemy import text

from api.settings import Settings
from api.surveys import mails
from tests.api.answering import Round, made_round, quiet_round, token_of
from tests.conftest import Api, Mailbox, World
from tests.paper import pages_of, scanned

quiet = pytest.fixture(scope="module")(quiet_round)


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


async def invited(round_: Round) -> dict[str, Any]:
    names = {id_: name for name, id_ in round_.units.items()}
    progress = (await round_.admin.get(f"{round_.path}/progress")).json()
    return {names[unit["unit_id"]]: unit["invited"] for unit in progress["units"]}


async def test_links_are_each_others_equals_and_count_as_invited(round_: Round) -> None:
    made = await round_.invite(
        {"unit_external_id": "sol", "links": 4}, {"unit_id": round_.units["maane"], "shared_cap": 6}
    )
    sol, maane = made["units"]
    assert (len(set(sol["links"])), sol["shared"], maane["links"], maane["shared"]["cap"]) == (4, None, [], 6)
    assert all(link.startswith("http://test/svar#") and len(token_of(link)) == 26 for link in sol["links"])
    assert await invited(round_) == {"sol": 4, "maane": 6, "stjerne": None}
    listed = await round_.admin.get(f"{round_.path}/invitations")
    assert {unit["unit_id"]: (unit["links"], unit["shared_cap"]) for unit in listed.json()["units"]} == {
        round_.units["sol"]: (4, None),
        round_.units["maane"]: (0, 6),
    }
    assert not any(token_of(link) in listed.text for link in sol["links"])


async def test_the_larger_of_what_was_said_and_what_was_invited_is_the_number_asked(round_: Round) -> None:
    await round_.links("sol", 4)
    await round_.links("maane", 4)
    said = [{"unit_external_id": "sol", "invited": 9}, {"unit_external_id": "maane", "invited": 2}]
    await round_.admin.put(f"{round_.path}/invited", json={"units": said})
    assert await invited(round_) == {"sol": 9, "maane": 4, "stjerne": None}


async def test_the_number_asked_reaches_the_results(round_: Round) -> None:
    for token in (await round_.links("sol", 20))[:15]:
        await round_.submit(token)
    await round_.admin.post(f"{round_.path}/close")
    results = (await round_.admin.get(f"{round_.path}/results", params={"scope": "unit:sol"})).json()
    assert (results["n"], results["invited"], results["response_rate"]) == (15, 20, 0.75)


@pytest.mark.parametrize(
    ("unit", "pointer", "code"),
    [
        ({"unit_external_id": "sol", "links": 0}, "/units/0/links", "greater-than-equal"),
        ({"unit_external_id": "sol", "links": 100_000}, "/units/0/links", "less-than-equal"),
        ({"unit_external_id": "sol"}, "/units/0", "nobody-invited"),
        ({"links": 2}, "/units/0", "one-reference"),
        (
            {"unit_external_id": "sol", "addresses": ["a@b.dk", "ikke en adresse"]},
            "/units/0/addresses/1",
            "not-an-email",
        ),
        ({"unit_external_id": "sol", "addresses": ["010180-1234@b.dk"]}, "/units/0/addresses/0", "looks-like-cpr"),
        ({"unit_external_id": "sol", "addresses": ["a\r\nBcc: x@b.dk"]}, "/units/0/addresses/0", "control-character"),
        ({"unit_external_id": "sol", "addresses": []}, "/units/0", "nobody-invited"),
    ],
)
async def test_a_wrong_invitation_is_refused_field_by_field(
    quiet: Round, unit: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await quiet.admin.post(f"{quiet.path}/invitations", json={"units": [unit]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert await invited(quiet) == {"sol": None, "maane": None, "stjerne": None}


async def test_only_units_of_the_round_are_invited(world: World, admin: Api, anonymous: Api) -> None:
    some = await made_round(world, admin, anonymous, scope=["area:ost"])
    answer = await admin.post(f"{some.path}/invitations", json={"units": [{"unit_external_id": "stjerne", "links": 1}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "unit-not-in-round")
    unknown = await admin.post(f"{some.path}/invitations", json={"units": [{"unit_external_id": "x", "links": 1}]})
    assert (unknown.status_code, unknown.json()["params"]) == (422, {"field": "units/0"})


async def test_nobody_is_invited_to_a_closed_round(round_: Round) -> None:
    await round_.admin.post(f"{round_.path}/close")
    for path in ("invitations", "reminders"):
        body = {"units": [{"unit_external_id": "sol", "links": 1}]} if path == "invitations" else None
        answer = await round_.admin.post(f"{round_.path}/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "round-state")


async def test_the_sheet_has_a_code_for_each_person_and_its_links_work(round_: Round) -> None:
    body = {"units": [{"unit_external_id": "sol", "links": 9}, {"unit_external_id": "maane", "shared_cap": 5}]}
    answer = await round_.admin.post(f"{round_.path}/invitations", json=body, params={"format": "pdf"})
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-store"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        alts = [alt for alt in _alternatives(pdf.Root.StructTreeRoot) if alt.startswith("QR-kode")]
    pages = [scanned(page) for page in pages_of(answer.content)]
    assert [len(page) for page in pages] == [6, 3, 1]
    tokens = [token_of(link) for page in pages for link in page]
    assert sorted(tokens) == sorted(token_of(alt) for alt in alts)
    assert len(set(tokens)) == 10
    states = [(await round_.people.get(f"/v1/answers/{token}")).json()["state"] for token in tokens]
    assert sorted(states) == ["new"] * 9 + ["shared"]
    assert await invited(round_) == {"sol": 9, "maane": 5, "stjerne": None}


def _alternatives(element: Any) -> list[str]:
    if isinstance(element, pikepdf.Array):
        return [found for child in element for found in _alternatives(child)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [str(element.Alt)] if "/Alt" in element else []
    return own + (_alternatives(element.K) if "/K" in element else [])


async def test_a_sheet_that_cannot_be_drawn_leaves_no_invitation_behind(round_: Round) -> None:
    for unit in ({"links": 400}, {"addresses": ["a@solsikken.dk"]}):
        body = {"units": [{"unit_external_id": "sol"} | unit]}
        answer = await round_.admin.post(f"{round_.path}/invitations", json=body, params={"format": "pdf"})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not-printable")
    assert (await round_.admin.get(f"{round_.path}/invitations")).json()["units"] == []


async def test_a_number_that_was_said_wins_over_the_cap_of_a_shared_link(round_: Round) -> None:
    await round_.invite({"unit_external_id": "sol", "shared_cap": 30}, {"unit_external_id": "maane", "shared_cap": 30})
    await round_.links("maane", 4)
    said = [{"unit_external_id": "sol", "invited": 9}, {"unit_external_id": "maane", "invited": 2}]
    await round_.admin.put(f"{round_.path}/invited", json={"units": said})
    assert await invited(round_) == {"sol": 9, "maane": 4, "stjerne": None}


async def test_a_withdrawn_shared_link_keeps_its_cap(round_: Round) -> None:
    asked = {"unit_external_id": "sol", "shared_cap": 2}
    began = []
    for _ in range(2):
        shared = token_of((await round_.invite(asked))["units"][0]["shared"]["link"])
        began += [(await round_.people.post(f"/v1/answers/{shared}")).status_code for _ in range(2)]
        await round_.admin.delete(f"{round_.path}/invitations/{round_.units['sol']}")
    assert began == [201, 201, 409, 409]
    assert (await invited(round_))["sol"] == 2


async def test_a_lower_cap_forgets_nobody_who_came_in_before(round_: Round) -> None:
    began = []
    for cap in (3, 1, 3):
        made = await round_.invite({"unit_external_id": "sol", "shared_cap": cap})
        shared = token_of(made["units"][0]["shared"]["link"])
        began += [(await round_.people.post(f"/v1/answers/{shared}")).status_code for _ in range(2)]
    assert began == [201, 201, 409, 409, 201, 409]


async def test_nobody_is_reminded_of_what_can_no_longer_be_answered(round_: Round) -> None:
    over = await round_.admin.patch(round_.path, json={"closes_on": "2026-10-18"}, headers={"If-Match": "*"})
    assert over.status_code == 200, over.text
    answer = await round_.admin.post(f"{round_.path}/reminders")
    assert (answer.status_code, answer.json()["code"]) == (409, "round-over")
    assert "2026-10-18" in answer.json()["detail"]


async def test_a_lost_sheet_is_withdrawn_and_what_was_handed_out_stays_counted(round_: Round) -> None:
    used, lost = await round_.links("sol", 2)
    shared = (await round_.invite({"unit_external_id": "sol", "shared_cap": 4}))["units"][0]["shared"]["link"]
    begun = (await round_.people.post(f"/v1/answers/{token_of(shared)}")).json()["token"]
    await round_.submit(used)
    answer = await round_.admin.delete(f"{round_.path}/invitations/{round_.units['sol']}")
    assert answer.status_code == 204
    for token in (lost, token_of(shared)):
        assert (await round_.people.get(f"/v1/answers/{token}")).json()["code"] == "unknown-link"
    assert (await round_.submit(begun)).status_code == 200
    assert ((await invited(round_))["sol"], (await round_.answered())["sol"]) == (6, 2)
    (unit,) = (await round_.admin.get(f"{round_.path}/invitations")).json()["units"]  # as before: not what was used
    assert (unit["links"], unit["shared_cap"]) == (2, 4)


async def test_an_email_brings_the_link_in_danish_and_english(round_: Round, mailbox: Mailbox) -> None:
    made = await round_.invite({"unit_external_id": "sol", "addresses": ["Anna@Solsikken.dk", "anna@solsikken.dk"]})
    assert made["units"][0] == {"unit_id": round_.units["sol"], "links": [], "addresses": 1, "shared": None}
    (letter,) = await mailbox.wait_for("anna@solsikken.dk")
    (message,) = mailbox.received["anna@solsikken.dk"]
    assert message["Subject"] == "Spørgeskema: Parathed efterår"
    assert message["From"] == "Vi lærer sammen <svar@vls.example.dk>"
    danish, english = letter.split("--- In English ---")
    token = danish.split("#", 1)[1][:26]
    assert "Svar senest den 30. oktober 2026" in danish
    assert "Answer by 30 October 2026" in english
    assert token in english
    assert (await round_.submit(token)).status_code == 200


async def test_the_same_list_again_invites_nobody_twice_and_does_not_tell_who_has_answered(
    round_: Round, mailbox: Mailbox
) -> None:
    asked = {"unit_external_id": "sol", "addresses": ["bo@solsikken.dk", "ib@solsikken.dk"]}
    first = await round_.invite(asked)
    (letter,) = await mailbox.wait_for("bo@solsikken.dk")
    await mailbox.wait_for("ib@solsikken.dk")
    await round_.submit(letter.split("#", 1)[1][:26])
    again = await round_.invite(asked, {"unit_external_id": "maane", "addresses": ["kim@solsikken.dk"]})
    assert again["units"][0] == first["units"][0]
    await mailbox.wait_for("kim@solsikken.dk")
    assert [len(mailbox.received[f"{name}@solsikken.dk"]) for name in ("bo", "ib")] == [1, 1]
    assert (await invited(round_))["sol"] == 2


async def test_a_reminder_reaches_those_who_have_not_answered_and_tells_nobody_who_they_are(
    round_: Round, mailbox: Mailbox
) -> None:
    await round_.invite({"unit_external_id": "sol", "addresses": ["eva@solsikken.dk", "lis@solsikken.dk"]})
    (eva,), _ = await mailbox.wait_for("eva@solsikken.dk"), await mailbox.wait_for("lis@solsikken.dk")
    await _all_sent(round_)
    before = await round_.admin.post(f"{round_.path}/reminders")
    assert (before.status_code, before.json()) == (202, {"units": 1, "addresses": 2})
    first, second = await mailbox.wait_for("lis@solsikken.dk", count=2)
    assert "er ikke brugt endnu" in second
    assert first.split("#", 1)[1][:26] == second.split("#", 1)[1][:26]
    await mailbox.wait_for("eva@solsikken.dk", count=2)
    await _all_sent(round_)
    await round_.submit(eva.split("#", 1)[1][:26])
    after = await round_.admin.post(f"{round_.path}/reminders")
    await mailbox.wait_for("lis@solsikken.dk", count=3)
    await _all_sent(round_)
    assert after.json() == before.json()
    assert len(mailbox.received["eva@solsikken.dk"]) == 2


async def _all_sent(round_: Round) -> None:
    """A mail that has arrived is ticked off a moment later; a reminder before that would go to nobody."""
    for _ in range(500):
        async with round_.world.app.state.database.reading(UUID(round_.world.id)) as tx:
            due = "SELECT count(*) FROM survey_invitations WHERE round_id = :id AND mail IN ('invitation', 'reminder')"
            if await tx.scalar(text(due), {"id": round_.id}) == 0:
                return
        await asyncio.sleep(0.02)
    raise AssertionError("mails are still due")


async def test_an_address_nobody_has_is_counted_and_the_others_get_their_mail(round_: Round, mailbox: Mailbox) -> None:
    addresses = ["unknown@solsikken.dk", "later@solsikken.dk", "ole@solsikken.dk"]
    await round_.invite({"unit_external_id": "sol", "addresses": addresses})
    await mailbox.wait_for("ole@solsikken.dk")
    for _ in range(500):
        (unit,) = (await round_.admin.get(f"{round_.path}/invitations")).json()["units"]
        if unit["refused"]:
            break
    assert (unit["addresses"], unit["refused"]) == (3, 1)


async def test_many_lists_at_once_leave_everybody_else_a_connection(
    round_: Round, mailbox: Mailbox, settings: Settings
) -> None:
    """More mailings of a round than there are connections: one sends, and what came meanwhile is sent as well."""
    addresses = [f"slow{n}@solsikken.dk" for n in range(settings.database_pool + 10)]
    path, unit = f"{round_.path}/invitations", {"unit_external_id": "sol"}
    posts = [round_.admin.post(path, json={"units": [unit | {"addresses": [address]}]}) for address in addresses]
    assert {answer.status_code for answer in await asyncio.gather(*posts)} == {201}
    seen = await asyncio.gather(*(round_.admin.get(path) for _ in range(settings.database_pool)))
    assert {answer.status_code for answer in seen} == {200}
    for address in addresses:
        await mailbox.wait_for(address)


async def test_mails_wait_for_the_round_to_open(world: World, admin: Api, anonymous: Api, mailbox: Mailbox) -> None:
    draft = await made_round(world, admin, anonymous, opened=False)
    await draft.invite({"unit_external_id": "sol", "addresses": ["vent@solsikken.dk"]})
    assert "vent@solsikken.dk" not in mailbox.received
    await admin.post(f"{draft.path}/open")
    await mailbox.wait_for("vent@solsikken.dk")


async def test_while_the_mail_server_is_away_mails_wait_and_are_tried_again(
    world: World, admin: Api, anonymous: Api, mailbox: Mailbox, settings: Settings
) -> None:
    draft = await made_round(world, admin, anonymous, opened=False)
    await draft.invite({"unit_external_id": "sol", "addresses": ["taalmod@solsikken.dk"]})
    database, municipality, id_ = world.app.state.database, UUID(world.id), UUID(draft.id)
    async with database.writing(municipality) as tx:  # open, and no worker knows of it
        await tx.execute(text("UPDATE survey_rounds SET state = 'open' WHERE id = :id"), {"id": id_})
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = settings.model_copy(update={"smtp_port": nobody.getsockname()[1]})
        await mails.job(away)(database, municipality, id_)
    waiting = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'survey-mails' AND execute_after > now() + '4 minutes'"
    async with database.reading(municipality) as tx:
        assert await tx.scalar(text(waiting)) >= 1
    assert "taalmod@solsikken.dk" not in mailbox.received
    await mails.job(settings)(database, municipality, id_)
    await mailbox.wait_for("taalmod@solsikken.dk")


async def test_a_letter_that_cannot_be_sent_keeps_no_other_back(
    round_: Round, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = mails._Mailing._message

    def breaks(self: Any, letter: Any, address: str) -> Any:
        if address.startswith("uheldig"):
            raise ValueError("no such letter")
        return written(self, letter, address)

    monkeypatch.setattr(mails._Mailing, "_message", breaks)
    lucky = [f"heldig{n}@solsikken.dk" for n in range(4)]
    await round_.invite({"unit_external_id": "sol", "addresses": ["uheldig@solsikken.dk", *lucky]})
    for address in lucky:
        await mailbox.wait_for(address)
    again = (
        "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'survey-mails' AND execute_after > now() + '4 minutes'"
        " AND convert_from(payload, 'UTF8') LIKE :id"
    )
    for _ in range(200):
        async with round_.world.app.state.database.reading(UUID(round_.world.id)) as tx:
            if await tx.scalar(text(again), {"id": f"%{round_.id}%"}):
                break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("the letter is not tried again")
    monkeypatch.undo()
    await mails.job(round_.world.settings)(round_.world.app.state.database, UUID(round_.world.id), UUID(round_.id))
    await mailbox.wait_for("uheldig@solsikken.dk")


async def test_without_a_mail_server_addresses_are_refused_and_links_are_not(
    round_: Round, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "smtp_host", None)
    body = {"units": [{"unit_external_id": "sol", "addresses": ["a@solsikken.dk"]}]}
    for answer in (
        await round_.admin.post(f"{round_.path}/invitations", json=body),
        await round_.admin.post(f"{round_.path}/reminders"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "mail-not-configured")
    assert len(await round_.links("sol", 1)) == 1


@pytest.mark.parametrize(("role", "place"), [("leader", "unit:sol"), ("educator", None), ("integration", "unit:sol")])
async def test_only_the_administration_invites(round_: Round, role: str, place: str | None) -> None:
    await round_.admin.post("/v1/rooms", json={"external_id": "bi", "name": "Bi", "unit_external_id": "sol"})
    async with await round_.world.client(role, places=[place or "room:bi"]) as client:
        body = {"units": [{"unit_external_id": "sol", "links": 1}]}
        assert (await client.post(f"{round_.path}/invitations", json=body)).status_code == 403
        assert (await client.post(f"{round_.path}/reminders")).status_code == 403
        assert (await client.delete(f"{round_.path}/invitations/{round_.units['sol']}")).status_code == 403


async def test_a_leader_sees_how_the_own_unit_was_invited(round_: Round) -> None:
    await round_.links("sol", 2)
    await round_.links("maane", 3)
    async with await round_.world.client("leader", places=["unit:sol"]) as leader:
        listed = (await leader.get(f"{round_.path}/invitations")).json()["units"]
    assert [(unit["unit_id"], unit["links"]) for unit in listed] == [(round_.units["sol"], 2)]
