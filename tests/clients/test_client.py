"""How the client behaves towards a service that is busy, away, or says no; the service here is a few lines long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from vls_client import Client, Problem, Retry, Unreachable
from vls_client.files import Upload, zipped
from vls_client.retry import retry_after

Answer = Callable[[httpx.Request], httpx.Response]
HASTE = Retry(attempts=3, first=0.001)
OURS = {"X-Request-ID": "r-0"}  # as every answer of the service has it


class Service:
    """Answers each path with what is next in its list (the last one stays), and remembers what was asked."""

    def __init__(self, **answers: list[httpx.Response | Exception]) -> None:
        self.answers = {f"/{name}": list(given) for name, given in answers.items()}
        self.answers.setdefault("/v1/oauth/token", [granted(f"token-{n}") for n in range(1, 10)])
        self.asked: list[httpx.Request] = []
        self.tokens: list[str | None] = []  # noted when asked: the client sends the same request again

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        self.tokens.append(request.headers.get("Authorization"))
        waiting = self.answers[request.url.path]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        if "elsewhere" not in answer.headers:
            answer.headers.update(OURS)
        return answer

    def client(self, *, retry: Retry = HASTE) -> Client:
        transport = httpx.MockTransport(self)
        return Client("http://vls.test", client_id="id", client_secret="secret", retry=retry, transport=transport)

    def times(self, path: str) -> int:
        return sum(request.url.path == path for request in self.asked)


def granted(token: str, *, seconds: int = 900) -> httpx.Response:
    return httpx.Response(
        200, json={"access_token": token, "token_type": "Bearer", "expires_in": seconds}, headers=OURS
    )


def busy(seconds: str = "0") -> httpx.Response:
    return httpx.Response(503, json={"code": "busy", "title": "Busy"}, headers=OURS | {"Retry-After": seconds})


def ok() -> httpx.Response:
    return httpx.Response(200, json={"fine": True}, headers=OURS)


def elsewhere(status: int = 200) -> httpx.Response:
    """What a proxy or the sign-in page of a network says."""
    return httpx.Response(status, html="<h1>Welcome</h1>", headers={"elsewhere": "yes"})


def test_a_busy_service_is_asked_again_until_it_answers() -> None:
    service = Service(room=[busy(), busy(), ok()])
    with service.client() as client:
        assert client.get("/room") == {"fine": True}
    assert service.times("/room") == 3


def test_a_service_that_stays_busy_becomes_a_problem_after_the_last_attempt() -> None:
    service = Service(room=[busy()])
    with service.client() as client, pytest.raises(Problem) as caught:
        client.get("/room")
    assert (caught.value.status, caught.value.code) == (503, "busy")
    assert service.times("/room") == 3


def test_a_broken_line_is_tried_again_and_then_called_unreachable() -> None:
    service = Service(room=[httpx.ConnectError("refused"), ok()], hall=[httpx.ReadTimeout("slow")])
    with service.client() as client:
        assert client.get("/room") == {"fine": True}
        with pytest.raises(Unreachable, match=r"http://vls\.test/hall"):
            client.get("/hall")
    assert service.times("/hall") == 3


def test_what_is_not_idempotent_is_sent_once() -> None:
    service = Service(room=[httpx.ReadTimeout("slow"), ok()], hall=[busy(), ok()])
    with service.client() as client:
        with pytest.raises(Unreachable):
            client.post("/room", {})
        with pytest.raises(Problem):
            client.post("/hall", {})
    assert service.times("/room") == service.times("/hall") == 1


def test_a_post_with_ids_of_ours_is_sent_again_with_the_same_body() -> None:
    service = Service(room=[httpx.ReadTimeout("slow"), ok()])
    with service.client() as client:
        client.post("/room", {"id": "a"}, idempotent=True)
    bodies = [request.content for request in service.asked if request.url.path == "/room"]
    assert bodies == [b'{"id":"a"}'] * 2


def test_a_longer_wait_than_our_patience_is_not_waited_for() -> None:
    service = Service(room=[busy("3600"), ok()])
    with service.client() as client, pytest.raises(Problem):
        client.get("/room")
    assert service.times("/room") == 1


def test_retry_after_is_honoured_as_seconds_and_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert Retry().wait(1, busy("7")) == 7.0
    assert retry_after(busy(soon)) == pytest.approx(30, abs=2)
    assert retry_after(busy("soonish")) is None


def test_pauses_grow_but_never_beyond_the_longest() -> None:
    retry = Retry(attempts=50, first=0.5, longest=4.0)
    waits = [[retry.wait(attempt) or 0.0 for _ in range(200)] for attempt in (1, 2, 3, 20)]
    for pauses, most in zip(waits, (0.5, 1.0, 2.0, 4.0), strict=True):
        assert most / 2 < max(pauses) <= most


def test_one_token_serves_many_calls_and_is_renewed_before_it_expires() -> None:
    service = Service(room=[ok()])
    with service.client() as client:
        client.get("/room")
        client.get("/room")
    assert service.times("/v1/oauth/token") == 1

    service = Service(room=[ok()])
    service.answers["/v1/oauth/token"] = [granted("short", seconds=10)]
    with service.client() as client:
        client.get("/room")
        client.get("/room")
    assert service.times("/v1/oauth/token") == 2


def test_a_401_renews_the_token_once_and_no_more() -> None:
    expired = httpx.Response(401, json={"code": "token-expired", "title": "Expired"})
    service = Service(room=[expired, ok()], hall=[expired])
    with service.client() as client:
        assert client.get("/room") == {"fine": True}
        with pytest.raises(Problem, match="token-expired"):
            client.get("/hall")
    assert service.tokens == [None, "Bearer token-1", None, "Bearer token-2", "Bearer token-2", None, "Bearer token-3"]
    assert service.times("/hall") == 2


def test_a_problem_carries_everything_the_service_said() -> None:
    said = {
        "type": "https://vls.test/docs/problems#invalid-input",
        "code": "invalid-input",
        "title": "Indholdet er ikke gyldigt",
        "detail": "se errors",
        "status": 422,
        "params": {"field": "name"},
        "errors": [{"pointer": "/name", "code": "missing", "detail": "Field required"}],
        "request_id": "r-1",
    }
    service = Service(room=[httpx.Response(422, json=said)])
    with service.client() as client, pytest.raises(Problem) as caught:
        client.get("/room")
    problem = caught.value
    assert (problem.code, problem.title, problem.detail, problem.status) == (
        "invalid-input", "Indholdet er ikke gyldigt", "se errors", 422,
    )  # fmt: skip
    assert [(error.pointer, error.code, error.detail) for error in problem.errors] == [
        ("/name", "missing", "Field required")
    ]
    assert (problem.params, problem.request_id) == ({"field": "name"}, "r-1")


@pytest.mark.parametrize("status", [200, 302, 502, 504])
def test_who_answers_in_the_place_of_the_service_is_not_the_service(status: int, tmp_path: Path) -> None:
    service = Service(room=[elsewhere(status), ok()], hall=[elsewhere(status)], report=[elsewhere(status)])
    with service.client() as client:
        assert client.get("/room") == {"fine": True}
        with pytest.raises(Unreachable, match=f"something else answers .*{status}"):
            client.get("/hall")
        with pytest.raises(Unreachable, match="something else answers"):
            client.download("/report", tmp_path / "report.html")
    assert (service.times("/hall"), list(tmp_path.iterdir())) == (3, [])
    service.answers["/v1/oauth/token"] = [elsewhere(status)]
    with service.client() as client, pytest.raises(Unreachable, match="oauth/token"):
        client.get("/room")


def test_what_a_proxy_refuses_on_its_own_is_a_problem() -> None:
    service = Service(room=[elsewhere(413)])
    with service.client() as client, pytest.raises(Problem, match="http-413"):
        client.get("/room")
    assert service.times("/room") == 1


def test_what_is_gone_after_a_lost_answer_was_deleted() -> None:
    gone = httpx.Response(404, json={"code": "not-found", "title": "Not found"})
    service = Service(room=[httpx.ReadTimeout("lost"), gone], hall=[busy(), gone], shed=[elsewhere(504), gone])
    with service.client() as client:
        client.delete("/room")
        client.delete("/shed")
        with pytest.raises(Problem, match="not-found"):  # the service had done nothing
            client.delete("/hall")


def test_a_service_that_is_started_anew_is_waited_for() -> None:
    path = "/v1/imports/i"
    away: list[httpx.Response | Exception] = [httpx.ConnectError("refused")] * (HASTE.attempts + 1)
    service = Service()
    service.answers[path] = [*away, busy(), busy(), busy(), httpx.Response(200, json={"status": "done"})]
    with service.client() as client:
        assert client.wait_import("i", 30.0) == {"status": "done"}
    service.answers[path] = [httpx.ConnectError("refused")]
    with service.client() as client, pytest.raises(Unreachable):
        client.wait_import("i", 0.1)


def test_pages_are_followed_to_the_end() -> None:
    pages = [
        httpx.Response(200, json={"items": [{"n": 1}, {"n": 2}], "next": "after-2"}),
        httpx.Response(200, json={"items": [{"n": 3}], "next": None}),
    ]
    service = Service(rooms=pages)
    with service.client() as client:
        assert [item["n"] for item in client.pages("/rooms", unit_id="u", area_id=None)] == [1, 2, 3]
    queries = [dict(request.url.params) for request in service.asked if request.url.path == "/rooms"]
    assert queries == [{"unit_id": "u"}, {"unit_id": "u", "cursor": "after-2"}]


class Breaking(httpx.SyncByteStream):
    """A body whose line breaks half way."""

    def __iter__(self):  # type: ignore[no-untyped-def]
        yield b"half of "
        raise httpx.ReadError("gone")


def test_a_download_that_breaks_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"last week's")
    service = Service(report=[httpx.Response(200, stream=Breaking()) for _ in range(HASTE.attempts)])
    with service.client() as client, pytest.raises(Unreachable, match="in the middle"):
        client.download("/report", target)
    assert target.read_bytes() == b"last week's"
    assert list(tmp_path.iterdir()) == [target]


def test_a_download_whose_line_breaks_once_is_asked_for_again(tmp_path: Path) -> None:
    service = Service(report=[httpx.Response(200, stream=Breaking()), httpx.Response(200, content=b"whole")])
    with service.client() as client:
        assert client.download("/report", tmp_path / "report.pdf").read_bytes() == b"whole"
    assert service.times("/report") == 2


def test_a_refused_download_creates_no_file(tmp_path: Path) -> None:
    service = Service(report=[httpx.Response(404, json={"code": "not-found", "title": "Not found"})])
    with service.client() as client, pytest.raises(Problem, match="not-found"):
        client.download("/report", tmp_path / "new" / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_becomes_one_archive_with_the_same_bytes_each_time(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(b"external_id\n")
    (tmp_path / "areas.csv").write_bytes(b"external_id\n")
    (tmp_path / "notes.txt").write_bytes(b"not for the service")
    with Upload.of(tmp_path) as body:
        assert body.content_type == "application/zip"
        assert (
            b"".join(body.chunks())
            == b"".join(body.chunks())
            == zipped([("areas.csv", b"external_id\n"), ("units.csv", b"external_id\n")])
        )


def test_credentials_or_a_token_must_be_given() -> None:
    with pytest.raises(ValueError, match="client_id"):
        Client("http://vls.test")
