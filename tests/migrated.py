"""An empty database, brought up to date once: on SQLite for the runs to come, on PostgreSQL for this run's processes.

Bringing one up to date costs some seven seconds of a processor, which every process of every run would pay.
What is kept of SQLite is named after the migrations and the locked packages, so that a change of either makes another
one. On PostgreSQL it goes with the server of the run; on a server that was named nothing is left.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = (
    "src/folkmoot/*/migrations/*.py",
    "src/folkmoot/cli/first_migration.py",
    "src/folkmoot/ledger/triggers.py",
    "requirements/dev.txt",
)


def kept() -> Path:
    """Where the database of this state of the code is, or would be."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    folder = Path(tempfile.gettempdir()) / f"folkmoot-migrated-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{digest.hexdigest()[:24]}.sqlite3"


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let other processes wait while one makes what all of them want."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Keep a copy of an open database; whoever looks sees none of it or all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    # By its own connection, since constraints may call functions that Django adds to it.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.replace(path)


def take(path: Path, database: Path) -> bool:
    """Put what is kept where a database is wanted; False where nothing is kept yet."""
    if not path.exists():
        return False
    shutil.copy(path, database)
    return True


TEMPLATE = "folkmoot_migrated"


def is_kept_on_server(connection: BaseDatabaseWrapper) -> bool:
    """Whether the server of this run has the database that is kept, see `keep_on_server`."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        return cursor.fetchone() is not None


def keep_on_server(connection: BaseDatabaseWrapper) -> None:
    """Keep a copy of the open database on its server; the connection is closed, since PostgreSQL wants it so."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE "{name}"')


def take_from_server(connection: BaseDatabaseWrapper, name: str) -> None:
    """Make the database `name` from the one that is kept on the server."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
