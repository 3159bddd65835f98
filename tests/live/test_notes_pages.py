"""The page on which notes are written together, and what is left of names once minutes lie open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from folkmoot.live.actions import keep_change, open_notes
from folkmoot.live.domain.shared_text import SharedText
from folkmoot.live.models import NotesUpdate
from folkmoot.meetings.actions import NotesWords, add_minutes_item, change_minutes_item, propose_minutes
from tests.factories.people import PersonFactory


def visible(html: str) -> str:
    main = html.split('<main class="page"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_page_has_a_text_for_each_item_and_takes_as_many_queries_for_three(
    client, minutes, item, ada, django_assert_num_queries
):
    change_minutes_item(item, NotesWords("Lamps", "The lamps <b>are</b> old."), version=1, by=ada)
    client.force_login(ada)
    address = f"/meetings/{minutes.pk}/minutes/together/"
    client.get(address)

    with django_assert_num_queries(5):
        one = client.get(address).content.decode()
    for name in ("Doors", "Floors"):
        add_minutes_item(minutes, NotesWords(name), by=ada)
    with django_assert_num_queries(5):
        three = client.get(address, **{"asgi.scope": {}}).content.decode()

    assert (one.count("<textarea"), three.count("<textarea")) == (1, 3)
    # A server that keeps no connections open offers none.
    assert [f'data-notes="/live/notes/{item.pk}/"' in page for page in (one, three)] == [False, True]
    assert "The lamps &lt;b&gt;are&lt;/b&gt; old." in one
    # Without JavaScript the form is one press away, from the top and from each item.
    assert one.count(f'href="/meetings/{minutes.pk}/minutes/write/') == 3
    assert "Writing together needs JavaScript" in visible(one)


def test_form_leads_there_and_frozen_minutes_lead_away(client, minutes, ada):
    client.force_login(ada)
    address = f"/meetings/{minutes.pk}/minutes/together/"

    form = client.get(f"/meetings/{minutes.pk}/minutes/write/").content.decode()
    propose_minutes(minutes, by=ada)
    after = client.get(address)

    assert f'<a href="{address}">Write at the same time as others</a>' in form
    assert (after.status_code, after["Location"]) == (302, f"/meetings/{minutes.pk}/minutes/")
    assert client.get("/meetings/999999/minutes/together/").status_code == 404


def test_steward_who_sees_the_page_as_a_manager_cannot_write_by_it(client, minutes, item):
    client.force_login(PersonFactory(is_steward=True))
    address = f"/meetings/{minutes.pk}/minutes/together/"
    pages = [client.get(address, **{"asgi.scope": {}}).content.decode()]

    client.post("/viewing/", {"way": "manage", "next": address})
    pages.append(client.get(address, **{"asgi.scope": {}}).content.decode())

    assert [f'data-notes="/live/notes/{item.pk}/"' in page for page in pages] == [True, False]
    assert "The lamps are old." in visible(pages[1])


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_name_that_was_taken_out_is_in_no_file_once_the_minutes_lie_open(settle, minutes, item, ada):
    log = open_notes(item, by=ada)
    for text in ("Zephyrine was against it.", "One was against it."):
        document = SharedText([bytes(one.data) for one in NotesUpdate.objects.filter(log=log)])
        keep_change(item.pk, log.generation, document.take_over(text), by=ada)
    assert b"Zephyrine" in files()

    propose_minutes(minutes, by=ada)
    settle()

    assert b"Zephyrine" not in files()
    assert b"One was against it." in files()


def files() -> bytes:
    """Every byte of the database, its write-ahead log among them."""
    file = Path(connection.settings_dict["NAME"])
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
