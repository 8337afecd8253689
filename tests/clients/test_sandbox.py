"""The fictional municipality as values: what it promises to every service it is sent to."""

import csv
import io
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from vls_client.sandbox.answers import answers_csv, instrument, invited
from vls_client.sandbox.assessments import days_of_assessment, development_csv, practice_csv, raters_of
from vls_client.sandbox.municipality import Municipality, municipality, staff_of
from vls_client.sandbox.observations import ROOMS, WEEKS, mondays_before, week_of

TODAY = date(2026, 10, 19)


@pytest.fixture(scope="module")
def place() -> Municipality:
    return municipality(today=TODAY)


def room_and_children(place: Municipality, external_id: str):  # type: ignore[no-untyped-def]
    """A room and its children as the API lists them."""
    room = {"id": str(uuid4()), "external_id": external_id, "name": "Stue"}
    children = [
        {
            "id": str(uuid4()),
            "external_id": child.external_id,
            "multilingual": child.multilingual,
            "support_need": child.support_need,
            "memberships": [
                {
                    "room_id": room["id"],
                    "valid_from": str(child.valid_from),
                    "valid_to": child.valid_to and str(child.valid_to),
                }
            ],
        }
        for child in place.children
        if child.room_external_id == external_id
    ]
    return room, children


def test_the_same_seed_gives_the_same_municipality_and_another_seed_another(place: Municipality) -> None:
    assert municipality(today=TODAY).files() == place.files()
    assert municipality(today=TODAY, seed=1).files() != place.files()
    assert answers_csv(place) == answers_csv(municipality(today=TODAY + timedelta(days=40)))


def test_the_earlier_answers_are_of_the_same_workplaces_and_not_the_same_answers(place: Municipality) -> None:
    rounds = [list(csv.DictReader(io.StringIO(answers_csv(place, earlier=e).decode()))) for e in (True, False)]
    before, now = ([{k: row[k] for k in row if k.startswith("capacity")} for row in rows] for rows in rounds)
    assert before[:50] != now[:50]
    assert {row["unit_external_id"] for row in rounds[0]} == {row["unit_external_id"] for row in rounds[1]}


def test_it_is_as_large_and_as_mixed_as_a_small_municipality(place: Municipality) -> None:
    kinds = Counter(unit.setting_type for unit in place.units)
    staffed = Counter(person.unit_external_id for person in place.staff)
    assert (len(place.areas), len(place.units)) == (4, 24)
    assert set(kinds) == {"childminding", "nursery", "kindergarten", "integrated"}
    assert 60 <= len(place.rooms) <= 80
    assert 800 <= len(place.children) <= 1000
    assert min(staffed.values()) < 5 < max(staffed.values())


def test_nothing_in_it_could_be_taken_for_a_cpr_number(place: Municipality) -> None:
    everything = b"".join([*place.files().values(), answers_csv(place)]).decode()
    assert re.search(r"\d{6}-?\d{4}", everything) is None


def test_every_reference_leads_to_a_row(place: Municipality) -> None:
    areas = {area.external_id for area in place.areas}
    units = {unit.external_id for unit in place.units}
    rooms = {room.external_id: room.unit_external_id for room in place.rooms}
    assert {unit.area_external_id for unit in place.units} == areas
    assert set(rooms.values()) == units
    assert {child.room_external_id for child in place.children} == set(rooms)
    assert all(rooms[who.room_external_id] == who.unit_external_id for who in place.staff if who.room_external_id)
    assert all(child.valid_to is None or child.valid_from < child.valid_to for child in place.children)


def test_external_ids_are_used_once(place: Municipality) -> None:
    for rows in (place.areas, place.units, place.rooms, place.children, place.staff):
        ids = [row.external_id for row in rows]
        assert len(set(ids)) == len(ids)


def test_the_questionnaire_has_the_model_of_two_primary_and_four_contextual_components() -> None:
    body = instrument()
    kinds = Counter(component["kind"] for component in body["components"])
    per_component = Counter(item["component"] for item in body["items"])
    texts = [item["text"][language] for item in body["items"] for language in ("da", "en")]
    assert kinds == {"primary": 2, "contextual": 4}
    assert set(per_component.values()) <= {5, 6}
    assert 3 <= sum(item["reverse"] for item in body["items"]) <= 4
    assert len(set(texts)) == len(texts)
    assert all(text.endswith(".") for text in texts)


def test_the_questionnaire_says_what_to_do_and_what_to_talk_about_in_both_languages() -> None:
    body = instrument()
    positions = Counter(task["position"] for task in body["tasks"])
    asked = {(prompt["occasion"], prompt["component"]) for prompt in body["prompts"]}
    texts = [each["text"] for kind in ("tasks", "prompts") for each in body[kind]]
    assert set(positions) == {"over_over", "over_under", "under_over", "under_under"}
    assert set(positions.values()) == {3}
    assert {(occasion, None) for occasion in ("always", "driver", "barrier", "spread")} <= asked
    assert {component for _, component in asked if component} == {each["key"] for each in body["components"]}
    assert all(text["da"] and text["en"] and text["da"] != text["en"] for text in texts)
    assert body["title"]["da"].endswith("(demo)")
    assert body["source"]["da"].startswith("Demo")
    assert body["licence"]


def test_answers_are_on_the_scale_or_missing_and_leaders_are_not_asked(place: Municipality) -> None:
    rows = list(csv.DictReader(io.StringIO(answers_csv(place).decode())))
    items = [item["key"] for item in instrument()["items"]]
    given = Counter(row[item] for row in rows for item in items)
    asked = sum(person.role != "leader" for _, person in staff_of(place))
    assert set(given) == {"1", "2", "3", "4", "5", "NA"}
    assert sum(invited(place).values()) == asked
    assert 0.7 * asked < len(rows) < asked
    assert "leader" not in {row["role"] for row in rows}


def test_the_weeks_are_the_last_whole_ones() -> None:
    mondays = mondays_before(date(2026, 10, 25))  # a Sunday
    assert len(mondays) == WEEKS
    assert mondays[-1] == date(2026, 10, 12)
    assert all(later - earlier == timedelta(weeks=1) for earlier, later in pairwise(mondays))


@pytest.mark.parametrize("external_id", ROOMS)
def test_a_week_is_the_same_however_often_it_is_made(place: Municipality, external_id: str) -> None:
    room, children = room_and_children(place, external_id)
    for monday in mondays_before(TODAY):
        assert week_of(room, children, monday) == week_of(room, children, monday)


def test_an_activity_has_a_group_of_distinct_children_who_were_there(place: Municipality) -> None:
    sizes: dict[str, set[int]] = {"immersion_activity": set(), "focus_conversation": set()}
    ids: list[str] = []
    for external_id in ROOMS:
        room, children = room_and_children(place, external_id)
        for week in (week_of(room, children, monday) for monday in mondays_before(TODAY)):
            absent = {tally["child_id"] for tally in (week.body or {"tallies": []})["tallies"] if tally.get("absent")}
            for activity in week.activities:
                group = activity["child_ids"]
                assert len(set(group)) == len(group)
                assert not absent & set(group)
                sizes[activity["kind"]].add(len(group))
                ids.append(activity["id"])
    assert len(set(ids)) == len(ids)
    assert max(sizes["immersion_activity"]) == 5
    assert max(sizes["focus_conversation"]) == 2


def test_the_shown_room_has_a_closed_week_a_forgotten_week_and_a_visible_pattern(place: Municipality) -> None:
    room, children = room_and_children(place, next(iter(ROOMS)))
    weeks = [week_of(room, children, monday) for monday in mondays_before(date(2026, 11, 23))]
    assert [week.name for week in weeks if week.body and week.body["closed"]] == ["2026-W42"]
    assert sum(week.body is None for week in weeks) == 1
    times = Counter(child for week in weeks for activity in week.activities for child in activity["child_ids"])
    groups: dict[bool, list[int]] = {True: [], False: []}
    for child in children:
        groups[child["multilingual"]].append(times[child["id"]])
    assert sum(groups[True]) / len(groups[True]) < 0.75 * sum(groups[False]) / len(groups[False])


FORM = {
    "elements": [{"key": "a"}, {"key": "b"}],
    "items": [{"key": "a1", "element": "a"}, {"key": "b1", "element": "b"}],
}


def test_ten_weeks_later_only_the_periods_since_are_evaluated(place: Municipality) -> None:
    raters = raters_of(place)
    before = list(csv.DictReader(io.StringIO(
        practice_csv(["E18-S2"], raters, FORM, first_week=date(2026, 6, 15)).decode()
    )))  # fmt: skip
    last = before[-1]["last_week"]
    after = list(csv.DictReader(io.StringIO(
        practice_csv(["E18-S2"], raters, FORM, first_week=date(2026, 8, 24), after=last).decode()
    )))  # fmt: skip
    assert len({row["first_week"] for row in before}) == 4
    assert {row["first_week"] for row in after} == {"2026-W35"}
    assert [bool(row["rater_external_id"]) for row in after] == [True, True, False]
    assert all(row["a1"] in "12345" for row in before + after)


def test_a_child_is_assessed_by_two_and_then_together_where_it_was_that_day(place: Municipality) -> None:
    instrument = {
        "areas": [{"key": "language"}],
        "items": [{"key": "l1", "area": "language"}, {"key": "l2", "area": "language"}],
        "norms": {
            "rows": [{"area": "language", "sex": None, "from_months": 10, "to_months": 71, "attention_below": 6}]
        },
    }
    child = {
        "external_id": "B1", "birth_month": "2023-04", "sex": "girl", "multilingual": True, "support_need": False,
        "memberships": [{"valid_from": "2026-05-01", "valid_to": None}],
    }  # fmt: skip
    baby = child | {"external_id": "B2", "birth_month": "2026-01"}
    days = days_of_assessment(TODAY)
    file = development_csv([("E18-S2", child), ("E18-S2", baby), ("E01-S1", child)], raters_of(place), instrument,
                           days=days)  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(file.decode())))
    assert [(row["child_external_id"], row["assessed_on"]) for row in rows] == [("B1", "2026-10-05")] * 3
    assert [bool(row["rater_external_id"]) for row in rows] == [True, True, False]
