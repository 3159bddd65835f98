"""What happens to the data folder and the database before anything is served."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from folkmoot.cli import prepare
from folkmoot.kit.errors import Refused

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    """A SQLite file with one row, still open for writing as by another program."""
    file = tmp_path / "folkmoot.sqlite3"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE word (word)")
        opened.execute("INSERT INTO word VALUES ('moot')")
        opened.commit()
        yield file


def words_in(file) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [word for (word,) in opened.execute("SELECT word FROM word")]


def test_copy_holds_what_is_still_in_the_write_ahead_log(database, tmp_path) -> None:
    copy = prepare.copy_aside(database, tmp_path / "backups", NOW)

    assert copy == tmp_path / "backups" / "folkmoot-20260301T123000Z.sqlite3"
    assert words_in(copy) == ["moot"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_only_the_newest_copies_are_kept(database, tmp_path) -> None:
    folder = tmp_path / "backups"
    made = [prepare.copy_aside(database, folder, NOW + timedelta(days=day)) for day in range(7)]
    (folder / "notes.txt").write_text("not a copy")

    assert sorted(folder.glob("*.sqlite3")) == made[-prepare.COPIES_KEPT :]
    assert (folder / "notes.txt").exists()


def test_copy_that_cannot_be_made_leaves_nothing_behind(database, tmp_path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"not a database" * 500)

    with pytest.raises(Refused, match=r"could not be copied to .*backups.*nothing was changed") as refused:
        prepare.copy_aside(broken, folder, NOW)

    assert refused.value.code == "copy_failed"
    assert list(folder.iterdir()) == []


def test_folder_is_made_and_left_empty(tmp_path) -> None:
    folder = tmp_path / "new" / "data"

    prepare.check_folder(folder)

    assert list(folder.iterdir()) == []


def test_file_in_place_of_the_folder_is_refused(tmp_path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(Refused, match=r"data cannot be written \(File exists\).*FOLKMOOT_DATA"):
        prepare.check_folder(tmp_path / "data")


def test_folder_is_held_by_one_at_a_time(tmp_path) -> None:
    with prepare.hold_folder(tmp_path), pytest.raises(Refused, match=r"already runs on .* \(process \d+\)"):
        prepare.hold_folder(tmp_path)

    prepare.hold_folder(tmp_path).close()


@pytest.mark.django_db
def test_nothing_is_pending_in_a_migrated_database() -> None:
    said: list[str] = []

    prepare.bring_up_to_date(said.append)

    assert prepare.pending_migrations() == []
    assert said == []


@pytest.mark.django_db
def test_database_of_a_newer_version_is_refused() -> None:
    MigrationRecorder(connection).record_applied("groups", "9000_shape_of_the_future")
    MigrationRecorder(connection).record_applied("sessions", "9000_of_a_package")

    with pytest.raises(Refused, match=r"newer version of Folkmoot \(it has 9000_shape_of_the_future\)"):
        prepare.bring_up_to_date(lambda words: None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_migrating_waits_for_another_machine() -> None:
    order: list[str] = []

    def other_machine() -> None:
        try:
            prepare.bring_up_to_date(order.append)
            order.append("other")
        finally:
            connection.close()

    with prepare._migrating_alone():
        other = threading.Thread(target=other_machine)
        other.start()
        other.join(0.5)
        order.append("this")
    other.join(20)

    assert order == ["this", "other"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_failed_migration_frees_the_lock_of_the_database() -> None:
    with pytest.raises(ValueError, match="broken"), prepare._migrating_alone():
        raise ValueError("broken")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [prepare.MIGRATION_LOCK],
        )
        assert cursor.fetchone() == (0,)
