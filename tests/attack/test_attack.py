"""A small part of the campaign that `python -m tests.attack` runs in full, and that the attacker is a good one."""

from typing import Any

import numpy as np
import pytest

from domain._regions import Wrong, few_or_alike
from domain._tables import Part, Round, Table
from domain.scales import person_scores, reverse_keyed
from tests.attack.attacker import Atoms, groups, programs
from tests.attack.campaign import attack
from tests.attack.jointly import joint_programs
from tests.attack.municipalities import town


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_group_is_known_more_closely_than_the_protection_interval(seed: int) -> None:
    tries = list(attack(seed))
    assert [one for one in tries if one.succeeded] == []
    assert len(tries) > 3


def test_the_attacker_finds_out_what_is_left_unprotected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the test for other possible worlds he pins what a leader answered: the rest of the unit said the same."""
    monkeypatch.setattr("domain._crossing.wrong", nothing_exposed)
    assert any(one.succeeded for seed in range(12) for one in attack(seed))


def nothing_exposed(round_: Round, part: Part, shown: Any, divided: Any, where: Any) -> Wrong:
    found = few_or_alike(round_, part, Table.of(round_.layout, part, shown, divided, where))
    return Wrong(found, np.zeros(len(round_.layout.area), dtype=bool))


@pytest.mark.parametrize("seed", range(100, 112))
def test_no_figure_of_a_group_is_one_of_each_person_in_it(seed: int) -> None:
    place = town(seed)
    atoms = Atoms.of(place)
    for _, program, shown in programs(place, atoms, groups(place, atoms)):
        for group, seen in zip(groups(place, atoms), shown, strict=True):
            assert not (seen and program.alike(group.atoms))
    for group in groups(place, atoms):
        for component in group.cell.components:
            assert component.sd != 0
            assert not any(item.distribution and max(item.distribution) == item.n for item in component.items)


@pytest.mark.parametrize("seed", [65, 281, 528])
def test_what_once_succeeded_does_so_no_longer(seed: int) -> None:
    """65: a setting type of nine people was hidden as too few, and shown as the rest of the others.
    528: all of a unit gave one answer in the middle of the scale; the others' distribution said that none gave a lower
    one. 281: a place that was in a block with others already was not put together with more when it had to be."""
    assert [one for one in attack(seed) if one.succeeded] == []


def test_what_is_published_is_true_of_the_people_it_is_about() -> None:
    place = town(3)
    atoms = Atoms.of(place)
    for _, program, _ in programs(place, atoms, groups(place, atoms)):
        assert np.isfinite(program.known).all()
        for around, answers in program.around:
            assert len(answers) == program.n[around].sum()


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_what_the_attacker_solves_is_true_of_the_answers_that_were_given(seed: int) -> None:
    """Of component and items together, of people who left items out, and of agreement: else he would seek elsewhere."""
    place = town(seed)
    atoms = Atoms.of(place)
    cells = groups(place, atoms)
    given = reverse_keyed(place.answers, instrument=place.instrument)
    points = np.arange(place.instrument.scale.min, place.instrument.scale.max + 1)
    indicator = atoms.indicator(place)
    for number, component in enumerate(place.instrument.components):
        score = np.nan_to_num(person_scores(place.answers, instrument=place.instrument)[:, number])
        items = place.instrument.component_items(component.key)
        truth = [indicator @ score, indicator @ score**2]
        truth += [(indicator @ (given[:, [item]] == points)).reshape(-1) for item in items]
        x = np.concatenate(truth)
        for program in joint_programs(place, atoms, cells, number):
            assert program.equal @ x == pytest.approx(program.known, abs=1e-6)
            assert (program.less @ x <= program.most + 1e-9).all()
