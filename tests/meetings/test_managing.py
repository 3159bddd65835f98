"""What managers see and do on the pages of meetings, and what others are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import add_extra_meeting, cancel_meeting, move_meeting
from folkmoot.meetings.models import Meeting
from tests.calendar.reading import page_of, read, words_of
from tests.factories.meetings import actor, meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></bdi><svg/onload=alert(1)>{{ 7*7 }}"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock):
    return meeting_group()


@pytest.fixture
def manager(group, client):
    person = actor("manager", group)
    client.force_login(person)
    return person


@pytest.mark.parametrize("who", ["participant", "observer", "stranger", "other group's manager"])
def test_others_see_no_forms_and_are_told_why(client, group, who):
    client.force_login(actor(who, group))
    meeting = next_meeting(group)

    assert "Cancel this call" not in page_of(client, meeting)
    assert "Add a call" not in words_of(read(client, f"/groups/{group.slug}/meetings/"))
    for name in ("move_meeting", "cancel_meeting", "restore_meeting", "add_meeting"):
        path = reverse(name, args=[group.slug if name == "add_meeting" else meeting.pk])
        response = client.post(path, {"why": "x"})
        assert response.status_code == 403
        assert "Only a manager of Lantern Working Group or a steward may do this." in words_of(
            response.content.decode()
        )


def test_manager_moves_a_call(client, group, manager):
    meeting = next_meeting(group)
    path = reverse("move_meeting", args=[meeting.pk])
    assert f'href="{path}"' in read(client, meeting.get_absolute_url())
    assert 'value="2026-11-25"' in read(client, path)

    response = client.post(
        path, {"day": "2026-11-26", "at": "09:00", "zone": "America/Los_Angeles", "why": "Holiday"}, follow=True
    )

    assert response.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert "The call was moved, and every calendar that follows it will learn of it." in response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.why) == (dt.datetime(2026, 11, 26, 9), "Holiday")
    assert Entry.objects.get(kind="meetings.moved").actor == manager


def test_manager_cancels_a_call_and_takes_it_back(client, group, manager):
    meeting = next_meeting(group)
    restore = reverse("restore_meeting", args=[meeting.pk])

    cancelled = client.post(reverse("cancel_meeting", args=[meeting.pk]), {"why": "Nobody is here"}, follow=True)

    assert "This call is cancelled" in words_of(cancelled.content.decode())
    assert cancelled.content.decode().count(f'action="{restore}"') == 2  # the toast's undo, and the page's own
    restored = client.post(restore, follow=True)
    assert "The call takes place after all." in restored.content.decode()
    meeting.refresh_from_db()
    assert meeting.is_planned


def test_manager_adds_a_call(client, group, manager):
    path = reverse("add_meeting", args=[group.slug])
    assert f'href="{path}"' in read(client, f"/groups/{group.slug}/meetings/")
    assert '<option value="America/Los_Angeles" selected>' in read(client, path)

    response = client.post(
        path,
        {"title": "Newcomers", "day": "2026-11-30", "at": "18:00", "zone": "Europe/Berlin", "minutes": "45"},
        follow=True,
    )

    made = Meeting.objects.get(slot=None)
    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    assert (made.title, made.starts, made.zone) == ("Newcomers", dt.datetime(2026, 11, 30, 18), "Europe/Berlin")
    assert made.duration == dt.timedelta(minutes=45)


def test_steward_may_do_it_too(client, group):
    client.force_login(PersonFactory(is_steward=True))

    assert "Cancel this call" in page_of(client, next_meeting(group))


GOOD = {"day": "2026-11-26", "at": "09:00", "zone": "America/Los_Angeles", "why": "Holiday"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"why": ""}, "This field is required."),
        ({"why": " \u2028 "}, "This field is required."),
        ({"why": "\u202e"}, "Please say why, in a few words"),
        ({"why": "x" * 501}, "at most 500 characters"),
        ({"day": "soon"}, "Enter a valid date."),
        ({"day": "2026-11-20"}, "That time is in the past."),
        ({"day": "2030-01-01"}, "more than two years ahead"),
        ({"day": "0001-01-01"}, "in the past"),
        ({"day": "9999-12-31", "at": "23:00"}, "outside the years 1 to 9999"),
        ({"at": "25:00"}, "Enter a valid time."),
        ({"zone": "PST"}, "is not one of the available choices"),
        ({"zone": "Nowhere/Land"}, "is not one of the available choices"),
    ],
)
def test_wrong_form_says_so_and_keeps_what_was_typed(client, group, manager, given, words):
    meeting = next_meeting(group)

    response = client.post(reverse("move_meeting", args=[meeting.pk]), {**GOOD, **given})

    page = response.content.decode()
    assert response.status_code == 400
    assert words in words_of(page)
    assert "One thing needs another look" in words_of(page)
    assert not Meeting.objects.exclude(why="").exists()
    if "why" not in given:
        assert 'value="Holiday"' in page


@pytest.fixture
def berlin(clock):
    clock.move_to("2026-03-01T12:00Z")
    return meeting_group(said("FREQ=WEEKLY;BYDAY=MO", first="2026-01-05", zone="Europe/Berlin", at="09:00"))


def test_gap_of_the_clocks_is_explained_and_what_may_be_meant_offered(client, berlin):
    client.force_login(actor("manager", berlin))
    meeting = next_meeting(berlin, number=3)
    path = reverse("move_meeting", args=[meeting.pk])
    asked = {"day": "2026-03-29", "at": "02:30", "zone": "Europe/Berlin", "why": "Night shift"}

    response = client.post(path, asked)

    page = response.content.decode()
    assert response.status_code == 400
    assert "There is no 02:30 in Berlin on 29 March 2026: clocks are put forward" in words_of(page)
    assert "03:30 by a clock at UTC+02:00, which is 01:30 UTC" in words_of(page)
    assert "01:30 by a clock at UTC+01:00, which is 00:30 UTC" in words_of(page)
    answers = [part.split('"')[0] for part in page.split('name="which" value="')[1:]]
    assert len(answers) == 2
    assert client.post(path, {**asked, "which": answers[0]}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.starts_at) == (
        dt.datetime(2026, 3, 29, 3, 30),
        dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(("number", "hour"), [(0, 0), (1, 1)])
def test_doubled_hour_asks_which_of_the_two(client, berlin, clock, number, hour):
    clock.move_to("2026-10-20T12:00Z")
    meeting = add_extra_meeting(
        berlin, starts=dt.datetime(2026, 10, 26, 9), zone="Europe/Berlin", duration=HOUR, by=system()
    )
    client.force_login(actor("manager", berlin))
    path = reverse("move_meeting", args=[meeting.pk])
    asked = {"day": "2026-10-25", "at": "02:30", "zone": "Europe/Berlin", "why": "Night shift"}

    page = client.post(path, asked).content.decode()

    assert "It is 02:30 twice in Berlin on 25 October 2026: clocks are put back" in words_of(page)
    answers = [part.split('"')[0] for part in page.split('name="which" value="')[1:]]
    assert client.post(path, {**asked, "which": answers[number]}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.fold, meeting.starts_at) == (number, dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC))
    assert "02:30" in page_of(client, meeting, "Europe/Berlin")


def test_answer_to_another_question_counts_for_nothing(client, berlin):
    client.force_login(actor("manager", berlin))
    meeting = next_meeting(berlin, number=3)
    asked = {"day": "2026-03-29", "at": "02:30", "zone": "Europe/Berlin", "why": "Night shift"}

    for which in ("2026-03-29T02:00/Europe/Berlin/0", "2026-03-29T02:30/Europe/Rome/0", "7", "<script>"):
        response = client.post(reverse("move_meeting", args=[meeting.pk]), {**asked, "which": which})

        assert response.status_code == 400
        assert "<script>" not in response.content.decode().replace('<script type="module"', "")
    meeting.refresh_from_db()
    assert not meeting.is_moved


def test_gap_is_asked_for_an_added_call_too(client, berlin):
    client.force_login(actor("manager", berlin))
    asked = {"day": "2026-03-29", "at": "02:30", "zone": "Europe/Berlin", "minutes": "60"}

    response = client.post(reverse("add_meeting", args=[berlin.slug]), asked)

    assert response.status_code == 400
    assert "There is no 02:30 in Berlin" in words_of(response.content.decode())


def test_what_has_begun_offers_no_change(client, group, manager, clock):
    meeting = next_meeting(group)
    clock.move_to("2026-11-25T16:10Z")

    assert "Move this call" not in page_of(client, meeting)
    moved = client.post(reverse("move_meeting", args=[meeting.pk]), GOOD)
    cancelled = client.post(reverse("cancel_meeting", args=[meeting.pk]), {"why": "Late"})
    added = client.post(reverse("add_meeting", args=[group.slug]), {**GOOD, "day": "2026-11-20", "minutes": "60"})
    assert (moved.status_code, cancelled.status_code, added.status_code) == (400, 400, 400)
    assert "has begun, or is over" in words_of(moved.content.decode())
    assert "has begun, or is over" in words_of(cancelled.content.decode())
    assert "in the past" in words_of(added.content.decode())
    assert client.post(reverse("restore_meeting", args=[meeting.pk])).status_code == 409


def test_changes_are_posted(client, group, manager):
    meeting = next_meeting(group)

    assert client.get(reverse("restore_meeting", args=[meeting.pk])).status_code == 405
    for name in ("move_meeting", "cancel_meeting"):
        assert client.put(reverse(name, args=[meeting.pk])).status_code == 405
    for path in (meeting.get_absolute_url(), f"/meetings/{meeting.pk}.ics", f"/groups/{group.slug}/meetings/"):
        assert client.post(path).status_code == 405


def test_forms_need_their_token(group, manager):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)

    assert client.post(reverse("cancel_meeting", args=[next_meeting(group).pk]), {"why": "x"}).status_code == 403


def test_hostile_words_are_words_everywhere(client, group, manager):
    extra = add_extra_meeting(group, title=XSS, starts=dt.datetime(2026, 11, 24, 9), zone="UTC", duration=HOUR,
                              by=system())  # fmt: skip
    cancel_meeting(next_meeting(group, number=1), why=XSS, by=system())
    moved = move_meeting(next_meeting(group, number=2), to=dt.datetime(2026, 12, 10, 9), why=XSS, by=system())

    for path in (extra.get_absolute_url(), moved.get_absolute_url(), group.get_absolute_url(),
                 f"/groups/{group.slug}/meetings/", "/calendar/"):  # fmt: skip
        page = read(client, path)

        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page
        assert "49" not in words_of(page).split("alert(1)", 1)[-1][:60]
    assert XSS in words_of(read(client, extra.get_absolute_url()))
