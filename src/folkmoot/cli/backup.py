"""`folkmoot backup` and `folkmoot restore`: all of an installation in one file, and back."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples, say, stop

DATABASE: Final = "folkmoot.sqlite3"
MANIFEST: Final = "manifest.json"
FOLDERS: Final = ("media", "keys")
UNFINISHED: Final = ".incoming"
"""In media/, what is still being written, see `people.kept_files`."""
FORMAT: Final = 1
MOST_BYTES: Final = 50 * 1024**3
MOST_FILES: Final = 200_000
USAGE, CONFLICT = 2, 5
BLOCK: Final = 1024 * 1024
# What reading an archive raises that is none, or was cut, or holds a list that is none.
NOT_WHOLE: Final = (
    tarfile.TarError,
    EOFError,
    gzip.BadGzipFile,
    zlib.error,
    FileExistsError,
    ValueError,
    RecursionError,
)


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot backup", "Write one file into the folder of backups"),
        ("folkmoot backup --to /mnt/backups --keep 14", "Elsewhere, and keep the newest fourteen"),
    ],
)
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="The folder; FOLKMOOT_BACKUPS by default.")
@click.option("--keep", type=click.IntRange(1, 1000), help="Delete older backups there, all but this many.")
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was written.")
def backup(to: Path | None, keep: int | None, as_json: bool) -> None:
    """Write database, uploaded files and keys into one file, while Folkmoot runs or not.

    The file holds everything, also the secret key: keep it where only you can read it.
    """
    django_ready()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from folkmoot.desk.findings import BACKUP_NAMES

    if connection.vendor != "sqlite":
        stop(
            "The database is PostgreSQL, which has its own tool: pg_dump --format=custom --file=folkmoot.dump "
            '"$DATABASE_URL". Copy the folders media/ and keys/ of the data folder beside it.',
            USAGE,
        )
    file = Path(connection.settings_dict["NAME"])
    if not file.is_file():
        stop("There is nothing to copy yet: no database was made.", 3)
    folder = to or settings.BACKUP_FOLDER
    try:
        written = write_backup(file, settings.DATA_FOLDER, folder, now=timezone.now(), version=settings.VERSION)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        stop(f"No backup was made in {folder}: {error}.")
    try:
        dropped = drop_old(folder, BACKUP_NAMES, keep, but=written) if keep else []
    except OSError as error:
        stop(f"{written} was made, but older ones could not be deleted: {error}.")
    if as_json:
        click.echo(json.dumps({"file": str(written), "bytes": written.stat().st_size, "deleted": len(dropped)}))
    else:
        click.echo(written)
        say(f"{written.stat().st_size // 1024} KB written." + (f" {len(dropped)} older deleted." if dropped else ""))


def write_backup(file: Path, data: Path, folder: Path, *, now: datetime, version: str) -> Path:
    """One file with a whole copy of the database as of one instant, and the folders beside it.

    SQLite's own copying is used: a copy of the file alone could be half written, and would lack what lies in the
    write-ahead log. The file appears under its name only when it is complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"folkmoot-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
        copy = Path(work) / DATABASE
        # Read-only, and by its own connection: whoever writes meanwhile is neither kept waiting nor half copied.
        read_only = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(read_only, uri=True)) as source, closing(sqlite3.connect(copy)) as to:
            source.backup(to)
            to.execute("PRAGMA journal_mode=DELETE")
        unfinished = Path(work) / "archive"
        with _for_us_alone(unfinished) as out, gzip.GzipFile(fileobj=out, mode="wb") as packed:
            _pack(packed, copy, data, {"format": FORMAT, "version": version, "made_at": now.isoformat()})
        # On the disk before it has its name, and before older ones are deleted: a power cut must not cost both.
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(target)
    return target


def _for_us_alone(path: Path) -> BinaryIO:
    """A new file that nobody else on the machine may read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _pack(packed: gzip.GzipFile, copy: Path, data: Path, manifest: dict[str, Any]) -> None:
    """The database, then every file as it is at one moment, then the list with their digests.

    The list comes last, since a file is only known once it was read: it may change or go while others are packed.
    What a row of the database speaks of was written before that row, and so before the database was copied.
    """
    digests: dict[str, str] = {}
    size = 0
    still = copy.with_name("still")
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, path in [(DATABASE, copy), *_beside(data)]:
            source = path
            if path is not copy:
                source = still
                try:
                    shutil.copy2(path, still)
                except FileNotFoundError:
                    continue  # Somebody deleted it a moment ago.
            digests[name] = digest_of(source)
            size += source.stat().st_size
            if size > MOST_BYTES or len(digests) >= MOST_FILES:
                raise tarfile.TarError("there are more files than `folkmoot restore` would take back")
            info = tarfile.TarInfo(name)
            info.size = source.stat().st_size
            info.mtime = int(source.stat().st_mtime)
            info.mode = 0o600
            with source.open("rb") as content:
                archive.addfile(info, content)
        text = json.dumps(manifest | {"files": digests}, indent=1).encode()
        end = tarfile.TarInfo(MANIFEST)
        end.size = len(text)
        archive.addfile(end, io.BytesIO(text))


def _beside(data: Path) -> Iterator[tuple[str, Path]]:
    for name in FOLDERS:
        for path in sorted((data / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and UNFINISHED not in path.parts:
                yield path.relative_to(data).as_posix(), path


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def drop_old(folder: Path, names: str, keep: int, *, but: Path | None = None) -> list[Path]:
    """Delete all backups in a folder but the newest `keep`, by their names, which hold their time.

    `but` stays in any case: with a clock that was set back, what was just made is not the newest by its name.
    """
    old = [path for path in sorted(folder.glob(names))[:-keep] if path != but]
    for path in old:
        path.unlink()
    return old


class BadBackup(Exception):
    """A file that is no backup of ours, or not a whole one; the text says why."""


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot restore folkmoot-20261126T030000Z.tar.gz", "Into the data folder, which must be empty"),
        ("folkmoot restore FILE --aside", "What lies there now is moved aside first"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--aside", is_flag=True, help="Move what the data folder holds now into a folder beside it.")
def restore(file: Path, aside: bool) -> None:
    """Bring a backup back into the data folder. Stop Folkmoot first; nothing there is overwritten."""
    os.environ.setdefault("FOLKMOOT_SAMPLE", "0")
    django_ready()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from folkmoot.cli import prepare

    if connection.vendor != "sqlite":
        stop("The database is PostgreSQL; bring its dump back with pg_restore.", USAGE)
    data: Path = settings.DATA_FOLDER
    prepare.check_folder(data)
    with prepare.hold_folder(data):
        # With the log of a database that is gone, since SQLite would play it into the one that is brought back.
        ours = (data / DATABASE, *data.glob(f"{DATABASE}-*"), *(data / name for name in FOLDERS))
        present = [path for path in ours if _holds_something(path)]
        # The key that the settings have just made for an empty folder is nobody's yet.
        if (data / DATABASE).exists() and not aside:
            stop(f"{data} holds a community already; say --aside to move it aside, or name another folder.", CONFLICT)
        with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as work:
            try:
                manifest = unpack(file, Path(work))
            except BadBackup as problem:
                stop(str(problem), USAGE)
            except OSError as error:
                stop(f"{file} cannot be unpacked in {data}: {error.strerror}.", USAGE)
            prepare.refuse_newer(applied_in(Path(work) / DATABASE))
            connection.close()
            if present:
                kept = data / f"before-restore-{timezone.now():%Y%m%dT%H%M%SZ}"
                _move(present, kept)
                say(f"What was there lies in {kept} now.")
            _move([path for path in Path(work).iterdir() if path.name != MANIFEST], data)
    prepare.bring_up_to_date(say)
    say(f"Brought back what Folkmoot {manifest['version']} wrote on {manifest['made_at']}. Now: folkmoot doctor")


def unpack(file: Path, target: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and compare every file with its digest; BadBackup before anything else.

    Only plain files of the names that a backup has are taken, up to fixed numbers and sizes: no links, no paths that
    lead elsewhere.
    """
    try:
        with tarfile.open(file, mode="r|gz") as archive:
            manifest = _unpacked(archive, target)
    except NOT_WHOLE as problem:
        raise BadBackup(f"{file} is no backup of Folkmoot, or is not whole: {problem}.") from None
    found = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
    if DATABASE not in found or set(found) != set(manifest["files"]):
        raise BadBackup(f"{file} is not whole: some of its files are missing.")
    for name, path in found.items():
        if digest_of(path) != manifest["files"][name]:
            raise BadBackup(f"{file} is damaged: {name} is not what was written.")
    try:
        with closing(sqlite3.connect(target / DATABASE)) as database:
            # Some constraints call functions that only Django's connection has; every row has passed them already.
            database.execute("PRAGMA ignore_check_constraints = ON")
            answer = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        answer = str(problem)
    if answer != "ok":
        raise BadBackup(f"The database in {file} is damaged: {answer}.")
    return manifest


def applied_in(file: Path) -> list[tuple[str, str]]:
    """The migrations, by room and name, that a SQLite database has had."""
    with closing(sqlite3.connect(file)) as database:
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone() is None:
            return []
        return database.execute("SELECT app, name FROM django_migrations").fetchall()


def _unpacked(archive: tarfile.TarFile, target: Path) -> dict[str, Any]:
    manifest: dict[str, Any] | None = None
    size = count = 0
    for member in archive:
        count, size = count + 1, size + member.size
        if count > MOST_FILES or size > MOST_BYTES:
            raise BadBackup("The backup holds more than any of ours does.")
        parts = PurePosixPath(member.name).parts
        is_ours = member.name in (MANIFEST, DATABASE) or (len(parts) > 1 and parts[0] in FOLDERS)
        if not member.isreg() or not is_ours or ".." in parts or member.name.startswith("/") or "\\" in member.name:
            raise BadBackup(f"The backup holds something that is none of ours: {member.name[:100]!r}.")
        content = archive.extractfile(member)
        if content is None:
            raise BadBackup("The backup is not whole.")
        if member.name == MANIFEST:
            manifest = json.loads(content.read(BLOCK * 64))
            if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
                raise BadBackup("The backup was made by a version of Folkmoot that this one does not know.")
            continue
        path = target.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _for_us_alone(path) as out:
            while block := content.read(BLOCK):
                out.write(block)
    if manifest is None or not isinstance(manifest.get("files"), dict) or not {"version", "made_at"} <= set(manifest):
        raise BadBackup("The backup has no list of what is in it.")
    return manifest


def _holds_something(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def _move(paths: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        path.rename(folder / path.name)
