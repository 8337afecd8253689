"""Ratings in bulk: applied and planned again, the same rows change nothing; every row is planned, corrected or told."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.ratings_plan import KnownChild, KnownRoom, KnownStaff, RatingPlan, Standing, plan_development, plan_practice
from domain.ratings_sheet import DEVELOPMENT_COLUMNS, PRACTICE_COLUMNS, RatingLine, read_ratings
from domain.tabular import read_csv
from tests.domain.development_examples import FORM, INSTRUMENT

TODAY = date(2026, 10, 19)
ROOMS = {key: KnownRoom(f"id-{key}", f"unit-{key}") for key in ("bi", "humle")}
STAFF = {"anna": KnownStaff("id-anna", "unit-bi"), "bo": KnownStaff("id-bo", "unit-bi")}
CHILDREN = {
    "B01": KnownChild("id-B01", date(2023, 4, 1), "girl", (("id-bi", date(2026, 1, 1), None),)),
    "B02": KnownChild("id-B02", None, None, (("id-humle", date(2026, 1, 1), date(2026, 6, 30)),)),
}
ANSWERS = st.dictionaries(st.sampled_from([item.key for item in FORM.items]), st.integers(1, 5), max_size=4)
RATERS = st.sampled_from([None, "anna", "bo", "nobody"])
LINES = st.lists(
    st.tuples(
        st.sampled_from(["bi", "humle", "nowhere"]),
        st.sampled_from([date(2026, 6, 29), date(2026, 8, 24), date(2026, 9, 7), date(2026, 12, 7)]),
        RATERS,
        ANSWERS,
    ),
    max_size=12,
)


def practice(lines: list[RatingLine], standing: dict[tuple[object, ...], Standing]) -> RatingPlan:
    spans: dict[str, list[tuple[date, date]]] = {}
    for room, first, _ in standing:
        spans.setdefault(str(room), []).append((first, first + timedelta(weeks=7)))  # type: ignore[operator,arg-type]
    return plan_practice(
        lines, rooms=ROOMS, staff=STAFF, standing=standing, spans=spans, today=TODAY,
        last_week=lambda _, first: first + timedelta(weeks=7),
    )  # fmt: skip


@given(LINES)
def test_planned_again_after_it_was_applied_nothing_is_left_to_do(
    rows: list[tuple[str, date, str | None, dict[str, int]]],
) -> None:
    lines = [
        RatingLine(at, {"room_external_id": room, "first_week": week, "rater_external_id": rater}, dict(answers))
        for at, (room, week, rater, answers) in enumerate(rows, start=2)
    ]
    plan = practice(lines, {})
    wrong = plan.findings.rows
    assert {it.row for it in plan.creates} | wrong == {line.row for line in lines}
    assert not {it.row for it in plan.creates} & wrong
    standing = {
        (it.values["room_id"], it.values["first_week"], it.rater_id): Standing(
            str(it.row), it.state, it.answers, it.comment
        )
        for it in plan.creates
    }
    good = [line for line in lines if line.row not in wrong]
    again = practice(good, standing)
    assert (again.creates, again.corrections, again.unchanged) == ([], [], len(good))
    changed = [replace(line, answers={**line.answers, FORM.items[-1].key: 5, FORM.items[0].key: 1}) for line in good]
    moved = practice(changed, standing)
    assert moved.creates == []
    assert len(moved.corrections) + moved.unchanged == len(good)


def development(*rows: str) -> RatingPlan:
    header = "child_external_id,assessed_on,rater_external_id,language_0,language_1,language_2,language_3"
    file = read_ratings(read_csv("\n".join([header, *rows]).encode()), DEVELOPMENT_COLUMNS, FORM)
    assert file.issues == ()
    return plan_development(
        file.lines, instrument=INSTRUMENT, rooms=ROOMS, staff=STAFF, children=CHILDREN, standing={}, today=TODAY
    )


def test_a_joint_rating_counts_the_individual_ones_of_its_own_file() -> None:
    together = "B01,2026-10-05,,4,4,4,4"
    plan = development(together, "B01,2026-10-05,anna,4,4,4,4", "B01,2026-09-05,bo,3,3,3,NA")
    assert sorted(it.row for it in plan.creates) == [2, 3, 4]
    assert [issue.code for issue in development(together).findings.issues()] == ["ratings-first"]
    assert [it.values["age_months"] for it in plan.creates if it.row == 4] == [41]


def test_a_child_that_left_or_has_no_age_is_told() -> None:
    codes = [
        issue.code for issue in development("B02,2026-05-04,,4,4,4,4", "B02,2026-07-04,,4,4,4,4").findings.issues()
    ]
    assert codes == ["birth-month-unknown", "child-not-in-room"]


def test_a_column_in_other_letters_is_the_same_column_and_a_misspelt_one_is_told() -> None:
    table = read_csv(b"Room_External_ID;First_Week;LANGUAGE_0\nbi;2026-W35;4,0\n")
    file = read_ratings(table, PRACTICE_COLUMNS, FORM)
    assert ([line.answers for line in file.lines], file.issues) == ([{"language_0": 4}], ())
    wrong = read_ratings(read_csv(b"room_external_id,first_week,langage_0\nbi,2026-W35,4\n"), PRACTICE_COLUMNS, FORM)
    assert [(issue.code, issue.column) for issue in wrong.issues] == [("unknown-column", "langage_0")]
