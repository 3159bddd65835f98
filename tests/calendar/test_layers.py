"""Calendars that others keep, beside ours."""

from __future__ import annotations

import datetime as dt
import ipaddress

import pytest
from django.conf import settings
from django.utils import timezone

from folkmoot.calendar.actions import add_layer, change_layer, read_layer, read_soon, remove_layer
from folkmoot.calendar.actions.layers import AGAIN_AFTER, LONGEST_WAIT, MOST_LAYERS, TOLD_AFTER
from folkmoot.calendar.models import Layer
from folkmoot.calendar.tasks import read_due_layers
from folkmoot.kit.errors import Refused
from folkmoot.kit.outgoing import Fetched
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.calendar import reading
from tests.calendar.reading import words_of
from tests.calendar.test_foreign import ics
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.kit.test_outgoing import say, server

pytestmark = pytest.mark.django_db

FILE = ics(
    "DTSTART;TZID=America/Los_Angeles:20261202T080000\nSUMMARY:Foundation call\nURL:https://example.org/call",
    "DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261213\nSUMMARY:Summit",
)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze(NOW)
    organisation()


def read(client, path="/calendar/", zone="Europe/Berlin"):
    return reading.read(client, path, zone)


def layer(name: str = "Foundation", address: str = "https://example.org/a.ics?key=secret", **given) -> Layer:
    return add_layer(name=name, address=address, zone="Europe/Berlin", by=system(), **given)


def answering(content: bytes = FILE, *, status: int = 200, etag: str = '"1"'):
    return lambda layer, now: Fetched(status, content if status == 200 else b"", etag, "")


def failing(layer, now):
    raise Refused("The server takes too long to answer.", code="too_slow")


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="calendar.").order_by("pk").values_list("kind", flat=True))


def test_layer_is_read_shown_and_told(client):
    one = layer()

    read_layer(one, now=NOW, ask=answering())

    one.refresh_from_db()
    assert [(item.summary, item.zone, item.first_day) for item in one.items.order_by("pk")] == [
        ("Foundation call", "America/Los_Angeles", None),
        ("Summit", "", dt.date(2026, 12, 10)),
    ]
    assert (one.read_at, one.next_try_at, one.problem, one.etag) == (NOW, NOW + AGAIN_AFTER, "", '"1"')
    assert kinds() == ["calendar.layer_added", "calendar.layer_read"]
    page = words_of(read(client))
    assert "17:00 08:00 in Los Angeles Foundation call from Foundation" in page
    assert "all day Summit until 12 December 2026 , from Foundation" in page


def test_whole_days_stand_on_the_same_day_in_every_zone(client):
    read_layer(layer(), now=NOW, ask=answering())

    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        page = words_of(read(client, zone=zone))
        assert page.index("Thursday 10 December 2026") < page.index("Summit")


def test_reading_the_same_again_writes_nothing_new():
    one = layer()
    read_layer(one, now=NOW, ask=answering())
    items = list(one.items.values_list("pk", flat=True))
    one.refresh_from_db()

    read_layer(one, now=NOW + dt.timedelta(hours=1), ask=answering(etag='"2"'))

    assert list(one.items.values_list("pk", flat=True)) == items
    assert kinds().count("calendar.layer_read") == 1


def test_unchanged_answer_keeps_what_was_read():
    one = layer()
    read_layer(one, now=NOW, ask=answering())
    one.refresh_from_db()

    read_layer(one, now=NOW + dt.timedelta(hours=1), ask=answering(status=304))

    one.refresh_from_db()
    assert one.items.count() == 2
    assert one.read_at == NOW + dt.timedelta(hours=1)


def test_failure_is_kept_in_words_what_was_read_stays_and_stewards_hear_of_it_once():
    steward = PersonFactory(is_steward=True)
    one = layer()
    read_layer(one, now=NOW, ask=answering())

    for number in range(TOLD_AFTER + 3):
        read_layer(one, now=NOW + dt.timedelta(hours=number), ask=failing)

    one.refresh_from_db()
    assert one.items.count() == 2
    assert (one.failures, one.problem) == (TOLD_AFTER + 3, "The server takes too long to answer.")
    assert one.next_try_at - one.asked_at == LONGEST_WAIT
    assert [(t.person, t.subject) for t in Telling.objects.all()] == [
        (steward, "The calendar “Foundation” cannot be read")
    ]

    read_layer(one, now=NOW + dt.timedelta(hours=20), ask=answering())
    one.refresh_from_db()
    assert (one.failures, one.problem) == (0, "")


def test_answer_for_an_address_that_was_changed_meanwhile_is_dropped():
    one = layer()
    stale = Layer.objects.get(pk=one.pk)
    change_layer(
        one, name="Foundation", address="https://example.org/b.ics", zone="Europe/Berlin", is_shown=True, by=system()
    )

    read_layer(stale, now=NOW, ask=answering())
    read_layer(stale, now=NOW, ask=failing)

    one.refresh_from_db()
    assert (one.items.count(), one.failures, one.read_at) == (0, 0, None)


def test_another_address_drops_what_the_old_one_said_and_its_secret_is_not_told():
    one = layer()
    read_layer(one, now=NOW, ask=answering())
    one.refresh_from_db()

    change_layer(
        one, name="Foundation", address="https://example.org/b.ics", zone="Europe/Berlin", is_shown=True, by=system()
    )

    one.refresh_from_db()
    assert (one.items.count(), one.etag, one.digest) == (0, "", "")
    entry = Entry.objects.get(kind="calendar.layer_changed")
    assert "secret" not in f"{entry.payload}{entry.changes}"


def test_hidden_layer_is_out_of_sight(client):
    one = layer()
    read_layer(one, now=NOW, ask=answering())
    one.refresh_from_db()
    change_layer(one, name=one.name, address=one.address, zone=one.zone, is_shown=False, by=system())

    assert "Summit" not in words_of(read(client))


def test_removed_layer_is_gone_with_all_it_said():
    one = layer()
    read_layer(one, now=NOW, ask=answering())

    remove_layer(one, by=system())
    remove_layer(one, by=system())

    assert not Layer.objects.exists()
    assert kinds().count("calendar.layer_removed") == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " \u202e "}, "invalid"),
        ({"name": "FOUNDATION"}, "name_taken"),
        ({"address": "file:///etc/passwd"}, "bad_address"),
        ({"zone": "PST"}, "zone_abbreviation"),
    ],
)
def test_layer_that_cannot_be_is_refused(given, code):
    layer()

    with pytest.raises(Refused) as refused:
        add_layer(**{"name": "Other", "address": "https://example.org/", "zone": "UTC", **given}, by=system())

    assert refused.value.code == code
    assert Layer.objects.count() == 1


def test_there_are_not_endlessly_many_layers():
    for number in range(MOST_LAYERS):
        layer(f"Layer {number}")

    with pytest.raises(Refused) as refused:
        layer("One more")
    assert refused.value.code == "too_many"


@pytest.mark.parametrize("who", ["stranger", "steward", "machine"])
def test_only_stewards_change_layers(who):
    one = layer()
    actor = machine() if who == "machine" else PersonFactory(is_steward=who == "steward")
    verbs = (
        lambda: add_layer(name="Second", address="https://example.org/", zone="UTC", by=actor),
        lambda: change_layer(one, name="Third", address=one.address, zone="UTC", is_shown=True, by=actor),
        lambda: read_soon(one, by=actor),
        lambda: remove_layer(one, by=actor),
    )

    for verb in verbs:
        if who == "stranger":
            with pytest.raises(Refused) as refused:
                verb()
            assert refused.value.code == "forbidden"
        else:
            verb()


def test_worker_reads_what_is_due_from_a_real_server_and_two_schedulers_read_it_once(settle, monkeypatch):
    monkeypatch.setattr(settings, "REACHABLE_NETWORKS", [ipaddress.ip_network("127.0.0.1/32")])
    with server(lambda handler: say(handler, body=FILE, ETag='"9"')) as outside:
        one = layer(address=outside.address)

        read_due_layers.call()
        read_due_layers.call()
        settle()

        assert [path for path, _headers in outside.asked] == ["/"]
        one.refresh_from_db()
        assert (one.items.count(), one.etag) == (2, '"9"')
        Layer.objects.update(next_try_at=timezone.now())
        read_due_layers.call()
        settle()
        assert outside.asked[1][1]["If-None-Match"] == '"9"'


def test_file_is_wanted_whole_once_a_day_since_what_is_ahead_moves_on(settle, monkeypatch, freeze):
    monkeypatch.setattr(settings, "REACHABLE_NETWORKS", [ipaddress.ip_network("127.0.0.1/32")])
    with server(lambda handler: say(handler, body=FILE, ETag='"9"')) as outside:
        layer(address=outside.address)
        read_due_layers.call()
        settle()
        freeze(NOW + dt.timedelta(hours=25))
        read_due_layers.call()
        settle()

        assert ["If-None-Match" in headers for _path, headers in outside.asked] == [False, False]


def test_layer_inside_a_private_network_is_not_asked(settle):
    with server(lambda handler: say(handler, body=FILE)) as inside:
        one = layer(address=inside.address)
        read_due_layers.call()
        settle()

        assert inside.asked == []
    one.refresh_from_db()
    assert "inside a private network" in one.problem


def test_task_for_a_layer_that_is_gone_does_nothing(settle):
    one = layer()
    read_due_layers.call()
    remove_layer(one, by=system())

    settle()

    assert kinds() == ["calendar.layer_added", "calendar.layer_removed"]


def test_page_of_layers_adds_changes_reads_and_removes(client):
    client.force_login(PersonFactory(is_steward=True))
    given = {"name": "Foundation", "address": "webcal://example.org/a.ics", "zone": "Europe/Berlin"}

    assert client.post("/calendar/layers/", given).status_code == 302
    one = Layer.objects.get()
    assert one.address == "https://example.org/a.ics"
    page = client.get("/calendar/layers/").content.decode()
    assert "From example.org" in page
    assert "will be read within a few minutes" in page
    client.post(f"/calendar/layers/{one.pk}/", {**given, "name": "Ours"})
    Layer.objects.update(next_try_at=None)
    client.post(f"/calendar/layers/{one.pk}/read/")
    one.refresh_from_db()
    assert (one.name, one.is_shown, one.next_try_at) == ("Ours", False, NOW)
    client.post(f"/calendar/layers/{one.pk}/remove/")
    assert not Layer.objects.exists()


def test_page_of_layers_keeps_what_was_typed_when_it_is_refused(client):
    client.force_login(PersonFactory(is_steward=True))

    answer = client.post("/calendar/layers/", {"name": "Ours", "address": "http://u:p@example.org/", "zone": "UTC"})

    assert answer.status_code == 400
    words = answer.content.decode()
    assert "A web address must not hold a name and password." in words
    assert 'value="Ours"' in words


def test_filter_shows_what_was_ticked(client):
    read_layer(layer(), now=NOW, ask=answering())
    other = layer("Other")
    read_layer(other, now=NOW, ask=answering(ics("DTSTART:20261202T080000Z\nSUMMARY:Other call")))

    page = words_of(read(client, f"/calendar/?layer={other.pk}"))

    assert "Other call" in page
    assert "Foundation call" not in page
    assert client.get("/calendar/?layer=999").status_code == 404
    assert client.get("/calendar/?" + "&".join(f"layer={n}" for n in range(200))).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_for_any_number_of_layers(client, django_assert_num_queries, count):
    for number in range(count):
        read_layer(layer(f"Layer {number}"), now=NOW, ask=answering())
    client.force_login(PersonFactory())
    read(client)

    with django_assert_num_queries(6):  # session, person, groups, layers, items, items of the layers
        read(client)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_layers_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    for number in range(count):
        layer(f"Layer {number}")
    client.force_login(PersonFactory(is_steward=True))
    client.get("/calendar/layers/")

    with django_assert_num_queries(3):  # session, person, layers
        client.get("/calendar/layers/")
