"""Laws of roster plans over any state and any files: once is enough, nothing overlaps, who is left out stays."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.roster import ExistingRoster, Known, RosterPlan, TablePlan
from domain.roster_plan import plan_roster
from domain.tabular import CsvTable, read_csv

TODAY = date(2026, 10, 19)
TABLES = ("areas", "units", "rooms", "children", "staff")
HEADERS = {
    "areas": ["external_id", "name"],
    "units": ["external_id", "area_external_id", "name", "setting_type"],
    "rooms": ["external_id", "unit_external_id", "name"],
    "children": [
        *("external_id", "room_external_id", "birth_month", "sex", "multilingual", "support_need"),
        *("valid_from", "valid_to"),
    ],
    "staff": ["external_id", "unit_external_id", "room_external_id", "name", "role"],
}


def applied(existing: ExistingRoster, plan: RosterPlan) -> ExistingRoster:
    """What the database holds after `plan`."""

    def table(known: Known[Any], change: TablePlan[Any]) -> Known[Any]:
        written = {record.external_id: record for record in (*change.creates, *change.updates)}
        return Known({**known.records, **written}, {**known.histories, **change.histories})

    return ExistingRoster(**{name: table(getattr(existing, name), getattr(plan, name)) for name in TABLES})


def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


days = st.one_of(
    st.just(""),
    st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40)).map(lambda day: f"{day:%d-%m-%Y}"),
)
ends = st.just("") | days
keys, names = one_of("1", "2", "3"), one_of("Bi", "Humle")
cells = {
    "areas": st.tuples(keys, names),
    "units": st.tuples(keys, one_of("", "1", "2"), names, one_of("vuggestue", "dagpleje")),
    "rooms": st.tuples(keys, keys, names),
    "children": st.tuples(
        one_of("1", "2"), keys, st.just("2024-02"), st.just(""), one_of("ja", ""), st.just("nej"), days, ends
    ),
    "staff": st.tuples(keys, keys, one_of("", "1", "2"), names, one_of("leder", "pædagog")),
}


@st.composite
def files(draw: st.DrawFn) -> dict[str, CsvTable]:
    """Files that are often, but not always, right."""
    made = {}
    for name in draw(st.sampled_from([("children",), ("children", "rooms"), ("units", "staff"), TABLES])):
        key = (lambda row: row) if name == "children" else (lambda row: row[0])
        rows = draw(st.lists(cells[name], min_size=1, max_size=3, unique_by=key))
        made[f"{name}.csv"] = CsvTable(f"{name}.csv", HEADERS[name], [list(row) for row in rows])
    return made


BASE = {
    f"{name}.csv": CsvTable(f"{name}.csv", HEADERS[name], rows)
    for name, rows in {
        "areas": [["1", "Nord"], ["2", "Syd"]],
        "units": [["1", "1", "Bi", "vuggestue"], ["2", "", "Bi", "dagpleje"], ["3", "2", "Bi", "dagpleje"]],
        "rooms": [["1", "1", "Bi"], ["2", "2", "Bi"], ["3", "3", "Bi"]],
    }.items()
}


@st.composite
def rosters(draw: st.DrawFn) -> ExistingRoster:
    """A roster that came about through imports on earlier days."""
    roster = applied(ExistingRoster(), plan_roster(BASE, ExistingRoster(), today=date(2026, 1, 1)))
    for ago in sorted(draw(st.lists(st.integers(0, 60), max_size=5)), reverse=True):
        plan = plan_roster(draw(files()), roster, today=TODAY - timedelta(days=ago))
        roster = roster if plan.issues else applied(roster, plan)
    return roster


def changes_nothing(plan: RosterPlan) -> bool:
    return not plan.issues and all(replace(getattr(plan, name), unchanged=0) == TablePlan() for name in TABLES)


@given(rosters(), files())
def test_the_same_files_again_change_nothing(roster: ExistingRoster, incoming: dict[str, CsvTable]) -> None:
    plan = plan_roster(incoming, roster, today=TODAY)
    if not plan.issues:
        assert changes_nothing(plan_roster(incoming, applied(roster, plan), today=TODAY))


@given(rosters(), files(), st.integers(1, 100))
def test_files_that_say_since_when_change_nothing_on_a_later_day_either(
    roster: ExistingRoster, incoming: dict[str, CsvTable], later: int
) -> None:
    plan = plan_roster(incoming, roster, today=TODAY)
    dated = "children.csv" not in incoming or all(row[6] for row in incoming["children.csv"].rows)
    if dated and not plan.issues:
        assert changes_nothing(plan_roster(incoming, applied(roster, plan), today=TODAY + timedelta(days=later)))


@given(rosters(), files())
def test_every_row_is_counted_once_and_histories_never_overlap(
    roster: ExistingRoster, incoming: dict[str, CsvTable]
) -> None:
    plan = plan_roster(incoming, roster, today=TODAY)
    assert bool(plan.issues) == any(getattr(plan, name).rejected for name in TABLES)
    if plan.issues:
        return
    for name in TABLES:
        table: TablePlan[Any] = getattr(plan, name)
        keys = {row[0] for row in incoming[f"{name}.csv"].rows} if f"{name}.csv" in incoming else set()
        assert len(table.creates) + len(table.updates) + table.unchanged == len(keys)
        for history in table.histories.values():
            assert all(first.last_day < second.valid_from for first, second in pairwise(history))


@given(rosters(), files())
def test_nobody_who_is_left_out_changes(roster: ExistingRoster, incoming: dict[str, CsvTable]) -> None:
    after = applied(roster, plan_roster(incoming, roster, today=TODAY))
    for name in TABLES:
        named = {row[0] for row in incoming[f"{name}.csv"].rows} if f"{name}.csv" in incoming else set()
        before: Known[Any] = getattr(roster, name)
        for external_id in before.records.keys() - named:
            assert getattr(after, name).records[external_id] == before.records[external_id]
            assert getattr(after, name).histories.get(external_id) == before.histories.get(external_id)


def test_a_large_municipality_is_planned_without_an_issue() -> None:
    children = [f"C{i};R{i % 2000};2023-{i % 12 + 1:02};pige;ja;nej;01-08-2025;" for i in range(25_000)]
    staff = [f"S{i};U{i % 700};;Ida Æbelø;pædagog" for i in range(6_000)]
    texts = {
        "units": [f"U{i};;Enhed {i};vuggestue" for i in range(700)],
        "rooms": [f"R{i};U{i % 700};Stue {i}" for i in range(2_000)],
        "children": children,
        "staff": staff,
    }
    data = {name: "\r\n".join([";".join(HEADERS[name]), *rows]).encode("cp1252") for name, rows in texts.items()}
    tables = {f"{name}.csv": read_csv(content, file=f"{name}.csv") for name, content in data.items()}
    plan = plan_roster(tables, ExistingRoster(), today=TODAY)
    assert (plan.issues, len(plan.children.creates), len(plan.staff.creates)) == ((), 25_000, 6_000)
