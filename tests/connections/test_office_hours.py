"""Offering office hours, changing them and their days, reminders, feeds, and the pages of all of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.calendar.actions import make_own_feed
from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.actions.office_hours import (
    Followed,
    add_day,
    change_hours,
    end_hours,
    leave_day_out,
    move_day,
    offer_hours,
    take_day_back,
)
from folkmoot.connections.actions.office_hours_booking import give_back, note_came
from folkmoot.connections.actions.office_hours_reminding import bring_in_order, forget_misses, remind_of_office_hours
from folkmoot.connections.domain.office_days import weekly
from folkmoot.connections.models.office_hours import (
    BookingState,
    OfficeBooking,
    OfficeHours,
    OfficeOpenTo,
    OfficeReminder,
)
from folkmoot.connections.notices.office_hours import OfficeHourReminder
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Delivery, Hours, Letter, Telling
from folkmoot.people.actions import merge_people
from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.connections.office_hours import booked, coming, offered, words
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)  # a Monday
WEDNESDAY = dt.date(2026, 3, 4)
BERLIN = {"zone": "Europe/Berlin", "most_each": 9}


@pytest.fixture
def lantern(freeze) -> Group:
    freeze(NOW)
    organisation()
    return group()


@pytest.fixture
def ada(lantern) -> Person:
    return join(PersonFactory(name="Ada", zone="Europe/Berlin"), lantern)


@pytest.fixture
def ben() -> Person:
    return PersonFactory(name="Ben", zone="Asia/Tokyo")


@pytest.fixture
def hours(ada) -> OfficeHours:
    return offered(ada, **BERLIN)


def refusal(act) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, refused.value.params.get("field")


def told(person: Person) -> list[tuple[str, str]]:
    rows = Telling.objects.filter(person=person, topic="office_hours").order_by("pk").values_list("kind", "subject")
    return [
        (kind.removeprefix("connections.office_hours_"), subject.partition(",")[2].strip()) for kind, subject in rows
    ]


def test_who_takes_part_offers_hours_and_what_makes_no_sense_is_refused(ada, lantern, ben):
    observer = join(PersonFactory(), lantern, Power.OBSERVE)

    made = offer_hours(words(open_to=OfficeOpenTo.GROUP), group=lantern, by=ada)

    assert (made.rule, made.first) == ("FREQ=WEEKLY;BYDAY=WE", dt.date(2026, 1, 7))
    entry = Entry.objects.get(kind="connections.office_hours_offered")
    assert (entry.actor, entry.within_id, entry.payload) == (ada, lantern.pk, {"hours_id": made.pk})
    for person, place in ((observer, lantern), (ben, lantern), (ben, None), (observer, None)):
        assert (
            refusal(lambda person=person, place=place: offer_hours(words(), group=place, by=person))[0] == "forbidden"
        )
    for said, field in (
        ({"title": " "}, "title"),
        ({"where": "x" * 501}, "where"),
        ({"open_to": OfficeOpenTo.GROUP}, "open_to"),
        ({"until": dt.date(2026, 1, 1)}, "until"),
        ({"until": dt.date(2026, 2, 1)}, "first"),
        ({"minutes": 2}, "minutes"),
        ({"notice_hours": 24 * 30}, "notice"),
        ({"most_each": 0}, "most_each"),
    ):
        assert refusal(lambda said=said: offered(ada, **said)) == ("invalid", field), said


def test_only_the_host_changes_hours_and_days(hours, ben):
    for act in (
        lambda: change_hours(hours, words(), by=ben),
        lambda: leave_day_out(hours, WEDNESDAY, by=ben),
        lambda: add_day(hours, NOW.replace(tzinfo=None), by=ben),
        lambda: end_hours(hours, WEDNESDAY, by=ben),
    ):
        assert refusal(act)[0] == "forbidden"


def test_move_tells_each_their_own_new_time_and_raises_the_sequence(hours, ada, ben):
    first, second = booked(hours, ben), booked(hours, PersonFactory(name="Eve", zone="America/Lima"), 1)
    waits = booked(hours, PersonFactory(name="Ivo"), waits=True)
    Telling.objects.all().delete()

    followed = move_day(hours, WEDNESDAY, dt.datetime(2026, 3, 5, 16), by=ada)

    assert followed == Followed(moved=3)
    assert told(ben) == [("moved", "now Fri 6 Mar 2026, 00:00")]
    assert told(second.person) == [("moved", "now Thu 5 Mar 2026, 10:30")]
    assert told(waits.person) == [("moved", "now Thu 5 Mar 2026, 15:00")]
    assert [kind for kind, _when in told(ada)] == ["own_moved", "own_moved"]
    first.refresh_from_db()
    assert (first.starts_at, first.sequence) == (dt.datetime(2026, 3, 5, 15, tzinfo=dt.UTC), 1)
    letter = Letter.objects.filter(recipient=ben.email).latest("pk")
    assert letter.calendar_method == "REQUEST"
    assert f"UID:{first.uid}\r\n" in letter.calendar
    assert "SEQUENCE:1\r\n" in letter.calendar
    assert Letter.objects.filter(recipient=waits.person.email).latest("pk").calendar == ""
    text = Telling.objects.get(person=ben).text
    assert "It was on Wednesday 4 March 2026 at 18:00, Tokyo time." in text
    assert "For Ada that is Thursday 5 March 2026 at 16:00, Berlin time." in text

    take_day_back(hours.days.get(), by=ada)
    assert told(ben)[-1] == ("moved", "now Wed 4 Mar 2026, 18:00")


def test_day_left_out_and_end_tell_who_had_booked_and_let_earlier_days_be(hours, ada, ben):
    kept, off = booked(hours, ben), booked(hours, ben, 2)
    further = booked(hours, ben, 4)
    add_day(hours, dt.datetime(2026, 3, 6, 11), by=ada)
    extra = booked(hours, ben, 2)
    assert extra.starts_at == dt.datetime(2026, 3, 6, 10, tzinfo=dt.UTC)
    Telling.objects.all().delete()

    assert leave_day_out(hours, dt.date(2026, 3, 11), by=ada) == Followed(called_off=1)
    assert end_hours(hours, dt.date(2026, 3, 17), by=ada) == Followed(called_off=1)
    assert end_hours(hours, dt.date(2026, 3, 5), by=ada) == Followed(called_off=1)

    assert [kind for kind, _when in told(ben)] == ["off", "off", "off"]
    states = dict(OfficeBooking.objects.values_list("pk", "state"))
    assert states == dict.fromkeys((off.pk, further.pk, extra.pk), "called_off") | {kept.pk: "booked"}
    assert refusal(lambda: leave_day_out(hours, dt.date(2026, 3, 12), by=ada)) == ("invalid", "day")
    assert refusal(lambda: add_day(hours, dt.datetime(2026, 3, 1, 9), by=ada)) == ("invalid", "day")
    assert refusal(lambda: end_hours(hours, dt.date(2026, 2, 1), by=ada)) == ("invalid", "last_day")


def test_change_of_the_pattern_moves_what_stays_and_calls_off_what_is_gone(hours, ada, ben):
    booked(hours, ben, 1)
    booked(hours, ben, 2)

    assert change_hours(hours, words(**BERLIN, start=dt.time(11)), by=ada) == Followed(moved=2)
    assert change_hours(hours, words(**BERLIN, start=dt.time(11), where="Here"), by=ada) == Followed()
    assert told(ben)[-1] == ("moved", "Wed 11 Mar 2026, 19:00")
    own = Telling.objects.filter(person=ada).order_by("-pk").values_list("subject", flat=True)
    assert [subject.partition(":")[0] for subject in own[:4]] == ["For your calendar"] * 2 + ["At another time"] * 2
    assert change_hours(hours, words(**BERLIN, start=dt.time(11), slots=1), by=ada) == Followed(called_off=1)
    assert change_hours(hours, words(**BERLIN, rule=weekly(1, (3,))), by=ada) == Followed(called_off=1)


def test_wall_time_of_the_host_stays_over_a_change_of_clocks_and_news_of_a_zone_reaches_who_booked(ada, ben):
    hours = offered(ada, **BERLIN, ahead_days=40)
    before, after = booked(hours, ben, 6), booked(hours, ben, 8)
    assert [one.starts_at.isoformat() for one in (before, after)] == [
        "2026-03-25T09:00:00+00:00",
        "2026-04-01T08:00:00+00:00",
    ]

    assert bring_in_order(hours, now=timezone.now()) == Followed()
    OfficeHours.objects.filter(pk=hours.pk).update(zone="Europe/London")
    assert bring_in_order(hours, now=timezone.now()) == Followed(moved=2)
    assert bring_in_order(hours, now=timezone.now()) == Followed()


def test_both_are_reminded_the_day_before_and_an_hour_before_once_each_however_clocks_jump(ada, ben, freeze):
    together = offered(ada, seats=2, slots=1)
    eve = PersonFactory(name="Eve")
    start = booked(together, ben).starts_at
    booked(together, eve)
    Telling.objects.all().delete()

    def kinds() -> list[int]:
        return [Telling.objects.filter(person=one).count() for one in (ben, eve, ada)]

    assert remind_of_office_hours(now=start - dt.timedelta(hours=25)) == 0
    assert remind_of_office_hours(now=start - dt.timedelta(hours=23)) == 3
    for now in (start - dt.timedelta(hours=23), start - dt.timedelta(hours=24), start - dt.timedelta(hours=22)):
        assert remind_of_office_hours(now=now) == 0
    assert remind_of_office_hours(now=start - dt.timedelta(minutes=50)) == 3
    assert remind_of_office_hours(now=start - dt.timedelta(minutes=50)) == 0
    assert remind_of_office_hours(now=start + dt.timedelta(days=1)) == 0
    assert kinds() == [2, 2, 2]
    assert "Ben, Eve will be there" in Telling.objects.filter(person=ada).latest("pk").text

    freeze(start + dt.timedelta(days=6, hours=18))
    booked(together, ben)
    assert remind_of_office_hours(now=timezone.now() + dt.timedelta(minutes=1)) == 0  # booked within the day


def test_reminder_that_quiet_hours_keep_goes_out_no_more_once_it_has_begun(hours, ada, ben):
    for person in (ada, ben):
        Hours.objects.create(person=person, quiet_from=dt.time(0), quiet_until=dt.time(23, 59))
    booking = booked(hours, ben)
    start = booking.starts_at

    def by_mail() -> list[tuple[str, str, str]]:
        kept = Delivery.objects.filter(telling__kind=OfficeHourReminder.kind, channel="mail").order_by("pk")
        return [(one.telling.person.name, one.state, one.reason) for one in kept.select_related("telling__person")]

    remind_of_office_hours(now=start - dt.timedelta(minutes=50))
    assert by_mail() == [("Ben", "waiting", "quiet_hours"), ("Ada", "waiting", "quiet_hours")]
    remind_of_office_hours(now=start + dt.timedelta(minutes=5))
    assert by_mail() == [("Ben", "skipped", "no_longer_holds"), ("Ada", "skipped", "no_longer_holds")]


@pytest.mark.parametrize("moves", [True, False])
def test_reminder_that_waits_says_no_time_that_does_not_hold(hours, ada, ben, freeze, moves):
    for person in (ada, ben):
        Hours.objects.create(person=person, quiet_from=dt.time(0), quiet_until=dt.time(23, 59))
    booking = booked(hours, ben)
    freeze(booking.starts_at - dt.timedelta(hours=23))
    remind_of_office_hours(now=timezone.now())

    if moves:
        move_day(hours, WEDNESDAY, dt.datetime(2026, 3, 4, 19), by=ada)
    else:
        give_back(booking, by=ben)

    kept = Delivery.objects.filter(telling__kind=OfficeHourReminder.kind, state="waiting")
    assert not kept.exists()


def test_what_is_old_is_forgotten(hours, ada, ben, freeze):
    booking = booked(hours, ben)
    freeze(booking.ends_at)
    note_came(booking, False, by=ada)
    OfficeReminder.objects.create(hours=hours, person=ben, key="x", starts_at=booking.starts_at, sort="day")

    assert forget_misses(now=booking.starts_at + dt.timedelta(days=89)) == 0
    assert forget_misses(now=booking.starts_at + dt.timedelta(days=90)) == 1
    assert (OfficeBooking.objects.get().came, OfficeReminder.objects.count()) == (None, 0)


def test_own_feeds_of_both_have_it_and_say_with_whom_and_where_with_details_only(client, hours, ada, ben):
    booking = booked(hours, ben, topic="Clauses")
    group_hours = offered(ada, title="Together", seats=3, start=dt.time(15))
    booked(group_hours, ben, topic="One")
    booked(group_hours, PersonFactory(name="Eve"), topic="Two")

    def feed(person: Person, *, has_details: bool) -> str:
        _feed, path = make_own_feed(has_details=has_details, by=person)
        return client.get(path).content.decode().replace("\r\n ", "")

    plain, whole = feed(ben, has_details=False), feed(ben, has_details=True)
    assert f"UID:{booking.uid}\r\n" in plain
    assert "SUMMARY:Ask about charters\r\n" in plain
    assert not [word for word in ("Ada", "Clauses", "video.example.org") if word in plain]
    assert "SUMMARY:Ask about charters with Ada\r\n" in whole
    assert "LOCATION:https://video.example.org/ada" in whole
    host = feed(ada, has_details=True)
    assert host.count("SUMMARY:Together\r\n") == 1
    assert "DESCRIPTION:Ben: One\\nEve: Two\r\n" in host


def test_where_is_shown_to_nobody_whose_place_waits_for_a_yes(client, hours, ada, ben):
    asked = booked(hours, ben)
    OfficeBooking.objects.update(state=BookingState.ASKED)
    Telling.objects.all().delete()
    Letter.objects.all().delete()

    change_hours(hours, words(**BERLIN, where="https://video.example.org/new"), by=ada)
    assert told(ben) == []
    move_day(hours, WEDNESDAY, dt.datetime(2026, 3, 5, 16), by=ada)

    telling = Telling.objects.get(person=ben)
    assert (telling.calendar, "video.example.org" in telling.text) == ("", False)
    assert "The place is kept until your host has answered." in telling.text
    for person, is_shown in ((ben, False), (ada, True)):
        _feed, path = make_own_feed(has_details=True, by=person)
        assert (b"video.example.org" in client.get(path).content) == is_shown
    client.force_login(ben)
    assert b"video.example.org" not in client.get(asked.get_absolute_url()).content


def test_merging_brings_bookings_and_hours_along_and_export_tells_them(hours, ada, ben):
    double = PersonFactory(name="B.")
    booked(hours, double, topic="Clauses")

    merge_people(ben, double, by=machine())

    rows = [row for data in PERSON_DATA for row in data.export(ben) if row.get("topic") == "Clauses"]
    assert [(row["host"], row["state"]) for row in rows] == [("Ada", "booked")]


def test_reader_books_by_their_own_clock_is_too_late_once_and_gives_back(client, hours, ben, django_assert_num_queries):
    client.force_login(ben)
    page = reverse("office_hours_of", args=[hours.pk])
    client.get(page)

    with django_assert_num_queries(7):
        shown = client.get(page)
    for title in ("b", "c"):
        booked(hours, PersonFactory(name=title), waits=True)
    with django_assert_num_queries(7):
        client.get(page)
    assert b"18:30" in shown.content
    assert b"video.example.org" not in shown.content

    book = reverse("book_office_hour", args=[hours.pk])
    key = coming(hours).key
    assert b"All places are taken" in client.get(book, {"slot": key}).content
    late = client.post(book, {"slot": key, "topic": "Kept words"})
    assert late.status_code == 400
    assert b"Somebody was quicker" in late.content
    assert b"Kept words" in late.content
    assert b'name="waits" value="on"' in late.content
    second = client.post(book, {"slot": coming(hours, 1).key, "topic": "Mine"}, follow=True)
    assert b"video.example.org" in second.content
    mine = OfficeBooking.objects.get(person=ben)
    assert client.get(book, {"slot": mine.key}).url == mine.get_absolute_url()
    file = client.get(reverse("office_booking_file", args=[mine.pk]))
    assert b"SUMMARY:Ask about charters with Ada" in file.content
    assert b"Ask about charters" in client.get(reverse("connections")).content
    client.post(mine.get_absolute_url(), {"do": "give_back"})
    mine.refresh_from_db()
    assert mine.state == "given_back"


def test_page_of_the_host_asks_the_same_for_any_number_of_bookings(client, ada, django_assert_num_queries):
    together = offered(ada, seats=9)
    client.force_login(ada)
    page = together.get_absolute_url()
    booked(together, PersonFactory())
    client.get(page)

    with django_assert_num_queries(10):
        client.get(page)
    for number in range(3):
        booked(together, PersonFactory(), number)
    with django_assert_num_queries(10):
        client.get(page)


def test_people_kept_apart_see_the_same_as_if_nothing_were_offered(client, hours, ada, ben):
    client.force_login(ben)
    addresses = [reverse("office_hours"), reverse("office_hours_of", args=[hours.pk])]
    keep_apart(ada, ben)
    apart = [client.get(address) for address in addresses]
    unknown = client.get(reverse("office_hours_of", args=[hours.pk + 1]))
    OfficeHours.objects.all().delete()
    none = [client.get(address) for address in addresses]

    assert [one.status_code for one in apart] == [200, 404]
    assert b"Nobody offers office hours at present" in apart[0].content
    assert [one.context["offers"] for one in (apart[0], none[0])] == [[], []]
    assert [one.status_code for one in (unknown, none[1])] == [404, 404]


def test_host_offers_changes_and_looks_after_hours_by_their_pages(client, ada, ben, lantern, freeze):
    client.force_login(ada)
    form = client.get(reverse("offer_office_hours")).context["form"]
    sent = {name: value for name, value in form.initial.items() if name != "open_to"}
    sent |= {"title": "Ask me", "first": "2026-03-04", "start": "10:00", "where": "Here"}
    client.post(f"{reverse('offer_office_hours')}?group={lantern.slug}", {**sent, "open_to": "group", "rhythm": 0})
    client.post(reverse("offer_office_hours"), {**sent, "weekdays": [2, 4]})
    monthly, hours = OfficeHours.objects.order_by("pk")
    assert (monthly.group, monthly.rule) == (lantern, "FREQ=MONTHLY;BYDAY=1WE")
    assert (hours.group, hours.rule) == (None, "FREQ=WEEKLY;BYDAY=WE,FR")
    change = reverse("change_office_hours", args=[hours.pk])
    assert client.get(change).context["form"].initial["weekdays"] == [2, 4]
    days = reverse("office_days", args=[hours.pk])
    assert client.post(days, {"sort": "moved", "day": "2026-03-04"}).status_code == 400
    client.post(days, {"sort": "moved", "day": "2026-03-04", "at": "12:00"})
    client.post(reverse("office_day_back", args=[hours.pk, hours.days.get().pk]))
    booking = booked(hours, ben, topic="Clauses")
    page = client.get(hours.get_absolute_url())
    assert (b"Ben" in page.content, b"Clauses" in page.content) == (True, True)
    freeze(booking.ends_at)
    assert b"Did not come" in client.get(hours.get_absolute_url()).content
    client.post(booking.get_absolute_url(), {"do": "missed"})
    assert b"Take that back" in client.get(hours.get_absolute_url()).content
    stop = reverse("stop_office_hours", args=[hours.pk])
    client.post(stop, {"do": "pause"})
    assert client.get(stop).status_code == 200
    client.post(stop, {"do": "resume"})
    client.post(stop, {"last_day": "2026-03-31"})
    hours.refresh_from_db()
    assert (hours.is_paused, hours.until) == (False, dt.date(2026, 3, 31))
    assert b"What you hold" in client.get(reverse("office_hours")).content
    assert b"Offer office hours" in client.get(reverse("group_connections", args=[lantern.slug])).content


def test_link_in_a_mail_gives_back_by_a_button_and_not_by_being_opened(client, hours, ben, freeze):
    booking = booked(hours, ben)
    path = Telling.objects.get(person=ben).shortcut

    form = client.get(path).context["form"]
    booking.refresh_from_db()
    assert booking.state == "booked"
    freeze(NOW + dt.timedelta(seconds=30))
    stamp = {name: form.initial.get(name) or form.fields[name].initial or "" for name in form.fields}
    assert client.get(path[:-3] + "/").status_code == 404
    done = client.post(path, stamp)
    booking.refresh_from_db()
    assert (done.status_code, booking.state) == (200, "given_back")
    assert b"Thank you for saying so" in client.get(path).content
    OfficeBooking.objects.update(state=BookingState.CALLED_OFF)
    assert [words in client.get(path).content for words in (b"called off before", b"Thank you")] == [True, False]
    OfficeBooking.objects.update(state=BookingState.BOOKED, seat=1)
    freeze(booking.starts_at)
    page = client.get(path)
    assert (b"It has begun already." in page.content, "form" in page.context) == (True, False)
