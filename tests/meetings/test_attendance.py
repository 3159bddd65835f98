"""Who was at a call: said by themselves, noted by others, corrected, closed, merged and erased."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    answer_call,
    close_attendance,
    close_lists_that_are_due,
    identify_guest,
    make_code,
    make_guest_nameless,
    note_guest,
    record_attendance,
    take_answer_back,
    tick_off,
    withdraw_attendance,
    withdraw_guest,
)
from folkmoot.meetings.actions.guests import note_guest_by_code
from folkmoot.meetings.attendance_reading import (
    Counted,
    attendance_of,
    counted,
    regrets_of,
)
from folkmoot.meetings.attendance_rules import CALL_HELPERS, may_see_who_was_there
from folkmoot.meetings.models import Answer, Attendance, AttendanceClosing, CallCode, Says, Source, Status
from folkmoot.meetings.tasks import close_attendance_lists
from tests.factories.groups import join
from tests.factories.meetings import actor, held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = "2026-11-25T17:00Z"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze(NOW)
    organisation()
    return clock


@pytest.fixture
def group():
    return meeting_group()


@pytest.fixture
def call(group):
    return held_call(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben"), group)


def told(kind: str | None = None) -> list[str]:
    entries = Entry.objects.filter(kind__startswith="meetings.").exclude(kind="meetings.series_began").order_by("pk")
    return list((entries.filter(kind=kind) if kind else entries).values_list("kind", flat=True))


def tap(call, person):
    return record_attendance(call, person, by=person, source=Source.TAP)


def test_tap_notes_who_was_there_once_and_tells_it(call, ben):
    first, again = tap(call, ben), tap(call, ben)

    assert first == again == Attendance.objects.get()
    assert (first.person, first.source, first.noted_by, first.is_present) == (ben, "tap", ben, True)
    entry = Entry.objects.get(kind="meetings.attended")
    assert (entry.about, entry.actor, entry.on_id, entry.within_id) == (ben, ben, call.pk, call.group_id)
    assert entry.payload == {"meeting_id": call.pk, "source": "tap"}
    assert entry.detail.words == {"name": "Ben", "why": ""}
    assert entry.happened_at == call.starts_at


def test_what_is_taken_back_is_kept_told_and_may_be_said_again(call, ben):
    tap(call, ben)

    withdraw_attendance(call, ben, by=ben)
    withdraw_attendance(call, ben, by=ben)

    assert counted(call) == Counted()
    said, taken_back = Entry.objects.filter(kind__in=["meetings.attended", "meetings.attendance_withdrawn"]).order_by(
        "pk"
    )
    assert (taken_back.withdraws, taken_back.about) == (said, ben)

    tap(call, ben)

    assert counted(call) == Counted(1, 0)
    assert told()[-3:] == ["meetings.attended", "meetings.attendance_withdrawn", "meetings.attended"]
    assert Attendance.objects.count() == 1


WHO = ["stranger", "observer", "participant", "manager", "former manager", "other group's manager", "steward", "system"]


@pytest.mark.parametrize("who", WHO)
def test_who_may_say_note_and_see(who, group, call, ben):
    person = actor(who, group)
    tap(call, ben)

    def may(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    found = {
        "tap": may(lambda: record_attendance(call, person, by=person, source=Source.TAP)) if who != "system" else None,
        "note": may(lambda: record_attendance(call, PersonFactory(), by=person)),
        "tick": may(lambda: tick_off(call, there=[ben], not_there=[], by=person)),
        "take off": may(lambda: withdraw_attendance(call, ben, by=person)),
        "guest": may(lambda: note_guest(call, name="Jo", by=person)),
        "see": bool(may_see_who_was_there(person, call)),
        "close": may(lambda: close_attendance(call, by=person)),
    }

    taps = who in ("observer", "participant", "manager")
    leads = who in ("manager", "steward", "system")
    assert found == {
        "tap": None if who == "system" else taps,
        "note": leads,
        "tick": leads,
        "take off": leads,
        "guest": leads,
        "see": taps or leads,
        "close": leads,
    }


def test_nobody_says_it_for_somebody_else(call, ada, ben):
    for source in (Source.TAP, Source.CODE):
        with pytest.raises(Refused) as refused:
            record_attendance(call, ben, by=ada, source=source)
        assert refused.value.code == "forbidden"


def test_whoever_helps_on_a_call_notes_and_sees_until_the_list_is_closed(group, call, ben, monkeypatch):
    helper = PersonFactory()
    monkeypatch.setattr(CALL_HELPERS, "_in_order", None)
    monkeypatch.setattr(CALL_HELPERS, "_entries", {})
    CALL_HELPERS.register("test", lambda person, meeting: person == helper and meeting == call)

    record_attendance(call, ben, by=helper)

    assert may_see_who_was_there(helper, call)
    close_attendance(call, by=helper)
    with pytest.raises(Refused) as refused:
        withdraw_attendance(call, ben, by=helper, why="A slip")
    assert "Only who leads Lantern Working Group corrects it." in refused.value.message


@pytest.mark.parametrize(
    ("ended", "may"),
    [(-2 * HOUR, False), (-75 * dt.timedelta(minutes=1), True), (HOUR, True), (30 * HOUR, True), (42 * HOUR, False)],
)
def test_taps_are_taken_from_a_quarter_before_until_the_next_day_ends(group, ben, ended, may):
    call = held_call(group, ended=ended)

    if may:
        assert tap(call, ben).is_present
    else:
        with pytest.raises(Refused):
            tap(call, ben)


def test_whoever_took_it_back_may_say_it_again_until_the_list_closes(call, ben, freeze):
    tap(call, ben)
    withdraw_attendance(call, ben, by=ben)
    freeze("2026-12-09T16:00Z")

    assert tap(call, ben).is_present

    freeze("2026-12-09T17:00Z")
    with pytest.raises(Refused):
        withdraw_attendance(call, ben, by=ben)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.DROPPED])
def test_call_that_did_not_take_place_has_no_list(call, ada, ben, status):
    call.status = status
    call.save()

    for act in (
        lambda: tap(call, ben),
        lambda: record_attendance(call, ben, by=ada),
        lambda: note_guest(call, name="Jo", by=ada),
        lambda: close_attendance(call, by=ada),
    ):
        with pytest.raises(Refused):
            act()
    assert not Attendance.objects.exists()


def test_closed_group_takes_no_names(call, ada, ben, group):
    Group.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)

    for act in (lambda: tap(call, ben), lambda: record_attendance(call, ben, by=ada)):
        with pytest.raises(Refused):
            act()


def test_ticks_of_others_are_left_alone(call, ada, ben, group):
    cleo, dan = join(PersonFactory(), group), join(PersonFactory(), group)
    tap(call, cleo)
    tap(call, ben)

    changed = tick_off(call, there=[ben, dan], not_there=[cleo], by=ada)

    assert changed == 2
    assert {row.person: row.source for row in attendance_of(call).people} == {ben: "tap", dan: "host"}


# Closing


def test_closed_list_is_corrected_by_who_leads_with_a_reason_that_is_seen(call, ada, ben, group):
    close_attendance(call, by=ada)
    close_attendance(call, by=ada)
    assert told("meetings.attendance_closed") == ["meetings.attendance_closed"]

    with pytest.raises(Refused) as refused:
        tap(call, ben)
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused) as refused:
        record_attendance(call, ben, by=ada)
    assert refused.value.code == "why_missing"

    record_attendance(call, ben, by=ada, why="Was on the phone\nline")

    (row,) = attendance_of(call).corrected
    assert (row.person, row.why, row.noted_by, row.is_present) == (ben, "Was on the phone line", ada, True)
    withdraw_attendance(call, ben, by=ada, why="Another Ben")
    (row,) = attendance_of(call).corrected
    assert (row.why, row.is_present) == ("Another Ben", False)


def test_code_that_was_looked_at_before_the_list_closed_notes_nobody_after_it(call, ada):
    close_attendance(call, by=ada)
    guest, person = PersonFactory(), PersonFactory()

    for act in (
        lambda: record_attendance(call, person, by=person, source=Source.CODE),
        lambda: note_guest_by_code(call, name="Jo", by=guest),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_now"


def test_call_that_is_under_way_is_not_closed(group, ada):
    with pytest.raises(Refused) as refused:
        close_attendance(held_call(group, ended=-HOUR / 2), by=ada)

    assert refused.value.code == "not_now"


def test_lists_close_by_themselves_after_two_weeks_and_lose_the_addresses_of_guests(group, ada, ben, freeze, call):
    tap(call, ben)
    make_code(call, by=ada)
    guest = note_guest(call, name="Jo", by=ada)
    withdraw_guest(note_guest(call, name="Slip", by=ada), by=ada)
    Attendance.objects.filter(pk=guest.pk).update(guest_email="jo@example.org")
    held_call(group, ended=HOUR)  # of which nobody noted anything
    freeze("2026-12-09T16:49Z")
    close_attendance_lists.func()
    assert not AttendanceClosing.objects.exists()
    freeze("2026-12-09T16:51Z")

    close_attendance_lists.func()
    assert close_lists_that_are_due(now=call.ends_at + 15 * DAY) == 0

    closing = AttendanceClosing.objects.get()
    assert (closing.meeting, closing.closed_at) == (call, call.ends_at + 14 * DAY)
    entry = Entry.objects.get(kind="meetings.attendance_closed")
    assert (entry.payload, entry.actor) == ({"meeting_id": call.pk, "people": 1, "guests": 1}, None)
    guest.refresh_from_db()
    assert (guest.guest_name, guest.guest_email) == ("Jo", "")
    assert not CallCode.objects.exists()
    assert not Attendance.objects.filter(guest_name="Slip").exists()


def test_import_of_old_minutes_needs_no_reason(group, ben):
    old = held_call(group, ended=90 * DAY)

    row = record_attendance(old, ben, by=machine(), source=Source.IMPORT)

    assert (row.source, row.corrected_at, row.noted_by) == ("import", None, None)


# Regrets


def test_regret_is_said_beforehand_without_a_reason_and_taken_back(group, ben):
    coming = held_call(group, ended=-5 * DAY)

    answer_call(coming, Says.REGRET, by=ben)
    answer_call(coming, Says.REGRET, by=ben)
    assert [one.person for one in regrets_of(coming)] == [ben]
    take_answer_back(coming, by=ben)
    take_answer_back(coming, by=ben)

    assert told() == ["meetings.regret_said", "meetings.regret_taken_back"]
    assert not Answer.objects.exists()
    for meeting, person in ((held_call(group), ben), (coming, PersonFactory())):
        with pytest.raises(Refused):
            answer_call(meeting, Says.REGRET, by=person)


def test_whoever_comes_all_the_same_is_not_among_those_who_cannot(group, ben, freeze):
    coming = held_call(group, ended=-5 * DAY)
    answer_call(coming, Says.REGRET, by=ben)
    freeze("2026-11-30T16:30Z")

    tap(coming, ben)

    assert regrets_of(coming) == []


# Guests


def test_guest_is_noted_once_and_taken_off_and_put_back(call, ada):
    first = note_guest(call, name="Jo  Brook", affiliation="The Library", by=ada)
    again = note_guest(call, name="JO BROOK", affiliation="the library", by=ada)
    other = note_guest(call, name="Jo Brook", by=ada)

    assert (first, first.guest_name) == (again, "Jo Brook")
    assert counted(call) == Counted(0, 2)
    assert attendance_of(call).names == ["Jo Brook", "Jo Brook (The Library)"]
    withdraw_guest(other, by=ada)
    withdraw_guest(other, by=ada)
    assert counted(call) == Counted(0, 1)
    assert note_guest(call, name="Jo Brook", by=ada) == other
    assert told() == [
        "meetings.guest_noted",
        "meetings.guest_noted",
        "meetings.guest_withdrawn",
        "meetings.guest_noted",
    ]
    assert not Entry.objects.filter(kind__startswith="meetings.guest", detail__isnull=False).exists()


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 201])
def test_guest_needs_a_name(call, ada, name):
    with pytest.raises(Refused) as refused:
        note_guest(call, name=name, by=ada)

    assert refused.value.code == "invalid"


@pytest.mark.parametrize("was_there", [False, True])
def test_guest_who_is_somebody_of_the_group_is_counted_once(call, ada, ben, was_there):
    guest = note_guest(call, name="Benny", by=ada)
    if was_there:
        tap(call, ben)

    row = identify_guest(guest, ben, by=ada)

    assert (counted(call), row.person) == (Counted(1, 0), ben)
    assert not Attendance.objects.filter(guest_name="Benny").exists()
    assert "meetings.guest_identified" in told()
    with pytest.raises(Refused):
        identify_guest(guest, ben, by=ada)


def test_guest_who_wants_no_name_stays_counted(call, ada):
    guest = note_guest(call, name="Jo", affiliation="The Library", by=ada)

    make_guest_nameless(guest, by=ada)
    make_guest_nameless(guest, by=ada)

    present = attendance_of(call)
    assert (present.names, present.nameless, present.counted) == ([], 1, Counted(0, 1))
    assert counted(call) == Counted(0, 1)
    assert told().count("meetings.guest_made_nameless") == 1
