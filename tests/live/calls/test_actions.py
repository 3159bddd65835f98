"""A call is opened, goes through its agenda by its clock, lets people speak, and is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry, EntryDetail
from folkmoot.live.actions import (
    add_time,
    call_on,
    close_call,
    close_forgotten_calls,
    finish_speaking,
    go_to_item,
    lower_hand,
    next_item,
    open_call,
    pause,
    put_before,
    raise_hand,
    resume,
    set_speaking_custom,
)
from folkmoot.live.call_reading import calls_on, lot_after, lots_of, names_are_kept_back, outlook_of, queue_of
from folkmoot.live.models import Hand, RunningCall
from folkmoot.live.queries import pulse_number
from folkmoot.meetings.actions import begin_minutes, set_level
from folkmoot.meetings.models import AgendaItem, JoinedMeeting, Meeting, Minutes
from folkmoot.people.actions import erase_person
from tests.factories.groups import join
from tests.factories.live import has_role, in_line, opened
from tests.factories.meetings import actor, next_meeting
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def call(meeting) -> RunningCall:
    return opened(meeting)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def facts() -> list[str]:
    found = Entry.objects.filter(kind__startswith="live.").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("live.") for kind in found]


def now_on(meeting: Meeting) -> str:
    item = RunningCall.objects.select_related("item").get(pk=meeting.pk).item
    return item.title if item else ""


# Opening and closing


def test_a_call_is_opened_once_goes_on_after_closing_and_tells_it(meeting, ada):
    open_call(meeting, by=ada)
    open_call(meeting, by=ada)
    next_item(meeting, seen=0, by=ada)
    close_call(meeting, by=ada)
    close_call(meeting, by=ada)
    again = open_call(meeting, by=ada)

    assert (again.is_on, again.opened_by, again.step) == (True, ada, 1)
    assert facts() == ["call_opened", "call_went_on", "call_closed", "call_opened"]


@pytest.mark.parametrize("moves", ["-1h", "+14h"])
def test_a_call_opens_neither_too_early_nor_too_late(group, ada, clock, moves):
    coming = next_meeting(group)
    clock.move_to(coming.starts_at + (-dt.timedelta(hours=1) if moves == "-1h" else dt.timedelta(hours=14)))

    assert code_of(lambda: open_call(coming, by=ada)) == "not_now"
    assert not RunningCall.objects.exists()

    clock.move_to(coming.starts_at - 10 * MINUTE)
    assert open_call(coming, by=ada).is_on


def test_nothing_is_done_on_a_call_that_is_not_open(meeting, ada):
    assert code_of(lambda: next_item(meeting, seen=0, by=ada)) == "not_open"
    assert code_of(lambda: close_call(meeting, by=ada)) == "not_open"
    open_call(meeting, by=ada)
    close_call(meeting, by=ada)
    assert code_of(lambda: raise_hand(meeting, by=ada)) == "not_open"


def test_of_hands_nothing_is_kept_but_how_many_spoke(call, meeting, ada, ben, cleo):
    first = raise_hand(meeting, by=ben)
    raise_hand(meeting, "point", by=cleo)
    call_on(Hand.objects.get(kind="point"), seen=None, by=ada)
    call_on(first, seen=Hand.objects.get(kind="point").pk, by=ada)

    close_call(meeting, by=ada)

    assert not Hand.objects.exists()
    assert RunningCall.objects.get().spoke == 1
    about = Entry.objects.filter(kind__startswith="live.")
    assert {entry.about_id for entry in about} == {None}
    assert not EntryDetail.objects.filter(entry__in=about).exists()


def test_a_call_that_nobody_closed_closes_itself(call, meeting, ben, clock):
    raise_hand(meeting, by=ben)

    clock.move_to(meeting.ends_at + dt.timedelta(hours=11))
    assert close_forgotten_calls(now=timezone.now()) == 0
    clock.move_to(meeting.ends_at + dt.timedelta(hours=12))
    assert close_forgotten_calls(now=timezone.now()) == 1
    assert close_forgotten_calls(now=timezone.now()) == 0

    assert not Hand.objects.exists()
    assert Entry.objects.get(kind="live.call_closed").actor_id is None


# The agenda and its clock


def test_going_on_finishes_what_was_talked_about_and_counts_its_time(call, meeting, ada, clock):
    next_item(meeting, seen=0, by=ada)
    clock.shift(4 * MINUTE)
    pause(meeting, by=ada)
    pause(meeting, by=ada)
    clock.shift(10 * MINUTE)
    resume(meeting, by=ada)
    resume(meeting, by=ada)
    clock.shift(2 * MINUTE)
    next_item(meeting, seen=1, by=ada)

    call = RunningCall.objects.get()
    room, money, _rest = AgendaItem.objects.order_by("position")
    assert (room.state, money.state, now_on(meeting)) == ("done", "accepted", "Money")
    assert call.spent == {str(room.pk): 360}
    next_item(meeting, seen=2, by=ada)
    next_item(meeting, seen=3, by=ada)
    assert (now_on(meeting), RunningCall.objects.get().began_at) == ("", None)
    assert facts() == ["call_opened", *["call_went_on"] * 4]
    assert code_of(lambda: add_time(meeting, 5, seen=4, by=ada)) == "no_item"


def test_one_may_go_anywhere_and_what_was_passed_over_comes_again(call, meeting, ada):
    _room, _money, rest = AgendaItem.objects.order_by("position")

    go_to_item(meeting, rest, seen=0, by=ada)
    next_item(meeting, seen=1, by=ada)

    assert (now_on(meeting), rest.state) == ("A room", "accepted")
    go_to_item(meeting, rest, seen=2, by=ada)
    rest.refresh_from_db()
    assert (rest.state, now_on(meeting)) == ("accepted", "What else")
    assert code_of(lambda: go_to_item(meeting, AgendaItem(pk=0), seen=3, by=ada)) == "not_there"


def test_what_passes_together_is_one_step(call, meeting, ada):
    consent = [AgendaItem.objects.create(meeting=meeting, title=name, is_consent=True, minutes=0) for name in "ab"]

    next_item(meeting, seen=0, by=ada)
    assert now_on(meeting) == "a"
    next_item(meeting, seen=1, by=ada)

    assert now_on(meeting) == "A room"
    assert set(AgendaItem.objects.filter(pk__in=[one.pk for one in consent]).values_list("state", flat=True)) == {
        "done"
    }


def test_an_item_that_was_taken_off_the_agenda_stops_nobody(call, meeting, ada):
    next_item(meeting, seen=0, by=ada)
    AgendaItem.objects.filter(title="A room").update(state="removed")

    next_item(meeting, seen=1, by=ada)

    assert now_on(meeting) == "Money"
    lots = lots_of(meeting)
    assert lot_after(lots, lots[-1]) == lots[0]


def test_time_is_added_on_the_call_and_not_on_the_agenda(call, meeting, ada, clock):
    next_item(meeting, seen=0, by=ada)
    before = outlook_of(RunningCall.objects.get(), lots_of(meeting), now=timezone.now())

    add_time(meeting, 10, seen=1, by=ada)

    after = outlook_of(RunningCall.objects.get(), lots_of(meeting), now=timezone.now())
    assert [one.late for one in before.coming] == [dt.timedelta()] * 3
    assert after.coming[0].ends - before.coming[0].ends == 10 * MINUTE
    assert AgendaItem.objects.get(title="A room").minutes == 15
    assert code_of(lambda: add_time(meeting, 0, seen=1, by=ada)) == "invalid"
    assert code_of(lambda: add_time(meeting, 5, seen=1, by=ada)) == "stale"  # pressed before the ten minutes were seen
    call = add_time(meeting, 5, seen=1, had=10, by=ada)
    assert call.minutes_added_to(call.item_id) == 15
    assert facts()[-1] == "time_added"


def test_who_saw_another_item_does_not_go_on(call, meeting, ada):
    next_item(meeting, seen=0, by=ada)

    for act in (next_item, lambda *given, **how: add_time(*given, 5, **how)):
        assert code_of(lambda act=act: act(meeting, seen=0, by=ada)) == "stale"
    assert now_on(meeting) == "A room"


# Speaking


def test_people_speak_in_their_order(call, meeting, ada, ben, cleo):
    first = raise_hand(meeting, by=ben)
    assert raise_hand(meeting, by=ben) == first
    second = raise_hand(meeting, by=cleo)
    assert code_of(lambda: raise_hand(meeting, "reply", by=cleo)) == "nobody_speaks"
    assert code_of(lambda: call_on(second, seen=None, by=ada)) == "not_first"

    call_on(first, seen=None, by=ada)
    raise_hand(meeting, "reply", by=ada)
    raise_hand(meeting, "point", by=ben)

    assert in_line(call) == [("Ben Cole", "point"), ("Ada Birch", "reply"), ("Cleo Dane", "queue")]
    finish_speaking(first, by=ben)
    finish_speaking(first, by=ben)
    assert queue_of(call).speaking is None
    assert code_of(lambda: call_on(first, seen=None, by=ada)) == "lowered"
    assert code_of(lambda: raise_hand(meeting, "shout", by=ben)) == "invalid"


def test_going_on_ends_what_is_said_and_replies_to_it(call, meeting, ada, ben, cleo):
    first = raise_hand(meeting, by=ben)
    raise_hand(meeting, by=cleo)
    call_on(first, seen=None, by=ada)
    raise_hand(meeting, "reply", by=ada)

    next_item(meeting, seen=0, by=ada)

    assert in_line(call) == [("Cleo Dane", "queue")]
    assert queue_of(call).speaking is None


def test_who_has_not_spoken_comes_first_by_the_custom_of_the_group(call, meeting, group, ada, ben, cleo):
    first = raise_hand(meeting, by=ben)
    call_on(first, seen=None, by=ada)
    raise_hand(meeting, by=ben)
    raise_hand(meeting, by=cleo)
    assert [name for name, _kind in in_line(call)] == ["Ben Cole", "Cleo Dane"]

    set_speaking_custom(group, new_voices_first=True, observers_speak=False, by=ada)
    set_speaking_custom(group, new_voices_first=True, observers_speak=False, by=ada)
    finish_speaking(first, by=ada)

    assert [name for name, _kind in in_line(call)] == ["Cleo Dane", "Ben Cole"]
    assert facts().count("speaking_custom_set") == 1


def test_the_order_is_changed_for_a_reason_that_all_see(call, meeting, ada, ben, cleo):
    first, second = raise_hand(meeting, by=ben), raise_hand(meeting, by=cleo)
    assert code_of(lambda: put_before(second, first, why=" ", by=ada)) == "why_missing"

    put_before(second, first, why="Has to leave", by=ada)
    raise_hand(meeting, by=ada)

    assert [(hand.name, hand.moved_why) for hand in queue_of(call).waiting] == [
        ("Cleo Dane", "Has to leave"),
        ("Ben Cole", ""),
        ("Ada Birch", ""),
    ]
    point = raise_hand(meeting, "point", by=ben)
    assert code_of(lambda: put_before(point, second, why="Late", by=ada)) == "invalid"
    assert facts()[-1] == "queue_reordered"


def test_the_moderator_raises_a_hand_for_a_guest_or_somebody_on_the_phone(call, meeting, ada, ben):
    raise_hand(meeting, by=ada, guest=" Odalys\n")
    raise_hand(meeting, by=ada, guest="Odalys")
    raise_hand(meeting, by=ada, person=ben)

    assert in_line(call) == [("Odalys", "queue"), ("Ben Cole", "queue")]
    assert code_of(lambda: raise_hand(meeting, by=ben, guest="Nobody")) == "forbidden"
    assert code_of(lambda: raise_hand(meeting, by=machine())) in ("forbidden", "invalid")


def test_hands_go_down_by_their_owner_and_the_moderator(call, meeting, ada, ben, cleo):
    mine, theirs = raise_hand(meeting, by=ben), raise_hand(meeting, by=cleo)
    assert code_of(lambda: lower_hand(theirs, by=ben)) == "forbidden"

    lower_hand(mine, by=ben)
    lower_hand(mine, by=ben)
    lower_hand(theirs, by=ada)

    assert in_line(call) == []


def test_the_database_lets_one_speak_at_a_time_and_one_hand_wait(call, meeting, ada, ben):
    hand = raise_hand(meeting, by=ben)
    call_on(hand, seen=None, by=ada)
    rows = {"call": call, "raised_at": timezone.now()}

    for row in (
        {"person": ada, "state": "speaking"},
        {"person": ada, "guest_name": "Odalys"},
        {"guest_name": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hand.objects.create(**rows, **row)
    raise_hand(meeting, by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hand.objects.create(**rows, person=ben)


def test_who_is_erased_has_no_hand_and_opened_nothing(meeting, ada, ben):
    call = open_call(meeting, by=ada)
    raise_hand(meeting, by=ada)
    raise_hand(meeting, by=ben)

    erase_person(ada, by=ada)

    assert in_line(call) == [("Ben Cole", "queue")]
    assert RunningCall.objects.get().opened_by is None


# Who may do what

MODERATES = {"open", "next", "call on", "for others", "close"}
ROLES = {
    "manager": MODERATES | {"speak"},
    "steward": MODERATES,
    "machine": MODERATES,
    "moderator": MODERATES | {"speak"},
    "participant": {"speak"},
    "observer": set(),
    "stranger": set(),
    "former manager": set(),
    "other group's manager": set(),
    "of a group that joins": {"speak"},
}


@pytest.mark.parametrize("who", ROLES)
def test_who_may_do_what(group, meeting, ben, who):
    if who == "moderator":
        by = has_role(join(PersonFactory(), group, Power.OBSERVE), meeting, "moderator")
    elif who == "of a group that joins":
        joining = Group.objects.create(slug="joins", name="Joins")
        JoinedMeeting.objects.create(meeting=meeting, group=joining)
        by = join(PersonFactory(), joining)
    else:
        by = actor(who, group)
    acts = {
        "open": lambda: open_call(meeting, by=by),
        "next": lambda: next_item(meeting, seen=0, by=by),
        "call on": lambda: call_on(raise_hand(meeting, by=system(), person=ben), seen=None, by=by),
        "speak": lambda: raise_hand(meeting, by=by),
        "for others": lambda: raise_hand(meeting, by=by, guest="Odalys"),
        "close": lambda: close_call(meeting, by=by),
    }

    allowed = set()
    for name, act in acts.items():
        try:
            with transaction.atomic():
                act()
        except Refused as refused:
            assert refused.code in ("forbidden", "invalid")
        else:
            allowed.add(name)
        if name == "open":
            opened(Meeting.objects.get(pk=meeting.pk))

    assert allowed == ROLES[who]


def test_observers_speak_where_the_custom_says_so(call, meeting, group, ada):
    keoni = join(PersonFactory(), group, Power.OBSERVE)
    assert code_of(lambda: raise_hand(meeting, by=keoni)) == "forbidden"

    set_speaking_custom(group, new_voices_first=False, observers_speak=True, by=ada)

    assert raise_hand(meeting, by=keoni).is_waiting


def test_a_role_that_ends_ends_at_once(call, meeting, group, cleo):
    role = has_role(cleo, meeting, "moderator")
    next_item(meeting, seen=0, by=role)

    meeting.turns.update(state="handed_back")

    assert code_of(lambda: next_item(meeting, seen=1, by=cleo)) == "forbidden"


# Reading


def test_calls_that_are_on_are_found_by_the_groups_that_hold_them(call, meeting, group):
    joining = Group.objects.create(slug="joins", name="Joins")
    JoinedMeeting.objects.create(meeting=meeting, group=joining)

    assert calls_on([joining]) == calls_on([group, joining]) == [call]
    assert calls_on([Group.objects.create(slug="other", name="Other")]) == []
    close_call(meeting, by=system())
    assert calls_on([group]) == []


def test_shared_screens_hear_at_once_that_names_are_kept_back(call, meeting, ada, settle):
    begin_minutes(meeting, by=ada)
    settle()
    before = pulse_number(meeting)

    set_level(Minutes.objects.select_related("meeting").get(), "chatham", by=ada)
    settle()

    assert pulse_number(meeting) > before
    close_call(meeting, by=ada)
    closed = pulse_number(meeting)
    set_level(Minutes.objects.select_related("meeting").get(), "open", by=ada)
    settle()
    assert pulse_number(meeting) == closed


def test_names_are_kept_back_from_screens_by_level(call, meeting, ada):
    room = AgendaItem.objects.get(title="A room")
    money = AgendaItem.objects.get(title="Money")
    assert not names_are_kept_back(meeting, [room])

    begin_minutes(meeting, by=ada)
    minutes = Minutes.objects.select_related("meeting").get()
    set_level(minutes, "chatham", item=minutes.items.get(agenda_item=room), by=ada)

    assert names_are_kept_back(meeting, [room])
    assert not names_are_kept_back(meeting, [money])
    assert names_are_kept_back(meeting, [money, room])
    set_level(minutes, "private", by=ada)
    assert names_are_kept_back(Meeting.objects.get(pk=meeting.pk), [])
