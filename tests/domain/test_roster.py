"""What the files of a roster mean, row by row, and what is refused with a reason."""

from datetime import date

import pytest

from domain.issues import hint, sentence
from domain.memberships import Period
from domain.roster import Area, Child, ExistingRoster, Known, Room, RosterPlan, Staff, Unit
from domain.roster_codes import ROSTER_CATALOGUE
from domain.roster_plan import SINCE_ALWAYS, plan_roster
from domain.tabular import read_csv

TODAY = date(2026, 10, 19)
AUGUST = date(2025, 8, 1)
AREAS = "external_id,name\nA1,Nord\nA2,Syd"
UNIT = "external_id,area_external_id,name,setting_type"
UNITS = f"{UNIT}\nU1,A1,Blåbærhøj,børnehave\nU2,,Dagplejen,dagpleje"
ROOMS = "external_id,unit_external_id,name\nBi,U1,Bi\nHumle,U1,Humlebi\nDag,U2,Gruppe 1"
CHILD = "external_id,room_external_id,birth_month,sex,multilingual,support_need,valid_from,valid_to"
STAFF = "external_id,unit_external_id,room_external_id,name,role"

KNOWN = ExistingRoster(
    areas=Known({"A1": Area("A1", "Nord"), "A2": Area("A2", "Syd")}),
    units=Known(
        {
            "U1": Unit("U1", "A1", "Blåbærhøj", "kindergarten", p_number="1003123456"),
            "U2": Unit("U2", None, "D", "nursery"),
        },
        {"U1": (Period("A1", SINCE_ALWAYS),), "U2": (Period(None, SINCE_ALWAYS),)},
    ),
    rooms=Known(
        {"Bi": Room("Bi", "U1", "Bi"), "Humle": Room("Humle", "U1", "Humlebi"), "Dag": Room("Dag", "U2", "Gruppe 1")},
        {"Bi": (Period("U1", SINCE_ALWAYS),), "Humle": (Period("U1", SINCE_ALWAYS),)},
    ),
    children=Known(
        {"C1": Child("C1", date(2022, 4, 1), "girl", True, None, "Aya")}, {"C1": (Period("Bi", date(2025, 8, 1)),)}
    ),
    staff=Known({"S1": Staff("S1", "U1", "Bi", "Ida", "educator")}, {"S1": (Period(("U1", "Bi"), SINCE_ALWAYS),)}),
)


def plan(existing: ExistingRoster = KNOWN, /, **files: str | bytes) -> RosterPlan:
    tables = {
        f"{name}.csv": read_csv(text.encode() if isinstance(text, str) else text, file=f"{name}.csv")
        for name, text in files.items()
    }
    return plan_roster(tables, existing, today=TODAY)


def found(plan: RosterPlan) -> list[tuple[str | None, int | None, str | None, str]]:
    for issue in (*plan.issues, *plan.notes):
        for language in ("da", "en"):
            assert "…" not in sentence(
                issue.code, issue.params, language, catalogue=ROSTER_CATALOGUE
            ) or "looks" in str(issue)
            assert hint(issue.code, language, params=issue.params, catalogue=ROSTER_CATALOGUE)
    return [(issue.file, issue.row, issue.column, issue.code) for issue in plan.issues]


def child(*rows: str, existing: ExistingRoster = KNOWN) -> RosterPlan:
    return plan(existing, children="\n".join([CHILD, *rows]))


def test_a_whole_roster_is_planned_with_places_since_always() -> None:
    made = plan(
        ExistingRoster(),
        areas=AREAS,
        units=UNITS,
        rooms=ROOMS,
        children=f"{CHILD}\nC1,Bi,2022-04,pige,ja,nej,2025-08-01,",
        staff=f"{STAFF}\nS1,U1,Bi,Ida,pædagog\nS2,U2,,Bo,dagplejer",
    )
    assert found(made) == []
    assert [len(table.creates) for table in (made.areas, made.units, made.rooms, made.children, made.staff)] == [
        *(2, 2, 3, 1, 2)
    ]
    assert made.units.histories == {"U1": (Period("A1", SINCE_ALWAYS),), "U2": (Period(None, SINCE_ALWAYS),)}
    assert made.children.creates == (Child("C1", date(2022, 4, 1), "girl", True, False),)
    assert made.children.histories == {"C1": (Period("Bi", date(2025, 8, 1)),)}
    assert made.staff.histories["S2"] == (Period(("U2", None), SINCE_ALWAYS),)


def test_one_file_alone_is_fine_when_what_it_refers_to_exists() -> None:
    made = child("C2,Humle,2023-01,dreng,nej,nej,2026-01-01,")
    assert (found(made), made.children.histories["C2"]) == ([], (Period("Humle", date(2026, 1, 1)),))
    assert [issue[3] for issue in found(child("C2,Humle,,,,,,", existing=ExistingRoster()))] == ["unknown-room"]


def test_the_same_again_is_unchanged_and_who_is_left_out_is_left_alone_and_counted() -> None:
    made = plan(areas="external_id,name\nA1,Nord", children=f"{CHILD}\nC1,Bi,2022-04,pige,ja,,,")
    assert (made.areas.unchanged, made.children.unchanged, made.areas.updates, made.children.histories) == (
        1,
        1,
        (),
        {},
    )
    assert [(note.code, note.params["count"]) for note in made.notes] == [("absent-left-alone", 1)]


def test_a_column_that_is_left_out_leaves_its_values_alone_and_an_empty_cell_empties_them() -> None:
    assert plan(units=f"{UNIT}\nU1,A1,Blåbærhøj,børnehave").units.unchanged == 1
    emptied = plan(units=f"{UNIT},p_number\nU1,A1,Blåbærhøj,børnehave,").units.updates
    assert [unit.p_number for unit in emptied] == [None]


def test_a_unit_with_another_area_moves_today() -> None:
    made = plan(units=f"{UNIT}\nU1,A2,Blåbærhøj,børnehave")
    assert made.units.histories == {"U1": (Period("A1", SINCE_ALWAYS, date(2026, 10, 18)), Period("A2", TODAY))}


@pytest.mark.parametrize(
    ("row", "history"),
    [
        ("C1,Humle,,,,,2026-03-01,", (Period("Bi", AUGUST, date(2026, 2, 28)), Period("Humle", date(2026, 3, 1)))),
        ("C1,Humle,,,,,,", (Period("Bi", AUGUST, date(2026, 10, 18)), Period("Humle", TODAY))),
        ("C1,Bi,,,,,,2027-06-30", (Period("Bi", AUGUST, date(2027, 6, 30)),)),
        ("C1,Bi,,,,,2025-06-01,", (Period("Bi", date(2025, 6, 1)),)),
        ("C2,Bi,2022-04,pige,ja,,,", (Period("Bi", date(2022, 4, 1)),)),
        ("C2,Bi,,,,,,", (Period("Bi", TODAY),)),
        ("C2,Bi,,,,,1/8/2026,31-12-9999", (Period("Bi", date(2026, 8, 1)),)),
    ],
)  # fmt: skip
def test_the_dates_of_a_row_decide_the_history(row: str, history: tuple[Period[str], ...]) -> None:
    made = child(row)
    assert (found(made), made.children.histories[row.split(",", maxsplit=1)[0]]) == ([], history)


def test_several_rows_of_one_child_are_several_periods() -> None:
    made = child("C2,Humle,2022-04,pige,,,2026-08-01,", "C2,Bi,2022-04,pige,,,2025-01-01,2026-07-31")
    assert found(made) == []
    assert made.children.histories["C2"] == (
        Period("Bi", date(2025, 1, 1), date(2026, 7, 31)),
        Period("Humle", date(2026, 8, 1)),
    )
    assert len(made.children.creates) == 1


@pytest.mark.parametrize(
    ("name", "text", "row", "column", "code"),
    [
        ("areas", "external_id,name\nA1,Nord\nA1,Syd", 3, "external_id", "duplicate-external-id"),
        ("areas", "external_id,name\n,Nord", 2, "external_id", "missing-value"),
        ("areas", f"external_id,name\n{'x' * 65},Nord", 2, "external_id", "too-long"),
        ("areas", 'external_id,name\n"A\n1",Nord', 2, "external_id", "control-character"),
        ("areas", f"external_id,name\nA3,{'x' * 201}", 2, "name", "too-long"),
        ("areas", "external_id\nA1", None, "name", "missing-column"),
        ("areas", "external_id,name,leader\nA1,Nord,x", None, "leader", "unknown-column"),
        ("areas", "external_id,name,NAME\nA1,Nord,x", None, None, "duplicate-column"),
        ("areas", "external_id,name\nA1", 2, None, "row-too-short"),
        ("areas", "external_id,name\nA1," + "x," * 98 + "x", 2, None, "row-too-long"),
        ("areas", "", None, None, "empty-file"),
        ("areas", b"external_id,name\nA1,\x00", None, None, "not-a-text-file"),
        ("areas", bytes(range(1, 256)) * 100_000, None, None, "not-a-text-file"),
        ("units", UNITS.replace("A1", "A9"), 2, "area_external_id", "unknown-area"),
        ("units", UNITS.replace("børnehave", "skole"), 2, "setting_type", "unknown-word"),
        ("rooms", ROOMS.replace("U2", "U9"), 4, "unit_external_id", "unknown-unit"),
        ("children", f"{CHILD}\nC2,Rød,,,,,,", 2, "room_external_id", "unknown-room"),
        ("children", f"{CHILD}\nC2,,,,,,,", 2, "room_external_id", "missing-value"),
        ("children", f"{CHILD}\nC2,Bi,2026-11,,,,,", 2, "birth_month", "birth-month-in-future"),
        ("children", f"{CHILD}\nC2,Bi,2006-09,,,,,", 2, "birth_month", "birth-month-too-early"),
        ("children", f"{CHILD}\nC2,Bi,apr-23,,,,,", 2, "birth_month", "month-shortened-by-excel"),
        ("children", f"{CHILD}\nC2,Bi,,x,,,,", 2, "sex", "unknown-word"),
        ("children", f"{CHILD}\nC2,Bi,,,2,,,", 2, "multilingual", "not-yes-or-no"),
        ("children", f"{CHILD}\nC2,Bi,,,,,1-8-26,", 2, "valid_from", "not-a-date"),
        ("children", f"{CHILD}\nC2,Bi,,,,,0206-08-01,", 2, "valid_from", "date-out-of-range"),
        ("children", f"{CHILD}\nC2,Bi,,,,,2026-08-01,2026-07-31", 2, "valid_to", "ends-before-start"),
        ("children", f"{CHILD}\nC2,Bi,,,,,,\nC2,Dag,,pige,,,2025-01-01,2025-02-01", 3, "sex", "conflicting-rows"),
        ("children", f"{CHILD}\nC2,Bi,,,,,2026-01-01,\nC2,Dag,,,,,2026-02-01,", 3, "valid_from", "overlapping-periods"),
        ("staff", f"{STAFF}\nS2,U1,Bi,Bo,pilot", 2, "role", "unknown-word"),
        ("staff", f"{STAFF}\nS2,U1,Dag,Bo,leder", 2, "room_external_id", "room-in-other-unit"),
        ("staff", f"{STAFF},email\nS2,U1,,Bo,leder,bo", 2, "email", "not-an-email"),
        ("units", f"{UNIT},p_number\nU1,A1,Blåbærhøj,børnehave,123", 2, "p_number", "not-a-p-number"),
        ("units", f"{UNIT},institution_number\nU1,,B,dagpleje,1", 2, "institution_number", "not-an-institution-number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    name: str, text: str | bytes, row: int | None, column: str | None, code: str
) -> None:
    assert found(plan(KNOWN, **{name: text}))[:1] == [(f"{name}.csv", row, column, code)]


@pytest.mark.parametrize("written", ["101191234", "10119-1234", "010119–1234", "01 01 19 1234", "01-01-19 - 1234"])
def test_a_cpr_number_is_known_however_it_was_written_or_shortened(written: str) -> None:
    made = child(f"{written},Bi,2023-01,pige,ja,nej,,")
    assert found(made) == [("children.csv", 2, "external_id", "looks-like-cpr")]


@pytest.mark.parametrize("column", range(8))
def test_a_cpr_number_in_any_cell_about_a_child_is_refused_and_never_repeated(column: int) -> None:
    cells = ["C2", "Bi", "2023-01", "pige", "ja", "nej", "2026-01-01", ""]
    cells[column] = "010119-1234"
    made = child(",".join(cells))
    assert found(made) == [("children.csv", 2, CHILD.split(",")[column], "looks-like-cpr")]
    assert "010119" not in str(made.issues)


def test_a_cpr_number_of_staff_is_refused_and_a_p_number_that_looks_like_one_is_not() -> None:
    assert found(plan(staff=f"{STAFF}\n0101191234,U1,,Bo,leder"))[0][3] == "looks-like-cpr"
    made = plan(units=f"{UNIT},institution_number,p_number\nU1,A1,Blåbærhøj,børnehave,101001,0101191234")
    assert (found(made), made.units.updates[0].p_number) == ([], "0101191234")


def test_a_file_without_header_does_not_repeat_the_cpr_number_in_its_place() -> None:
    made = plan(children="010119-1234,Bi,2019-01,pige,ja,nej,,\n")
    assert made.issues
    assert "010119" not in str(made.issues)


def test_one_error_is_said_once_not_again_for_everybody_who_refers_to_it() -> None:
    rooms = "external_id,unit_external_id,name\nNy,U1,"
    assert [issue[0] for issue in found(plan(rooms=rooms, children=f"{CHILD}\nC2,Ny,,,,,,"))] == ["rooms.csv"]
    assert [issue[0] for issue in found(plan(rooms="id;x\nNy;1", children=f"{CHILD}\nC2,Ny,,,,,,"))] == [
        "rooms.csv"
    ] * 5


def test_a_file_from_a_danish_spreadsheet_is_read_and_its_assumptions_are_said() -> None:
    text = "External_ID;Name;;\r\nA3;Østerbro;;\r\n;;;\r\n"
    made = plan(areas=text.encode("cp1252"))
    assert made.areas.creates == (Area("A3", "Østerbro"),)
    assert [note.code for note in made.notes] == ["assumed-windows-1252", "assumed-separator", "absent-left-alone"]
    assert plan(areas=text.encode("utf-8-sig")).areas.creates == (Area("A3", "Østerbro"),)


def test_a_formula_in_a_key_is_text() -> None:
    made = plan(areas="external_id,name\n=cmd(),Nord")
    assert (found(made), made.areas.creates) == ([], (Area("=cmd()", "Nord"),))


def test_rejected_rows_are_counted_by_table() -> None:
    made = child("C2,Bi,x,x,,,,", "C3,Bi,,,,,,", "C4,Rød,,,,,,")
    assert (made.children.rejected, len(made.children.creates), len(made.issues)) == (2, 1, 3)
