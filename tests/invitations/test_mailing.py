"""Invitations by mail: asked, changed and called off under one UID, each told once, to who wants them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar

from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Power
from folkmoot.invitations.actions import bring_invitations_in_order, stop_invitations, wish_invitations
from folkmoot.invitations.links import answer_path
from folkmoot.invitations.models import CallInvitation, InvitationWish
from folkmoot.invitations.stopping import stop_path
from folkmoot.invitations.tasks import keep_invitations_in_order
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    add_extra_meeting,
    answer_call,
    answer_joining,
    ask_to_join,
    cancel_meeting,
    follow_zone_data,
    move_meeting,
    restore_meeting,
    settle_call_place,
)
from folkmoot.meetings.models import Answer, Meeting, Says
from folkmoot.notices.actions import set_hours
from folkmoot.notices.actions.addresses import address_row, pause
from folkmoot.notices.domain.timing import Every
from folkmoot.notices.handing_over import send_letter
from folkmoot.notices.return_path import address_for
from folkmoot.people.actions import erase_person
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.people import PersonFactory
from tests.invitations.letters import event_in, letters, mailed

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BOUNCE_ADDRESS = "in@example.com"


@pytest.fixture
def wished(group, ben):
    """Ben has the group's calls as invitations; the nearest one was mailed."""
    wish_invitations(group, by=ben)
    return ben


def test_wish_invites_to_the_calls_of_two_weeks_and_the_nightly_task_to_those_that_come_near(
    group, call, ada, wished, clock, settle
):
    near = Meeting.objects.filter(group=group, starts_at__lte=clock_now() + dt.timedelta(days=14))
    assert [event_in(one)["UID"] for one in letters(wished.email)] == [one.uid for one in near]

    later = next_meeting(group, number=near.count())
    clock.move_to(later.starts_at - dt.timedelta(days=13))
    for _night in range(2):
        keep_invitations_in_order.enqueue()
        settle()

    assert [event_in(one)["UID"] for one in letters(wished.email)] == [*(one.uid for one in near), later.uid]
    assert letters(ada.email) == []


def let_it_be_at(call, link, *, by):
    """People come to this call by a link."""
    settle_call_place(call, join_link=link, venue="", address="", venue_notes="", venue_is_public=False, by=by)


def clock_now():
    return dt.datetime.now(dt.UTC)


def test_invitation_is_read_by_another_parser_with_one_attendee_and_an_address_for_the_answer(call, wished):
    (letter,) = letters(wished.email)
    event = event_in(letter)

    row = CallInvitation.objects.get()
    assert Calendar.from_ical(letter.calendar)["METHOD"] == letter.calendar_method == "REQUEST"
    assert event["DTSTART"].dt.astimezone(dt.UTC) == call.starts_at
    assert event["ORGANIZER"] == f"mailto:{address_for('i', row.pk, now=row.made_at)}"
    assert letter.headers["Reply-To"] == address_for("i", row.pk, now=row.made_at)
    assert event["ATTENDEE"] == f"mailto:{wished.email}"
    assert dict(event["ATTENDEE"].params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
        "CN": "Ben Brook",
    }
    assert letter.subject == "Invitation: Lantern Working Group on Wed 25 Nov 2026, 16:00"
    assert answer_path(call, wished) in letter.text


def test_what_happens_to_a_call_is_mailed_once_with_rising_sequence_under_one_uid(call, ada, wished, settle):
    moved = move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()
    bring_invitations_in_order(moved)
    cancel_meeting(moved, why="Rain", by=ada)
    settle()
    bring_invitations_in_order(moved)
    restore_meeting(moved, by=ada)
    settle()
    let_it_be_at(moved, "https://meet.example.org/lantern", by=ada)
    settle()
    bring_invitations_in_order(moved)

    found = mailed(wished.email)
    assert [(method, status) for method, _sequence, status in found] == [
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "CONFIRMED"),
    ]
    sequences = [sequence for _method, sequence, _status in found]
    assert sequences == sorted(set(sequences))
    events = [event_in(one) for one in letters(wished.email)]
    assert {(event["UID"], event["ORGANIZER"]) for event in events} == {(call.uid, events[0]["ORGANIZER"])}
    assert [str(event.get("LOCATION", "")) for event in events[2:]] == ["", "", "https://meet.example.org/lantern"]
    assert [one.subject.partition(":")[0] for one in letters(wished.email)] == [
        "Invitation",
        "Changed",
        "Off your calendar",
        "Invitation",
        "Changed",
    ]


def test_an_answer_stands_in_the_next_mail_unless_the_time_has_changed(call, ada, wished, settle):
    answer_call(call, Says.MAYBE, by=wished)
    let_it_be_at(call, "https://meet.example.org/lantern", by=ada)
    settle()
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()

    found = [event_in(one)["ATTENDEE"].params["PARTSTAT"] for one in letters(wished.email)]
    assert found == ["NEEDS-ACTION", "TENTATIVE", "NEEDS-ACTION"]


def test_country_that_changes_its_clocks_keeps_wall_time_and_sends_a_new_request(group, call, ben, settle):
    """As on a server whose zone data is renewed: by the old one the call was an hour earlier."""
    Meeting.objects.filter(pk=call.pk).update(starts_at=call.starts_at - HOUR, ends_at=call.ends_at - HOUR)
    wish_invitations(group, by=ben)

    assert follow_zone_data(group, now=clock_now()) == 1
    settle()

    before, after = (event_in(one) for one in letters(ben.email))
    assert after["DTSTART"].to_ical() == before["DTSTART"].to_ical()
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert CallInvitation.objects.get().asked_since == after["SEQUENCE"]
    assert Entry.objects.filter(kind="meetings.shifted").count() == 1


def test_who_leaves_gets_the_call_off_their_calendar_without_the_way_in_and_their_wish_goes(
    group, call, ada, wished, settle
):
    let_it_be_at(call, "https://meet.example.org/lantern", by=ada)
    settle()

    end_participation(wished.participations.get(), by=system())
    settle()
    keep_invitations_in_order.enqueue()
    settle()

    last = letters(wished.email)[-1]
    assert [method for method, _sequence, _status in mailed(wished.email)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert "meet.example.org" in letters(wished.email)[1].calendar
    assert "meet.example.org" not in last.calendar + last.text + last.html
    assert not InvitationWish.objects.exists()


def test_who_wants_no_more_gets_nothing_more_and_who_wants_them_again_is_asked_anew(group, call, ada, wished, settle):
    stop_invitations(group, by=wished)
    stop_invitations(group, by=wished)
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()
    assert mailed(wished.email) == [("REQUEST", 0, "CONFIRMED")]

    wish_invitations(group, by=wished)
    wish_invitations(group, by=wished)

    assert [method for method, _sequence, _status in mailed(wished.email)] == ["REQUEST", "REQUEST"]
    told = list(Entry.objects.filter(kind__startswith="invitations.").order_by("pk").values_list("kind", flat=True))
    assert told == ["invitations.wished", "invitations.stopped", "invitations.wished"]


def test_nothing_is_mailed_to_a_paused_address_until_it_works_again(group, call, ben):
    pause(address_row(ben.email), "5.1.1", clock_now())
    wish_invitations(group, by=ben)
    assert (letters(ben.email), CallInvitation.objects.count()) == ([], 0)

    row = address_row(ben.email)
    row.paused_at = None
    row.save()
    bring_invitations_in_order(call)

    assert len(letters(ben.email)) == 1


def test_address_that_no_calendar_carries_holds_up_nobody_and_one_beyond_ascii_is_written_as_dns_has_it(group, call):
    odd, beyond, plain = (
        join(PersonFactory(email=email), group)
        for email in ('"odd one"@example.org', "zoe@exämple.org", "plain@example.org")
    )

    for person in (odd, beyond, plain):
        wish_invitations(group, by=person)

    assert [len(letters(person.email)) for person in (odd, beyond, plain)] == [0, 1, 1]
    assert event_in(letters(beyond.email)[0])["ATTENDEE"] == "mailto:zoe@xn--exmple-cua.org"


def test_who_leaves_one_group_of_a_joint_call_gets_it_off_their_calendar_while_the_other_expects_them(
    group, call, ada, wished, settle
):
    other = meeting_group(name="Oak Working Group")
    joint = ask_to_join(group, other, position=0, by=ada)
    answer_joining(joint, agrees=True, by=join(PersonFactory(), other, Power.MANAGE))
    join(wished, other)
    settle()
    before = len(letters(wished.email))

    end_participation(wished.participations.get(group=group), by=system())
    settle()
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()

    (off,) = letters(wished.email)[before:]
    assert off.calendar_method == "CANCEL"
    assert "You are still expected: its page says when it is." in off.text


def test_reason_of_a_move_is_not_given_as_the_reason_for_being_invited_no_more(call, ada, wished, settle):
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()
    end_participation(wished.participations.get(), by=system())
    settle()

    changed, off = letters(wished.email)[-2:]
    assert ("The reason: A holiday" in changed.text, "A holiday" in off.text) == (True, False)
    assert "You are not invited to it any more." in off.text


def test_what_is_news_in_quiet_hours_comes_once_at_their_end(group, call, ada, ben, clock, settle):
    ben.zone = "UTC"
    ben.save()
    set_hours(ben, every=Every.WEEK, weekday=0, hour=8, quiet_from=dt.time(11), quiet_until=dt.time(14))

    wish_invitations(group, by=ben)
    moved = move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()
    assert letters(ben.email) == []
    clock.move_to("2026-11-23T14:00Z")
    settle()
    assert [event_in(one)["DTSTART"].dt for one in letters(ben.email)] == [moved.starts_at]
    clock.move_to("2026-11-24T12:00Z")
    cancel_meeting(moved, why="Rain", by=ada)
    settle()
    waiting = len(letters(ben.email))
    clock.move_to("2026-11-24T14:00Z")
    settle()

    assert (waiting, [method for method, _sequence, _status in mailed(ben.email)]) == (1, ["REQUEST", "CANCEL"])


def test_call_that_begins_before_quiet_hours_end_is_mailed_at_once(group, call, ben, clock):
    ben.zone = "UTC"
    ben.save()
    clock.move_to(call.starts_at - HOUR)
    set_hours(ben, every=Every.WEEK, weekday=0, hour=8, quiet_from=dt.time(0), quiet_until=dt.time(23))

    wish_invitations(group, by=ben)

    assert [event_in(one)["UID"] for one in letters(ben.email)] == [call.uid]


def test_calls_that_are_added_are_asked_and_those_that_have_begun_are_not(group, call, ada, wished, settle, clock):
    extra = add_extra_meeting(group, starts=call.starts + 2 * HOUR, zone=call.zone, duration=HOUR, by=ada)
    settle()
    assert [event_in(one)["UID"] for one in letters(wished.email)] == [call.uid, extra.uid]

    clock.move_to(call.starts_at)
    CallInvitation.objects.filter(meeting=call).delete()

    assert bring_invitations_in_order(call) == 0


def test_without_an_address_for_incoming_mail_no_answer_is_asked_for_by_mail(group, call, ben, settings):
    settings.BOUNCE_ADDRESS = ""
    wish_invitations(group, by=ben)

    (letter,) = letters(ben.email)
    event = event_in(letter)
    assert (event["ATTENDEE"].params["RSVP"], "Reply-To" in letter.headers) == ("FALSE", False)
    assert event["ORGANIZER"] == "mailto:folkmoot@localhost"
    assert "Answer by the link below." in letter.text


def test_only_who_takes_part_may_wish_and_erasing_leaves_nothing(group, call, wished):
    with pytest.raises(Refused) as refused:
        wish_invitations(group, by=PersonFactory())
    assert refused.value.code == "forbidden"

    erase_person(wished, by=system())

    assert (CallInvitation.objects.count(), InvitationWish.objects.count(), letters(wished.email or "")) == (0, 0, [])


def test_letter_leaves_with_a_part_for_calendars_and_keeps_nothing(call, wished, mail_server, settle):
    (letter,) = letters(wished.email)
    send_letter.enqueue(letter.pk)
    settle()

    (sent,) = (one for one in mail_server.mails if one["Message-ID"] == letter.message_id)
    assert [part.get_content_type() for part in sent.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    part = list(sent.walk())[-1]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]["UID"] == call.uid
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    letter.refresh_from_db()
    assert (letter.calendar, letter.text, bool(letter.sent_at)) == ("", "", True)


def test_queries_do_not_grow_with_the_people_who_know_already(group, call, ben, django_assert_num_queries):
    wish_invitations(group, by=ben)
    with django_assert_num_queries(14):
        bring_invitations_in_order(call)
    for name in ("Cleo", "Dan"):
        wish_invitations(group, by=join(PersonFactory(name=name), group))
    with django_assert_num_queries(14):
        bring_invitations_in_order(call)


def test_program_that_opens_every_link_of_an_invitation_and_presses_the_first_button_changes_nothing(call, wished):
    """What a mail scanner does within a minute; the button of the page that stops mails can be taken back there."""
    (letter,) = letters(wished.email)
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', letter.html)}
    paths = {link.removeprefix(settings.PUBLIC_ADDRESS) for link in links}
    assert {answer_path(call, wished), stop_path(wished.pk, call.group_id), call.get_absolute_url()} <= paths
    entries = Entry.objects.count()

    for path in paths:
        page = Client().get(path, follow=True).content.decode()
        button = re.search(r'<main.*?<button[^>]*name="(\w+)"[^>]*value="(\w+)"', page, re.DOTALL)
        opened = re.search(r'name="opened" value="([^"]+)"', page)
        if button and opened:
            Client().post(path, {"opened": opened[1], button[1]: button[2]})

    assert (Entry.objects.count(), Answer.objects.count(), len(letters(wished.email))) == (entries, 0, 1)
    Client().post(stop_path(wished.pk, call.group_id))
    Client().post(stop_path(wished.pk, call.group_id), {"again": "yes"})
    assert InvitationWish.objects.get().is_wanted
