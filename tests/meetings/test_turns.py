"""Turns: volunteered, proposed by the rota, asked for; said yes to, passed and handed back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.holdings import HOLDERS
from folkmoot.groups.models import GroupState, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.meetings import tasks as jobs
from folkmoot.meetings.actions import cancel_meeting
from folkmoot.meetings.actions.call_roles import set_willing
from folkmoot.meetings.actions.turns import (
    accept_turn,
    ask_for_turn,
    decline_turn,
    give_turn,
    hand_back,
    propose_turns,
    take_turn,
)
from folkmoot.meetings.attendance_rules import may_look_after_call
from folkmoot.meetings.models import Turn, Willing
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.call_roles import can, told, turns
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    """Its next calls are on 25 November, and on 9 and 23 December."""
    return meeting_group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


@pytest.fixture
def cleo(lantern):
    return join(PersonFactory(name="Cleo"), lantern, Power.OBSERVE)


@pytest.fixture
def call(lantern):
    return next_meeting(lantern, number=1)


def since(number: int) -> list[str]:
    return [kind for kind in told_since(number) if kind.startswith("meetings.")]


def test_turn_is_taken_by_ones_own_wish_and_told_once(lantern, ben, call):
    number = last_entry()

    turn = take_turn(call, "scribe", by=ben)
    again = take_turn(call, "scribe", by=ben)

    assert (again, turn.how, turns()) == (turn, "volunteered", [("Ben", "scribe", "taken")])
    assert since(number) == ["meetings.turn_taken"]


def test_role_that_somebody_has_is_not_taken_again_and_who_has_it_is_said(ben, cleo, call):
    take_turn(call, "scribe", by=ben)

    with pytest.raises(Refused) as refused:
        take_turn(call, "scribe", by=cleo)

    assert (refused.value.code, str(refused.value)) == ("taken", "Ben is scribe at this call.")
    assert take_turn(call, "crier", by=cleo).is_taken


@pytest.mark.parametrize(
    ("who", "takes", "asks"),
    [
        ("manager", True, True),
        ("participant", True, False),
        ("observer", True, False),
        ("stranger", False, False),
        ("former manager", False, False),
        ("other group's manager", False, False),
        ("steward", False, True),
        ("system", False, True),
    ],
)
def test_who_may_take_a_turn_and_who_may_ask_for_one(lantern, ben, call, who, takes, asks):
    person = actor(who, lantern)

    def may(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert may(lambda: take_turn(call, "moderator", by=person)) is takes
    assert may(lambda: ask_for_turn(call, "scribe", ben, by=person)) is asks
    turn = take_turn(call, "crier", by=ben)
    if who != "system":
        assert may(lambda: accept_turn(turn, by=person)) is False
    assert may(lambda: hand_back(turn, by=person)) is asks


def test_no_turn_is_taken_at_calls_that_are_over_or_do_not_take_place_or_in_closed_groups(lantern, ben, call, freeze):
    cancel_meeting(next_meeting(lantern), why="Holiday", by=system())
    turn = take_turn(call, "moderator", by=ben)
    reasons = []

    def refused(act, *given, **named) -> None:
        with pytest.raises(Refused) as no:
            act(*given, **named)
        reasons.append((no.value.code, str(no.value)))

    refused(take_turn, next_meeting(lantern), "scribe", by=ben)
    refused(take_turn, call, "juggler", by=ben)
    freeze(call.starts_at + dt.timedelta(minutes=1))
    refused(take_turn, call, "scribe", by=ben)
    refused(hand_back, turn, by=ben)
    lantern.state = GroupState.CLOSED
    lantern.save(update_fields=["state"])
    call.refresh_from_db()
    refused(take_turn, call, "scribe", by=ben)

    assert reasons == [
        ("forbidden", "This call does not take place."),
        ("not_found", "There is no such call role in this group."),
        ("forbidden", "This call has begun, or is over."),
        ("forbidden", "This call has begun, or is over."),
        ("forbidden", "Lantern Working Group is closed; nothing in it changes any more."),
    ]


def test_whoever_leads_asks_and_is_told_of_a_no(ada, ben, call):
    number = last_entry()

    turn = ask_for_turn(call, "scribe", ben, by=ada)
    assert ask_for_turn(call, "scribe", ben, by=ada) == turn
    decline_turn(turn, by=ben)
    decline_turn(turn, by=ben)

    assert turns() == [("Ben", "scribe", "declined")]
    assert since(number) == ["meetings.turn_proposed", "meetings.turn_declined"]
    assert told() == [
        ("Ben", "Lantern Working Group: would you be scribe on Wed 9 Dec 2026?"),
        ("Ada", "Ben cannot be scribe on Wed 9 Dec 2026"),
    ]


def test_yes_counts_once_and_not_after_somebody_else_was_asked(ada, ben, cleo, call):
    first = ask_for_turn(call, "scribe", ben, by=ada)
    second = ask_for_turn(call, "scribe", cleo, by=ada)

    with pytest.raises(Refused) as refused:
        accept_turn(first, by=ben)
    accept_turn(second, by=cleo)
    accept_turn(second, by=cleo)

    assert refused.value.code == "no_longer"
    assert turns() == [("Ben", "scribe", "ended"), ("Cleo", "scribe", "taken")]
    with pytest.raises(Refused, match="hand it back"):
        decline_turn(second, by=cleo)


def test_nobody_is_asked_who_is_not_in_the_group(lantern, ada, call):
    with pytest.raises(Refused) as refused:
        ask_for_turn(call, "scribe", PersonFactory(), by=ada)

    assert refused.value.code == "invalid"


def test_rota_asks_the_willing_for_the_coming_weeks_each_once(lantern, ben, cleo):
    can(ben, lantern, "scribe")
    can(cleo, lantern, "scribe", "crier")

    made = propose_turns(lantern, now=timezone.now())
    again = propose_turns(lantern, now=timezone.now())

    assert again == []
    days = [(turn.meeting.starts.day, turn.person.name, turn.role.key) for turn in made]
    assert days == [(25, "Ben", "scribe"), (25, "Cleo", "crier"), (9, "Ben", "scribe"), (9, "Cleo", "crier")]
    reason = made[0].reason
    assert reason == "has not been scribe yet; the call is at 16:00 there"
    assert told()[0] == ("Ben", "Lantern Working Group: would you be scribe on Wed 25 Nov 2026?")


def test_on_passing_the_next_is_asked_and_nobody_twice(lantern, ben, cleo):
    can(ben, lantern, "scribe")
    can(cleo, lantern, "scribe")
    first = propose_turns(lantern, now=timezone.now())[0]

    decline_turn(first, by=ben)
    second = Turn.objects.get(meeting=first.meeting, state="proposed")
    decline_turn(second, by=cleo)
    propose_turns(lantern, now=timezone.now())

    assert (first.person, second.person) == (ben, cleo)
    assert not Turn.objects.filter(meeting=first.meeting, state="proposed").exists()


def test_proposal_that_nobody_answers_goes_to_the_next_after_a_week(lantern, ben, cleo, clock, call):
    can(ben, lantern, "scribe")
    propose_turns(lantern, now=timezone.now())
    mine = Turn.objects.get(meeting=call)
    clock.shift(WEEK)
    propose_turns(lantern, now=timezone.now())
    mine.refresh_from_db()
    assert mine.waits  # nobody else could do it

    can(cleo, lantern, "scribe")
    propose_turns(lantern, now=timezone.now())

    states = Turn.objects.filter(meeting=call).order_by("pk").values_list("person__name", "state")
    assert list(states) == [("Ben", "ended"), ("Cleo", "proposed")]


def test_what_is_not_needed_at_every_call_and_groups_that_do_nothing_with_it_have_no_proposals(lantern, ben):
    other = meeting_group(name="Oak Working Group")
    assert propose_turns(other, now=timezone.now()) == []
    can(ben, lantern)
    lantern.call_roles.exclude(key="scribe").update(is_needed=False)

    made = propose_turns(lantern, now=timezone.now())

    assert {turn.role.key for turn in made} == {"scribe"}


def test_weekly_task_fills_the_rota_and_a_clock_that_jumps_asks_nobody_again(lantern, ben, freeze, settle):
    can(ben, lantern, "scribe")

    for moment in ("2026-11-23T12:00Z", "2026-11-24T12:00Z", "2026-11-20T12:00Z", "2026-11-23T12:00Z"):
        freeze(moment)
        jobs.fill_rota.enqueue()
        settle()

    assert [subject for _name, subject in told() if "Welcome" not in subject] == [
        "Lantern Working Group: would you be scribe on Wed 25 Nov 2026?",
        "Lantern Working Group: would you be scribe on Wed 9 Dec 2026?",
    ]


@pytest.mark.parametrize(("days", "told_to"), [(1, ["Ada"]), (15, [])])
def test_handing_back_tells_those_who_lead_when_the_call_is_near(lantern, ada, ben, days, told_to):
    meeting = next_meeting(lantern, number=0 if days == 1 else 1)
    turn = take_turn(meeting, "scribe", by=ben)
    number = last_entry()

    hand_back(turn, by=ben)
    hand_back(turn, by=ben)

    assert since(number) == ["meetings.turn_handed_back"]
    assert [name for name, subject in told() if "needs another scribe" in subject] == told_to


def test_handing_back_lets_the_rota_ask_somebody_else(lantern, ben, cleo, call):
    can(cleo, lantern, "scribe")
    turn = take_turn(call, "scribe", by=ben)

    hand_back(turn, by=ben)

    assert turns() == [("Ben", "scribe", "handed_back"), ("Cleo", "scribe", "proposed")]


def test_leaving_a_group_frees_turns_and_ends_willingness_also_when_told_twice(lantern, ada, ben, call, settle):
    from folkmoot.ledger.models import Entry
    from folkmoot.meetings.reactions import free_turns

    can(ben, lantern, "scribe")
    take_turn(call, "moderator", by=ben)
    participation = ben.participations.get()
    participation.person = ben
    HOLDERS["meetings.turns"].hand_over(HOLDERS["meetings.turns"].held(ben, lantern)[0].key, to=ben, by=ben)
    end_participation(participation, by=system(), force=True)
    settle()
    free_turns(Entry.objects.filter(kind="groups.role_left").latest("pk"))

    assert turns() == [("Ben", "moderator", "handed_back")]
    assert not Willing.objects.exists()


def test_turns_are_held_and_handed_over_once_with_their_words(lantern, ben, cleo, call):
    turn = take_turn(call, "scribe", by=ben)
    holder = HOLDERS["meetings.turns"]

    (holding,) = holder.held(ben, lantern)
    holder.hand_over(holding.key, to=cleo, by=ben)
    give_turn(turn, cleo, by=system())

    assert (holding.words, holding.path) == ("being scribe at the call on 9 December 2026", turn.get_absolute_url())
    assert (list(holder.held(ben, lantern)), len(holder.held(cleo, lantern))) == ([], 1)
    assert turns() == [("Ben", "scribe", "handed_back"), ("Cleo", "scribe", "taken")]


def test_erasing_somebody_frees_their_coming_turns_and_leaves_past_ones_without_words(lantern, ben, call, freeze):
    take_turn(next_meeting(lantern), "scribe", by=ben)
    freeze("2026-11-27T12:00Z")
    take_turn(call, "scribe", by=ben)
    can(ben, lantern, "crier")
    assert [row["role"] for row in PERSON_DATA["meetings.turns"].export(ben)] == ["scribe", "scribe"]
    assert PERSON_DATA["meetings.willing"].export(ben)[0]["role"] == "crier"

    PERSON_DATA["meetings.turns"].erase(ben)
    PERSON_DATA["meetings.willing"].erase(ben)

    assert [state for _name, _role, state in turns()] == ["taken", "ended"]
    assert not Willing.objects.exists()


def test_willingness_is_said_for_roles_that_are_there_and_taken_back(lantern, ben):
    number = last_entry()
    can(ben, lantern, "scribe", "crier")
    can(ben, lantern, "crier", "scribe")
    set_willing(lantern, keys=["crier"], by=ben)

    assert list(Willing.objects.values_list("role__key", flat=True)) == ["crier"]
    assert since(number) == ["meetings.willingness_changed"] * 2
    with pytest.raises(Refused) as refused:
        set_willing(lantern, keys=["juggler"], by=ben)
    assert refused.value.code == "invalid"


def test_who_has_a_turn_looks_after_the_call_and_nobody_else_does(lantern, ben):
    call = next_meeting(lantern)
    cleo = join(PersonFactory(name="Cleo"), lantern)
    turn = take_turn(call, "moderator", by=ben)

    assert [bool(may_look_after_call(person, call)) for person in (ben, cleo)] == [True, False]

    hand_back(turn, by=ben)

    assert not may_look_after_call(ben, call)
