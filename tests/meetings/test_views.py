from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import add_extra_meeting, bring_in_order, cancel_meeting, materialise, move_meeting
from tests.calendar.reading import lines_of, page_of, read, words_of
from tests.factories.meetings import amend, meeting_group, next_meeting, said
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
TABLE = (
    ("PST", "08:00", ("America/Los_Angeles", "UTC-08:00")),
    ("IST", "21:30", ("Asia/Kolkata",)),
    ("Lunch", "12:00", ()),
)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock):
    return meeting_group(said(table=TABLE))


# One meeting


def test_meeting_page_answers_when_for_me_and_where_it_is_anchored(client, group):
    words = page_of(client, next_meeting(group))

    assert "Call on Wednesday 25 November" in words
    assert (
        "21:30 Wednesday 25 November, your time in Kolkata 08:00 in Los Angeles, where this call is anchored" in words
    )
    assert "Calls are every second Wednesday at 08:00, Los Angeles time." in words
    assert "The charter says “ every second Wednesday ” · see the clause" in words
    assert "60 minutes: the charter does not say, so this is what we set aside" in words
    assert "From 17 March 2027 it moves to 20:30 for you" in words
    assert "Lantern Working Group" in words


def test_day_in_the_heading_is_the_reader_s(client, group):
    assert "Call on Thursday 26 November" in page_of(client, next_meeting(group), "Pacific/Auckland")


def test_unknown_zone_shows_the_anchor_s_and_says_so(client, group):
    words = page_of(client, next_meeting(group), None)

    assert "08:00 Wednesday 25 November, time in Los Angeles" in words
    assert "moves to" not in words


def test_stated_duration_is_just_stated(client):
    words = page_of(client, next_meeting(meeting_group(said(minutes=90))))

    assert "90 minutes" in words
    assert "does not say" not in words


def test_no_drift_where_clocks_change_alike(client, group):
    for zone, time in (("America/Los_Angeles", "08:00"), ("America/New_York", "11:00")):
        words = page_of(client, next_meeting(group), zone)

        assert "moves to" not in words
        assert f"It stays at {time} for you in the coming year." in words
    assert "It stays" not in page_of(client, next_meeting(group))


def test_charter_s_table_is_held_against_this_very_call(client, group):
    series = group.series.prefetch_related("slots").get()
    materialise(series, start=dt.datetime(2027, 3, 1, tzinfo=dt.UTC), end=dt.datetime(2027, 4, 1, tzinfo=dt.UTC))
    before, after = group.meetings.filter(starts_at__year=2027, starts_at__month=3).order_by("starts_at")[:2]

    right, wrong = page_of(client, before), page_of(client, after)

    assert before.starts.date() == dt.date(2027, 3, 3)
    assert "For this call the charter’s table of times is right." in right
    assert "It will be wrong from the call of Wed 17 Mar 2027, 20:30" in right
    assert "PST (Los Angeles) 08:00 08:00 right IST (Kolkata) 21:30 21:30 right Lunch 12:00 not known" in right
    assert "For this call the charter’s table of times is wrong" in wrong
    assert "The table is right again from the call of Wed 10 Nov 2027, 21:30" in wrong
    assert "PST (Los Angeles) 08:00 08:00 right IST (Kolkata) 21:30 20:30 wrong" in wrong


def test_table_that_is_never_right_is_not_blamed_on_clocks(client):
    never = (("PST", "08:00", ("America/Los_Angeles",)), ("IST", "09:00", ("Asia/Kolkata",)))

    words = page_of(client, next_meeting(meeting_group(said(table=never), name="Oak")))

    assert "The charter’s table of times contradicts itself or the time of the call" in words


def test_table_that_nobody_understands_is_not_judged(client):
    words = page_of(client, next_meeting(meeting_group(said(table=(("Lunch", "12:00", ()),)), name="Oak")))

    assert "Nobody can tell which zones the charter’s table of times means." in words


def test_clause_about_meetings_is_linked(client, group):
    page = read(client, next_meeting(group).get_absolute_url())

    assert page.count(f'href="/groups/{group.slug}/charter/#meetings"') == 2


def test_table_is_left_out_where_it_says_nothing(client, group):
    extra = add_extra_meeting(group, starts=dt.datetime(2026, 11, 30, 9), zone="UTC", duration=HOUR, by=system())
    moved = move_meeting(next_meeting(group), to=dt.datetime(2026, 11, 26, 9), why="Holiday", by=system())

    for meeting in (extra, moved):
        assert "charter’s table" not in page_of(client, meeting)
    assert "this call was added besides the regular ones" in page_of(client, extra)


def test_neighbours_are_linked_whatever_became_of_them(client, group):
    first, second, third = (next_meeting(group, number=number) for number in range(3))
    cancel_meeting(third, why="Nobody is here", by=system())

    page = read(client, second.get_absolute_url())

    assert f'href="{first.get_absolute_url()}"' in page
    assert f'href="{third.get_absolute_url()}"' in page
    assert "The call after it Wed 23 Dec, 21:30 08:00 in Los Angeles cancelled" in words_of(page)
    assert "The call before it" not in page_of(client, first)


def test_meeting_can_be_put_into_any_calendar(client, group):
    meeting = next_meeting(group)

    page = read(client, meeting.get_absolute_url())

    assert "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Lantern%20Working%20Group" in page
    assert "dates=20261125T080000%2F20261125T090000&amp;ctz=America%2FLos_Angeles" in page
    assert "https://outlook.live.com/calendar/0/deeplink/compose?" in page
    assert "https://outlook.office.com/calendar/0/deeplink/compose?" in page
    assert f'href="/meetings/{meeting.pk}.ics"' in page
    assert f'href="/groups/{group.slug}/subscribe/"' in page


def test_moved_meeting_says_why_and_from_where(client, group):
    meeting = move_meeting(next_meeting(group), to=dt.datetime(2026, 11, 26, 9), why="Holiday", by=system())

    words = page_of(client, meeting)

    assert "This call was moved Holiday" in words
    assert "22:30 Thursday 26 November" in words
    assert "This one was moved: it would have been on Wednesday 25 November at 21:30." in words


def test_cancelled_meeting_says_why_and_offers_nothing_to_add(client, group):
    meeting = cancel_meeting(next_meeting(group), why="Nobody is here", by=system())

    words = page_of(client, meeting)

    assert "This call is cancelled Nobody is here" in words
    assert "This call does not take place." in words
    assert "In your own calendar" not in words


def test_dropped_meeting_leads_to_what_is_planned(client, group):
    later = next_meeting(group, number=4)
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))
    bring_in_order(group, by=system())

    page = read(client, later.get_absolute_url())

    assert "This call is no longer planned: the group has adopted a charter with other times." in words_of(page)
    assert f'href="/groups/{group.slug}/meetings/"' in page
    assert later.pk not in {
        int(line.href.split("/")[2]) for line in lines_of(read(client, f"/groups/{group.slug}/meetings/"))
    }


def test_past_meeting_is_a_record(client, group, clock):
    meeting = next_meeting(group)
    clock.move_to("2026-12-01T12:00Z")

    words = page_of(client, meeting)

    assert "A past call, 6 days ago" in words
    assert "In your own calendar" not in words


@pytest.mark.parametrize("path", ["/meetings/1/", "/meetings/1.ics", "/meetings/99999999999999999999999/",
                                  "/meetings/99999999999999999999999.ics", "/groups/nobody/meetings/"])  # fmt: skip
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_meeting_page_costs_the_same_whatever_stands_around_it(client, group, django_assert_num_queries):
    few = next_meeting(meeting_group(said("FREQ=YEARLY;BYMONTH=12;BYDAY=1WE;COUNT=1", first="2026-12-02"), name="Few"))
    many = next_meeting(group, number=2)
    cancel_meeting(next_meeting(group, number=3), why="Nobody is here", by=system())
    client.cookies["zone"] = "Asia/Kolkata"
    client.get("/groups/")

    for meeting in (few, many):
        with django_assert_num_queries(
            8
        ):  # newest entry, meeting, who joins it, neighbours, place, what is published, its agenda, roles
            assert client.get(meeting.get_absolute_url()).status_code == 200
        with django_assert_num_queries(1):
            assert client.get(meeting.get_absolute_url()).status_code == 200


def test_file_of_a_meeting_costs_four_queries_and_may_be_unchanged(client, group, django_assert_num_queries):
    path = f"/meetings/{next_meeting(group).pk}.ics"
    client.get("/groups/")

    with django_assert_num_queries(4):
        first = client.get(path)

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    cancel_meeting(next_meeting(group), why="Nobody is here", by=system())
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert b"STATUS:CANCELLED" in changed.content
    assert b"SEQUENCE:1" in changed.content


# A group's meetings


def test_list_shows_what_is_coming_and_what_is_past(client, group, clock):
    moved, cancelled = next_meeting(group), next_meeting(group, number=1)
    move_meeting(moved, to=dt.datetime(2026, 11, 26, 9), why="Holiday", by=system())
    cancel_meeting(cancelled, why="Nobody is here", by=system())
    add_extra_meeting(group, title="Newcomers", starts=dt.datetime(2026, 11, 30, 9), zone="UTC", duration=HOUR,
                      by=system())  # fmt: skip
    clock.move_to("2026-11-29T12:00Z")

    page = read(client, f"/groups/{group.slug}/meetings/")

    lines = lines_of(page)
    assert [line.words for line in lines][:3] == [
        "Mon 30 Nov, 14:30 Newcomers extra 09:00 UTC",
        "Wed 9 Dec, 21:30 cancelled 08:00 in Los Angeles Nobody is here",
        "Wed 23 Dec, 21:30 08:00 in Los Angeles",
    ]
    assert lines[-1].words == "Thu 26 Nov, 22:30 moved 09:00 in Los Angeles Holiday"
    assert "Calls are every second Wednesday at 08:00, Los Angeles time." in words_of(page)
    assert "The charter does not say how long a call lasts; 60 minutes are set aside." in words_of(page)


def test_past_meetings_come_page_by_page(client, group):
    series = group.series.prefetch_related("slots").get()
    materialise(series, start=dt.datetime(2025, 1, 1, tzinfo=dt.UTC), end=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    path = f"/groups/{group.slug}/meetings/"

    first, last = read(client, path), read(client, path + "?page=3")

    assert lines_of(first)[-20].instant == dt.datetime(2026, 11, 11, 16, tzinfo=dt.UTC)
    assert lines_of(last)[-1].instant == dt.datetime(2025, 1, 22, 16, tzinfo=dt.UTC)
    assert "Page 3 of 3" in words_of(last)
    assert words_of(read(client, path + "?page=999999999999")) == words_of(last)
    assert words_of(read(client, path + "?page=-1%27")) == words_of(first)


def test_group_without_meetings_says_so(client):
    group = meeting_group({**said(), "zone": None})

    assert "No call is planned." in words_of(read(client, f"/groups/{group.slug}/meetings/"))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number_of_meetings(client, django_assert_num_queries, count, clock):
    group = meeting_group(said(f"FREQ=WEEKLY;BYDAY=WE;COUNT={2 * count}", first="2026-11-25"))
    clock.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC) + dt.timedelta(weeks=count))
    client.get("/groups/")

    with django_assert_num_queries(
        11
    ):  # entry, group, coming, number of past, past, whose minutes, who joins (2); charter, series, slots
        page = read(client, f"/groups/{group.slug}/meetings/")

    assert len(lines_of(page)) == 2 * count


# Parts of other rooms' pages


def test_group_page_has_the_next_call_that_takes_place(client, group):
    cancel_meeting(next_meeting(group), why="Nobody is here", by=system())

    page = read(client, group.get_absolute_url())

    plate = words_of(page.split('id="next-call"')[1].split("</section>")[0])
    assert "Wednesday 9 December, your time in Kolkata" in plate
    assert "Cancelled: Wed 25 Nov, 21:30" in plate
    assert [line.words for line in lines_of(page)][:2] == [
        "Wed 25 Nov, 21:30 cancelled 08:00 in Los Angeles Nobody is here",
        "Wed 9 Dec, 21:30 08:00 in Los Angeles",
    ]
    assert 'aria-current="page">Home' in page
    assert f'href="/groups/{group.slug}/meetings/">Calls' in page


def test_group_page_without_a_call_says_so(client):
    group = meeting_group({**said(), "zone": None})

    words = words_of(read(client, group.get_absolute_url()))

    assert "No call is planned" in words
    assert "When we meet" not in words


def test_list_of_groups_says_when_each_meets_next(client, group):
    meeting_group(said("FREQ=WEEKLY;BYDAY=TU", first="2026-01-06", zone="Europe/Berlin", at="18:00"), name="Oak")
    meeting_group({**said(), "zone": None}, name="Silent")

    words = words_of(read(client, "/groups/"))

    assert "Next call in 2 days , Wed 25 Nov, 21:30 08:00 in Los Angeles" in words
    assert "Next call tomorrow , Tue 24 Nov, 22:30 18:00 in Berlin" in words
    assert words.count("Next call") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_our_parts_of_other_pages_cost_two_queries(rf, django_assert_num_queries, count, client):
    from folkmoot.meetings import panels
    from folkmoot.people.reader import Reader

    made = [
        meeting_group(said("FREQ=WEEKLY;BYDAY=WE", first="2026-11-25", table=TABLE), name=f"Group {number}")
        for number in range(count)
    ]
    request = rf.get("/")
    request.reader = Reader(zone="Asia/Kolkata", zone_known=True, clock="24", theme="system")
    client.get("/groups/")

    with django_assert_num_queries(2):  # the calls, and who joins them
        assert "21:30" in panels.masthead(request, made[0])
        assert "21:30" in panels.how_we_meet(request, made[0])
    with django_assert_num_queries(2):  # their own calls, and those that they join
        assert panels.cards(request, made).keys() == {group.pk for group in made}


def test_call_under_way_is_still_the_next_one(client, group, clock):
    clock.move_to("2026-11-25T16:30Z")

    words = words_of(read(client, group.get_absolute_url()))

    assert "Under way, until 22:30" in words


# For strangers


def test_pages_for_strangers_have_no_token_and_no_session(client, group):
    meeting = next_meeting(group)
    for path in (meeting.get_absolute_url(), f"/groups/{group.slug}/meetings/", f"/meetings/{meeting.pk}.ics"):
        response = client.get(path)

        assert not response.cookies
        assert b"csrf" not in response.content
        assert b"Cancel this call" not in response.content
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["move_meeting", "cancel_meeting", "restore_meeting", "add_meeting"])
def test_strangers_are_sent_to_sign_in(client, group, name):
    meeting = next_meeting(group)
    path = reverse(name, args=[group.slug if name == "add_meeting" else meeting.pk])

    for response in (client.get(path), client.post(path, {"why": "x"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")
    meeting.refresh_from_db()
    assert meeting.is_planned
