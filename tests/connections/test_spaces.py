"""Circles: who starts, sees, joins and leaves them, when they meet, who hosts, and how they end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from folkmoot.connections.actions.interests import keep_apart, say_interests
from folkmoot.connections.actions.spaces import change_circle, join_circle, leave_circle, start_circle
from folkmoot.connections.actions.spaces_hosting import (
    answer_offer,
    carry_on,
    close_circle,
    look_after_circles,
    name_cohost,
    offer_circle,
    step_back,
    take_circle_on,
)
from folkmoot.connections.actions.spaces_sessions import open_session
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.models.spaces import Circle, CircleFor, CircleMember, SummaryFor
from folkmoot.connections.queries.spaces import circles_for, has_host
from folkmoot.connections.tasks.spaces import keep_circles
from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.connections.spaces import circle, circle_words, session_words
from tests.factories.groups import join
from tests.factories.meetings import charter_adopted
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T12:00Z"


@pytest.fixture
def cast(freeze):
    """Ada leads a group in which Ben takes part and Cleo observes; Dan is in none."""
    freeze(MONDAY)
    organisation()
    group = charter_adopted()
    ada, ben, cleo, dan = (PersonFactory(name=name) for name in ("Ada", "Ben", "Cleo", "Dan"))
    join(ada, group, Power.MANAGE)
    join(ben, group)
    join(cleo, group, Power.OBSERVE)
    return {"group": group, "ada": ada, "ben": ben, "cleo": cleo, "dan": dan}


def told() -> list[tuple[str, str]]:
    return [(one.kind.partition(".")[2], one.person.name) for one in Telling.objects.order_by("kind", "person__name")]


def code_of(call, *args, **kwargs) -> str:
    try:
        call(*args, **kwargs)
    except Refused as refused:
        return str(refused.params.get("field", refused.code))
    return ""


def test_whoever_takes_part_starts_a_circle_and_it_meets_by_the_clock_of_its_zone_until_its_end(cast):
    made = circle(cast["ben"], cast["group"], zone="Europe/Lisbon", ends_on=dt.date(2027, 1, 12))

    assert made.members.get().part == "host"
    assert [one.words for one in made.subjects.all()] == ["Books", "Care work"]
    assert [f"{one.local:%d %b %H:%M}" for one in made.next_times(timezone.now())] == [
        "24 Nov 18:00",
        "08 Dec 18:00",
        "22 Dec 18:00",
    ]
    assert made.plan.days(dt.date(2026, 1, 1), dt.date(2030, 1, 1))[-1] == dt.date(2027, 1, 5)
    assert made.next_times(dt.datetime(2027, 3, 1, tzinfo=dt.UTC)) == []
    assert list(Entry.objects.filter(kind__startswith="connections.").values_list("kind", "payload")) == [
        ("connections.circle_started", {"circle_id": made.pk, "ends_on": "2027-01-12"})
    ]
    as_it_comes = circle(cast["ben"], None, every=None)
    assert (as_it_comes.plan, as_it_comes.next_times(timezone.now())) == (None, [])


NO_CIRCLE = [
    ({"name": " "}, "name"),
    ({"about": ""}, "about"),
    ({"open_to": CircleFor.GROUP}, "open_to"),
    ({"minutes": 5}, "minutes"),
    ({"every": 13}, "every"),
    ({"weekday": None}, "weekday"),
    ({"at": None}, "at"),
    ({"ends_on": dt.date(2026, 11, 1), "first_day": dt.date(2026, 10, 1)}, "ends_on"),
    ({"ends_on": dt.date(2027, 12, 1)}, "ends_on"),
    ({"ends_on": dt.date(2026, 11, 23), "weekday": 3}, "weekday"),
    ({"place_link": "http://example.org"}, "join_link"),
    ({"subjects": ("a", "b", "c", "d", "e", "f")}, "subjects"),
]


def test_what_makes_no_circle_is_refused_and_leaves_nothing(cast):
    refused = [
        (changed, code_of(start_circle, circle_words(**changed), group=None, by=cast["ben"]))
        for changed, _field in NO_CIRCLE
    ]

    assert refused == NO_CIRCLE
    assert not Circle.objects.exists()


def test_who_may_start_one_in_a_group_and_here(cast):
    for who, may in (("ada", ""), ("ben", ""), ("cleo", "forbidden"), ("dan", "forbidden")):
        for group in (cast["group"], None):
            assert (who, code_of(start_circle, circle_words(), group=group, by=cast[who])) == (who, may)


def test_circle_of_a_group_is_unknown_to_others_and_its_way_in_is_for_those_who_are_in_it(cast, client):
    made = circle(cast["ben"], cast["group"], open_to=CircleFor.GROUP)

    assert [list(circles_for(cast[name])) for name in ("cleo", "dan")] == [[made], []]
    client.force_login(cast["dan"])
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.post(f"{made.get_absolute_url()}join/").status_code == 404
    client.force_login(cast["cleo"])
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Join this circle" in page
    assert "meet.example.org" not in page
    assert client.get(f"{made.get_absolute_url()}calendar.ics").status_code == 403

    client.post(f"{made.get_absolute_url()}join/")

    assert "https://meet.example.org/slow-reading" in client.get(made.get_absolute_url()).content.decode()
    event = Calendar.from_ical(client.get(f"{made.get_absolute_url()}calendar.ics").content).walk("VEVENT")[0]
    assert (event["LOCATION"], event["DTSTART"].dt.isoformat()) == (
        "https://meet.example.org/slow-reading",
        "2026-11-24T18:00:00+00:00",
    )
    assert event["RRULE"]["INTERVAL"] == [2]


def test_joining_and_leaving_are_told_once_and_a_host_does_not_leave_a_circle_alone(cast):
    made = circle(cast["ben"], None)
    for _again in range(2):
        join_circle(made, by=cast["dan"])

    assert code_of(leave_circle, made, by=cast["ben"]) == "hosts"
    for _again in range(2):
        leave_circle(made, by=cast["dan"])

    kinds = Entry.objects.filter(about=cast["dan"]).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["connections.circle_joined", "connections.circle_left"]
    assert made.members.count() == 1


@pytest.mark.parametrize(("who", "may"), [("ben", ""), ("ada", ""), ("cleo", "forbidden"), ("dan", "forbidden")])
def test_only_who_hosts_or_leads_changes_hands_over_carries_on_and_closes(cast, who, may):
    made = circle(cast["ben"], cast["group"], cast["cleo"])

    assert code_of(change_circle, made, circle_words(name="Other"), version=1, by=cast[who]) == may
    assert code_of(offer_circle, made, cast["cleo"], by=cast[who]) == may
    assert code_of(name_cohost, made, cast["cleo"], is_cohost=True, by=cast[who]) == may
    assert code_of(carry_on, made, dt.date(2027, 5, 1), by=cast[who]) == may
    assert code_of(close_circle, made, "We read it all.", by=cast[who]) == may


def test_host_hands_over_to_a_member_who_says_yes_and_else_nothing_changes(cast):
    made = circle(cast["ben"], None, cast["cleo"])
    assert code_of(offer_circle, made, cast["dan"], by=cast["ben"]) == "to"

    for _again in range(2):
        offer_circle(made, cast["cleo"], by=cast["ben"])
    assert told() == [("circle_is_offered", "Cleo")]
    assert code_of(answer_offer, made, takes=True, by=cast["ada"]) == "forbidden"
    answer_offer(made, takes=False, by=cast["cleo"])
    assert made.members.get(part="host").person == cast["ben"]

    offer_circle(made, cast["cleo"], by=cast["ben"])
    answer_offer(made, takes=True, by=cast["cleo"])
    assert made.members.get(part="host").person == cast["cleo"]
    assert made.members.get(person=cast["ben"]).part == "member"
    assert Circle.objects.get().offered_to is None


def test_who_steps_back_lets_all_be_asked_once_and_the_first_to_say_so_hosts(cast):
    made = circle(cast["ben"], None, cast["cleo"], cast["dan"])
    for _again in range(2):
        step_back(made, by=cast["ben"])
        look_after_circles(now=timezone.now())

    assert told() == [("circle_looks_for_host", "Cleo"), ("circle_looks_for_host", "Dan")]
    take_circle_on(made, by=cast["dan"])
    assert code_of(take_circle_on, made, by=cast["cleo"]) == "has_host"
    assert code_of(take_circle_on, made, by=cast["ada"]) == "forbidden"
    assert has_host(made)


def test_circle_without_a_host_for_thirty_days_closes_with_words_and_one_of_a_forgotten_host_is_asked_about(
    cast, freeze
):
    made = circle(cast["ben"], None, cast["cleo"], ends_on=dt.date(2027, 6, 1))
    erase_person(cast["ben"], by=system())
    look_after_circles(now=timezone.now())
    assert told() == [("circle_looks_for_host", "Cleo")]

    freeze("2026-12-23T11:59Z")
    look_after_circles(now=timezone.now())
    assert not Circle.objects.get().is_closed
    freeze("2026-12-23T12:00Z")
    for _again in range(2):
        look_after_circles(now=timezone.now())

    made.refresh_from_db()
    assert made.closing_words.startswith("Nobody was found")
    assert Entry.objects.get(kind="connections.circle_closed").payload == {"circle_id": made.pk, "why": "no_host"}
    assert told() == [("circle_is_closed", "Cleo"), ("circle_looks_for_host", "Cleo")]


def test_whoever_leaves_a_group_is_out_of_its_own_circles_and_one_without_a_host_is_asked(cast, client):
    made = circle(cast["ben"], cast["group"], cast["cleo"], open_to=CircleFor.GROUP)
    here = circle(cast["ben"], cast["group"], open_to=CircleFor.HERE)
    end_participation(cast["group"].participations.get(person=cast["ben"]), by=system())

    client.force_login(cast["ben"])
    assert [client.get(one.get_absolute_url()).status_code for one in (made, here)] == [404, 200]
    assert list(circles_for(cast["ben"])) == [here]
    for _again in range(2):
        look_after_circles(now=timezone.now())

    assert [one.person for one in made.members.all()] == [cast["cleo"]]
    assert [one.person for one in here.members.all()] == [cast["ben"]]
    assert told() == [("circle_looks_for_host", "Cleo")]
    assert Entry.objects.filter(kind="connections.circle_left", about=cast["ben"]).count() == 1


def test_whoever_left_the_group_hears_of_its_own_circles_no_more_before_these_are_looked_after(cast, client):
    made = circle(cast["ben"], cast["group"], cast["cleo"], open_to=CircleFor.GROUP)
    offer_circle(made, cast["cleo"], by=cast["ben"])
    end_participation(cast["group"].participations.get(person=cast["cleo"]), by=system())
    Telling.objects.all().delete()

    change_circle(made, circle_words(open_to=CircleFor.GROUP, at=dt.time(20)), version=made.version, by=cast["ben"])
    open_session(session_words(), circle=made, by=cast["ben"])

    assert told() == []
    client.force_login(cast["cleo"])
    assert b"Slow reading" not in client.get("/connections/").content
    look_after_circles(now=timezone.now())
    assert Circle.objects.get().offered_to is None
    Circle.objects.update(offered_to=cast["cleo"])
    answer_offer(made, takes=True, by=cast["cleo"])
    assert [(one.person, one.part) for one in made.members.all()] == [(cast["ben"], "host")]


def test_sessions_of_a_circle_are_named_to_those_alone_who_may_see_them(cast, client):
    made = circle(cast["ben"], None, cast["cleo"])
    for title in ("Secret gardens", "Open doors"):
        open_session(session_words(title=title), circle=made, by=cast["ben"])
    now, readers = timezone.now(), SummaryFor.HERE
    made.sessions.filter(title="Open doors").update(state="published", published_at=now, readers=readers)

    pages = []
    for name in ("cleo", "dan"):
        client.force_login(cast[name])
        pages.append(client.get(made.get_absolute_url()).content.decode())

    assert [("Secret gardens" in page, "Open doors" in page) for page in pages] == [(True, True), (False, True)]


def test_end_is_asked_about_once_two_weeks_before_and_again_only_for_a_new_end(cast, freeze):
    made = circle(cast["ben"], None, cast["dan"], ends_on=dt.date(2026, 12, 20))
    freeze("2026-12-05T12:00Z")
    look_after_circles(now=timezone.now())
    assert told() == []
    for day in ("06", "07", "18"):
        freeze(f"2026-12-{day}T12:00Z")
        look_after_circles(now=timezone.now())
    assert told() == [("circle_ends", "Ben"), ("circle_ends", "Dan")]

    assert code_of(carry_on, made, dt.date(2027, 12, 30), by=cast["ben"]) == "ends_on"
    assert code_of(carry_on, made, dt.date(2026, 12, 1), by=cast["ben"]) == "ends_on"
    for _again in range(2):
        carry_on(made, dt.date(2027, 1, 10), by=cast["ben"])
    look_after_circles(now=timezone.now())
    assert len(told()) == 2
    freeze("2026-12-28T12:00Z")
    look_after_circles(now=timezone.now())
    assert len(told()) == 4
    assert Entry.objects.filter(kind="connections.circle_carries_on").count() == 1

    freeze("2027-02-08T12:00Z")
    look_after_circles(now=timezone.now())
    assert not Circle.objects.get().is_closed
    freeze("2027-02-09T12:00Z")
    keep_circles.func()
    assert Circle.objects.get().closing_words.startswith("It came to the end")


def test_closing_words_stay_and_nothing_changes_any_more(cast, client):
    made = circle(cast["ben"], None, cast["dan"])
    close_circle(made, "We read <b>four</b> books.", by=cast["ben"])

    assert told() == [("circle_is_closed", "Dan")]
    assert code_of(close_circle, made, "Again", by=cast["ben"]) == "closed"
    assert code_of(join_circle, made, by=cast["cleo"]) == "forbidden"
    assert code_of(open_session, session_words(), circle=made, by=cast["ben"]) == "closed"
    client.force_login(cast["cleo"])
    page = client.get(made.get_absolute_url()).content.decode()
    assert "We read &lt;b&gt;four&lt;/b&gt; books." in page
    assert "Join this circle" not in page


def test_two_hosts_who_change_it_at_once_lose_nothing_unseen(cast, client):
    made = circle(cast["ben"], None)
    client.force_login(cast["ben"])
    address = f"{made.get_absolute_url()}change/"
    form = {
        "name": "My name",
        "about": "Mine",
        "zone": "Europe/Lisbon",
        "minutes": "60",
        "first_day": "2026-11-23",
        "version": "1",
    }
    change_circle(made, circle_words(name="Their name", about="Theirs"), version=1, by=system())

    answer = client.post(address, form)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert ('value="My name"' in page, "Their name" in page, 'value="2"' in page) == (True, True, True)
    assert client.post(address, {**form, "version": "2"}).status_code == 302
    assert Circle.objects.get().name == "My name"


def test_those_who_are_in_it_are_told_of_other_times_and_not_of_other_words(cast):
    made = circle(cast["ben"], None, cast["dan"])
    change_circle(made, circle_words(name="Slower reading"), version=1, by=cast["ben"])
    assert told() == []

    change_circle(made, circle_words(weekday=2), version=2, by=cast["ben"])

    assert told() == [("circle_meets_otherwise", "Dan")]
    assert "every second Wednesday at 18:00" in Telling.objects.get().text


def test_list_is_narrowed_by_subject_group_and_state_by_as_many_queries_for_one_as_for_three(
    cast, client, django_assert_num_queries
):
    client.force_login(cast["dan"])
    circle(cast["ben"], cast["group"], cast["cleo"], name="First")
    client.get("/connections/circles/")  # what is kept for all pages
    with django_assert_num_queries(10):
        client.get("/connections/circles/")
    circle(cast["ben"], None, cast["dan"], name="Second", subjects=("Tea",))
    close_circle(circle(cast["ben"], None, name="Third"), "Well.", by=cast["ben"])
    with django_assert_num_queries(10):
        page = client.get("/connections/circles/").content.decode()
    assert ("First" in page, "Second" in page, "Third" in page) == (True, True, False)

    def shown(query: str) -> list[str]:
        text = client.get(f"/connections/circles/?{query}").content.decode()
        return [name for name in ("First", "Second", "Third") if name in text]

    assert shown("subject=TEA") == ["Second"]
    say_interests(cast["dan"], InterestSort.LEARNS, ["care WORK"])
    assert client.get("/connections/circles/").content.decode().count("about something you named, too") == 1
    assert shown("show=all") == ["First", "Second", "Third"]
    assert shown(f"group={cast['group'].slug}") == ["First"]


def test_circle_follows_a_merge_and_goes_with_who_is_forgotten(cast):
    made = circle(cast["ben"], None, cast["dan"], cast["cleo"])
    offer_circle(made, cast["dan"], by=cast["ben"])
    double = PersonFactory(name="Daniel")
    keep_apart(cast["cleo"], double)

    merge_people(double, cast["dan"], by=system())
    assert {one.person.name for one in CircleMember.objects.all()} == {"Ben", "Cleo", "Daniel"}
    assert Circle.objects.get().offered_to == double
    kept = [row["circle"] for data in PERSON_DATA for row in data.export(double) if "circle" in row]
    assert kept == ["Slow reading", "Slow reading"]

    erase_person(double, by=system())
    assert CircleMember.objects.count() == 2
    assert Circle.objects.get().offered_to is None


def test_page_walks_a_member_through_hosting_by_buttons_alone(cast, client):
    made = circle(cast["ben"], None, cast["dan"])
    address = made.get_absolute_url()
    client.force_login(cast["ben"])
    client.post(f"{address}host/", {"to": cast["dan"].pk, "do": "cohost"})
    client.post(f"{address}host/", {"to": cast["dan"].pk, "do": "member"})
    client.post(f"{address}host/", {"to": cast["dan"].pk, "do": "offer"})
    client.force_login(cast["dan"])
    assert "Would you host this circle?" in client.get(address).content.decode()
    client.post(f"{address}decline/")
    client.force_login(cast["ben"])
    client.post(f"{address}step-back/")
    assert "This circle looks for a host" in client.get(address).content.decode()
    client.force_login(cast["dan"])
    client.post(f"{address}take-on/")
    assert made.members.get(part="host").person == cast["dan"]
    assert client.post(f"{address}end/", {"closing_words": ""}).status_code == 400
    assert client.post(f"{address}end/", {"ends_on": "2027-03-01"}).status_code == 302
    assert client.post(f"{address}end/", {"closing_words": "Done."}).status_code == 302
    assert client.post(f"{address}nonsense/").status_code == 404
    assert Circle.objects.get().ends_on == dt.date(2027, 3, 1)
