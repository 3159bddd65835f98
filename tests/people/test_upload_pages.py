"""Files handed out: to whom a room shows them, in a way in which nothing of theirs can run; and the field for them."""

from __future__ import annotations

import errno
from uuid import uuid4

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from folkmoot.kit.uploads import ALL, PICTURES, Examined
from folkmoot.kit.uploads.kinds import ARCHIVE
from folkmoot.people.actions import remove_upload
from folkmoot.people.models import Person, Upload
from folkmoot.people.upload_field import UploadField
from folkmoot.ui.tags.forms import field
from tests.factories.files import PDF, kept_by, picture, upload, zipped
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.test_uploads import Shelf, folder_of_its_own

__all__ = ["folder_of_its_own"]

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(client: Client, file: Upload) -> int:
    response = client.get(file.get_absolute_url())
    b"".join(response)
    return response.status_code


def test_file_is_for_those_whom_a_room_shows_it_to_and_others_are_told_nothing(client):
    organisation()
    ada, ben, cleo = PersonFactory(), PersonFactory(), PersonFactory()
    steward = PersonFactory(is_steward=True)
    held, loose = upload(ada, "a.pdf"), upload(ada, "b.pdf")
    everybody = {"stranger": client, **{p.name: signed_in(p) for p in (ada, ben, cleo, steward)}}

    with kept_by(Shelf(held, reader=ben)):
        seen = {name: [answer(one, file) for file in (held, loose)] for name, one in everybody.items()}

    assert seen == {
        "stranger": [404, 404], ada.name: [200, 200], ben.name: [200, 404], cleo.name: [404, 404],
        steward.name: [200, 200],
    }  # fmt: skip
    assert everybody[ada.name].get(f"/files/{uuid4()}/a.pdf").status_code == 404


def test_steward_without_their_mode_sees_what_anybody_sees():
    organisation()
    steward = PersonFactory(is_steward=True)
    client = signed_in(steward)
    client.post("/steward/mode/off/")

    assert client.get(upload(PersonFactory()).get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "kind", "disposition"),
    [
        ("Plän.pdf", PDF, "application/pdf", "attachment; filename*=utf-8''Pl%C3%A4n.pdf"),
        ("a.png", picture("PNG"), "image/png", 'inline; filename="a.png"'),
        ("a.txt", b"<b>Hello</b>", "text/plain; charset=utf-8", 'attachment; filename="a.txt"'),
        ("a.csv", "Größe".encode(), "text/csv; charset=utf-8", 'attachment; filename="a.csv"'),
    ],
)
def test_nothing_in_a_file_can_run_here(name, content, kind, disposition):
    organisation()
    ada = PersonFactory()
    kept, client = upload(ada, name, content), signed_in(ada)

    whole = client.get(kept.get_absolute_url())
    head = client.head(kept.get_absolute_url())

    body = b"".join(whole.streaming_content)
    with default_storage.open(kept.path) as file:
        assert body == file.read()
    for response in (whole, head):
        assert {key: response[key] for key in (
            "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy",
            "Cross-Origin-Resource-Policy", "Cache-Control", "Content-Length", "ETag", "X-Frame-Options",
        )} == {
            "Content-Type": kind, "Content-Disposition": disposition, "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, no-cache",
            "Content-Length": str(len(body)), "ETag": f'"{kept.sha256}"', "X-Frame-Options": "DENY",
        }  # fmt: skip
        assert "Cookie" in response["Vary"]
    assert head.content == b""


def test_browser_that_has_it_is_told_so_only_while_it_may_be_seen(django_capture_on_commit_callbacks):
    organisation()
    ada = PersonFactory()
    kept, client = upload(ada), signed_in(ada)
    address, etag = kept.get_absolute_url(), {"If-None-Match": f'"{kept.sha256}"'}

    again = client.get(address, headers=etag)
    remove_upload(kept, by=ada)

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers=etag).status_code == 404


def test_address_with_another_name_leads_to_the_right_one_and_a_lost_file_is_said_to_be_missing(caplog):
    organisation()
    ada = PersonFactory()
    kept, client = upload(ada, "Plan für 50% & mehr #1?.pdf"), signed_in(ada)

    moved = client.get(f"/files/{kept.pk}/other.pdf")
    found = client.get(moved["Location"])
    assert b"".join(found.streaming_content) == PDF
    default_storage.delete(kept.path)
    lost = client.get(kept.get_absolute_url())

    assert (moved.status_code, found.status_code, lost.status_code) == (302, 200, 404)
    assert f"the file of upload {kept.pk} is gone" in caplog.text


class HandIn(forms.Form):
    title = forms.CharField()
    file = UploadField(label="File")


def sent(content: bytes = PDF, name: str = "a.pdf", title: str = "Plan") -> HandIn:
    return HandIn({"title": title}, {"file": SimpleUploadedFile(name, content, content_type="text/html")})


def test_field_hands_on_what_was_examined():
    form = sent()

    assert form.is_valid()
    assert isinstance(form.cleaned_data["file"], Examined)
    assert (form.cleaned_data["file"].name, form.cleaned_data["file"].content.read()) == ("a.pdf", PDF)


def test_field_examines_a_file_that_waits_on_disk():
    waiting = TemporaryUploadedFile("a.pdf", "application/pdf", len(PDF), None)
    waiting.write(PDF)
    waiting.seek(0)

    form = HandIn({"title": "Plan"}, {"file": waiting})

    assert form.is_valid()
    assert form.cleaned_data["file"].size == len(PDF)
    waiting.close()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (lambda: HandIn({"title": "Plan"}, {}), "Please choose a file."),
        (lambda: sent(b""), "This file is empty."),
        (lambda: sent(zipped({"a": b"a"}), "a.zip"), ARCHIVE),
        (lambda: sent(bytes(3_000_000)), "This file has 3 MB; up to 2 MB are taken."),
    ],
)  # fmt: skip
def test_field_says_what_is_the_matter_and_the_rest_stays(form, words, settings):
    settings.LARGEST_FILE = 2_000_000

    refused = form()

    assert refused.errors == {"file": [words]}
    assert 'value="Plan"' in str(refused["title"])


def test_field_says_what_it_takes_and_when_the_file_must_be_chosen_again(settings):
    settings.LARGEST_FILE = 5_000_000
    fresh, other_wrong, own_wrong = HandIn(), sent(title=""), sent(b"")
    shown = [str(field(form["file"])) for form in (fresh, other_wrong, own_wrong)]

    again = "Please choose the file again: browsers do not keep it when a form comes back."
    assert ["up to 5 MB." in html for html in shown] == [True] * 3
    assert [again in html for html in shown] == [False, True, False]
    assert 'accept=".pdf,.png,.jpg' in shown[0]
    assert {taken: str(UploadField(taken=taken).help_text) for taken in (PICTURES, frozenset({"pdf", "csv"}))} == {
        PICTURES: "A picture (JPEG, PNG, WebP or GIF), up to 5 MB.",
        frozenset({"pdf", "csv"}): "One of these: PDF, table (CSV); up to 5 MB.",
    }
    assert UploadField().taken == ALL


def send(client: Client, size: int, address: str = "/groups/new/") -> tuple[int, str]:
    response = client.post(address, {"file": SimpleUploadedFile("a.txt", b"a" * size)})
    return response.status_code, response.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(settings, client, monkeypatch):
    organisation()
    settings.LARGEST_FILE = 3_000_000
    person = signed_in(PersonFactory(is_steward=True))
    read = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk",
        lambda self, raw, start: read.append(len(raw)),
    )

    refused = [send(client, 2_100_000), send(person, 5_100_000)]

    assert read == []
    assert [status for status, _page in refused] == [413, 413]
    assert ["up to 2 MB." in page or "up to 3 MB." in page for _status, page in refused] == [True, True]
    assert send(person, 1_000_000)[0] != 413
    assert read != []


def test_full_disk_while_a_file_comes_in_is_said_in_words(monkeypatch):
    organisation()
    client = signed_in(PersonFactory(is_steward=True))

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.write", full, raising=False)
    status, page = send(client, 2_500_000)

    assert (status, "The disk of this site is full" in page) == (507, True)


@pytest.mark.parametrize("words", ["database or disk is full", "could not extend file: No space left on device"])
def test_full_disk_of_the_database_is_said_in_words(words, monkeypatch):
    from folkmoot.ui.middleware import RefusalPages

    answer = RefusalPages(lambda _request: None).process_exception(request_of_nobody(), OperationalError(words))
    other = RefusalPages(lambda _request: None).process_exception(request_of_nobody(), OperationalError("locked"))

    assert answer is not None
    assert (answer.status_code, other) == (507, None)


def request_of_nobody():
    request = RequestFactory().post("/")
    request.reader = None
    return request


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_says_that_the_disk_is_full_as_we_expect():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(OperationalError, match="disk is full"):
                for number in range(2000):
                    Person.objects.create(name="x" * 200, email=f"{number}@example.org")
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")
