"""A room data report that is kept comes back as the same value: the same code, the same bytes, whatever is in it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from domain.agreements import Adjustment, Standing
from reporting.document import code_for
from reporting.room.build import RoomReport, build_report
from reporting.room.kept import UnknownFormatError, kept, reopened
from reporting.room.named import named
from reporting.room.render import page_data, render
from reporting.room.views import report_csv, report_json
from tests.paper import words_of
from tests.reporting.assessed_examples import development, practice
from tests.reporting.room_examples import groups_and_strategies, participation, room_data

AGREED = (
    Standing(
        Adjustment("a", "more_activities", "Flere fokussamtaler ved måltidet", "Stuens pædagog", date(2026, 10, 1)),
        date(2026, 8, 24), "going_on", "Virker for de yngste",
    ),
    Standing(Adjustment("b", "other", "Læsehjørne.", "", None), date(2026, 8, 24), "open", ""),
)  # fmt: skip


def complete() -> RoomReport:
    measured = participation(18, late=1)
    parts: dict[str, Any] = {"practice": practice(form_changes=True), "development": development(), "agreed": AGREED}
    return build_report(replace(room_data(measured), **parts, **groups_and_strategies(measured)))


REPORTS = {
    "complete": complete,
    "bare": lambda: build_report(room_data(participation(5), areas=False)),
    "nobody": lambda: build_report(room_data(participation(0, letters="nnn"))),
    "not comparable": lambda: replace(complete(), development=development(comparable=False)),
}


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_what_is_kept_comes_back_as_the_same_value(make: Any) -> None:
    report = make()
    again = reopened(kept(report))
    assert again == report
    assert (code_for(again), kept(again)) == (code_for(report), kept(report))
    assert report_json(again) == report_json(report)
    assert report_csv(again) == report_csv(report)


@pytest.mark.parametrize("format", ["pdf", "html", "svg", "png"])
def test_the_pages_are_the_same_bytes(format: Any) -> None:
    report = complete()
    assert render(reopened(kept(report)), format=format) == render(report, format=format)


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    local = datetime(2026, 10, 18, 6, 0, tzinfo=timezone(timedelta(hours=2)))
    report = replace(complete(), data_time=local)
    again = reopened(kept(report))
    assert again.data_time == local.astimezone(UTC)
    assert (code_for(again), render(again, format="pdf")) == (code_for(report), render(report, format="pdf"))


def test_a_report_kept_before_a_part_was_added_keeps_its_code() -> None:
    content = json.loads(kept(complete()))
    for part in ("agreed", "composition", "strategies", "activities"):
        del content["report"][part]
    again = reopened(json.dumps(content | {"code": "K7F2-91QX"}))
    assert (again.agreed, again.composition, again.strategies, again.activities) == ((), None, (), 0)
    assert code_for(again) == report_json(again)["code"] == "K7F2-91QX"
    assert b"K7F2-91QX" in render(again, format="html")


def test_a_text_of_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(UnknownFormatError):
        reopened(json.dumps(json.loads(kept(complete())) | {"format": 2}))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "Flere fokussamtaler ved måltidet (aftalt 24. august 2026, Stuens pædagog følger op, senest 1. oktober "
               "2026) – fortsætter: Virker for de yngste"),
        ("en", "Læsehjørne (agreed 24 August 2026) – waits for an answer"),
    ],
)  # fmt: skip
def test_agreements_stand_with_who_when_and_how_it_went(language: Any, expected: str) -> None:
    told = page_data(complete(), language, participation=[])["agreed_before"]
    assert expected in [runs[1] for runs in told["sentences"]]


def test_names_stand_in_the_place_of_codes_on_every_page_that_says_so() -> None:
    report = complete()
    codes = [row.code for row in report.children]
    shown = named(report, {codes[0]: "Ida", codes[1]: "Åse", codes[2]: "Ida", "H99": "Noah"})
    assert [row.code for row in shown.children][:4] == [f"Ida ({codes[0]})", "Åse", f"Ida ({codes[2]})", codes[3]]
    assert code_for(shown) == code_for(report)
    assert not any("Kun til mødet" in page for page in words_of(render(report, format="pdf")))
    pages = words_of(render(shown, format="pdf"))
    assert len(pages) > 2
    assert all(page.count("Med børnenes navne. Kun til mødet.") >= 1 for page in pages)
    assert "koder i stedet for navne" not in " ".join(pages)
    assert "Med børnenes navne" in render(shown, format="html").decode()
