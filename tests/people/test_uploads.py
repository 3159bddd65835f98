"""Files kept and deleted: whole or not at all, within a day's measure, and gone when nothing speaks of them."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.utils import timezone

from folkmoot.desk.findings import files_finding
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.ledger.schedule import _jobs
from folkmoot.people.actions import erase_person, merge_people, remove_upload, sweep_files, take_in, undo_merge
from folkmoot.people.actions import uploads as upload_actions
from folkmoot.people.models import Person, Upload
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.people.tasks import sweep_files_without_rows
from tests.factories.files import PDF, examined, files_on_disk, kept_by, picture, upload
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder_of_its_own(settings, tmp_path):
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "media")}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


class Shelf:
    """A keeper that holds some uploads, and shows them to one reader."""

    def __init__(self, *held: Upload, reader: Person | None = None) -> None:
        self.held, self.reader = {one.pk for one in held}, reader

    def places(self, uploads):
        return {one.pk: "on the shelf" for one in uploads if one.pk in self.held}

    def may_see(self, reader, upload):
        return upload.pk in self.held and reader == self.reader


def told() -> list[tuple[str, dict]]:
    return [
        (entry.kind, entry.payload) for entry in Entry.objects.filter(kind__startswith="people.file").order_by("pk")
    ]


def test_file_is_kept_whole_under_its_digest_and_told_without_its_name():
    ada = PersonFactory()

    kept = upload(ada, "Agenda.PDF")

    digest = hashlib.sha256(PDF).hexdigest()
    assert (kept.name, kept.media_type, kept.size, kept.sha256) == ("Agenda.pdf", "application/pdf", len(PDF), digest)
    assert files_on_disk() == [f"{digest[:2]}/{digest[2:4]}/{digest}-{kept.pk.hex}"]
    with default_storage.open(kept.path) as file:
        assert file.read() == PDF
    assert Path(default_storage.path(kept.path)).stat().st_mode & 0o777 == 0o600
    assert told() == [
        ("people.file_handed_in", {"upload": str(kept.pk), "media_type": "application/pdf", "size": len(PDF)})
    ]
    assert Entry.objects.get(kind="people.file_handed_in").detail.words == {"name": "Agenda.pdf"}


def test_picture_is_kept_as_it_was_drawn_anew():
    kept = upload(PersonFactory(), "a.gif", picture("GIF"))

    assert (kept.name, kept.media_type, kept.width, kept.height, kept.is_picture) == (
        "a.png", "image/png", 12, 8, True
    )  # fmt: skip
    with default_storage.open(kept.path) as file:
        assert file.read(4) == b"\x89PNG"


def test_same_content_twice_is_two_files_so_that_deleting_one_takes_nothing_from_the_other(
    django_capture_on_commit_callbacks,
):
    ada = PersonFactory()
    one, other = upload(ada), upload(ada)

    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(one, by=ada)
        remove_upload(one, by=ada)

    one.refresh_from_db()
    assert (one.name, one.sha256, one.deleted_at is None) == ("", "", False)
    assert files_on_disk() == [other.path]
    assert [kind for kind, _payload in told()] == ["people.file_handed_in"] * 2 + ["people.file_removed"]


def test_what_a_room_still_holds_is_not_deleted():
    ada = PersonFactory()
    kept = upload(ada)

    with kept_by(Shelf(kept)), pytest.raises(Refused) as caught:
        remove_upload(kept, by=machine())

    assert (caught.value.code, caught.value.message) == ("attached", "This file is needed: on the shelf.")
    assert files_on_disk() == [kept.path]


def test_who_may_not_sign_in_hands_in_nothing():
    with pytest.raises(Refused) as caught:
        take_in(examined(), by=PersonFactory(is_active=False))

    assert (caught.value.code, files_on_disk()) == ("forbidden", [])


def test_a_day_has_its_measure_which_deleting_does_not_change(settings, freeze, django_capture_on_commit_callbacks):
    settings.FILES_A_DAY = 2 * len(PDF) + 10
    clock = freeze("2026-11-26T12:00Z")
    ada, ben = PersonFactory(), PersonFactory()
    first, _second = upload(ada), upload(ada)
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(first, by=ada)

    with pytest.raises(Refused) as caught:
        upload(ada)

    assert caught.value.code == "upload_quota"
    assert caught.value.message == (
        f"One person may hand in 300 files with {settings.FILES_A_DAY} bytes in all within a day. "
        "Please go on tomorrow."
    )
    assert len(files_on_disk()) == 1
    upload(ben)
    clock.shift(timedelta(days=1, seconds=1))
    upload(ada)


def test_files_of_a_day_are_counted_too(monkeypatch):
    monkeypatch.setattr(upload_actions, "MOST_A_DAY", 1)
    ada = PersonFactory()
    upload(ada)

    with pytest.raises(Refused) as caught:
        upload(ada)

    assert caught.value.code == "upload_quota"


def hand_in_at_once(ada: Person) -> list[str]:
    """Two files of one person at the same moment, of which the day has room for one."""
    start, answers = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            upload(ada)
            answers.append("kept")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_stay_within_the_day(settings):
    settings.FILES_A_DAY = len(PDF) + 10

    assert hand_in_at_once(PersonFactory()) == ["kept", "upload_quota"]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_are_kept(settings, monkeypatch):
    settings.FILES_A_DAY = len(PDF) + 10
    together = threading.Barrier(2)
    monkeypatch.setattr(upload_actions, "hold_person", lambda person: person)
    refuse = upload_actions._refuse_beyond_the_day

    def look_together(person, size):
        refuse(person, size)
        together.wait(timeout=20)

    monkeypatch.setattr(upload_actions, "_refuse_beyond_the_day", look_together)
    # On SQLite the transaction itself is the lock.
    monkeypatch.setattr("tests.factories.files.take_in", upload_actions.take_in.__wrapped__)
    monkeypatch.setattr(upload_actions, "record", lambda *_args, **_more: None)

    assert hand_in_at_once(PersonFactory()) == ["kept", "kept"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_full_disk_is_said_and_leaves_nothing_half_done(step, monkeypatch):
    ada = PersonFactory()

    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        monkeypatch.setattr("django.core.files.base.File.chunks", lambda self: iter([b"half", full]))
        monkeypatch.setattr("folkmoot.people.kept_files.os.fdopen", lambda *_args: FullAfterHalf())
    else:
        monkeypatch.setattr("os.fsync" if step == "fsync" else "pathlib.Path.replace", full)
    with pytest.raises(Refused) as caught:
        upload(ada)
    monkeypatch.undo()

    assert caught.value.code == "disk_full"
    assert (Upload.objects.count(), files_on_disk(), told()) == (0, [], [])
    assert upload(ada).pk


class FullAfterHalf:
    """A file that takes one block and no more."""

    def __init__(self) -> None:
        self.taken = 0

    def __enter__(self):
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def write(self, _block: object) -> None:
        self.taken += 1
        if self.taken > 1:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_other_failures_of_the_disk_are_no_matter_of_room(monkeypatch):
    def broken(*_args, **_more):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", broken)

    with pytest.raises(OSError, match="Input/output"):
        upload(PersonFactory())


def test_files_of_transactions_that_were_taken_back_are_swept_after_a_day_and_no_others(freeze):
    clock = freeze("2026-11-26T12:00Z")
    ada = PersonFactory()
    with pytest.raises(RuntimeError), transaction.atomic():
        upload(ada)
        raise RuntimeError("the form was not kept after all")
    kept = upload(ada)
    Path(default_storage.path(".incoming/half")).write_text("half")
    everything = files_on_disk()
    for path in everything:
        written = timezone.now().timestamp()
        os.utime(default_storage.path(path), (written, written))

    early = sweep_files()
    clock.shift(timedelta(hours=25))
    young = upload(ada)
    os.utime(default_storage.path(young.path), (timezone.now().timestamp(),) * 2)
    late = sweep_files()

    assert (early, late, len(everything)) == (0, 2, 3)
    assert files_on_disk() == sorted([kept.path, young.path])
    assert _jobs[sweep_files_without_rows.module_path].interval == timedelta(days=1)
    assert sweep_files() == 0


def test_sweep_without_a_folder_does_nothing():
    assert sweep_files() == 0


def test_doctor_names_files_that_are_gone():
    kept = upload(PersonFactory())
    well = files_finding()
    default_storage.delete(kept.path)

    lost = files_finding()

    assert (well.state, lost.state) == ("well", "broken")
    assert lost.words == (
        f"1 that were handed in are not in the data folder, such as {kept.pk}; bring media/ of a backup back."
    )


def test_export_names_each_file_with_where_it_is_and_what_was_deleted():
    ada = PersonFactory()
    attached, loose, gone = upload(ada, "a.pdf"), upload(ada, "b.pdf"), upload(ada, "c.pdf")
    remove_upload(gone, by=ada)

    with kept_by(Shelf(attached)):
        rows = PERSON_DATA["people.uploads"].export(ada)

    assert [(row["name"], row.get("address"), row["where"], "deleted" in row) for row in rows] == [
        ("a.pdf", f"/files/{attached.pk}/a.pdf", "on the shelf", False),
        ("b.pdf", f"/files/{loose.pk}/b.pdf", "", False),
        ("", None, "", True),
    ]


def test_erasing_deletes_what_is_attached_nowhere_and_leaves_the_rest_without_a_name(
    django_capture_on_commit_callbacks,
):
    organisation()
    ada = PersonFactory(name="Ada")
    attached, gone = upload(ada, "a.pdf"), upload(ada, "c.pdf")
    upload(ada, "b.pdf")

    with kept_by(Shelf(attached)), django_capture_on_commit_callbacks(execute=True):
        remove_upload(gone, by=ada)
        erase_person(ada, by=machine())

    left = Upload.objects.select_related("handed_in_by").get()
    assert (left.pk, left.handed_in_by.name) == (attached.pk, "Someone who left")
    assert files_on_disk() == [attached.path]


def test_merging_moves_files_and_parting_brings_them_back():
    organisation()
    kept, gone = PersonFactory(), PersonFactory()
    file = upload(gone)

    merge = merge_people(kept, gone, by=machine())
    file.refresh_from_db()
    moved_to = file.handed_in_by
    undo_merge(merge, by=machine())
    file.refresh_from_db()

    assert (moved_to, file.handed_in_by) == (kept, gone)
