"""A small part of the campaign that `python -m tests.attack` runs in full, and that the attacker is a good one."""

import numpy as np
import pytest

from tests.attack.attacker import Atoms, groups, programs
from tests.attack.campaign import attack
from tests.attack.municipalities import town


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_group_is_known_more_closely_than_the_protection_interval(seed: int) -> None:
    tries = list(attack(seed))
    assert [one for one in tries if one.succeeded] == []
    assert len(tries) > 3


def test_the_attacker_finds_out_what_is_left_unprotected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the bounding test he pins what a leader answered: the rest of the unit all said the same."""
    monkeypatch.setattr("domain.sums.unbounded", lambda layout, shown, given, **rules: shown.copy())
    assert any(one.succeeded for seed in (0, 1, 2, 7) for one in attack(seed))


def test_what_is_published_is_true_of_the_people_it_is_about() -> None:
    place = town(3)
    atoms = Atoms.of(place)
    for _, program, _ in programs(place, atoms, groups(place, atoms)):
        assert np.isfinite(program.known).all()
        for around, answers in program.around:
            assert len(answers) == program.n[around].sum()
