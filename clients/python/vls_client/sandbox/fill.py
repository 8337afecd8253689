"""Sends the fictional municipality through the API. What is there already is found, not sent again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from vls_client.client import Client
from vls_client.files import zipped
from vls_client.problems import Problem, VlsError
from vls_client.sandbox import assessments, observations
from vls_client.sandbox.answers import answers_csv, instrument, invited
from vls_client.sandbox.doors import Doors, doors
from vls_client.sandbox.learning import meet_and_choose
from vls_client.sandbox.municipality import SEED, Municipality, municipality

BATCH = 500
WEEKS_SO_FAR = 60  # since the first theme: theme five has begun, so reports are open
FORM, INSTRUMENT = "vls-demo-praksis", "vls-demo-udvikling"  # what comes along with the service
AGREEMENTS = [
    {"text": "Små grupper hver formiddag, også når vi er få", "responsible": "Teamet", "status": "done"},
    {"text": "De flersprogede børn får en samtale hver uge", "responsible": "Teamet", "status": "open"},
]
Progress = Callable[[str], object]


class NotTaken(VlsError):
    """The service refused what the sandbox sent: one of the two has a mistake."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Where to look: a room and its unit, a closed survey round, and the weeks with observations."""

    room_id: str
    unit_id: str
    round_id: str
    first_week: str
    last_week: str
    doors: Doors

    def links(self, client: Client) -> dict[str, str]:
        """Documents and apps that open in a browser as they are, for a while."""
        weeks = {"from_": self.first_week, "to": self.last_week}
        room, round_ = f"/v1/rooms/{self.room_id}", f"/v1/survey-rounds/{self.round_id}"
        return {
            "room_report": client.download_link(f"{room}/report", format="pdf", **weeks),
            "readiness_report": client.download_link(f"{round_}/report", scope="municipality", format="pdf"),
            "chart": client.download_link(f"{room}/charts/participation", format="png", **weeks),
            **self.doors.links(client),
        }


def fill(client: Client, *, today: date, seed: int = SEED, progress: Progress = print) -> Filled:
    """Roster, survey and observations. The second time nothing is left to do but the weeks that came since."""
    place = municipality(today=today, seed=seed)
    _roster(client, place, progress)
    _calendar(client, today=today, progress=progress)
    round_id = _survey(client, place, today=today, seed=seed, progress=progress)
    known = {room["external_id"]: room for room in client.pages("/v1/rooms", limit=500)}
    rooms = [known[external_id] for external_id in observations.ROOMS]
    mondays = observations.mondays_before(today)
    for room in rooms:
        _observe(client, room, mondays, seed=seed, progress=progress)
    _evaluate(client, place, rooms, first_week=mondays[0], seed=seed, progress=progress)
    _assess(client, place, rooms, today=today, seed=seed, progress=progress)
    if meet_and_choose(client, rooms[0], first_week=mondays[0]):
        progress(f"learning: {rooms[0]['name']} has met and chosen a goal")
    return Filled(
        room_id=rooms[0]["id"],
        unit_id=rooms[0]["unit_id"],
        round_id=round_id,
        first_week=observations.week_name(mondays[0]),
        last_week=observations.week_name(mondays[-1]),
        doors=doors(client, room_id=rooms[0]["id"], unit_id=rooms[0]["unit_id"], today=today),
    )


def _roster(client: Client, place: Municipality, progress: Progress) -> None:
    known = {unit["external_id"] for unit in client.pages("/v1/units", limit=500)}
    if all(unit.external_id in known for unit in place.units):
        return
    archive = zipped(place.files().items())
    for mode in ("check", "commit"):
        _import(client, "roster", archive, mode=mode)
    progress(f"roster: {len(place.units)} units, {len(place.rooms)} rooms, {len(place.children)} children")


def _calendar(client: Client, *, today: date, progress: Progress) -> None:
    """The municipality is in its second year, and its rooms are closed in the autumn holiday."""
    if client.get("/v1/configuration/calendar")["version"]:
        return
    holiday = {"title": {"da": "Efterårsferie", "en": "Autumn holiday"}, "weeks": [observations.AUTUMN_HOLIDAY]}
    content = client.in_force("calendar")
    content["closed_every_year"].append(holiday)
    content["starts"] = observations.week_name(today - timedelta(weeks=WEEKS_SO_FAR))
    client.publish("calendar", content, version=1, valid_from=str(today - timedelta(weeks=WEEKS_SO_FAR)))
    progress("calendar: closed weeks, themes and phases")


@dataclass(frozen=True, slots=True)
class _Round:
    """A round of the demo: what its id is made of, its title, and how many days ago it was open."""

    name: str
    title: str
    days_ago: tuple[int, int]
    earlier: bool

    def body(self, round_id: str, questions: dict[str, Any], *, today: date) -> dict[str, Any]:
        opened, closed = (today - timedelta(days=days) for days in self.days_ago)
        return {
            "id": round_id,
            "instrument_key": questions["key"],
            "instrument_version": questions["version"],
            "title": self.title,
            "opens_on": str(opened),
            "closes_on": str(closed),
        }


_EARLIER = _Round("readiness/earlier", "Første måling", (217, 196), earlier=True)
_LATEST = _Round("readiness", "Anden måling", (35, 14), earlier=False)


def _survey(client: Client, place: Municipality, *, today: date, seed: int, progress: Progress) -> str:
    """The id of the latest demo round. Two rounds, closed, so that there is something to compare with."""
    for round_ in (_EARLIER, _LATEST):
        latest = _fill_round(client, place, round_, today=today, seed=seed, progress=progress)
    return latest


def _fill_round(
    client: Client, place: Municipality, round_: _Round, *, today: date, seed: int, progress: Progress
) -> str:
    """The id of the round, closed. Each step is taken when the state of the round asks for it."""
    round_id = str(uuid5(UUID(client.get("/v1/municipality")["id"]), f"{seed}/{round_.name}"))
    path = f"/v1/survey-rounds/{round_id}"
    state = _state(client, path)
    if state is None:
        questions = instrument()
        client.post("/v1/instruments", questions, idempotent=True)
        client.post("/v1/survey-rounds", round_.body(round_id, questions, today=today), idempotent=True)
    if state in (None, "draft"):
        asked = [{"unit_external_id": key, "invited": count} for key, count in invited(place).items()]
        client.put(f"{path}/invited", {"units": asked})
        client.post(f"{path}/open")
    if state != "closed":
        answers = answers_csv(place, seed=seed, earlier=round_.earlier)
        _import(client, "survey-answers", answers, mode="commit", round_id=round_id)
        client.post(f"{path}/close")
        progress(f"survey: »{round_.title}« answered and closed")
    return round_id


def _state(client: Client, path: str) -> str | None:
    try:
        return str(client.get(path)["state"])
    except Problem as problem:
        if problem.status != 404:
            raise
        return None


def _observe(client: Client, room: dict[str, Any], mondays: tuple[date, ...], *, seed: int, progress: Progress) -> None:
    period = {"from_": observations.week_name(mondays[0]), "to": observations.week_name(mondays[-1])}
    found = client.get(f"/v1/rooms/{room['id']}/participation", **period)["weeks"]
    # A week before that which stayed open is one the room forgot: sending it again would not complete it.
    states = {week["week"]: week["state"] for week in found}
    last = max((name for name, state in states.items() if state == "completed"), default="")
    missing = [
        monday for monday in mondays if (name := observations.week_name(monday)) > last and states[name] != "closed"
    ]
    if not missing:
        return
    children = list(client.pages("/v1/children", room_id=room["id"], limit=500))
    weeks = [observations.week_of(room, children, monday, seed=seed) for monday in missing]
    for items in _batches(activity for week in weeks for activity in week.activities):
        answer = client.post("/v1/activities/batch", {"items": items}, idempotent=True)
        refused = [each for each in answer["items"] if each["result"] == "rejected"]
        if refused:
            raise NotTaken(f"{room['external_id']}: {len(refused)} activities rejected, first {refused[0]}")
    for week in weeks:
        if week.body is not None:
            client.put(f"/v1/rooms/{room['id']}/weeks/{week.name}", week.body)
    progress(f"observations: {room['name']} ({room['external_id']}), {len(weeks)} weeks")


def _evaluate(
    client: Client, place: Municipality, rooms: list[dict[str, Any]], *, first_week: date, seed: int, progress: Progress
) -> None:
    """Every observed room's own view of its practice, period by period, in one file."""
    known = client.get(f"/v1/rooms/{rooms[0]['id']}/practice")["periods"]
    evaluated = known[-1]["last_week"] if known else ""
    if evaluated >= observations.week_name(first_week):  # the next period is evaluated once all of it is after the last
        return
    form = client.get(f"/v1/practice-forms/{FORM}/versions/1")
    keys, raters = [room["external_id"] for room in rooms], assessments.raters_of(place)
    file = assessments.practice_csv(keys, raters, form, first_week=first_week, after=evaluated, seed=seed)
    _import(client, "practice-evaluations", file, mode="commit", key=FORM, version=1)
    (latest,) = client.pages(
        "/v1/practice-evaluations",
        room_id=rooms[0]["id"],
        kind="joint",
        first_week=observations.week_name(first_week),
    )
    client.patch(f"/v1/practice-evaluations/{latest['id']}", {"agreements": AGREEMENTS}, if_match="*")
    progress(f"practice: {len(rooms)} rooms have evaluated {assessments.PERIODS} periods")


def _assess(
    client: Client, place: Municipality, rooms: list[dict[str, Any]], *, today: date, seed: int, progress: Progress
) -> None:
    """The development of the children of the observed rooms in the last half-years, in one file."""
    days = assessments.days_of_assessment(today)
    half_year = f"{days[-1].year}-H{1 if days[-1].month <= 6 else 2}"
    if client.get(f"/v1/rooms/{rooms[0]['id']}/development", half_year=half_year)["final"]:
        return
    instrument = client.get(f"/v1/development-instruments/{INSTRUMENT}/versions/1")
    children = [
        (room["external_id"], child)
        for room in rooms
        for child in client.pages("/v1/children", room_id=room["id"], limit=500)
    ]
    file = assessments.development_csv(children, assessments.raters_of(place), instrument, days=days, seed=seed)
    _import(client, "development-assessments", file, mode="commit", key=INSTRUMENT, version=1)
    progress(f"development: the children of {len(rooms)} rooms, {assessments.HALF_YEARS} half-years")


def _import(client: Client, dataset: str, content: bytes, *, mode: str, **params: Any) -> None:
    receipt = client.wait_import(client.upload(dataset, content, mode=mode, **params)["id"])
    if receipt["status"] != "done":
        issue = next(client.import_issues(receipt["id"]), None)
        raise NotTaken(f"{dataset} ({mode}): {receipt['status']}, first issue {issue}")


def _batches(items: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
