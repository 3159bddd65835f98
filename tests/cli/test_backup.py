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
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli import prepare
from folkmoot.cli.backup import BadBackup, drop_old, restore, unpack, write_backup
from folkmoot.kit.errors import Refused
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
    file = database(tmp_path / "our #1 data? 100%")
    (tmp_path / "our #1 data? 100%" / "keys").mkdir()
    (tmp_path / "our #1 data? 100%" / "keys" / "secret_key").write_text("key")
    (tmp_path / "our #1 data? 100%" / "media" / "a").mkdir(parents=True)
    (tmp_path / "our #1 data? 100%" / "media" / "a" / "é.png").write_bytes(b"picture")
    (tmp_path / "our #1 data? 100%" / "other").write_text("not ours")
    with closing(write(file, 7)):
        written = backup_of(tmp_path / "our #1 data? 100%", tmp_path / "backups")

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


def test_files_that_go_change_and_come_while_others_are_packed_damage_nothing(tmp_path, monkeypatch):
    database(tmp_path / "data")
    media = tmp_path / "data" / "media"
    for name in ("aa/1", "aa/2", "bb/3", ".incoming/4"):
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(name.encode() * 1000)
    copy = shutil.copy2

    def busy(source, target):
        """Copies a file, while it grows, one goes and one comes."""
        done = copy(source, target)
        with Path(source).open("ab") as file:
            file.write(b"more")
        (media / "aa" / "2").unlink(missing_ok=True)
        (media / "cc").write_bytes(b"late")
        return done

    monkeypatch.setattr("folkmoot.cli.backup.shutil.copy2", busy)
    written = backup_of(tmp_path / "data", tmp_path / "backups")
    (tmp_path / "back").mkdir()

    found = unpack(written, tmp_path / "back")

    assert sorted(found["files"]) == ["folkmoot.sqlite3", "media/aa/1", "media/bb/3"]
    assert (tmp_path / "back" / "media" / "aa" / "1").read_bytes() == b"aa/1" * 1000


def test_backup_with_its_list_at_the_beginning_as_older_ones_have_it_comes_back(tmp_path):
    said = manifest(files={"folkmoot.sqlite3": sha256(EMPTY).hexdigest(), "media/a": sha256(b"a").hexdigest()})
    (tmp_path / "back").mkdir()

    unpack(archive(tmp_path / "a.tar.gz", said, ("folkmoot.sqlite3", EMPTY), ("media/a", b"a")), tmp_path / "back")

    assert (tmp_path / "back" / "media" / "a").read_bytes() == b"a"


def test_backup_that_could_not_be_brought_back_is_not_made(tmp_path, monkeypatch):
    database(tmp_path / "data")
    monkeypatch.setattr("folkmoot.cli.backup.MOST_BYTES", 100)

    with pytest.raises(tarfile.TarError, match="more files than"):
        backup_of(tmp_path / "data", tmp_path / "backups")

    assert list((tmp_path / "backups").iterdir()) == []


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


def manifest(**changes: object) -> tuple[str, bytes]:
    said = {"format": 1, "version": "0.1.0", "made_at": "2026-11-26", "files": {"folkmoot.sqlite3": "x"}} | changes
    return "manifest.json", json.dumps({name: value for name, value in said.items() if value is not None}).encode()


MANIFEST = manifest()
EMPTY = b""  # which SQLite takes for a database without tables
NO_DATABASE = b"SQLite format 3\x00 and then something else" * 40


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
        [("manifest.json", b"[" * 100_000), ("folkmoot.sqlite3", b"x")],
        [manifest(format=2, files={})],
        [manifest(version=None, files={"folkmoot.sqlite3": sha256(EMPTY).hexdigest()}), ("folkmoot.sqlite3", EMPTY)],
        [manifest(files={"folkmoot.sqlite3": sha256(NO_DATABASE).hexdigest()}), ("folkmoot.sqlite3", NO_DATABASE)],
    ],
)  # fmt: skip
def test_what_is_no_whole_backup_of_ours_is_refused_and_touches_nothing(tmp_path, members):
    target = tmp_path / "in" / "target"
    target.mkdir(parents=True)

    with pytest.raises(BadBackup):
        unpack(archive(tmp_path / "bad.tar.gz", *members), target)

    assert [path.name for path in (tmp_path / "in").iterdir()] == ["target"]
    assert not [path for path in target.rglob("*") if path.is_symlink()]


@pytest.fixture
def bring_back(tmp_path, settings, monkeypatch):
    """`bring_back(migration)` restores a backup whose database has had it into tmp_path/data."""
    settings.DATA_FOLDER = tmp_path / "data"
    monkeypatch.setattr(prepare, "bring_up_to_date", lambda say: None)

    def restored(*migration: str):
        (tmp_path / "from").mkdir()
        with closing(sqlite3.connect(tmp_path / "from" / "folkmoot.sqlite3")) as made, made:
            made.execute("CREATE TABLE django_migrations (app, name)")
            made.execute("INSERT INTO django_migrations VALUES (?, ?)", migration)
        file = backup_of(tmp_path / "from", tmp_path / "safe")
        return CliRunner().invoke(restore, [str(file)])

    return restored


@pytest.mark.sqlite
def test_backup_of_a_newer_version_is_refused_before_anything_is_moved(tmp_path, bring_back):
    done = bring_back("groups", "9000_shape_of_the_future")

    assert isinstance(done.exception, Refused)
    assert "newer version" in done.exception.message
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["serve.lock"]


@pytest.mark.sqlite
def test_log_of_a_database_that_is_gone_is_not_played_into_the_one_brought_back(tmp_path, bring_back):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "folkmoot.sqlite3-wal").write_bytes(b"frames")

    done = bring_back("groups", "0001_groups_charters_and_participation")

    assert done.exit_code == 0, done.output
    assert not (tmp_path / "data" / "folkmoot.sqlite3-wal").exists()
    assert [path.read_bytes() for path in (tmp_path / "data").glob("before-restore-*/*")] == [b"frames"]


def test_what_was_just_made_stays_with_a_clock_that_was_set_back(tmp_path):
    made, newer = tmp_path / "folkmoot-19700101T000000Z.tar.gz", tmp_path / "folkmoot-20261126T030000Z.tar.gz"
    for path in (made, newer):
        path.write_bytes(b"")

    assert drop_old(tmp_path, "folkmoot-*.tar.gz", 1, but=made) == []
    assert drop_old(tmp_path, "folkmoot-*.tar.gz", 1) == [made]


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
@pytest.mark.xdist_group("processes")
def test_community_is_backed_up_lost_and_brought_back(tmp_path, ready):
    data, safe = ready["FOLKMOOT_DATA"], str(tmp_path / "safe")
    here = ready | {"FOLKMOOT_SAMPLE": "0"}
    code = (
        "import io; from folkmoot.kit.uploads import examine; from folkmoot.ledger.actors import machine; "
        "from folkmoot.people.actions import add_person, take_in; "
        "ada = add_person(name='Ada', email='ada@example.org', by=machine()); "
        "print(take_in(examine('a.txt', io.BytesIO(b'Hello'), most_bytes=9), by=ada).path)"
    )
    handed_in = run("manage", "shell", "--no-imports", "--command", code, **here)
    assert handed_in.returncode == 0, handed_in.stderr
    file = Path(data, "media", handed_in.stdout.split()[-1])
    key = Path(data, "keys", "secret_key").read_text()

    made = run("backup", "--to", safe, "--keep", "2", "--json", **here)
    assert made.returncode == 0, made.stderr
    written = json.loads(made.stdout)["file"]
    assert run("restore", written, **here).returncode == 5
    shutil.rmtree(data)
    back = run("restore", written, **here)

    assert back.returncode == 0, back.stderr
    assert Path(data, "keys", "secret_key").read_text() == key
    assert file.read_bytes() == b"Hello"
    with closing(sqlite3.connect(Path(data, "folkmoot.sqlite3"))) as database:
        assert ("people.added",) in database.execute("SELECT kind FROM ledger_entry").fetchall()
    aside = run("restore", written, "--aside", **here)
    assert aside.returncode == 0, aside.stderr
    assert list(Path(data).glob("before-restore-*/folkmoot.sqlite3"))
    looked = run("doctor", **here, FOLKMOOT_BACKUPS=safe).stdout
    assert [looked.count(well) for well in ("✓ backups", "✓ files")] == [1, 1]


def test_backup_of_nothing_says_so(tmp_path):
    nothing = run("backup", FOLKMOOT_DATA=str(tmp_path / "data"), FOLKMOOT_SAMPLE="0")

    assert nothing.returncode == 3
    assert "no database was made" in nothing.stderr
