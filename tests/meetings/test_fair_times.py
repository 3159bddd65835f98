"""Fair times of a group: who is planned for, what the page shows to whom, changing to a rotation, and the year."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import begin_series
from folkmoot.meetings.actions.fair_times import adopt_rotation
from folkmoot.meetings.actions.pausing import keep_holidays, pause_calls
from folkmoot.meetings.burden_ledger import Borne, burden_of_year
from folkmoot.meetings.domain.pattern import Pattern, Turn
from folkmoot.meetings.fair_times_reading import groups_of, members_of, planned, regular_calls, without_zone
from folkmoot.meetings.fair_times_words import mark_of
from folkmoot.meetings.models import FairPromise, JoinedMeeting, JointCall, Minutes, MinutesState, SeriesChange
from folkmoot.notices.models import Telling
from folkmoot.people.actions import state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.models import Person, Profile
from tests.factories.groups import join
from tests.factories.meetings import actor, held_call, meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

QUERIES = (
    17  # session, person, group, role and steward; charter, series, slots; who joins; people twice; breaks; the year
)
TODAY = dt.date(2026, 11, 26)
NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
ZONES = ("Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles")


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-11-26T10:00Z")
    organisation()
    return meeting_group(said("FREQ=WEEKLY;BYDAY=TU", first="2026-01-06", at="17:00", zone="Europe/Lisbon", minutes=60))


def showing(person: Person, level: str = "groups") -> Person:
    Profile.objects.create(person=person, seen={"zone": level})
    return person


@pytest.fixture
def five(lantern) -> list[Person]:
    """One in each zone; all but the last show theirs to the group."""
    people = [join(PersonFactory(zone=zone), lantern) for zone in ZONES]
    for person in people[:-1]:
        showing(person)
    return people


@pytest.fixture
def chair(lantern, five, client) -> Person:
    person = join(showing(PersonFactory(zone="Europe/Lisbon")), lantern, Power.MANAGE)
    client.force_login(person)
    return person


def url(group: Group) -> str:
    return f"/groups/{group.slug}/fair-times/"


def shown(answer) -> str:
    return " ".join(answer.text.split())


def plan_of(group: Group, number: int = 0):
    return planned(regular_calls(group)[number], members_of([group]), today=TODAY)


def test_those_who_come_are_planned_for_with_their_hours_and_no_others(lantern, five):
    state_comfortable_hours(five[0], StatedHours((dt.time(4), dt.time(12))), by=five[0])
    join(PersonFactory(zone="Asia/Tokyo"), lantern, Power.OBSERVE)
    join(PersonFactory(zone=""), lantern)

    members = members_of([lantern])

    assert [(one.zone, one.shows_zone) for one in members] == [(zone, zone != ZONES[-1]) for zone in ZONES]
    assert members[0].hours.working.start == 4 * 60


def test_members_take_one_query_however_many_they_are(lantern, five, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(members_of([lantern])) == 5


def test_calls_are_planned_from_the_monday_after_the_next_seven_days_on(lantern, five):
    plan = plan_of(lantern)

    assert (plan.course.from_day, plan.course.days[0]) == (dt.date(2026, 12, 7), dt.date(2026, 12, 8))
    assert plan.proposed.worst.cost < plan.now.worst.cost


def test_fewer_than_five_are_not_planned_for(lantern, five):
    setting, members = regular_calls(lantern)[0], members_of([lantern])

    with pytest.raises(Refused) as refused:
        planned(setting, members[:4], today=TODAY)

    assert refused.value.code == "no_zones"


def test_page_shows_what_calls_cost_and_what_would_be_fairer(lantern, chair, client):
    page = shown(client.get(url(lantern)))

    assert "Today’s slot puts Kolkata at 22:30 for every call." in page
    assert "With this rotation nobody has more than" in page
    assert "Today: 0 of your next 13 calls are early, late or at night. They begin at 17:00." in page
    assert "Change to this rotation" in page
    assert "One person keeps their time zone to themselves; they count all the same." in page


def test_zones_that_nobody_shows_and_hours_are_on_nobody_elses_page(lantern, five, chair, client):
    state_comfortable_hours(five[2], StatedHours((dt.time(3, 33), dt.time(4, 44))), by=five[2])
    client.force_login(five[1])

    page = shown(client.get(url(lantern)))

    assert "Los Angeles" not in page
    assert "03:33" not in page
    assert "Berlin" in page
    assert "Whoever leads the group can change to it." in page
    assert "Change to this rotation" not in page


def test_page_of_a_small_group_says_why_it_plans_nothing(lantern, client):
    client.force_login(join(PersonFactory(), lantern))

    page = shown(client.get(url(lantern)))

    assert "Fair times are for at least 5 people whose time zone is known" in page
    assert "There is nothing to tell yet." in page


def test_page_offers_the_other_regular_calls(lantern, chair, client):
    position = begin_series(
        lantern,
        title="Open hour",
        pattern=Pattern("weeks", (Turn(dt.time(3)),), weekdays=(1, 3)),
        from_day=TODAY,
        zone="Europe/Lisbon",
        duration=dt.timedelta(minutes=45),
        by=chair,
    )

    page = shown(client.get(url(lantern)))
    other = shown(client.get(f"{url(lantern)}?calls={position}"))

    assert f'href="?calls={position}"' in page
    assert "Calls are every Tuesday and Thursday at 03:00, Lisbon time" in other
    assert other.count("</strong>, Lisbon time") == 1
    assert len(plan_of(lantern, 1).proposed.slots) == 1  # two calls a week take no turns
    assert "Change to this rotation" in other
    assert "no regular calls yet" in shown(client.get(f"{url(lantern)}?calls=77"))


def test_press_changes_the_calls_and_tells_everybody(lantern, chair, five, client):
    plan = plan_of(lantern)

    answer = client.post(url(lantern), {"calls": "0", "mark": mark_of(plan)})

    change, promise = SeriesChange.objects.get(), FairPromise.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{url(lantern)}?calls=0")
    assert change.from_day == promise.from_day == dt.date(2026, 12, 7)
    assert [slot["at"] for slot in change.slots] == [f"{slot.at:%H:%M}" for slot in plan.proposed.slots]
    assert [slot["first_date"] for slot in change.slots] == [
        slot.day(day).isoformat() for slot, day in zip(plan.proposed.slots, plan.course.days, strict=False)
    ]
    entry = Entry.objects.get(kind="meetings.rotation_adopted")
    assert (entry.actor, entry.payload["calls"], entry.payload["most"]) == (chair, 13, promise.most)
    assert set(Telling.objects.filter(kind="meetings.calls_changed").values_list("person", flat=True)) == {
        person.pk for person in five
    }


def test_calls_held_by_the_proposal_are_those_that_were_planned(lantern, chair, freeze):
    plan = plan_of(lantern)
    adopt_rotation(lantern, 0, mark=mark_of(plan), by=chair)

    coming = lantern.meetings.filter(starts__gte=dt.datetime(2026, 12, 7), status="planned").order_by("starts_at")

    berlin = next(share for share in plan.proposed.shares if share.party.zone == "Europe/Berlin")
    expected = [local.replace(tzinfo=None) for local, _level in berlin.calls]
    zone = dt.timedelta(hours=1)  # Berlin is an hour ahead of Lisbon all winter
    assert [meeting.starts + zone for meeting in coming][:6] == expected[:6]
    assert plan_of(lantern).now.slots == plan.proposed.slots


def test_proposal_that_is_no_longer_the_fairest_changes_nothing(lantern, chair, client):
    answer = client.post(url(lantern), {"calls": "0", "mark": "2026-12-07:1-0800"})

    assert answer.status_code == 409
    assert "Please look again." in answer.text
    assert not SeriesChange.objects.exists()
    assert not FairPromise.objects.exists()


def test_taking_it_twice_is_refused_since_nothing_is_fairer(lantern, chair):
    mark = mark_of(plan_of(lantern))
    adopt_rotation(lantern, 0, mark=mark, by=chair)

    with pytest.raises(Refused) as refused:
        adopt_rotation(lantern, 0, mark=mark, by=chair)

    assert refused.value.code == "no_longer"
    assert FairPromise.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("manager", ""),
        ("steward", ""),
        ("machine", ""),
        ("participant", "forbidden"),
        ("observer", "forbidden"),
        ("former manager", "forbidden"),
        ("other group's manager", "forbidden"),
        ("stranger", "forbidden"),
    ],
)
def test_who_may_change_to_a_rotation(lantern, five, who, code):
    by = actor(who, lantern)
    mark = mark_of(plan_of(lantern))

    try:
        adopt_rotation(lantern, 0, mark=mark, by=by)
    except Refused as refused:
        assert refused.code == code
        assert not FairPromise.objects.exists()
    else:
        assert code == ""


def year_of(group: Group, person: Person | None = None):
    return burden_of_year(group, reader_id=person.pk if person else None, now=NOW)


@pytest.fixture
def two_calls(lantern, five, chair) -> Group:
    """At 07:00 and 20:00 UTC some days ago, while all took part."""
    lantern.meetings.all().delete()
    lantern.participations.update(began_at=NOW - dt.timedelta(days=300))
    held_call(lantern, ended=dt.timedelta(days=2, hours=2))
    held_call(lantern, ended=dt.timedelta(days=1, hours=13))
    return lantern


def test_year_tells_everybody_their_own_and_of_the_others_only_sums(two_calls, five):
    ledger = year_of(two_calls, five[1])

    # 07:00 and 20:00 UTC are 12:30 and 01:30 in Kolkata.
    assert ledger.own == Borne(calls=2, early_or_late=1, at_night=1, burden=6)
    assert (ledger.together.people, ledger.together.calls, ledger.together.most) == (6, 2, 1)


def test_year_counts_calls_only_while_somebody_took_part(two_calls, five):
    two_calls.participations.filter(person=five[1]).update(began_at=NOW - dt.timedelta(days=2))

    assert year_of(two_calls, five[1]).own.calls == 1


def test_year_of_fewer_than_five_tells_nothing_of_others(two_calls, five):
    two_calls.participations.exclude(person__in=five[:4]).delete()

    ledger = year_of(two_calls, five[0])

    assert ledger.own.calls == 2
    assert (ledger.together, ledger.kept) == (None, None)


def test_calls_made_for_minutes_from_elsewhere_cost_nobody_anything(two_calls, five, chair):
    call = two_calls.meetings.first()
    Minutes.objects.create(meeting=call, state=MinutesState.BROUGHT_IN, brought_in_at=NOW)

    assert year_of(two_calls, five[0]).own.calls == 1


def test_promise_is_held_against_the_calls_since(lantern, chair, five, freeze, client):
    adopt_rotation(lantern, 0, mark=mark_of(plan_of(lantern)), by=chair)
    promise = FairPromise.objects.get()
    freeze("2027-01-15T10:00Z")
    client.force_login(chair)

    kept = burden_of_year(lantern, reader_id=None, now=dt.datetime(2027, 1, 15, 10, tzinfo=dt.UTC)).kept
    page = shown(client.get(url(lantern)))

    assert (kept.promise, kept.is_kept, kept.is_over) == (promise, True, False)
    assert 0 < kept.held < 13
    assert "kept so far" in page


def test_promise_that_was_broken_is_said_to_be_so(lantern, chair, client):
    held = lantern.meetings.filter(ends_at__lte=NOW).exists()
    FairPromise.objects.create(group=lantern, position=0, from_day=dt.date(2026, 1, 1), calls=13, most=0)
    for meeting in lantern.meetings.order_by("starts_at")[:2]:
        meeting.starts_at -= dt.timedelta(days=28)
        meeting.ends_at -= dt.timedelta(days=28)
        meeting.starts -= dt.timedelta(days=28)
        meeting.save()
    lantern.participations.update(began_at=NOW - dt.timedelta(days=300))

    page = shown(client.get(url(lantern)))

    assert not held
    assert "not kept" in page


@pytest.fixture
def oak(lantern) -> Group:
    """A group that joins the calls of Lantern."""
    oak = meeting_group(name="Oak")
    JointCall.objects.create(host=lantern, group=oak, position=0, first_day=dt.date(2026, 12, 1), state="agreed")
    return oak


def test_people_of_a_group_that_joins_are_planned_for_too_each_once(lantern, five, oak):
    tokyo = join(PersonFactory(zone="Asia/Tokyo"), oak)
    join(five[0], oak)
    join(PersonFactory(zone=""), oak)

    groups = groups_of(regular_calls(lantern)[0])
    members = members_of(groups)

    assert groups == [lantern, oak]
    assert [one.zone for one in members] == [*ZONES, "Asia/Tokyo"]
    assert members[-1].person_id == tokyo.pk
    assert without_zone(groups) == 1
    assert planned(regular_calls(lantern)[0], members, today=TODAY).proposed != plan_of(lantern).proposed


@pytest.mark.parametrize(("level", "is_told"), [("groups", False), ("signed_in", True), ("everyone", True)])
def test_zone_of_people_who_only_join_is_told_where_they_show_it_beyond_their_groups(
    lantern, chair, oak, client, level, is_told
):
    join(showing(PersonFactory(zone="Asia/Tokyo"), level), oak)

    page = shown(client.get(url(lantern)))

    assert "Planned for together with those who join these calls: <bdi>Oak</bdi>." in page
    assert ("Tokyo" in page) is is_told


def test_group_whose_joining_is_over_or_not_answered_is_not_planned_for(lantern, five, oak):
    setting = regular_calls(lantern)[0]
    JointCall.objects.update(last_day=TODAY - dt.timedelta(days=1), first_day=dt.date(2026, 1, 1))
    over = groups_of(setting)
    JointCall.objects.update(state="asked", last_day=None)

    assert over == groups_of(setting) == [lantern]


def test_year_counts_calls_for_those_who_joined_them(two_calls, oak):
    tokyo = join(PersonFactory(zone="Asia/Tokyo"), oak)
    oak.participations.update(began_at=NOW - dt.timedelta(days=300))
    before = year_of(two_calls, tokyo)
    first, second = two_calls.meetings.order_by("starts_at")
    JoinedMeeting.objects.create(meeting=second, group=oak)

    after = year_of(two_calls, tokyo)

    # 20:00 UTC is 05:00 in Tokyo.
    assert (before.own, after.own) == (None, Borne(calls=1, early_or_late=1, at_night=1, burden=6))
    assert (before.together.people, after.together.people) == (6, 7)
    assert first.starts_at < second.starts_at


def test_year_counts_a_call_once_for_who_is_in_both_groups(two_calls, five, oak):
    join(five[1], oak)
    oak.participations.update(began_at=NOW - dt.timedelta(days=300))
    for meeting in two_calls.meetings.all():
        JoinedMeeting.objects.create(meeting=meeting, group=oak)

    assert year_of(two_calls, five[1]).own.calls == 2


def test_preview_strikes_out_breaks_and_holidays(lantern, chair, client):
    pause_calls(
        lantern, 0, first_day=dt.date(2026, 12, 21), last_day=dt.date(2027, 1, 1), reason="Winter rest", by=chair
    )
    keep_holidays(lantern, 0, country="PT", by=chair)

    page = client.get(url(lantern)).text
    preview = page[page.index("The next calls would be:") : page.index("Change to this rotation")]

    lines = [(line.startswith("<s>"), re.findall("no call: ([^<]*)", line)) for line in preview.split("<li>")[1:]]
    assert lines == [
        (True, ["Immaculate Conception (PT)"]),
        (False, []),
        (True, ["Winter rest"]),
        (True, ["Winter rest"]),
        (False, []),
        (False, []),
    ]


@pytest.mark.parametrize("more", [0, 2])
def test_page_takes_as_many_queries_for_few_people_as_for_many(lantern, chair, client, more, django_assert_num_queries):
    for _number in range(more):
        join(showing(PersonFactory(zone="Asia/Tokyo")), lantern)

    with django_assert_num_queries(QUERIES):
        client.get(url(lantern))
