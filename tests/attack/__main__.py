"""`python -m tests.attack [TOWNS] [FIRST]`: the attacker against so many random municipalities; says what he got."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from tests.attack.campaign import EVEN, Try, attack


def attacked(seed: int) -> list[Try]:
    try:
        return list(attack(seed))
    except Exception as error:
        error.add_note(f"municipality {seed}")
        raise


def main() -> int:
    towns = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    tries: list[Try] = []
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        for number, found in enumerate(processes.map(attacked, range(first, first + towns)), start=1):
            tries += found
            if number % 100 == 0:
                print(f"{number} municipalities", file=sys.stderr)
    print(f"{towns} municipalities from seed {first}")
    for kind in ("mean", "joint", "count"):
        mine = [one for one in tries if one.kind == kind]
        got = [one for one in mine if one.succeeded]
        print(
            f"{kind}: {len(mine)} attacks, {len(got)} below the floor, {sum(one.width < EVEN for one in got)} exactly"
        )
    widths = np.array([one.width for one in tries if one.kind == "mean" and one.n < 5])
    print("interval of the mean of 1-4 people, share of the scale, percentiles 0, 1, 5, 25, 50:", end=" ")
    print(np.round(np.percentile(widths, [0, 1, 5, 25, 50]), 3))
    successes = [one for one in tries if one.succeeded]
    for one in successes:
        print(one)
    return int(bool(successes))


if __name__ == "__main__":
    sys.exit(main())
