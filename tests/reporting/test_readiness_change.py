"""Since last time: careful by rule, never a cause, and nothing drawn that cannot be compared."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from domain.change import RoundChange
from domain.instruments import Equivalence
from reporting.readiness.build import ReadinessReport, build_report
from reporting.readiness.change_figure import change_alt, change_figure
from reporting.readiness.change_text import change_finding, change_section
from reporting.readiness.render import alternative, chart_names, page_data, render
from reporting.readiness.views import report_csv, report_json
from tests.reporting import readiness_examples as examples

CASES = {name: build_report(data) for name, data in examples.since_last_time().items()}


def said(report: ReadinessReport, language: Any = "da") -> str:
    section = change_section(report, language)
    assert section is not None
    sentences = [
        "".join(part if isinstance(part, str) else next(iter(part.values())) for part in runs)
        for runs in section["sentences"]
    ]
    return "\n".join([section["intro"], section["careful"], *sentences, section["ask"]])


def change_of(report: ReadinessReport) -> RoundChange:
    assert report.since is not None
    return report.since.change


def test_without_an_earlier_round_there_is_no_section_and_no_chart() -> None:
    alone = build_report(examples.unit_data())
    assert change_section(alone, "da") is None
    assert page_data(alone, "da")["since"] is None
    assert "change" not in chart_names(alone)
    assert change_finding(alone, "da") == []
    for draw in (change_figure, change_alt):
        with pytest.raises(ValueError, match="without an earlier round"):
            draw(alone, language="da")


def test_a_clear_change_is_called_one_and_any_other_is_within_chance() -> None:
    words = said(CASES["since"])
    titles = {
        "relations": "Relationer til forældre og omverden",
        "resources": "Ressourcer og rammer",
        "willingness": "Vilje",
    }
    verdicts = {it.key: it.verdict for it in change_of(CASES["since"]).components}
    assert [verdicts[key] for key in titles] == ["up", "down", "within_chance"]
    assert f"{titles['relations']} er steget fra 57 til 71" in words
    assert f"{titles['resources']} er faldet fra 59 til 31" in words
    assert f"{titles['willingness']} gik fra 71 til 75" in words
    assert "Det er inden for, hvad tilfældigheder alene kan give" in words
    assert "Dengang svarede 15 (75\N{NO-BREAK SPACE}% af de inviterede), nu 16" in words


def test_no_sentence_says_what_caused_a_change() -> None:
    for report in CASES.values():
        for language, causes in (
            ("da", ("fordi", "skyldes indsatsen", "takket være")),
            ("en", ("because of", "thanks to")),
        ):
            words = said(report, language).replace("fordi der", "").replace("fordi svarskalaen", "")
            assert not any(cause in words for cause in causes), words


def test_when_others_may_have_answered_nothing_has_risen() -> None:
    report = CASES["since_other_people"]
    assert change_of(report).response.careful
    words = said(report)
    assert "Svarprocenten er faldet 24 procentpoint" in words
    assert "er steget" not in words
    assert "ligger højere end sidst" in words
    assert change_finding(report, "da") == []
    assert ", højere" in change_alt(report, "da")


def test_a_place_that_is_not_the_same_place_any_more_says_so() -> None:
    data = examples.with_earlier(examples.municipality_data(), n=600, invited=900)
    assert "ikke helt de samme enheder" not in said(build_report(data))
    assert data.earlier is not None
    moved = replace(data, earlier=replace(data.earlier, new_units=2, gone_units=1))
    assert "2 er kommet til, og 1 er ikke med mere" in said(build_report(moved))


def test_few_answers_are_called_few_and_no_difference_is_named() -> None:
    words = said(CASES["since_few"])
    assert "for få svar til at sige, om noget har ændret sig: under 10" in words
    assert "tilfældigheder" not in words
    assert "Hvad tror I selv" not in words


def test_what_was_hidden_then_stays_hidden_now() -> None:
    report = CASES["since_hidden"]
    assert {it.verdict for it in change_of(report).components} == {"not_shown"}
    assert "vises tallene ikke af hensyn til anonymiteten" in said(report)
    assert "Dengang svarede" not in said(report)
    assert "change" not in chart_names(report)


def test_a_broken_line_is_said_and_not_bridged() -> None:
    report = CASES["since_broken"]
    assert "Linjen er brudt: »Første måling« brugte version 2" in said(report)
    assert "change" not in chart_names(report)
    assert all(it.difference is None for it in change_of(report).components)


def test_a_line_broken_for_one_component_leaves_the_others() -> None:
    now = examples.vls_instrument()
    known = tuple((item.key, item.key) for item in now.items if item.key != "culture_1")
    mapped = replace(now, equivalences=(Equivalence(2, known),))
    earlier = replace(examples.vls_instrument(), version=2)
    report = build_report(examples.with_earlier(examples.unit_data(instrument=mapped), instrument=earlier))
    broken = {it.key: it.broken and it.broken.code for it in change_of(report).components}
    assert {key for key, code in broken.items() if code} == {"culture"}
    assert "Linjen er brudt, fordi der er kommet nye udsagn til: kultur og samarbejde." in said(report)
    assert "linjen er brudt" in alternative(report, "change", language="da")
    assert b"linjen er brudt" in render(report, format="svg", chart="change", language="da")


def test_the_finding_names_a_clear_change_of_what_readiness_is_made_of() -> None:
    data = examples.with_earlier(examples.unit_data(), levels=(0.4, 0.75, 0.7, 0.8, 0.4, 0.6), n=18)
    report = build_report(data)
    [words] = change_finding(report, "da")
    assert isinstance(words, str)
    assert words.startswith(" Siden sidst er vilje steget fra ")
    assert "og kapacitet faldet fra " in words
    assert page_data(report, "da")["finding"][-1] == words


def test_the_chart_has_its_numbers_in_its_alternative_text() -> None:
    words = change_alt(CASES["since"], "en")
    for it in change_of(CASES["since"]).components:
        assert f"from {it.before:.1f} to {it.now:.1f}" in words


def test_the_band_covers_the_hollow_dot_exactly_where_chance_may_be_all() -> None:
    """What the note under the chart promises."""
    for it in change_of(CASES["since"]).components:
        assert it.before is not None
        assert it.difference is not None
        assert it.difference.low is not None
        assert it.difference.high is not None
        covered = it.before + it.difference.low <= it.before <= it.before + it.difference.high
        assert covered == (it.verdict == "within_chance")


def test_json_and_csv_carry_the_same_change() -> None:
    report = CASES["since"]
    value = json.loads(json.dumps(report_json(report), allow_nan=False))
    told = {it["key"]: it for it in value["since"]["change"]["components"]}
    rows = csv.DictReader(io.StringIO(report_csv(report, language="en").removeprefix("\ufeff")))
    by_component = {row["component"]: row for row in rows if row["component"] and not row["item"] and not row["cut"]}
    for key, row in by_component.items():
        found = [float(row[name]) for name in ("score_before", "difference", "difference_low", "difference_high")]
        difference = told[key]["difference"]
        assert found == pytest.approx([told[key]["before"], *(difference[it] for it in ("value", "low", "high"))])
        assert row["change"] == told[key]["verdict"]
        assert np.isclose(float(row["score"]) - float(row["score_before"]), float(row["difference"]))
    assert value["map"]["position"] == "over_under"
    assert set(value["readiness_by_rule"]) == {"mean", "min", "geometric_mean"}


def test_a_hidden_earlier_round_leaves_no_number_in_the_csv() -> None:
    rows = csv.DictReader(io.StringIO(report_csv(CASES["since_hidden"]).removeprefix("\ufeff")), delimiter=";")
    assert not any(row["score_before"] or row["n_before"] or row["difference"] for row in rows)
