"""A roster ZIP in the real database: what it creates, moves and leaves; the same again changes nothing."""

import io
import zipfile
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, text

from api.db import Database
from api.imports.outcome import Outcome
from api.imports.roster import import_roster
from api.roster.tables import Child, ChildRoom, Room, Staff, StaffPlace, Unit, UnitArea
from api.settings import Settings
from domain.roster_plan import SINCE_ALWAYS
from tests.conftest import TODAY, Api, World

CHILDREN = "external_id,room_external_id,birth_month,sex,multilingual,support_need,valid_from,valid_to\n"
FILES = {
    "areas.csv": "external_id,name\nN,Nord\nS,Syd",
    "units.csv": "external_id,area_external_id,name,setting_type,p_number\n"
    "U1,N,Blåbærhøj,børnehave,0101191234\nU2,,Dagplejen,dagpleje,",
    "rooms.csv": "external_id,unit_external_id,name\nBi,U1,Bi\nHumle,U1,Humlebi\nDag,U2,Gruppe 1",
    "children.csv": CHILDREN + "C1,Bi,2022-04,pige,ja,nej,2025-08-01,\nC2,Humle,,,,,,",
    "staff.csv": "external_id,unit_external_id,room_external_id,name,role\n"
    "S1,U1,Bi,Ida,pædagog\n=cmd(),U2,,Bo,dagplejer",
}


def zipped(files: dict[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


class Roster:
    """The roster of one municipality, as an import and a query see it."""

    def __init__(self, database: Database, municipality_id: UUID) -> None:
        self.database, self.municipality_id = database, municipality_id

    async def load(self, files: dict[str, str], *, today: date = TODAY) -> Outcome:
        async with self.database.writing(self.municipality_id) as tx:
            return await import_roster(tx, municipality_id=self.municipality_id, body=zipped(files), today=today)

    async def rows(self, query: Any) -> list[tuple[Any, ...]]:
        async with self.database.reading(self.municipality_id) as tx:
            return [tuple(row) for row in await tx.execute(query)]


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    opened = Database(settings)
    yield opened
    await opened.close()


@pytest.fixture
def roster(database: Database, world: World) -> Roster:
    return Roster(database, UUID(world.id))


CHILD_ROOMS = (
    select(Child.external_id, Room.external_id, ChildRoom.valid_from, ChildRoom.valid_to)
    .join_from(ChildRoom, Child, Child.id == ChildRoom.child_id)
    .join(Room, Room.id == ChildRoom.room_id)
    .order_by(Child.external_id, ChildRoom.valid_from)
)


async def test_a_roster_is_created_with_its_histories(roster: Roster) -> None:
    outcome = await roster.load(FILES)
    assert (outcome.issues, outcome.total.created, outcome.tables["rooms"].created) == ((), 11, 3)
    assert await roster.rows(CHILD_ROOMS) == [
        ("C1", "Bi", date(2025, 8, 1), None),
        ("C2", "Humle", TODAY, None),
    ]
    units = select(Unit.external_id, Unit.setting_type, Unit.p_number, UnitArea.valid_from, UnitArea.area_id.is_(None))
    assert sorted(await roster.rows(units.join(UnitArea, UnitArea.unit_id == Unit.id))) == [
        ("U1", "kindergarten", "0101191234", SINCE_ALWAYS, False),
        ("U2", "childminding", None, SINCE_ALWAYS, True),
    ]
    staff = select(Staff.external_id, Staff.role, StaffPlace.room_id == Staff.room_id)
    assert sorted(await roster.rows(staff.join(StaffPlace, StaffPlace.staff_id == Staff.id))) == [
        ("=cmd()", "childminder", None),
        ("S1", "educator", True),
    ]


async def test_the_same_zip_again_changes_nothing_and_keeps_every_revision(roster: Roster) -> None:
    await roster.load(FILES)
    before = await roster.rows(select(Child.id, Child.revision, Child.updated_at).order_by(Child.id))
    again = await roster.load(FILES, today=TODAY + timedelta(days=3))
    assert (again.issues, again.total.unchanged, again.total.created, again.total.updated) == ((), 11, 0, 0)
    assert await roster.rows(select(Child.id, Child.revision, Child.updated_at).order_by(Child.id)) == before


async def test_a_move_and_a_change_are_written_and_raise_the_revision(roster: Roster) -> None:
    await roster.load(FILES)
    moved = CHILDREN + "C1,Humle,2022-04,pige,ja,nej,2026-09-01,\nC2,Humle,,,ja,,,"
    outcome = await roster.load({"children.csv": moved})
    assert (outcome.issues, outcome.tables["children"].updated, list(outcome.tables)) == ((), 2, ["children"])
    assert await roster.rows(CHILD_ROOMS) == [
        ("C1", "Bi", date(2025, 8, 1), date(2026, 8, 31)),
        ("C1", "Humle", date(2026, 9, 1), None),
        ("C2", "Humle", TODAY, None),
    ]
    changed = select(Child.external_id, Child.revision, Child.multilingual).order_by(Child.external_id)
    assert await roster.rows(changed) == [("C1", 2, True), ("C2", 2, True)]


async def test_a_unit_moves_to_another_area_from_today(roster: Roster) -> None:
    await roster.load(FILES)
    await roster.load({"units.csv": FILES["units.csv"].replace("U1,N", "U1,S")})
    areas = select(UnitArea.valid_from, UnitArea.valid_to, UnitArea.area_id == Unit.area_id)
    mine = areas.join(Unit, Unit.id == UnitArea.unit_id).where(Unit.external_id == "U1")
    assert await roster.rows(mine.order_by(UnitArea.valid_from)) == [
        (SINCE_ALWAYS, TODAY - timedelta(days=1), False),
        (TODAY, None, True),
    ]


async def test_one_issue_anywhere_and_nothing_is_written(roster: Roster) -> None:
    outcome = await roster.load(FILES | {"staff.csv": FILES["staff.csv"].replace("Bi,Ida", "Dag,Ida")})
    assert [(issue.file, issue.row, issue.code) for issue in outcome.issues] == [("staff.csv", 2, "room-in-other-unit")]
    assert (outcome.total.created, outcome.total.rejected) == (0, 1)
    assert await roster.rows(select(func.count()).select_from(Child)) == [(0,)]


async def test_who_is_left_out_stays_and_is_counted_in_a_note(roster: Roster) -> None:
    await roster.load(FILES)
    outcome = await roster.load({"children.csv": CHILDREN + "C1,Bi,2022-04,pige,ja,nej,2025-08-01,"})
    assert [(note.code, note.params["count"]) for note in outcome.notes] == [("absent-left-alone", 1)]
    assert outcome.total.removed == 0
    assert await roster.rows(select(func.count()).select_from(Child)) == [(2,)]


async def test_a_deleted_room_keeps_its_history_and_its_key_can_be_used_again(roster: Roster) -> None:
    await roster.load(FILES)
    await roster.load({"children.csv": CHILDREN + "C1,Humle,2022-04,pige,ja,nej,2026-09-01,"})
    async with roster.database.writing(roster.municipality_id) as tx:
        await tx.execute(text("UPDATE rooms SET deleted_at = clock_timestamp() WHERE external_id = 'Bi'"))
    unknown = await roster.load({"children.csv": CHILDREN + "C1,Bi,2022-04,pige,ja,nej,2026-10-01,"})
    assert [issue.code for issue in unknown.issues] == ["unknown-room"]
    files = {"rooms.csv": FILES["rooms.csv"], "children.csv": CHILDREN + "C1,Bi,2022-04,pige,ja,nej,2026-10-01,"}
    assert (await roster.load(files)).issues == ()
    rooms = await roster.rows(CHILD_ROOMS.add_columns(Room.deleted_at.is_(None)).where(Child.external_id == "C1"))
    assert [(room, starts, live) for _, room, starts, _, live in rooms] == [
        ("Bi", date(2025, 8, 1), False),
        ("Humle", date(2026, 9, 1), True),
        ("Bi", date(2026, 10, 1), True),
    ]


async def test_a_large_municipality_goes_in_with_a_handful_of_statements(roster: Roster) -> None:
    rooms = "".join(f"\nR{i},U{i % 700},Stue" for i in range(2_000))
    children = "".join(f"C{i},R{i % 2000},2023-04,pige,ja,nej,2025-08-01,\n" for i in range(25_000))
    staff = "".join(f"\nS{i},U{i % 700},,Ida,pædagog" for i in range(6_000))
    files = {
        "units.csv": "external_id,area_external_id,name,setting_type"
        + "".join(f"\nU{i},,Enhed,vuggestue" for i in range(700)),
        "rooms.csv": f"external_id,unit_external_id,name{rooms}",
        "children.csv": CHILDREN + children,
        "staff.csv": f"external_id,unit_external_id,room_external_id,name,role{staff}",
    }
    statements: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(roster.database.engine.sync_engine, "before_cursor_execute", count)
    try:
        made = await roster.load(files)
    finally:
        event.remove(roster.database.engine.sync_engine, "before_cursor_execute", count)
    assert (made.issues, made.total.created) == ((), 33_700)
    assert len(statements) <= 20


async def test_over_http_a_check_changes_nothing_and_a_commit_does_what_it_said(admin: Api) -> None:
    checked = await admin.upload("roster", zipped(FILES), mode="check")
    assert (checked["status"], checked["report"]["created"]) == ("done", 11)
    assert (await admin.get("/v1/children")).json()["items"] == []
    done = await admin.upload("roster", zipped(FILES))
    assert (done["report"]["created"], done["report"]["tables"]["staff"]["created"]) == (11, 2)
    children = (await admin.get("/v1/children", params={"external_id": "C1"})).json()["items"]
    assert [child["birth_month"] for child in children] == ["2022-04"]
    again = await admin.upload("roster", zipped(FILES))
    assert (again["status"], again["report"]["unchanged"], again["report"]["created"]) == ("done", 11, 0)


async def test_over_http_a_refusal_names_the_row_in_words_and_repeats_no_cpr_number(admin: Api) -> None:
    refused = await admin.upload("roster", zipped(FILES | {"children.csv": CHILDREN + "010119-1234,Bi,,,,,,"}))
    assert (refused["status"], refused["report"]["rejected"], len(refused["found"])) == ("refused", 1, 1)
    (issue,) = refused["found"]
    assert (issue["file"], issue["row"], issue["column"]) == ("children.csv", 2, "external_id")
    assert issue["sentence"]["da"].endswith("CPR-numre gemmes aldrig her.")
    assert issue["hint"]["en"].startswith("Use another key")
    assert "010119" not in str(refused)
    assert (await admin.get("/v1/areas")).json()["items"] == []


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x03\x04" + b"\x00\xff" * 1_000_000])
async def test_over_http_what_is_no_zip_is_refused_not_failed(admin: Api, body: bytes) -> None:
    refused = await admin.upload("roster", body)
    assert (refused["status"], [issue["code"] for issue in refused["found"]]) == ("refused", ["not-a-zip"])
