"""The builds of the browser apps are committed, so that nobody needs Node to run them. This tells a stale one.

`python clients/builds.py --check` compares the sources with those each build was made of; `--seal` notes them after a
build (`make apps` does both). Only the standard library is used.
"""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

CLIENTS = Path(__file__).parent
WEB = CLIENTS.parent / "api" / "web"
SEAL = WEB / "builds.json"
APPS = ("survey", "mobile", "leader")
MOST_SCRIPT = 60 * 1024
"""Bytes of gzipped JavaScript: what a telephone fetches in two seconds where the network is poor."""


def sources(app: str) -> Iterator[Path]:
    """What a build is made of; tests and generated types are not in it."""
    for name in ("package-lock.json", "tsconfig.json"):
        yield CLIENTS / name
    for folder in ("shared", app):
        for path in sorted((CLIENTS / folder).rglob("*")):
            inside = path.relative_to(CLIENTS)
            if (
                path.is_file()
                and not ({"node_modules", "test"} & set(inside.parts))
                and not path.name.endswith((".test.ts", "openapi.d.ts"))
            ):
                yield path


def digest(paths: Iterator[Path], *, base: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.relative_to(base).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def built(app: str) -> Iterator[Path]:
    return (path for path in sorted((WEB / app).rglob("*")) if path.is_file())


def script(app: str) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in built(app) if path.suffix == ".js")


def state(app: str) -> dict[str, str]:
    return {"sources": digest(sources(app), base=CLIENTS), "built": digest(built(app), base=WEB)}


def faults() -> Iterator[str]:
    sealed = json.loads(SEAL.read_text()) if SEAL.exists() else {}
    for app in APPS:
        if not (CLIENTS / app / "index.html").exists():
            continue
        if sealed.get(app) != state(app):
            yield f"{app}: the build in api/web/{app} is stale; run `make apps`"
        if script(app) > MOST_SCRIPT:
            yield f"{app}: {script(app)} bytes of gzipped JavaScript, more than {MOST_SCRIPT}"


def main() -> int:
    if "--seal" in sys.argv:
        made = {app: state(app) for app in APPS if (CLIENTS / app / "index.html").exists()}
        SEAL.write_text(json.dumps(made, indent=2) + "\n")
    found = list(faults())
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
