"""Answers that calendars send back: understood from another library, and nothing that is forged, old or looping."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.invitations.actions import stop_invitations, wish_invitations
from folkmoot.invitations.models import CallInvitation
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import answer_call, cancel_meeting, move_meeting
from folkmoot.meetings.models import Answer, Says
from folkmoot.notices.actions import receive
from folkmoot.notices.models import Arrival, Letter
from folkmoot.notices.return_path import address_for
from folkmoot.people.actions import merge_people
from tests.factories.groups import join
from tests.factories.people import PersonFactory
from tests.invitations.conftest import NOW
from tests.invitations.letters import event_in, letters, reply_to
from tests.notices.mails import reply

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BOUNCE_ADDRESS = "in@example.com"


@pytest.fixture
def invited(group, call, ben):
    """The letter by which Ben was invited."""
    wish_invitations(group, by=ben)
    return letters(ben.email)[0]


def take(raw: bytes, **more) -> str:
    return receive(raw, now=dt.datetime.now(dt.UTC), **more).outcome


def answers() -> list[tuple[str, str, str]]:
    return list(Answer.objects.order_by("pk").values_list("person__name", "says", "way"))


@pytest.mark.parametrize(("partstat", "says"), [("ACCEPTED", "coming"), ("TENTATIVE", "maybe"), ("DECLINED", "regret")])
def test_answer_of_a_calendar_is_understood(partstat, says, invited):
    assert take(reply_to(invited, partstat)) == "handled"

    assert answers() == [("Ben Brook", says, "calendar")]
    assert Answer.objects.get().said_at == NOW


def test_answer_that_a_server_sends_as_automatic_is_read_and_never_answered(invited):
    before = Letter.objects.count()
    headers = {"Auto-Submitted": "auto-generated", "Precedence": "bulk", "X-Autoreply": "yes"}

    assert take(reply_to(invited, headers=headers)) == "handled"

    assert answers() == [("Ben Brook", "coming", "calendar")]
    assert Letter.objects.count() == before


def test_machines_that_answer_otherwise_are_left_out(invited):
    to = str(event_in(invited)["ORGANIZER"]).removeprefix("mailto:")
    away = reply(to, headers="Auto-Submitted: auto-replied\n")
    our_own = invited.calendar.replace("\r\n", "\n")
    handed_back = (
        f"From: ada@example.org\nTo: {to}\nAuto-Submitted: auto-replied\n"
        f"Content-Type: text/calendar; method=REQUEST\n\n{our_own}"
    ).encode()
    ours = reply_to(invited, headers={"Message-ID": invited.message_id})
    to_itself = reply_to(invited, sender="in@example.com")

    assert [take(raw) for raw in (away, handed_back, ours, to_itself)] == [
        "automatic",
        "automatic",
        "own_mail",
        "own_mail",
    ]
    assert answers() == []


def test_storm_of_answers_is_capped_and_the_latest_that_came_before_counts(invited):
    outcomes = [take(reply_to(invited, at=NOW + number * dt.timedelta(seconds=1))) for number in range(100)]

    assert (outcomes.count("handled"), outcomes.count("storm")) == (20, 80)
    assert Entry.objects.filter(kind="meetings.answered").count() == 1


def test_forged_addresses_and_other_people_answer_nothing(invited):
    row = CallInvitation.objects.get()
    genuine = address_for("i", row.pk, now=row.made_at)
    forged = reply_to(invited).replace(genuine.encode(), genuine.replace("+i-", "+i-1").encode())
    handed_on = reply_to(invited, sender="friend@elsewhere.example", attendee="friend@elsewhere.example")
    another_call = reply_to(invited).replace(str(event_in(invited)["UID"]).encode(), b"another@example.org")
    nothing = reply(genuine)

    outcomes = [take(raw) for raw in (forged, handed_on, another_call, nothing)]

    assert outcomes == ["forged", "refused", "refused", "refused"]
    assert list(Arrival.objects.order_by("pk").values_list("words", flat=True)) == [
        "",
        "Somebody else answered to this invitation.",
        "There is no answer to this invitation in the mail.",
        "There is no answer to this invitation in the mail.",
    ]
    assert answers() == []


def test_a_delegate_and_an_alias_answer_for_whom_was_asked(invited, ben):
    assert take(reply_to(invited, "DECLINED", sender="assistant@elsewhere.example")) == "handled"
    assert take(reply_to(invited, "ACCEPTED", attendee="b.brook@elsewhere.example", at=NOW + HOUR)) == "handled"

    assert answers() == [("Ben Brook", "coming", "calendar")]


def test_answer_of_an_address_beyond_ascii_comes_as_it_was_asked(group, call):
    zoe = join(PersonFactory(name="Zoe Zell", email="zoe@exämple.org"), group)
    wish_invitations(group, by=zoe)
    raw = reply_to(letters(zoe.email)[0], sender="zoe@xn--exmple-cua.org", attendee="zoe@xn--exmple-cua.org")

    assert take(raw) == "handled"

    assert answers() == [("Zoe Zell", "coming", "calendar")]


def test_replayed_and_older_answers_change_nothing(invited, call, ben, clock):
    first = reply_to(invited, "ACCEPTED", at=NOW - 2 * HOUR)
    assert take(first) == "handled"
    answer_call(call, Says.REGRET, by=ben)

    again = [take(first), take(b"X-Again: yes\n" + first), take(reply_to(invited, "TENTATIVE", at=NOW - HOUR))]

    assert again == ["handled", "refused", "refused"]
    assert answers() == [("Ben Brook", "regret", "page")]


def test_answer_to_the_time_before_a_move_is_too_old_and_one_to_the_new_time_counts(invited, call, ada, ben, settle):
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    settle()

    assert take(reply_to(invited, "ACCEPTED")) == "refused"
    assert Arrival.objects.get().words == "The call has been moved since, and people were asked anew."
    assert take(reply_to(letters(ben.email)[1], "TENTATIVE")) == "handled"
    assert answers() == [("Ben Brook", "maybe", "calendar")]


def test_answer_to_a_time_of_which_no_newer_one_was_mailed_is_too_old(group, invited, call, ada, ben, settle):
    moved = move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)
    before_the_mail = take(reply_to(invited, "ACCEPTED"))
    settle()
    stop_invitations(group, by=ben)
    move_meeting(moved, to=call.starts + 2 * HOUR, why="Rain", by=ada)
    settle()
    after_stopping = take(reply_to(letters(ben.email)[-1], "ACCEPTED"))

    assert (before_the_mail, after_stopping, answers()) == ("refused", "refused", [])
    words = "Meanwhile the call has been moved. Please answer to its new time."
    assert set(Arrival.objects.values_list("words", flat=True)) == {words}


def test_answer_to_a_call_that_is_off_or_has_begun_is_refused(invited, call, ada, clock):
    late = reply_to(invited, "ACCEPTED")
    cancel_meeting(call, why="Rain", by=ada)
    assert take(late) == "refused"

    clock.move_to(call.starts_at)
    assert take(b"X-Again: yes\n" + late) == "refused"
    assert answers() == []


def test_answer_by_a_record_that_was_merged_is_of_the_one_that_is_kept(invited, ben):
    raw = reply_to(invited, "ACCEPTED")
    merge_people(PersonFactory(name="Ben Elsewhere"), ben, by=PersonFactory(is_steward=True))

    assert take(raw) == "handled"

    assert answers() == [("Ben Elsewhere", "coming", "calendar")]
