"""Minutes of a call: written without loss, approved in three ways, frozen, published and corrected in sight."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.decisions.actions import record_decision
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    approve_by_silence,
    approve_minutes,
    approve_on_call,
    ask_for_change,
    begin_minutes,
    change_minutes_item,
    choose_opening,
    clear_hits,
    confirm_public,
    correct_item,
    propose_minutes,
    publish_minutes,
    set_level,
    set_minutes_custom,
)
from folkmoot.meetings.minutes_check import check, uncleared
from folkmoot.meetings.minutes_reading import minutes_items, proposed_wording, public_of, recognisable
from folkmoot.meetings.models import AgendaItem, Attendance, Clearing, Meeting, Minutes, MinutesItem
from folkmoot.notices.models import Telling
from folkmoot.people.models import Affiliation, Person
from tests.factories.groups import join
from tests.factories.meetings import actor, held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock) -> Group:
    return meeting_group()


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.fixture
def ben(group) -> Person:
    return join(PersonFactory(name="Ben Cole"), group)


@pytest.fixture
def call(group) -> Meeting:
    call = held_call(group, ended=dt.timedelta(hours=1))
    for place, title in enumerate(("A room", "Money")):
        AgendaItem.objects.create(meeting=call, title=title, position=place)
    return call


@pytest.fixture
def minutes(call, ada) -> Minutes:
    return begin_minutes(call, by=ada)


def approved(minutes: Minutes, ada: Person) -> Minutes:
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    return approve_minutes(minutes, by=ada)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def facts() -> list[str]:
    found = Entry.objects.filter(kind__startswith="meetings.minutes").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("meetings.minutes_") for kind in found]


def told() -> list[tuple[str, str]]:
    found = Telling.objects.filter(kind__startswith="meetings.minutes").order_by("pk")
    return [(kind.removeprefix("meetings.minutes_"), name) for kind, name in found.values_list("kind", "person__name")]


def test_a_draft_has_every_item_of_the_agenda_and_takes_over_what_is_new(call, minutes, ada):
    AgendaItem.objects.create(meeting=call, title="Late", position=2)

    again = begin_minutes(call, by=ada)

    assert again == minutes
    assert [item.title for item in minutes_items(again)] == ["A room", "Money", "Late"]
    assert facts() == ["begun"]
    assert minutes.level == "open"


def test_a_call_that_has_not_begun_or_is_called_off_has_no_minutes(group, ada):
    coming = group.meetings.filter(starts_at__gt=timezone.now()).first()

    assert code_of(lambda: begin_minutes(coming, by=ada)) == "not_now"
    assert not Minutes.objects.exists()


def test_notes_are_kept_and_what_was_seen_before_is_never_written_over(minutes, ada, ben):
    item = minutes_items(minutes)[0]

    change_minutes_item(item, NotesWords("A room", "Which?\r\nOne."), version=1, by=ada)
    stale = code_of(lambda: change_minutes_item(item, NotesWords("A room", "Mine."), version=1, by=ada))
    change_minutes_item(item, NotesWords("A room", "Which?\nOne."), version=2, by=ada)

    item.refresh_from_db()
    assert (item.notes, item.version, item.changed_by, stale) == ("Which?\nOne.", 2, ada, "stale")
    assert facts() == ["begun", "item_changed"]


@pytest.mark.parametrize(
    ("who", "answer"),
    [("steward", "done"), ("manager", "done"), ("participant", "forbidden"), ("stranger", "forbidden")],
)
def test_those_who_lead_write_and_publish_and_others_do_not(group, call, minutes, who, answer):
    by = actor(who, group)

    def code(act) -> str:
        try:
            act()
        except Refused as refused:
            return refused.code
        return "done"

    assert code(lambda: add_minutes_item(minutes, NotesWords("Late"), by=by)) == answer
    assert code(lambda: set_level(minutes, "private", by=by)) == answer
    assert code(lambda: set_minutes_custom(group, level="open", way="silence", days=3, by=by)) == answer
    assert code(lambda: publish_minutes(minutes, by=by)) == ("not_approved" if answer == "done" else answer)


def test_minutes_are_approved_by_the_last_of_those_who_were_named_and_frozen_then(minutes, ada, ben):
    nobody = code_of(lambda: propose_minutes(minutes, way="people", by=ada))
    propose_minutes(minutes, way="people", people=[ada, ben], by=ada)
    written = code_of(lambda: add_minutes_item(minutes, NotesWords("Late"), by=ada))
    stranger = code_of(lambda: approve_minutes(minutes, by=PersonFactory()))

    first = approve_minutes(minutes, by=ben)
    approve_minutes(minutes, by=ben)
    last = approve_minutes(minutes, by=ada)

    assert (nobody, written, stranger) == ("nobody_named", "frozen", "forbidden")
    assert (first.state, last.state) == ("proposed", "approved")
    assert code_of(lambda: add_minutes_item(minutes, NotesWords("Late"), by=ada)) == "frozen"
    assert facts() == ["begun", "proposed", "approved_by", "approved_by", "approved"]
    assert told() == [("wait", "Ben Cole")]


def test_a_change_that_is_asked_for_makes_them_a_draft_again(minutes, ada, ben):
    propose_minutes(minutes, way="people", people=[ben], by=ada)

    ask_for_change(minutes, "The sum is wrong", by=ben)

    minutes.refresh_from_db()
    assert (minutes.state, minutes.approvals.count()) == ("draft", 0)
    assert told() == [("wait", "Ben Cole"), ("need_change", "Ada Birch")]
    assert code_of(lambda: approve_minutes(minutes, by=ben)) == "forbidden"
    assert code_of(lambda: ask_for_change(minutes, "Again", by=ben)) == "forbidden"


def test_silence_approves_once_and_not_before_its_last_day_is_over_everywhere(minutes, ada, ben):
    held = propose_minutes(minutes, way="silence", by=ada)
    ends = held.silence_ends_at
    second = dt.timedelta(seconds=1)

    early = approve_by_silence(now=ends - second)
    on_time = approve_by_silence(now=ends)
    again = approve_by_silence(now=ends + DAY)

    assert ends == dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC)
    assert (early, on_time, again) == (0, 1, 0)
    assert facts() == ["begun", "proposed", "approved"]


def test_a_later_call_of_the_group_approves(group, minutes, ada):
    propose_minutes(minutes, way="next_call", by=ada)
    earlier = held_call(group, ended=dt.timedelta(days=9))
    later = held_call(group, ended=dt.timedelta(minutes=-30))

    assert code_of(lambda: approve_on_call(minutes, earlier, by=ada)) == "invalid"
    assert approve_on_call(minutes, later, by=ada).approved_on == later


def test_published_minutes_stay_as_they_were_checked_and_corrections_stay_in_sight(call, minutes, ada, ben):
    record_decision(call.group, Wording("Rent the room", "We rent it."), by=ada)
    room, money = minutes_items(minutes)
    change_minutes_item(room, NotesWords("A room", "Ben Cole found it."), version=1, by=ada)
    set_level(minutes, "private", item=money, by=ada)
    early = code_of(lambda: publish_minutes(minutes, by=ada))
    approved(minutes, ada)

    published = publish_minutes(minutes, by=ada)
    publish_minutes(minutes, by=ada)
    MinutesItem.objects.filter(pk=room.pk).update(title="Somebody wrote by hand")
    public = public_of(published)

    assert early == "not_approved"
    assert [(item.title, item.text) for item in public.items] == [("A room", "Ben Cole found it.")]
    assert (public.held_back, public.decisions) == (1, (("2026-1", "Rent the room"),))
    assert facts()[-1] == "published"

    correct_item(room, notes="Ben Cole rented it.", why="He did more", version=2, by=ada)
    again = public_of(Minutes.objects.select_related("meeting__group").get(pk=minutes.pk))

    assert [item.text for item in again.items] == ["Ben Cole rented it."]
    assert [(one.before, one.why) for one in again.revisions] == [("Ben Cole found it.", "He did more")]
    assert code_of(lambda: correct_item(room, notes="x", why=" ", version=3, by=ada)) == "reason_needed"
    assert code_of(lambda: correct_item(room, notes="x", why="y", version=2, by=ada)) == "stale"
    assert code_of(lambda: set_level(minutes, "private", by=ada)) == "published"


def test_under_the_rule_nothing_goes_out_before_a_person_confirmed_the_wording_and_cleared_each_hit(call, ada, ben):
    choose_opening(call.group, ["chatham_house_rule"], by=ada)
    Affiliation.objects.create(person=ben, organisation="Fernworks Ltd")
    Attendance.objects.create(meeting=call, person=ben, source="tap", noted_at=timezone.now())
    minutes = begin_minutes(call, by=ada)
    room, money = minutes_items(minutes)
    text = "Ben Cole: Fernworks has a room.\n\nIt may be cold, said Ben."
    change_minutes_item(room, NotesWords("A room", text), version=1, by=ada)
    set_level(minutes, "private", item=money, by=ada)
    with_names = code_of(lambda: set_level(minutes, "open", item=room, by=ada))
    approved(minutes, ada)
    unconfirmed = code_of(lambda: publish_minutes(minutes, by=ada))
    room.refresh_from_db()
    room.minutes = minutes

    title, proposed = proposed_wording(room, recognisable(call))
    confirm_public(room, title=title, text=proposed, version=2, by=ada)
    named = code_of(lambda: publish_minutes(minutes, by=ada))
    found = uncleared(minutes)

    assert minutes.level == "chatham"
    assert (with_names, unconfirmed, named) == ("under_rule", "not_confirmed", "names_somebody")
    assert proposed.startswith("One participant: Fernworks")
    assert {one.hit.channel for one in found} == {"page", "markdown", "pdf", "feed", "search"}
    assert {one.words for one in found} == {"Fernworks", "Ben"}

    confirm_public(room, title=title, text="One participant has a room. Ben is a mountain.", version=2, by=ada)
    keys = [one.key for one in check(minutes)]
    no_reason = code_of(lambda: clear_hits(minutes, keys, why=" ", by=ada))
    nothing = code_of(lambda: clear_hits(minutes, ["page:0"], why="A mountain", by=ada))
    clear_hits(minutes, keys, why="A mountain", by=ada)

    assert (no_reason, nothing) == ("reason_needed", "nothing_chosen")
    assert uncleared(minutes) == []
    assert {one.why for one in Clearing.objects.all()} == {"A mountain"}

    publish_minutes(minutes, by=ada)
    leak = code_of(
        lambda: correct_item(room, notes=text, public_text="Ben Cole has a room.", why="Shorter", version=2, by=ada)
    )

    assert leak == "names_somebody"
    assert not room.corrections.exists()
    assert [
        item.text for item in public_of(Minutes.objects.select_related("meeting__group").get(pk=call.pk)).items
    ] == ["One participant has a room. Ben is a mountain."]


def test_what_a_group_sets_holds_for_minutes_that_begin_later(group, call, ada):
    set_minutes_custom(group, level="private", way="silence", days=3, by=ada)
    set_minutes_custom(group, level="private", way="silence", days=3, by=machine())

    minutes = begin_minutes(call, by=system())

    assert (minutes.level, minutes.way, minutes.days) == ("private", "silence", 3)
    assert facts() == ["custom_set", "begun"]
    assert code_of(lambda: set_minutes_custom(group, level="open", way="silence", days=0, by=ada)) == "invalid"
