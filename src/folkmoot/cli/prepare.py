"""Before anything is served: the data folder is ours and writable, the database copied aside and up to date.

What cannot be done ends as `Refused` with one sentence that says what to do. Only work that was really done
is reported, so a start that had nothing to do says nothing.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from folkmoot.cli.first_migration import drawing_only_what_changed
from folkmoot.kit.errors import Refused

COPIES_KEPT = 5
# Any number that nothing else in this database uses as an advisory lock.
MIGRATION_LOCK = 0x666F6C6B


def check_folder(folder: Path) -> None:
    """Make the data folder where it is missing, and see that files can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"folkmoot")
            probe.flush()
    except OSError as error:
        raise Refused(
            f"The data folder {folder} cannot be written ({error.strerror}); "
            "free it, or name another with FOLKMOOT_DATA.",
            code="data_folder_not_writable",
        ) from None


def hold_folder(folder: Path) -> IO[str]:
    """Take the data folder for this process, until the returned file is closed or the process ends."""
    file = (folder / "serve.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise Refused(
            f"Folkmoot already runs on the data folder {folder}"
            + (f" (process {holder})" if holder else "")
            + "; stop it first, or name another folder with FOLKMOOT_DATA.",
            code="data_folder_in_use",
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def check_database() -> None:
    """See that the database answers."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise Refused(
            f"The database does not answer ({reason}); check DATABASE_URL and that its server runs.",
            code="database_unreachable",
        ) from None


def pending_migrations() -> list[str]:
    """Names of the migrations that are not applied yet, in their order, such as `groups.0001_initial`."""
    return _missing(MigrationExecutor(connection))


def _missing(executor: MigrationExecutor) -> list[str]:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """Apply missing migrations, after copying a SQLite file aside; one process at a time."""
    with _migrating_alone():
        executor = MigrationExecutor(connection)
        refuse_newer(executor.loader.applied_migrations)
        missing = _missing(executor)
        if not missing:
            return
        file = database_file()
        copy = copy_aside(file, settings.DATA_FOLDER / "backups", timezone.now()) if file else None
        if copy:
            say(f"Copied the database to {copy}.")
        try:
            with nullcontext() if executor.loader.applied_migrations else drawing_only_what_changed():
                call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            stopped_at = next(iter(pending_migrations()), missing[-1])
            before = f" The copy made before is {copy}." if copy else ""
            raise Refused(
                f"The database could not be brought up to date at {stopped_at}: {error}.{before}",
                code="migration_failed",
            ) from error
        say(f"Brought the database up to date ({len(missing)} migrations).")


def refuse_newer(applied: Iterable[tuple[str, str]]) -> None:
    """Refuse a database that a newer version of Folkmoot has written; this one would harm it.

    `applied` are the migrations that it has had, by room and name.
    """
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    known: dict[str, str] = {}
    for label, name in loader.disk_migrations:
        if loader.disk_migrations[label, name].__module__.startswith("folkmoot."):
            known[label] = max(name, known.get(label, ""))
    newer = sorted(name for label, name in applied if name > known.get(label, name))
    if newer:
        raise Refused(
            f"The database was last used by a newer version of Folkmoot (it has {newer[-1]}); "
            "run that version, or bring back the copy made before the update from backups/.",
            code="database_newer",
        )


def database_file() -> Path | None:
    """The SQLite file where it holds something already; None for PostgreSQL and for a first start."""
    if connection.vendor != "sqlite" or not MigrationRecorder(connection).applied_migrations():
        return None
    return Path(connection.settings_dict["NAME"])


def copy_aside(file: Path, folder: Path, now: datetime) -> Path:
    """Copy a SQLite database whole, in use or not, and keep the newest `COPIES_KEPT` copies."""
    copy = folder / f"{file.stem}-{now:%Y%m%dT%H%M%SZ}.sqlite3"
    unfinished = copy.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.chmod(0o600)
        unfinished.rename(copy)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise Refused(
            f"The database could not be copied to {folder} before migrating ({error}); nothing was changed.",
            code="copy_failed",
        ) from None
    for old in sorted(folder.glob(f"{file.stem}-*.sqlite3"))[:-COPIES_KEPT]:
        old.unlink()
    return copy


@contextmanager
def _migrating_alone() -> Iterator[None]:
    """Wait for others that migrate the same database, on this machine or, with PostgreSQL, on any."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        except BaseException:
            connection.close()  # ends the session and so frees the lock, whatever state it is in
            raise
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    else:
        with Path(f"{connection.settings_dict['NAME']}.migrating").open("a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def check_static_files() -> None:
    """See that the static files were collected; without their list every page would fail."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        raise Refused(
            f"There are no static files in {settings.STATIC_ROOT}; run `make setup` once.",
            code="static_files_missing",
        )
