"""The dated checklist of a call: it begins, moves and stops with it, reminds, and ticks itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings import tasks as jobs
from folkmoot.meetings.actions import (
    ItemWords,
    accept_item,
    cancel_meeting,
    move_meeting,
    request_item,
    restore_meeting,
)
from folkmoot.meetings.actions.announcing import send_announcement
from folkmoot.meetings.actions.call_lists import bring_call_list_in_order, call_list_of
from folkmoot.meetings.actions.call_roles import add_call_role, change_call_role
from folkmoot.meetings.actions.turns import hand_back, take_turn
from folkmoot.meetings.call_list import CALL_LIST
from folkmoot.meetings.reactions import follow_with_call_list
from folkmoot.notices.models import Telling
from folkmoot.plan.actions import stop_checklist
from folkmoot.plan.actions.reminders import remind_all
from folkmoot.plan.actions.templates import copy_template, remove_step, save_step, template_for
from folkmoot.plan.holdings import LinesHeld
from folkmoot.plan.models import Checklist
from folkmoot.plan.parts import part_words, parts_in
from tests.factories.agendas import item
from tests.factories.call_roles import can
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
NINTH = dt.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-26T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    """Its next calls are on 9 and 23 December."""
    return meeting_group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


@pytest.fixture
def call(lantern):
    return next_meeting(lantern)


def lines(checklist: Checklist) -> list[tuple[int, str, str | None, str]]:
    """Days from the ninth, whose part, who has it, and the state of each line."""
    return [
        ((line.due_on - NINTH).days, line.who, line.owner.name if line.owner else None, line.state)
        for line in checklist.lines.select_related("owner").order_by("due_on", "position")
    ]


def told() -> list[tuple[str, str]]:
    due = Telling.objects.filter(kind__in=["plan.line_due", "plan.line_overdue"])
    return list(due.order_by("pk").values_list("person__name", "subject"))


def test_list_begins_with_the_first_turn_and_its_lines_follow_the_turns(ben, ada, call):
    turn = take_turn(call, "scribe", by=ben)
    checklist = call_list_of(call)

    assert (checklist.name, checklist.subject, checklist.anchor_on) == ("Call on 9 December 2026", call, NINTH)
    assert lines(checklist) == [
        (-6, "crier", None, "open"),
        (-4, "moderator", None, "open"),
        (-4, "moderator", None, "open"),
        (-1, "crier", None, "open"),
        (0, "moderator", None, "open"),
        (2, "scribe", "Ben", "open"),
    ]
    take_turn(call, "crier", by=ada)
    hand_back(turn, by=ben)

    assert [(who, owner) for _days, who, owner, _state in lines(checklist) if who != "moderator"] == [
        ("crier", "Ada"),
        ("crier", "Ada"),
        ("scribe", None),
    ]
    assert not LinesHeld().held(ada, call.group)  # the turn is what is held


def test_list_waits_for_a_call_that_is_near_and_for_a_group_that_uses_call_roles(lantern, ben, call, freeze, settle):
    other = next_meeting(meeting_group(name="Oak Working Group"))
    later = next_meeting(lantern, number=1)
    take_turn(later, "scribe", by=ben)
    assert call_list_of(later) is None

    for moment in ("2026-12-07T12:00Z", "2026-12-08T12:00Z"):
        freeze(moment)
        jobs.keep_call_lists.enqueue()
        settle()

    assert [one.subject for one in Checklist.objects.filter(template_key=CALL_LIST).order_by("anchor_on")] == [
        call,
        later,
    ]
    assert call_list_of(other) is None


def test_moved_call_moves_its_list_and_a_cancelled_one_stops_it_also_when_told_twice(ben, call, settle):
    take_turn(call, "scribe", by=ben)
    move_meeting(call, to=dt.datetime(2026, 12, 10, 8), why="Holiday", by=system())
    settle()
    follow_with_call_list(Entry.objects.get(kind="meetings.moved"))
    moved = call_list_of(call)
    assert (moved.anchor_on, lines(moved)[0]) == (NINTH + DAY, (-5, "crier", None, "open"))
    assert moved.name == "Call on 10 December 2026"

    cancel_meeting(call, why="Holiday", by=system())
    settle()
    follow_with_call_list(Entry.objects.get(kind="meetings.cancelled"))
    moved.refresh_from_db()
    assert (moved.state, moved.why, call_list_of(call)) == ("stopped", "The call does not take place.", None)

    restore_meeting(call, by=system())
    settle()
    fresh = call_list_of(call)
    assert (fresh.state, fresh != moved, lines(fresh)[-1]) == ("open", True, (3, "scribe", "Ben", "open"))
    assert Checklist.objects.filter(template_key=CALL_LIST).count() == 2


def test_lines_tick_themselves_as_the_call_is_announced_and_its_roles_taken(ada, ben, call, freeze, settle):
    take_turn(call, "crier", by=ben)
    ticked = {}

    def look(what: str) -> None:
        settle()
        done = call_list_of(call).lines.filter(by_itself=True, state="done")
        ticked[what] = sorted(done.values_list("check_name", flat=True))

    look("nothing")
    send_announcement(call, number=1, subject="Come", body="It is good.", by=ben)
    look("announced")
    take_turn(call, "moderator", by=ada)
    look("two of three")
    take_turn(call, "scribe", by=ada)
    look("all taken")
    item(call, owner=ben)
    asked = request_item(call, ItemWords("Oil", owner=ben), by=ben)
    look("something is asked for")
    accept_item(asked, by=ada)
    look("agenda")
    freeze(call.starts_at - DAY)
    send_announcement(call, number=2, subject="Come", body="It is tomorrow.", again=True, by=ben)
    look("reminded")

    assert ticked == {
        "nothing": [],
        "announced": ["meetings.announced"],
        "two of three": ["meetings.announced"],
        "all taken": ["meetings.announced", "meetings.roles_taken"],
        "something is asked for": ["meetings.announced", "meetings.roles_taken"],
        "agenda": ["meetings.agenda_ready", "meetings.announced", "meetings.roles_taken"],
        "reminded": ["meetings.agenda_ready", "meetings.announced", "meetings.reminded", "meetings.roles_taken"],
    }


def test_crier_is_reminded_in_time_and_those_who_lead_are_told_once(ada, ben, call, settle):
    take_turn(call, "crier", by=ben)

    # The clock jumps there and back: nothing is told twice.
    for days in (-9, -8, -6, -8, -9, -7, -6, -5, -4, -5):
        remind_all(today=NINTH + days * DAY)

    assert [one for one in told() if "Check" not in one[1]] == [
        ("Ben", "In 2 days: Announce the agenda"),
        ("Ben", "Today: Announce the agenda"),
        ("Ada", "Still open: Announce the agenda"),
    ]


def test_groups_own_template_goes_first_and_knows_its_own_roles(lantern, ada, ben, call):
    keeper = add_call_role(lantern, name="Time keeper", duties="", is_needed=False, by=ada)
    own = copy_template(template_for(CALL_LIST, lantern), lantern, by=ada)
    for step in own.lines.exclude(check_name="meetings.announced"):
        remove_step(step, by=ada)
    save_step(own, title="Bring the clock", offset=0, who=keeper.key, by=ada)

    take_turn(call, keeper.key, by=ben)

    assert lines(call_list_of(call)) == [(-6, "crier", None, "open"), (0, "time-keeper", "Ben", "open")]
    assert (parts_in(lantern)["time-keeper"], parts_in(None)["scribe"]) == ("Time keeper", "scribe")
    assert [str(part_words(who)) for who in ("crier", "buddy", "juggler", "")] == [
        "crier",
        "their buddy",
        "juggler",
        "whoever runs the list",
    ]


def test_steps_of_a_role_that_the_group_does_without_are_left_out(lantern, ada, ben, call):
    change_call_role(lantern, "crier", name="crier", duties="", is_needed=True, is_on=False, by=ada)

    take_turn(call, "scribe", by=ben)

    left_out = call_list_of(call).lines.filter(state="skipped")
    assert set(left_out.values_list("who", "why", "by_itself")) == {("crier", "This group has no crier.", True)}


def test_list_that_somebody_stopped_stays_stopped(ada, ben, call, settle):
    take_turn(call, "scribe", by=ben)
    stop_checklist(call_list_of(call), by=ada)

    jobs.keep_call_lists.enqueue()
    settle()
    take_turn(call, "crier", by=ben)

    assert [one.state for one in Checklist.objects.filter(template_key=CALL_LIST)] == ["stopped"]


def test_two_lists_are_never_begun_for_one_call(lantern, ben, call):
    can(ben, lantern, "scribe")

    first = bring_call_list_in_order(call, by=system())
    second = bring_call_list_in_order(call, by=system())

    assert first == second == Checklist.objects.get(template_key=CALL_LIST)
    assert timezone.now() < call.starts_at
