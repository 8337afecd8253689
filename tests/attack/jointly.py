"""The joint attack: a component and its items in one program, with what ties them together."""

import numpy as np
from scipy import sparse

from domain.scales import MISSING, person_scores
from tests.attack.attacker import SLACK, Atoms, Floats, Group, Program, component_program, item_program
from tests.attack.municipalities import Town


def joint_programs(town: Town, atoms: Atoms, cells: list[Group], number: int) -> list[Program]:
    """A component and its items together: who answered every item has the mean of the answers as score; who left some
    out scores the same for these as for the rest, somewhere on the scale. Agreement is a sum of the items' squares.

    The first aims at the component, the others at each item."""
    items = town.instrument.component_items(town.instrument.components[number].key)
    parts = [component_program(town, atoms, cells, number)]
    parts += [item_program(town, atoms, cells, item) for item in items]
    link, least, most = _linked(town, atoms, parts, number)
    told, squares = _agreed(town, cells, parts, number)
    equal = sparse.vstack([sparse.block_diag([part.equal for part in parts]), link[least == most], told])
    known = np.concatenate([*(part.known for part in parts), least[least == most], squares])
    loose = link[least < most]
    less = sparse.vstack([sparse.block_diag([part.less for part in parts]), loose, -loose])
    limits = [*(part.most for part in parts), most[least < most] + SLACK, SLACK - least[least < most]]
    whole_of: list[Program] = []
    for place, part in enumerate(parts):
        empty = [sparse.csr_array((len(part.n), other.sums.shape[1])) for other in parts]
        empty[place] = part.sums
        whole_of.append(
            Program(
                sums=sparse.csr_array(sparse.hstack(empty)),
                n=part.n,
                equal=sparse.csr_array(equal),
                known=known,
                less=sparse.csr_array(less),
                most=np.concatenate(limits),
                bounds=np.vstack([each.bounds for each in parts]),
                low=part.low,
                high=part.high,
                around=part.around,
                answers=part.answers,
                step=part.step,
            )
        )
    return whole_of


def _linked(town: Town, atoms: Atoms, parts: list[Program], number: int) -> tuple[sparse.csr_array, Floats, Floats]:
    """As many times the scores as there are items, less all answers: of each atom, with the least and most it can be.

    It is nothing of who answered everything. Who left items out adds a score for each of them; who left out so many
    that there is no score takes away the answers that there are."""
    given = town.answers[:, list(town.instrument.component_items(town.instrument.components[number].key))] != MISSING
    scored = ~np.isnan(person_scores(town.answers, instrument=town.instrument)[:, number])
    items = given.shape[1]
    out = atoms.indicator(town) @ np.where(scored, items - given.sum(axis=1), 0)
    unscored = atoms.indicator(town) @ np.where(scored, 0, given.sum(axis=1))
    low, high = parts[0].low, parts[0].high
    link = sparse.csr_array(sparse.hstack([items * parts[0].sums, *(-part.sums for part in parts[1:])]))
    return link, out * low - unscored * high, out * high - unscored * low


def _agreed(town: Town, cells: list[Group], parts: list[Program], number: int) -> tuple[sparse.csr_array, Floats]:
    """What `rwg_j` tells of the items' squares. Where it is 0 it may have been cut there."""
    scale, items = town.instrument.scale, len(parts) - 1
    points = np.arange(scale.min, scale.max + 1, dtype=np.float64)
    squares = sparse.kron(sparse.eye(len(parts[0].n)), points[None, :] ** 2)
    rows, known = [sparse.csr_array((1, sum(part.sums.shape[1] for part in parts)))], [0.0]
    for group in cells:
        result = group.cell.components[number]
        means = [(item.n, item.mean) for item in result.items if item.n is not None and item.mean is not None]
        if not result.rwg_j:
            continue
        share = items * (1 - result.rwg_j) / (items * (1 - result.rwg_j) + result.rwg_j)
        inside = group.atoms @ squares
        each = [inside / (n - 1) for n, _ in means]
        rows.append(sparse.csr_array(np.concatenate([np.zeros(parts[0].sums.shape[1]), *each])[None, :]))
        variances = share * items * (len(points) ** 2 - 1) / 12
        known.append(variances + sum(n * mean**2 / (n - 1) for n, mean in means))
    return sparse.csr_array(sparse.vstack(rows)), np.array(known)
