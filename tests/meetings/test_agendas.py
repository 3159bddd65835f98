"""Items on an agenda: who may do what, what is told, and that nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    ItemWords,
    UsualItem,
    accept_item,
    add_action,
    add_item,
    answer_material,
    cancel_meeting,
    change_item,
    decline_item,
    fill_agenda,
    finish_item,
    keep_usual_agenda,
    make_guest_link,
    prepare_agendas,
    propose_link,
    remove_item,
    reopen_item,
    reorder,
    request_item,
    restore_item,
    take_out_of_consent,
)
from folkmoot.meetings.models import Agenda, AgendaItem, ItemState, Kind, Material, Meeting
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from tests.factories.agendas import item, titles
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting
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
def call(group) -> Meeting:
    return next_meeting(group)


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


@pytest.fixture
def ben(group) -> Person:
    return join(PersonFactory(name="Ben"), group)


@pytest.fixture
def cleo(group) -> Person:
    return join(PersonFactory(name="Cleo"), group, Power.OBSERVE)


def told() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("pk").values_list("kind", "person__name"))


def facts() -> list[str]:
    return list(Entry.objects.filter(kind__contains="agenda").order_by("pk").values_list("kind", flat=True))


def waiting(call: Meeting, count: int, **given: object) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=call, title=f"Item {number}", state="requested", **given) for number in range(count)
    )


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


WORDS = ItemWords("A room for spring", minutes=15, kind=Kind.DECIDE)


def test_item_is_added_its_owner_told_and_every_word_kept(call, ada, ben):
    made = add_item(call, ItemWords("  A room\r\nfor spring\x00 ", "Which?\r\nOne.", 15, Kind.DECIDE, ben), by=ada)

    made.refresh_from_db()
    assert (made.title, made.text, made.minutes, made.kind, made.owner) == (
        "A room for spring",
        "Which?\nOne.",
        15,
        "decide",
        ben,
    )
    assert (made.state, made.version, made.position) == ("accepted", 1, 0)
    assert told() == [("meetings.item_is_yours", "Ben")]
    entry = Entry.objects.get(kind="meetings.agenda_item_added")
    assert (entry.actor, entry.payload) == (ada, {"item_id": made.pk, "meeting_id": call.pk})
    assert entry.detail.words == {"title": "A room for spring"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " \u202e "}, "invalid"),
        ({"title": "x" * 201}, "invalid"),
        ({"minutes": -1}, "invalid"),
        ({"minutes": 481}, "invalid"),
        ({"kind": "sing"}, "invalid"),
        ({"text": "x" * 10_001}, "invalid"),
        ({"objective": "Fame"}, "no_such_objective"),
    ],
)
def test_item_that_cannot_be_kept_is_refused_whole(call, ada, given, code):
    words = ItemWords(**{"title": "A room", **given})

    assert code_of(lambda: add_item(call, words, by=ada)) == code
    assert not AgendaItem.objects.exists()


def test_stranger_cannot_be_put_down_for_an_item_and_a_guest_can(call, ada):
    assert code_of(lambda: add_item(call, ItemWords("A", owner=PersonFactory()), by=ada)) == "not_in_group"

    assert add_item(call, ItemWords("A", owner_name="Odalys"), by=ada).owner_name == "Odalys"


ROLES = ("manager", "steward", "participant", "observer", "stranger", "other group's manager", "former manager")
LEADS = {"manager", "steward"}
IN_IT = {"manager", "steward", "participant", "observer"}


@pytest.mark.parametrize("who", ROLES)
def test_each_role_may_do_what_it_may(group, call, who):
    by = actor(who, group)
    asked = request_item(call, ItemWords("Asked"), by=join(PersonFactory(), group))
    other = item(call, "Other")
    together = item(call, "Together", is_consent=True)
    material = propose_link(other, title="Read", url="https://example.org", by=system())
    past = item(call, "Past")

    def tried(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert tried(lambda: request_item(call, ItemWords("One more"), by=by)) == (who in IN_IT)
    assert tried(lambda: propose_link(other, title="Read", url="https://example.org/a", by=by)) == (who in IN_IT)
    assert tried(lambda: take_out_of_consent(together, by=by)) == (who in IN_IT)
    contributes = LEADS | {"participant"}
    assert tried(lambda: add_action(other, title="Write", owner=None, due_on=None, by=by)) == (who in contributes)
    version = Agenda.objects.get(meeting=call).version
    order = list(call.agenda_items.filter(state="accepted").values_list("pk", flat=True))
    for act in (
        lambda: add_item(call, WORDS, by=by),
        lambda: change_item(other, WORDS, version=1, by=by),
        lambda: accept_item(asked, by=by),
        lambda: answer_material(material, accept=False, by=by),
        lambda: finish_item(past, by=by),
        lambda: remove_item(other, by=by),
        lambda: fill_agenda(call, None, by=by),
        lambda: make_guest_link(call, by=by),
        lambda: keep_usual_agenda(group, [UsualItem("Hello")], days_before=3, version=0, by=by),
    ):
        assert tried(act) == (who in LEADS)
    if who not in LEADS:
        assert code_of(lambda: reorder(call, order[::-1], version=version, by=by)) == "forbidden"


def test_request_is_accepted_or_declined_and_who_asked_is_told(call, ada, ben, cleo):
    asked = request_item(call, ItemWords("May we record?", is_consent=True), by=ben)
    other = request_item(call, ItemWords("Sing"), by=cleo)
    assert (asked.state, asked.is_consent) == ("requested", False)

    accept_item(asked, by=ada)
    accept_item(asked, by=ada)
    assert code_of(lambda: decline_item(other, why=" ", by=ada)) == "reason_needed"
    decline_item(other, why="Not on calls.", by=ada)
    decline_item(other, why="Not on calls.", by=ada)

    assert told() == [
        ("meetings.item_requested", "Ada"),
        ("meetings.item_requested", "Ada"),
        ("meetings.item_accepted", "Ben"),
        ("meetings.item_declined", "Cleo"),
    ]
    assert facts() == [
        "meetings.agenda_item_requested",
        "meetings.agenda_item_requested",
        "meetings.agenda_item_accepted",
        "meetings.agenda_item_declined",
    ]
    other.refresh_from_db()
    assert (other.state, other.why) == ("declined", "Not on calls.")


def test_title_steers_no_mail(call, ada, ben, settle):
    request_item(call, ItemWords("Hello\r\nBcc: eve@example.org\u2028\u202eevil"), by=ben)
    settle()

    (subject,) = Telling.objects.filter(kind="meetings.item_requested").values_list("subject", flat=True)
    assert subject == "Lantern Working Group: “Hello Bcc: eve@example.org evil” is asked for on the agenda"


def test_person_has_at_most_ten_requests_waiting(call, ben):
    waiting(call, 9, asked_by=ben)
    request_item(call, ItemWords("The tenth"), by=ben)

    assert code_of(lambda: request_item(call, ItemWords("One more"), by=ben)) == "too_many"


def test_stale_edit_is_refused_with_the_item_as_it_is_now(call, ada, ben):
    mine = item(call, owner=ben)

    change_item(mine, ItemWords("Their title", owner=ben), version=1, by=ada)
    with pytest.raises(Refused) as refused:
        change_item(mine, ItemWords("My title", owner=ben), version=1, by=ben)

    assert refused.value.code == "stale"
    assert refused.value.params["item"].title == "Their title"
    change_item(mine, ItemWords("My title", owner=ben), version=2, by=ben)
    mine.refresh_from_db()
    assert (mine.title, mine.version, mine.changed_by) == ("My title", 3, ben)


def test_change_of_nothing_tells_nothing_and_new_owner_is_told(call, ada, ben, cleo):
    mine = item(call, owner=ben)
    before = len(facts())

    change_item(mine, ItemWords("A room for spring", owner=ben), version=1, by=ada)
    assert len(facts()) == before
    change_item(mine, ItemWords("A room for spring", owner=cleo), version=1, by=ada)

    assert told()[-1] == ("meetings.item_is_yours", "Cleo")
    assert Entry.objects.get(kind="meetings.agenda_item_changed").changes == {"owner": [ben.pk, cleo.pk]}


def test_owner_changes_the_item_and_others_do_not(call, ben, cleo):
    mine = item(call, owner=ben)

    changed = change_item(mine, ItemWords("Better", owner=ben, is_consent=True), version=1, by=ben)

    assert (changed.title, changed.is_consent) == ("Better", False)
    assert code_of(lambda: change_item(mine, WORDS, version=2, by=cleo)) == "forbidden"


def test_removal_is_undone_and_a_request_waits_again(call, ada, ben):
    asked = request_item(call, ItemWords("Asked"), by=ben)
    mine = item(call)

    remove_item(asked, by=ben)
    remove_item(mine, by=ada)
    remove_item(mine, by=ada)
    assert titles(call) == []
    restore_item(asked, by=ben)
    assert code_of(lambda: restore_item(mine, by=ben)) == "forbidden"
    restore_item(mine, by=ada)

    asked.refresh_from_db()
    mine.refresh_from_db()
    assert (asked.state, mine.state) == ("requested", "accepted")
    assert facts().count("meetings.agenda_item_removed") == 2


def test_order_is_changed_and_a_stale_order_moves_nothing(call, ada):
    one, two, three = (item(call, title) for title in "ABC")
    version = Agenda.objects.get(meeting=call).version

    reorder(call, [three.pk, one.pk, two.pk], version=version, by=ada)
    assert titles(call) == ["C", "A", "B"]
    assert code_of(lambda: reorder(call, [one.pk, two.pk, three.pk], version=version, by=ada)) == "stale"
    assert code_of(lambda: reorder(call, [one.pk, two.pk], version=version + 1, by=ada)) == "stale"
    reorder(call, [three.pk, one.pk, two.pk], version=version + 1, by=ada)

    assert titles(call) == ["C", "A", "B"]
    assert Entry.objects.get(kind="meetings.agenda_reordered").payload == {
        "meeting_id": call.pk,
        "order": [three.pk, one.pk, two.pk],
    }


def test_agenda_is_closed_once_the_call_is_over_cancelled_or_its_group_closed(clock, group, call, ada):
    mine = item(call)
    cancelled = next_meeting(group, number=1)
    cancel_meeting(cancelled, why="Away", by=ada)
    assert code_of(lambda: add_item(cancelled, WORDS, by=ada)) == "closed"

    clock.move_to(call.ends_at, tick=False)
    assert code_of(lambda: change_item(mine, WORDS, version=1, by=ada)) == "closed"
    finish_item(mine, by=ada)
    Group.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)
    group.refresh_from_db()
    mine.refresh_from_db()
    assert code_of(lambda: reopen_item(mine, by=ada)) == "forbidden"


def test_consent_item_is_taken_out_until_the_call_begins(clock, call, ben):
    one, two = item(call, "One", is_consent=True), item(call, "Two", is_consent=True)

    take_out_of_consent(one, by=ben)
    take_out_of_consent(one, by=ben)
    clock.move_to(call.starts_at, tick=False)
    assert code_of(lambda: take_out_of_consent(two, by=ben)) == "forbidden"

    one.refresh_from_db()
    assert (one.is_consent, one.was_taken_out) == (False, True)
    assert Entry.objects.filter(kind="meetings.consent_item_taken_out").count() == 1


def test_what_is_left_over_comes_to_the_next_call_once(clock, group, call, ada, ben, cleo):
    done, left = item(call, "Done"), item(call, "Left", text="Why?", minutes=20, owner=ben)
    together = item(call, "Together", is_consent=True)
    asked = request_item(call, ItemWords("Asked"), by=cleo)
    propose_link(left, title="Read", url="https://example.org/a", by=ada)
    fill_agenda(call, None, by=ada)
    later = next_meeting(group, number=1)
    item(later, "There already")
    finish_item(done, by=ada)
    clock.move_to(call.ends_at, tick=False)

    now = timezone.now()
    assert [prepare_agendas(now=now, by=system()) for _n in range(2)] == [2, 0]

    carried = AgendaItem.objects.get(carried_from=left)
    assert (carried.meeting, carried.title, carried.text, carried.minutes, carried.owner, carried.times_carried) == (
        later,
        "Left",
        "Why?",
        20,
        ben,
        1,
    )
    assert list(carried.materials.values_list("title", "state")) == [("Read", "accepted")]
    assert titles(later) == ["There already", "Left", "Asked"]
    states = dict(AgendaItem.objects.filter(meeting=call, is_usual=False).values_list("title", "state"))
    assert states == {"Done": "done", "Left": "carried", "Together": "done"}
    asked.refresh_from_db()
    assert (asked.meeting, asked.state) == (later, "requested")
    assert together.meeting == call

    clock.move_to(later.ends_at, tick=False)
    prepare_agendas(now=timezone.now(), by=system())
    assert AgendaItem.objects.get(carried_from=carried).times_carried == 2


def test_item_noted_as_done_later_goes_from_the_next_agenda_and_comes_back(clock, group, call, ada):
    left, worked_on = item(call, "Left"), item(call, "Worked on")
    clock.move_to(call.ends_at, tick=False)
    prepare_agendas(now=timezone.now(), by=system())
    later = next_meeting(group)
    change_item(AgendaItem.objects.get(carried_from=worked_on), ItemWords("Worked on more"), version=1, by=ada)

    finish_item(left, by=ada)
    assert code_of(lambda: finish_item(worked_on, by=ada)) == "carried"

    assert titles(later) == ["Worked on more"]
    reopen_item(left, by=ada)
    assert titles(later) == ["Left", "Worked on more"]
    left.refresh_from_db()
    assert left.state == ItemState.CARRIED


def test_items_of_a_cancelled_call_go_on_and_nothing_goes_to_a_closed_group(clock, group, call, ada):
    item(call)
    cancel_meeting(call, why="Away", by=ada)
    clock.move_to(call.ends_at, tick=False)
    Group.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)
    assert prepare_agendas(now=timezone.now(), by=system()) == 0

    Group.objects.filter(pk=group.pk).update(state=GroupState.ACTIVE)

    assert prepare_agendas(now=timezone.now(), by=system()) == 1
    assert titles(next_meeting(group)) == ["A room for spring"]


def test_usual_agenda_is_laid_out_once_some_days_before_each_regular_call(clock, group, call, ada):
    asked = item(call, "A topic")
    usual = [UsualItem("Thanks", at_end=True), UsualItem("Welcome", 5), UsualItem("Minutes", 0, "decide", True)]
    keep_usual_agenda(group, usual, days_before=3, version=0, by=ada)
    assert code_of(lambda: keep_usual_agenda(group, [], days_before=3, version=0, by=ada)) == "stale"

    clock.move_to(call.starts_at - 4 * DAY, tick=False)
    assert prepare_agendas(now=timezone.now(), by=system()) == 0
    clock.move_to(call.starts_at - 2 * DAY, tick=False)
    assert [prepare_agendas(now=timezone.now(), by=system()) for _n in range(2)] == [3, 0]

    assert titles(call) == ["Welcome", "Minutes", "A topic", "Thanks"]
    item(call, "Later")
    assert titles(call) == ["Welcome", "Minutes", "A topic", "Later", "Thanks"]
    assert fill_agenda(call, None, by=ada) == 0
    clock.move_to(call.ends_at, tick=False)
    prepare_agendas(now=timezone.now(), by=system())
    assert sorted(titles(next_meeting(group))) == ["A topic", "Later"]
    assert asked.meeting == call


def test_material_waits_until_somebody_who_leads_accepts_it(call, ada, ben):
    mine = item(call)

    proposed = propose_link(mine, title="Read", url="https://example.org/a", by=ben)
    propose_link(mine, title="Read too", url="https://example.org/b", by=ben)
    assert proposed.state == "proposed"
    assert propose_link(mine, title="Mine", url="https://example.org/c", by=ada).state == "accepted"
    answer_material(proposed, accept=True, by=ada)
    answer_material(proposed, accept=True, by=ada)

    assert Material.objects.get(pk=proposed.pk).state == "accepted"
    assert told() == [("meetings.material_waits", "Ada")]
    assert Entry.objects.filter(kind="meetings.material_answered").count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "example.org",
        "https://a:b@example.org/",
        "https://a b.c",
    ],
)
def test_material_leads_to_a_whole_secure_address_or_nowhere(call, ada, url):
    mine = item(call)

    assert code_of(lambda: propose_link(mine, title="Read", url=url, by=ada)) == "invalid_link"


def test_action_is_a_task_that_leads_back(call, ada, ben):
    mine = item(call)

    add_action(mine, title="Write to the hosts", owner=ben, due_on=dt.date(2026, 12, 1), agreed=True, by=ada)

    task = Task.objects.get()
    assert (task.source, task.owner, task.group, task.due_on) == (mine, ben, call.group, dt.date(2026, 12, 1))
