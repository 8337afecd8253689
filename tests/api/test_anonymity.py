"""What docs/anonymity.md promises, looked for by somebody who may read every table: the database's superuser."""

import asyncio
import itertools
from typing import Any

import httpx
import pytest
from structlog.processors import ExceptionRenderer
from structlog.testing import capture_logs

from api.logs import formatted
from api.surveys import answering
from api.surveys.links import hash_of
from tests.api.answering import INSTRUMENT, ITEMS, Round, made_round
from tests.conftest import Api, Mailbox, World


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


async def tokens_of(operator: Any, round_: Round) -> list[Any]:
    query = "SELECT *, xmin::text AS xmin, cmin::text AS cmin FROM survey_invitations WHERE round_id = $1 ORDER BY ctid"
    return list(await operator.fetch(query, round_.id))


async def answers_of(operator: Any, round_: Round) -> list[Any]:
    query = "SELECT *, xmin::text AS xmin, cmin::text AS cmin FROM survey_responses WHERE round_id = $1 ORDER BY ctid"
    return list(await operator.fetch(query, round_.id))


def told_by(row: Any, *, of_content: tuple[str, ...]) -> tuple[Any, ...]:
    """Everything a row says beside what it is about."""
    return tuple(value for name, value in row.items() if name not in of_content)


async def test_every_way_of_giving_the_answers_to_the_used_tokens_looks_the_same(round_: Round, operator: Any) -> None:
    """Each used token says the same as the next, and each answer too: nothing is left that could pair them."""
    tokens, seen = await round_.links("sol", 7), set[Any]()
    for number, token in enumerate(tokens[:5]):
        if number % 2:
            await round_.people.put(f"/v1/answers/{token}", json={"answers": {"will1": 1}})
        assert (await round_.submit(token, number + 1)).status_code == 200
        used = [row for row in await tokens_of(operator, round_) if row["used"]]
        answers = await answers_of(operator, round_)
        assert len(used) == len(answers) == number + 1
        assert len({told_by(row, of_content=("token_hash",)) for row in used}) == 1
        assert len({told_by(row, of_content=("id", "answers")) for row in answers}) == 1
        assert seen.isdisjoint(row["id"] for row in answers)  # none keeps the id it had
        seen |= {row["id"] for row in answers}
    assert sorted(row["answers"][0] for row in answers) == [1, 2, 3, 4, 5]


async def test_the_rows_of_answers_and_of_tokens_lie_in_every_order(round_: Round, operator: Any) -> None:
    """Three answers given in the same order, again and again: each of the six row orders turns up, in both tables.

    Tokens are written in the order of their hashes, but where on a page a row goes is PostgreSQL's choice.
    """
    of_answers, of_tokens = set[tuple[int, ...]](), set[tuple[int, ...]]()
    for attempt in range(400):  # ends at the sixth order; each is missing after 60 once in ten thousand runs
        others = await made_round(round_.world, round_.admin, round_.people, title=f"Runde {attempt}")
        given = {}
        for number, token in enumerate(await others.links("sol", 3)):
            await others.submit(token, number + 1)
            given[hash_of(token)] = number
        of_answers.add(tuple(row["answers"][0] for row in await answers_of(operator, others)))
        of_tokens.add(tuple(given[bytes(row["token_hash"])] for row in await tokens_of(operator, others)))
        if len(of_answers) == len(of_tokens) == 6:
            break
    assert of_answers == set(itertools.permutations((1, 2, 3)))
    assert of_tokens == set(itertools.permutations((0, 1, 2)))


async def test_no_table_holds_a_link_an_address_of_a_used_one_or_a_readable_draft(
    round_: Round, operator: Any, mailbox: Mailbox
) -> None:
    (used, waiting) = await round_.links("sol", 2)
    await round_.invite({"unit_external_id": "sol", "addresses": ["used@solsikken.dk", "waiting@solsikken.dk"]})
    (letter,) = await mailbox.wait_for("used@solsikken.dk")
    mailed = letter.split("#", 1)[1][:26]
    await mailbox.wait_for("waiting@solsikken.dk")
    await round_.people.put(f"/v1/answers/{waiting}", json={"answers": {"will1": 4}, "role": "assistant"})
    for token in (used, mailed):
        assert (await round_.submit(token)).status_code == 200
    everything = await _everything(operator, round_.world.id)
    for secret in (used, waiting, mailed, "used@solsikken.dk", '"assistant"'):
        assert secret not in everything
    assert "waiting@solsikken.dk" in everything  # until it is used: somebody has to be reminded
    assert hash_of(used).hex() in everything  # the search does find what is there


async def _everything(operator: Any, municipality_id: str) -> str:
    """Every row of the municipality, and of tables that know no municipality all of them. Others' rounds are closed and
    show their roles."""
    tables = await operator.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    own = await operator.fetch(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'municipality_id'"
    )
    theirs = {row["table_name"] for row in own}
    rows = []
    for (table,) in tables:
        condition = f"WHERE municipality_id = '{municipality_id}'" if table in theirs else ""
        rows += await operator.fetch(f"SELECT t::text FROM {table} t {condition}")
    return "\n".join(str(row[0]) for row in rows)


async def test_tokens_and_answers_share_no_column_that_could_lead_from_one_to_the_other(operator: Any) -> None:
    query = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name LIKE 'survey_%'"
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in await operator.fetch(query):
        columns.setdefault(table, {})[column] = kind
    shared = columns["survey_invitations"].keys() & columns["survey_responses"].keys()
    assert shared == {"municipality_id", "round_id", "unit_id"}
    for table in ("survey_invitations", "survey_responses", "survey_shared_links", "survey_addressees"):
        assert not [name for name, kind in columns[table].items() if "time" in kind or "date" in kind], table


async def test_a_draft_says_not_even_how_much_is_answered(round_: Round, operator: Any) -> None:
    first, second = await round_.links("sol", 2)
    await round_.people.put(f"/v1/answers/{first}", json={"answers": {"will1": 4}})
    await round_.people.put(f"/v1/answers/{second}", json={"answers": dict.fromkeys(ITEMS, 4), "role": "educator"})
    assert len({len(row["draft"]) for row in await tokens_of(operator, round_)}) == 1


async def test_a_draft_of_a_long_questionnaire_says_no_more(
    world: World, admin: Api, anonymous: Api, operator: Any
) -> None:
    """Where all answers take several blocks, one answer takes as many."""
    keys = [f"{component}{n}_{'x' * 50}" for component in ("will", "can") for n in range(40)]
    items = [{"key": key, "component": key.rstrip("x_0123456789"), "text": key} for key in keys]
    made = await admin.post("/v1/instruments", json=INSTRUMENT | {"key": "langt", "items": items})
    assert made.status_code == 201, made.text
    long = await made_round(world, admin, anonymous, instrument_key="langt")
    for token, answered in zip(await long.links("sol", 3), (1, 40, 80), strict=True):
        answers = dict.fromkeys(keys[:answered], 5)
        saved = await anonymous.put(f"/v1/answers/{token}", json={"answers": answers, "role": "educator"})
        assert saved.json()["state"] == "saved", saved.text
        assert (await anonymous.get(f"/v1/answers/{token}")).json()["answers"] == answers
    assert len({len(row["draft"]) for row in await tokens_of(operator, long)}) == 1


async def test_the_first_look_at_the_results_forgets_who_answered(round_: Round, operator: Any) -> None:
    used, _ = await round_.links("sol", 2)
    await round_.invite({"unit_external_id": "maane", "addresses": ["glemt@solsikken.dk"]})
    await round_.submit(used)
    await round_.admin.post(f"{round_.path}/close")
    assert sum(row["used"] for row in await tokens_of(operator, round_)) == 1
    await round_.admin.get(f"{round_.path}/results")
    left = await tokens_of(operator, round_)
    assert {(row["used"], row["address"], row["sealed_token"], row["draft"]) for row in left} == {
        (False, None, None, None)
    }
    assert await operator.fetchval("SELECT count(*) FROM survey_addressees WHERE round_id = $1", round_.id) == 0
    assert await operator.fetchval("SELECT answer_salt FROM survey_rounds WHERE id = $1", round_.id) is None
    assert (await round_.submit(used)).json()["code"] == "round-closed"


async def test_no_event_and_no_log_line_holds_a_token(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    with capture_logs() as lines:
        await round_.people.put(f"/v1/answers/{token}", json={"answers": {"will1": 4}})
        await round_.submit(token)
        await round_.submit(token)
        await round_.admin.get(f"{round_.path}/progress")
    assert [line["route"] for line in lines if line["event"] == "answered"] == ["/v1/survey-rounds/{id}/progress"]
    assert token not in str(lines)
    events = (await round_.admin.get("/v1/audit-events")).text
    assert '"invite"' in events
    assert "answers/" not in events


async def test_a_failure_while_somebody_answers_is_logged_without_what_was_sent(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("no room on the device")

    (token,) = await round_.links("sol", 1)
    monkeypatch.setattr(answering, "_count", breaks)
    body = {"answers": dict.fromkeys(ITEMS, 5), "role": "assistant", "submit": True}
    transport = httpx.ASGITransport(app=round_.world.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        with capture_logs([ExceptionRenderer(formatted)]) as lines:
            answer = await client.put(f"/v1/answers/{token}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert [line["event"] for line in lines] == ["unforeseen", "answered"]
    logged = str(lines)
    assert "no room on the device" in logged
    for secret in (token, hash_of(token).hex(), "assistant", "will1"):
        assert secret not in logged
    monkeypatch.undo()
    assert (await round_.submit(token)).status_code == 200  # nothing was lost


async def test_statements_carry_neither_tokens_nor_answers(round_: Round, operator: Any) -> None:
    """What the server shows of its sessions, and would write with `log_statement`, holds parameters and no values."""
    (token,) = await round_.links("sol", 1)
    await round_.submit(token, 4, role="assistant")
    shown = await operator.fetch("SELECT query FROM pg_stat_activity WHERE datname = current_database()")
    statements = "\n".join(row["query"] for row in shown)
    assert "$1" in statements
    for secret in (token, hash_of(token).hex(), "assistant", round_.id):
        assert secret not in statements


async def test_answering_queues_no_job_and_takes_no_number(round_: Round, operator: Any) -> None:
    """Numbers that only grow, and the queue's log with its times, would tell when each answer came."""
    query = "SELECT sequencename, last_value FROM pg_sequences UNION ALL SELECT 'jobs', count(*) FROM pgqueuer_log"
    (token,) = await round_.links("sol", 1)
    earlier, before = None, await operator.fetch(query)
    for _ in range(60):  # jobs of other tests may still be on their way
        if earlier == before:
            break
        await asyncio.sleep(0.5)
        earlier, before = before, await operator.fetch(query)
    await round_.people.put(f"/v1/answers/{token}", json={"answers": {"will1": 4}})
    await round_.submit(token)
    assert await operator.fetch(query) == before
    numbered = "SELECT table_name FROM information_schema.columns WHERE column_default LIKE 'nextval%'"
    assert {row[0] for row in await operator.fetch(numbered)} <= {
        "pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics",
    }  # fmt: skip
