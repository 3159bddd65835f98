"""`folkmoot backup` and `folkmoot restore`: a whole copy at any moment, and nothing but a whole one comes back."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from folkmoot.cli.backup import BadBackup, drop_old, unpack, write_backup
from tests.cli.running import run

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def database(folder: Path) -> Path:
    """A database in WAL mode whose two tables always hold the same number of rows, as of any commit."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "folkmoot.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.executescript("CREATE TABLE turnout (id INTEGER PRIMARY KEY); CREATE TABLE box (id INTEGER PRIMARY KEY);")
    return file


def write(file: Path, rows: int) -> sqlite3.Connection:
    """Add rows, a pair in each transaction; the connection stays open so that the log is not folded in."""
    writer = sqlite3.connect(file, timeout=20, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint=0")
    for _row in range(rows):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO turnout DEFAULT VALUES")
        writer.execute("INSERT INTO box DEFAULT VALUES")
        writer.execute("COMMIT")
    return writer


def counts(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as opened:
        return tuple(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("turnout", "box"))


def backup_of(folder: Path, to: Path, now: datetime = NOW) -> Path:
    return write_backup(folder / "folkmoot.sqlite3", folder, to, now=now, version="1.0")


def test_backup_has_what_was_committed_to_the_last_moment_and_the_folders_beside(tmp_path):
    file = database(tmp_path / "data")
    (tmp_path / "data" / "keys").mkdir()
    (tmp_path / "data" / "keys" / "secret_key").write_text("key")
    (tmp_path / "data" / "media" / "a").mkdir(parents=True)
    (tmp_path / "data" / "media" / "a" / "é.png").write_bytes(b"picture")
    (tmp_path / "data" / "other").write_text("not ours")
    with closing(write(file, 7)):
        written = backup_of(tmp_path / "data", tmp_path / "backups")

    (tmp_path / "back").mkdir()
    manifest = unpack(written, tmp_path / "back")

    assert written.name == "folkmoot-20261126T030000Z.tar.gz"
    assert written.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [written.name]
    assert counts(tmp_path / "back" / "folkmoot.sqlite3") == (7, 7)
    assert sorted(manifest["files"]) == ["folkmoot.sqlite3", "keys/secret_key", "media/a/é.png"]
    assert (tmp_path / "back" / "media" / "a" / "é.png").read_bytes() == b"picture"


def test_control_copying_the_file_alone_loses_what_lies_in_the_log(tmp_path):
    file = database(tmp_path / "data")
    with closing(write(file, 7)):
        shutil.copy(file, tmp_path / "copy.sqlite3")

    assert counts(tmp_path / "copy.sqlite3") == (0, 0)


def test_backups_taken_while_others_write_are_whole_every_time(tmp_path):
    file = database(tmp_path / "data")
    stop, failures = threading.Event(), []

    def keep_writing() -> None:
        while not stop.is_set():
            try:
                write(file, 5).close()
            except sqlite3.Error as error:
                failures.append(error)

    writers = [threading.Thread(target=keep_writing) for _number in range(3)]
    for writer in writers:
        writer.start()
    taken = []
    try:
        for number in range(8):
            taken.append(backup_of(tmp_path / "data", tmp_path / "backups", NOW.replace(minute=number)))
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    assert failures == []
    found = []
    for number, written in enumerate(taken):
        target = tmp_path / f"back{number}"
        target.mkdir()
        unpack(written, target)
        found.append(counts(target / "folkmoot.sqlite3"))
    assert all(turnout == box for turnout, box in found)
    assert found == sorted(found)
    assert found[-1][0] > 0


def test_failing_backup_leaves_nothing_behind(tmp_path, monkeypatch):
    database(tmp_path / "data")
    monkeypatch.setattr("folkmoot.cli.backup.digest_of", lambda path: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        backup_of(tmp_path / "data", tmp_path / "backups")

    assert list((tmp_path / "backups").iterdir()) == []


def test_older_backups_are_deleted_and_nothing_else(tmp_path):
    for name in (
        "folkmoot-20261124T030000Z.tar.gz",
        "folkmoot-20261125T030000Z.tar.gz",
        "folkmoot-2026.sqlite3",
        "mine",
    ):
        (tmp_path / name).write_bytes(b"")

    drop_old(tmp_path, "folkmoot-*.tar.gz", 1)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "folkmoot-2026.sqlite3", "folkmoot-20261125T030000Z.tar.gz", "mine",
    ]  # fmt: skip


def archive(path: Path, *members: tuple[tarfile.TarInfo | str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as made:
        for info, content in members:
            if isinstance(info, str):
                info = tarfile.TarInfo(info)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return path


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


MANIFEST = ("manifest.json", json.dumps({"format": 1, "files": {"folkmoot.sqlite3": "x"}}).encode())


@pytest.mark.parametrize(
    "members",
    [
        [MANIFEST, ("../outside", b"x")],
        [MANIFEST, ("/etc/passwd", b"x")],
        [MANIFEST, ("media/../../outside", b"x")],
        [MANIFEST, ("media\\..\\outside", b"x")],
        [MANIFEST, (link("media/link", "/etc/passwd"), b"")],
        [MANIFEST, (link("keys/secret_key", "../outside", tarfile.LNKTYPE), b"")],
        [MANIFEST, (link("media/null", "", tarfile.CHRTYPE), b"")],
        [MANIFEST, ("serve.lock", b"x")],
        [MANIFEST, ("folkmoot.sqlite3", b"x"), ("folkmoot.sqlite3", b"y")],
        [MANIFEST, ("folkmoot.sqlite3", b"not what was written")],
        [MANIFEST],
        [("folkmoot.sqlite3", b"x")],
        [("manifest.json", b"[]"), ("folkmoot.sqlite3", b"x")],
        [("manifest.json", b"{"), ("folkmoot.sqlite3", b"x")],
        [("manifest.json", json.dumps({"format": 2, "files": {}}).encode())],
    ],
)  # fmt: skip
def test_what_is_no_whole_backup_of_ours_is_refused_and_touches_nothing(tmp_path, members):
    target = tmp_path / "in" / "target"
    target.mkdir(parents=True)

    with pytest.raises(BadBackup):
        unpack(archive(tmp_path / "bad.tar.gz", *members), target)

    assert [path.name for path in (tmp_path / "in").iterdir()] == ["target"]
    assert not [path for path in target.rglob("*") if path.is_symlink()]


def test_cut_and_damaged_files_are_refused(tmp_path):
    database(tmp_path / "data")
    (tmp_path / "data" / "media").mkdir()
    (tmp_path / "data" / "media" / "a").write_bytes(bytes(range(256)) * 400)
    whole = backup_of(tmp_path / "data", tmp_path / "backups").read_bytes()

    for number, content in enumerate(
        (b"", b"no", whole[:-100], whole[: len(whole) // 2], whole[:200] + b"\0\0\0" + whole[203:])
    ):
        (tmp_path / "bad.tar.gz").write_bytes(content)
        target = tmp_path / f"target{number}"
        target.mkdir()
        with pytest.raises(BadBackup):
            unpack(tmp_path / "bad.tar.gz", target)


def test_archive_of_far_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("folkmoot.cli.backup.MOST_FILES", 3)
    (tmp_path / "target").mkdir()

    with pytest.raises(BadBackup, match="more than any of ours"):
        unpack(
            archive(tmp_path / "bad.tar.gz", MANIFEST, *[(f"media/{n}", b"") for n in range(5)]), tmp_path / "target"
        )


@pytest.mark.slow
@pytest.mark.sqlite
def test_community_is_backed_up_lost_and_brought_back(tmp_path):
    data, safe = str(tmp_path / "data"), str(tmp_path / "safe")
    here = {"FOLKMOOT_DATA": data, "FOLKMOOT_SAMPLE": "0"}
    charter = tmp_path / "charter.md"
    charter.write_text("# Lantern\n\nWe keep the lights on.\n\n## Roles\n\n* **Managers**: Lead.\n")
    assert run("up", str(charter), "--yes", **here).returncode == 0
    key = Path(data, "keys", "secret_key").read_text()

    made = run("backup", "--to", safe, "--keep", "2", "--json", **here)
    assert made.returncode == 0, made.stderr
    written = json.loads(made.stdout)["file"]
    assert run("restore", written, **here).returncode == 5
    shutil.rmtree(data)
    back = run("restore", written, **here)

    assert back.returncode == 0, back.stderr
    assert Path(data, "keys", "secret_key").read_text() == key
    kinds = [row["kind"] for row in json.loads(run("ledger", "list", "--json", **here).stdout)]
    assert "groups.founded" in kinds
    aside = run("restore", written, "--aside", **here)
    assert aside.returncode == 0, aside.stderr
    assert list(Path(data).glob("before-restore-*/folkmoot.sqlite3"))
    assert run("doctor", **here, FOLKMOOT_BACKUPS=safe).stdout.count("✓ backups") == 1


def test_backup_of_nothing_says_so(tmp_path):
    nothing = run("backup", FOLKMOOT_DATA=str(tmp_path / "data"), FOLKMOOT_SAMPLE="0")

    assert nothing.returncode == 3
    assert "no database was made" in nothing.stderr
