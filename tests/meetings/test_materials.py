"""Files to read for an agenda item: proposed by the group, for everybody once accepted, and gone when taken away."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import answer_material, delete_material, propose_file, propose_link, remove_item
from folkmoot.meetings.actions.agenda_carrying import copy_material
from folkmoot.meetings.models import Material, Meeting
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person
from folkmoot.people.models import Person, Upload
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.agendas import item
from tests.factories.files import PDF, examined, files_on_disk, picture
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.test_uploads import folder_of_its_own

__all__ = ["folder_of_its_own"]

pytestmark = pytest.mark.django_db

ROLES = ("lead", "ben", "observer", "outsider", "steward", "stranger")


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def call() -> Meeting:
    return next_meeting(meeting_group())


@pytest.fixture
def people(call) -> dict[str, Person]:
    group = call.group
    return {
        "lead": join(PersonFactory(name="Ada"), group, Power.MANAGE),
        "ben": join(PersonFactory(name="Ben"), group),
        "observer": join(PersonFactory(name="Olga"), group, Power.OBSERVE),
        "outsider": PersonFactory(name="Uma"),
        "steward": PersonFactory(name="Sol", is_steward=True),
    }


@pytest.fixture
def clients(people) -> dict[str, Client]:
    made = {role: Client() for role in ROLES}
    for role, person in people.items():
        made[role].force_login(person)
    return made


def who_sees(upload: Upload, clients: dict[str, Client]) -> list[str]:
    address = upload.get_absolute_url()
    return [role for role, client in clients.items() if client.head(address).status_code == 200]


def kinds() -> list[str]:
    return list(
        Entry.objects.filter(kind__regex=r"material|people\.file").order_by("pk").values_list("kind", flat=True)
    )


def test_proposed_file_is_for_the_group_and_an_accepted_one_for_everybody(
    call, people, clients, django_capture_on_commit_callbacks
):
    one = item(call)

    made = propose_file(one, file=examined("Plan.pdf"), by=people["ben"])
    seen_before = who_sees(made.upload, clients)
    answer_material(made, accept=True, by=people["lead"])
    seen_after = who_sees(made.upload, clients)
    agenda = clients["stranger"].get(f"/meetings/{call.pk}/agenda/").content.decode()
    text = clients["stranger"].get(f"/meetings/{call.pk}/agenda.md").content.decode()
    remove_item(one, by=people["lead"])
    seen_when_off = who_sees(made.upload, clients)
    upload = made.upload
    with django_capture_on_commit_callbacks(execute=True):
        delete_material(made, by=people["lead"])
        delete_material(made, by=people["lead"])

    assert (made.title, made.kind) == ("Plan.pdf", "upload")
    assert seen_before == ["lead", "ben", "observer", "steward"]
    assert seen_after == list(ROLES)
    assert seen_when_off == ["lead", "ben", "observer", "steward"]
    assert f'<a href="{upload.get_absolute_url()}"><bdi>Plan.pdf</bdi></a>' in agenda
    assert f"PDF, {upload.size} bytes" in agenda
    assert f"[Plan.pdf](<http://localhost:8000{upload.get_absolute_url()}>)" in text
    assert (who_sees(upload, clients), files_on_disk()) == ([], [])
    assert [told.person.name for told in Telling.objects.filter(kind="meetings.material_waits")] == ["Ada"]
    assert kinds() == [
        "people.file_handed_in", "meetings.material_proposed", "meetings.material_answered",
        "people.file_removed", "meetings.material_answered",
    ]  # fmt: skip


def test_who_leads_shows_a_file_at_once_and_who_proposed_one_takes_it_back(
    call, people, django_capture_on_commit_callbacks
):
    one = item(call)
    shown = propose_file(one, title="The hall", file=examined("a.png", picture()), by=people["lead"])
    proposed = propose_file(one, file=examined(), by=people["ben"])

    with django_capture_on_commit_callbacks(execute=True):
        delete_material(proposed, by=people["ben"])
    again = answered(lambda: answer_material(proposed, accept=True, by=people["lead"]))

    assert (shown.is_accepted, shown.title) == (True, "The hall")
    assert files_on_disk() == [shown.upload.path]
    assert again == ("gone", "This file was deleted. Please hand it in once more.")
    assert kinds()[-2:] == ["people.file_removed", "meetings.material_taken_back"]


def answered(act) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code, caught.value.message


@pytest.mark.parametrize(
    ("role", "hands_in", "deletes_own", "deletes_accepted"),
    [
        ("lead", "done", "done", "done"),
        ("ben", "done", "done", "forbidden"),
        ("observer", "done", "done", "forbidden"),
        ("outsider", "forbidden", "forbidden", "forbidden"),
        ("steward", "done", "done", "done"),
    ],
)
def test_who_may_hand_in_and_delete(call, people, role, hands_in, deletes_own, deletes_accepted):
    one, who = item(call), people[role]
    accepted = propose_file(one, file=examined(), by=people["lead"])

    def tried(act) -> str:
        try:
            act()
        except Refused as refused:
            return refused.code
        return "done"

    handed_in = tried(lambda: propose_file(one, file=examined(), by=who))
    newest = Material.objects.order_by("pk").last()

    assert handed_in == hands_in
    assert tried(lambda: delete_material(newest, by=who)) == deletes_own
    assert tried(lambda: delete_material(accepted, by=who)) == deletes_accepted


def test_file_of_an_item_that_was_carried_over_stays_until_nobody_has_it(
    call, people, django_capture_on_commit_callbacks
):
    before, after = item(call, "Before"), item(call, "After")
    made = propose_file(before, file=examined(), by=people["lead"])
    path = made.upload.path
    copy_material(Material.objects.get(pk=made.pk), after)
    copy = after.materials.get()

    with django_capture_on_commit_callbacks(execute=True):
        answer_material(made, accept=False, by=people["lead"])
    while_one_has_it = files_on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        answer_material(copy, accept=False, by=people["lead"])

    assert (while_one_has_it, files_on_disk()) == ([path], [])


def test_erasing_keeps_materials_without_the_name_and_deletes_what_was_taken_back(
    call, people, django_capture_on_commit_callbacks
):
    one, ben = item(call), people["ben"]
    kept = propose_file(one, file=examined("kept.pdf"), by=ben)
    taken_back = propose_file(one, file=examined("back.pdf"), by=ben)
    with django_capture_on_commit_callbacks(execute=True):
        delete_material(taken_back, by=ben)
    where = sorted(row["where"] for row in PERSON_DATA["people.uploads"].export(ben))

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(ben, by=machine())

    assert where == ["", f"agenda of {call.group.name}, call of {call.starts_at:%-d %B %Y}"]
    assert [(one.name, one.handed_in_by.name) for one in Upload.objects.all()] == [("kept.pdf", "Someone who left")]
    assert files_on_disk() == [kept.upload.path]


def test_database_keeps_a_file_with_its_material(call, people):
    made = propose_file(item(call), file=examined(), by=people["lead"])
    link = propose_link(made.item, title="A page", url="https://example.org/", by=people["lead"])

    for broken in (
        lambda: Material.objects.filter(pk=made.pk).update(upload=None),
        lambda: Material.objects.filter(pk=made.pk).update(url="https://example.org/"),
        lambda: Material.objects.filter(pk=link.pk).update(upload=made.upload),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def send(client: Client, address: str, name: str, content: bytes, title: str = ""):
    return client.post(address, {"title": title, "file": SimpleUploadedFile(name, content)})


def test_file_is_handed_in_and_deleted_on_pages(call, people, clients):
    one, ben, lead = item(call), clients["ben"], clients["lead"]
    address, item_page = f"/agenda-items/{one.pk}/files/", f"/agenda-items/{one.pk}/"

    page = ben.get(address).content.decode()
    refused = send(ben, address, "page.html", b"<html>", title="What we <b>say</b>")
    done = send(ben, address, "Plan.pdf", PDF, title="The plan")
    made = Material.objects.get()
    shown = ben.get(item_page).content.decode()
    asked = ben.get(f"/agenda-materials/{made.pk}/delete/").content.decode()
    forbidden = clients["observer"].post(f"/agenda-materials/{made.pk}/delete/")
    lead.post(f"/agenda-materials/{made.pk}/answer/", {"accept": "1"})
    too_late = ben.post(f"/agenda-materials/{made.pk}/delete/")
    deleted = lead.post(f"/agenda-materials/{made.pk}/delete/")

    assert 'enctype="multipart/form-data"' in page
    assert "up to 20 MB." in page
    assert refused.status_code == 400
    assert "Web pages can hold programs" in refused.content.decode()
    assert 'value="What we &lt;b&gt;say&lt;/b&gt;"' in refused.content.decode()
    assert (done.status_code, done["Location"]) == (302, item_page)
    assert "Take it back" in shown
    assert f"PDF, {len(PDF)} bytes" in shown
    assert "cannot be brought back" in asked
    assert [response.status_code for response in (forbidden, too_late, deleted)] == [403, 403, 302]
    assert lead.get(f"/agenda-materials/{made.pk}/delete/").status_code == 404
    assert Upload.objects.get().name == ""


def test_full_disk_and_full_day_keep_the_rest_of_the_form(call, people, clients, settings, monkeypatch):
    one = item(call)

    def no_room(*_args, **_more):
        raise OSError(28, "No space left on device")

    settings.FILES_A_DAY = 10
    too_much = send(clients["ben"], f"/agenda-items/{one.pk}/files/", "a.pdf", PDF, title="Kept")
    settings.FILES_A_DAY = 10_000
    monkeypatch.setattr("os.fsync", no_room)
    full = send(clients["ben"], f"/agenda-items/{one.pk}/files/", "a.pdf", PDF, title="Kept")
    monkeypatch.undo()

    assert [response.status_code for response in (too_much, full)] == [409, 507]
    assert all('value="Kept"' in response.content.decode() for response in (too_much, full))
    assert (Material.objects.count(), Upload.objects.count(), files_on_disk()) == (0, 0, [])


def test_agenda_asks_no_more_for_more_files(call, people, django_assert_num_queries):
    from folkmoot.meetings.agenda_reading import items_on, with_readings

    one = item(call)
    for count in (1, 2):
        for _number in range(count):
            propose_file(one, file=examined(), by=people["lead"])
        with django_assert_num_queries(2):
            addresses = [each.address for found in with_readings(items_on(call)) for each in found.materials.all()]
    assert len(addresses) == 3
