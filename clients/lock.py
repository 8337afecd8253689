"""Renews package-lock.json: exactly the versions, with the hash of each, and no address of anybody.

`make lock` runs it. Packages are found by name where npm is told to look; what they ask donations for is left out.
"""

import json
import subprocess
from pathlib import Path

CLIENTS = Path(__file__).parent
LOCK = CLIENTS / "package-lock.json"


def main() -> None:
    command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--silent"]
    subprocess.run(command, cwd=CLIENTS, check=True)  # noqa: S603 - a fixed command
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
