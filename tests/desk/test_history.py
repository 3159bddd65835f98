"""History: in words, for whoever may read it, and never changed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from folkmoot.cli import entrance
from folkmoot.desk.queries import PAGE
from folkmoot.groups.models import Power
from folkmoot.ledger import sealing, triggers
from folkmoot.ledger.actions import erase_words
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import cancel_meeting
from folkmoot.people.actions import change_preferences
from tests.calendar.reading import words_of
from tests.factories.groups import group, join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lantern():
    organisation()
    return group()


def steward_reads(client, path="/steward/history/"):
    client.force_login(PersonFactory(is_steward=True))
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return words_of(answer.content.decode())


def test_history_tells_in_words_what_happened_by_whom(client, lantern):
    join(PersonFactory(name="Ada"), lantern, Power.MANAGE)

    page = steward_reads(client)

    assert "Ada is now among the Managers. Folkmoot" in page
    assert "Charter, version 1, is in force from 2025-01-08." in page
    assert "Lantern Working Group was founded." in page


def test_changes_are_shown_field_by_field_personal_ones_too(client):
    ben = PersonFactory(name="Ben", zone="UTC")
    change_preferences(ben, zone="Asia/Kolkata", clock="12", theme="dark")

    page = steward_reads(client)

    assert "Ben changed their preferences." in page
    assert "zone: UTC → Asia/Kolkata" in page


def test_name_from_right_to_left_does_not_turn_the_sentence_around(client, lantern):
    join(PersonFactory(name="نور"), lantern, Power.OBSERVE)

    assert "\u2068نور\u2069 is now among the Observers." in steward_reads(client)


def test_erased_words_are_nobody_s(client, lantern):
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    erase_words(ada)

    page = steward_reads(client)

    assert "Someone is now among the Managers." in page
    assert "Ada" not in page


OF_GROUP = ["groups.role_taken", "groups.charter_adopted", "groups.founded"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("room=people", ["people.preferences_changed"]),
        ("actor_kind=person", ["people.preferences_changed"]),
        ("email=ada@example.org", ["people.preferences_changed", "groups.role_taken"]),
        ("group=lantern-working-group&actor_kind=system", OF_GROUP),
        ("first_day=2030-01-01", []),
        ("first_day=2020-01-01&last_day=2030-01-01&room=groups", OF_GROUP),
    ],
)  # fmt: skip
def test_history_is_narrowed(client, lantern, query, told):
    ada = join(PersonFactory(name="Ada", email="ada@example.org"), lantern, Power.MANAGE)
    change_preferences(ada, zone="Asia/Kolkata", clock="24", theme="dark")
    client.force_login(PersonFactory(is_steward=True))

    answer = client.get(f"/steward/history/?{query}")

    assert [line.kind for line in answer.context["leaf"].lines] == told


def test_days_are_the_reader_s(client, lantern, freeze):
    freeze("2031-11-25T23:30:00Z")
    join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    freeze("2031-11-26T12:00:00Z")
    client.force_login(PersonFactory(is_steward=True, zone="Europe/Berlin"))

    berlin = client.get("/steward/history/?first_day=2031-11-26&last_day=2031-11-26")

    assert [line.kind for line in berlin.context["leaf"].lines] == ["groups.role_taken"]


@pytest.mark.parametrize("query", ["first_day=soon", "email=nobody@example.org", "group=none", "room=none"])
def test_what_cannot_be_looked_for_is_said(client, query):
    client.force_login(PersonFactory(is_steward=True))

    answer = client.get(f"/steward/history/?{query}")

    assert answer.status_code == 400
    assert b"Error:" in answer.content


@pytest.mark.parametrize("before", ["0", "-1", "x", "٣", "9" * 30, "1e9", "\ud800"])
def test_any_number_to_begin_before_is_survived(client, before):
    client.force_login(PersonFactory(is_steward=True))

    assert client.get("/steward/history/", {"before": before.encode("utf-8", "replace")}).status_code == 200


def test_long_history_goes_on_without_a_gap(client, lantern):
    for _number in range(PAGE + 5):
        join(PersonFactory(), lantern, Power.OBSERVE)
    client.force_login(PersonFactory(is_steward=True))

    first = client.get("/steward/history/?room=groups").context["leaf"]
    second = client.get(f"/steward/history/?room=groups&before={first.older}").context["leaf"]

    numbers = [line.pk for line in (*first.lines, *second.lines)]
    assert len(first.lines) == PAGE
    assert numbers == sorted(
        Entry.objects.filter(kind__startswith="groups.").values_list("pk", flat=True), reverse=True
    )
    assert second.older is None


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_for_any_number(client, lantern, django_assert_num_queries, count):
    for _number in range(count):
        join(PersonFactory(), lantern, Power.OBSERVE)
    client.force_login(PersonFactory(is_steward=True))
    client.get("/steward/history/")

    with django_assert_num_queries(4):  # session, person, groups to choose from, entries
        client.get("/steward/history/")


GROUP = "/groups/lantern-working-group/history/"
PUBLIC = ["groups.charter_adopted", "groups.founded"]


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("nobody", PUBLIC),
        ("stranger", PUBLIC),
        ("observer", ["groups.role_taken", "groups.role_taken", *PUBLIC]),
        ("former", PUBLIC),
        ("steward", ["groups.role_taken", *PUBLIC]),
    ],
)
def test_group_s_history_is_for_whoever_may_read_it(client, lantern, who, told):
    join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    if who == "observer":
        client.force_login(join(PersonFactory(), lantern, Power.OBSERVE))
    elif who != "nobody":
        client.force_login(PersonFactory(is_steward=who == "steward"))

    answer = client.get(GROUP)

    if who == "nobody":
        assert "Ada" not in answer.content.decode()
        assert "This is what everyone may see." in words_of(answer.content.decode())
    else:
        assert [line.kind for line in answer.context["leaf"].lines] == told


def test_strangers_read_what_was_done_and_whoever_is_signed_in_by_whom(client):
    anvil = meeting_group(name="Anvil Working Group")
    cancel_meeting(next_meeting(anvil), why="Holiday.", by=PersonFactory(name="Wren Ash", is_steward=True))
    path = f"/groups/{anvil.slug}/history/"

    for_strangers = client.get(path).content.decode()
    client.force_login(PersonFactory())

    assert "Someone cancelled the call of" in words_of(for_strangers)
    assert "Wren" not in for_strangers
    assert "Wren Ash cancelled the call of" in words_of(client.get(path).content.decode())


def test_group_that_is_not_there_has_no_history(client):
    assert client.get("/groups/none/history/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_group_history_costs_the_same_for_any_number(client, lantern, django_assert_num_queries, count):
    reader = join(PersonFactory(), lantern, Power.OBSERVE)
    for _number in range(count):
        join(PersonFactory(), lantern, Power.OBSERVE)
    client.force_login(reader)
    client.get(GROUP)

    with django_assert_num_queries(5):  # session, person, group, whether taking part, entries
        client.get(GROUP)


def test_history_cannot_be_changed_and_failing_to_write_it_fails_the_action(client, lantern):
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(kind="groups.other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()


def test_action_does_not_happen_when_its_fact_cannot_be_written(lantern, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr("folkmoot.ledger.actions.Entry.objects.create", broken)
    with pytest.raises(DatabaseError), transaction.atomic():
        join(PersonFactory(name="Ada"), lantern, Power.MANAGE)

    assert lantern.participations.count() == 0


def test_command_lists_history_for_people_and_programs(lantern):
    join(PersonFactory(name="Ada", email="ada@example.org"), lantern, Power.MANAGE)

    shown = CliRunner().invoke(entrance, ["ledger", "list", "--group", lantern.slug, "--limit", "1"])
    rows = CliRunner().invoke(entrance, ["ledger", "list", "--person", "ada@example.org", "--json"])

    assert shown.output.rstrip().endswith("Ada is now among the Managers.  (Folkmoot)")
    assert [row["kind"] for row in json.loads(rows.output)] == ["groups.role_taken"]


@pytest.mark.parametrize("words", [["--group", "none"], ["--person", "nobody@example.org"]])
def test_command_says_when_there_is_nothing_of_the_kind(words):
    assert CliRunner().invoke(entrance, ["ledger", "list", *words]).exit_code == 3


def test_command_verifies_the_seals_and_notices_tampering(lantern):
    sealing.seal(settled_after=dt.timedelta(0))
    join(PersonFactory(), lantern, Power.MANAGE)

    sound = CliRunner().invoke(entrance, ["ledger", "verify"])
    assert (sound.exit_code, sound.output) == (0, "✓ 1 seals fit; 1 entries since are not sealed yet.\n")

    triggers.drop(connection)
    try:
        Entry.objects.filter(kind="groups.founded").update(happened_at=timezone.now())
    finally:
        triggers.create(connection)
    broken = CliRunner().invoke(entrance, ["ledger", "verify"])
    assert broken.exit_code == 1
    assert broken.output.startswith("✗ entries ")
