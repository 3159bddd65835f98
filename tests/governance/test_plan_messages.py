"""The messages of an election: their order, their days, and that everybody gets each of them once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.db import OperationalError
from django.utils import timezone

from folkmoot.governance.actions import plan_messages
from folkmoot.governance.actions.officers import answer_duty, ask_officer
from folkmoot.governance.actions.plan import DaysGiven, announce_election, begin_election, cancel_election, move_days
from folkmoot.governance.actions.plan_messages import (
    change_message,
    in_order,
    leave_out_message,
    may_go,
    send_due,
    send_message,
    take_back_message,
    written,
)
from folkmoot.governance.election_messages import KINDS, MessageKind, add_message
from folkmoot.governance.models.elections import Election, ElectionState, Stage
from folkmoot.governance.models.messages import MessageState
from folkmoot.governance.tasks.plan import send_election_messages
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2027-07-01T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada Quill"), lantern, Power.MANAGE)


@pytest.fixture
def announced(lantern, ada):
    days = DaysGiven(date(2027, 9, 11), terms_on=date(2027, 11, 1))
    election = begin_election(lantern, title="Steering committee", days=days, by=ada)
    announce_election(election, by=ada)
    return election


def on(clock, day):
    clock(f"{day}T13:00Z")
    return send_due(timezone.now())


def told(election):
    return [one.subject for one in Telling.objects.filter(kind="governance.election_message").order_by("pk")]


def message(election, kind):
    found = election.messages.get(kind=kind)
    found.election = election
    return found


def states(election):
    return {one.kind: one.state for one in election.messages.all() if one.kind in OWN}


OWN = ("roles_wanted", "call_for_candidates", "nominations_end", "candidates")


def test_each_goes_out_on_its_day_in_the_days_that_hold_then(announced, ada, freeze):
    assert on(freeze, "2027-08-03") == 0
    assert on(freeze, "2027-08-05") == 1
    assert on(freeze, "2027-08-05") == 0
    move_days(announced, Stage.NOMINATIONS, first=date(2027, 9, 2), last=date(2027, 9, 10), by=ada)
    assert on(freeze, "2027-09-02") == 1

    assert told(announced) == [
        "Steering committee: who will look after it?", "Steering committee: call for candidates",
    ]  # fmt: skip
    call = Telling.objects.order_by("-pk").first()
    assert "From 2 to 10 September you can put yourself forward" in call.text
    assert call.path.startswith(announced.get_absolute_url())
    entries = Entry.objects.filter(kind="governance.election_message_sent").order_by("pk")
    assert [(entry.payload["message"], entry.payload["people"]) for entry in entries] == [
        ("roles_wanted", 1), ("call_for_candidates", 1),
    ]  # fmt: skip


def test_a_draft_sends_nothing_and_the_task_sends_what_is_due(lantern, ada, freeze, settle):
    election = begin_election(lantern, title="Quick", days=DaysGiven(date(2027, 7, 11)), by=ada)
    send_election_messages.enqueue()
    settle()
    assert told(election) == []

    announce_election(election, by=ada)
    send_election_messages.enqueue()
    settle()

    assert told(election) == ["Quick: who will look after it?", "Quick: call for candidates"]


def test_none_goes_before_an_earlier_one_and_what_is_left_out_keeps_none_back(announced, ada):
    call, roles = message(announced, "call_for_candidates"), message(announced, "roles_wanted")

    assert may_go(call).reason == "“Officers are wanted” comes first: send it, or leave it out."
    with pytest.raises(Refused) as refused:
        send_message(call, by=ada)
    assert refused.value.code == "not_yet"
    leave_out_message(roles, by=ada)
    send_message(call, by=ada)
    send_message(call, by=ada)
    assert send_due(timezone.now()) == 1
    take_back_message(roles, by=ada)

    assert states(announced) == {
        "roles_wanted": "waiting", "call_for_candidates": "sent", "nominations_end": "waiting", "candidates": "waiting",
    }  # fmt: skip
    for act in (leave_out_message, take_back_message):
        with pytest.raises(Refused) as refused:
            act(message(announced, "call_for_candidates"), by=ada)
        assert refused.value.code == "sent"


def test_candidates_are_shown_only_once_they_are_frozen(lantern, ada):
    made = made_election(lantern, ElectionState.ANNOUNCED)
    found = plan_messages.write_message(made.election, "candidates")

    assert may_go(found).reason == "It waits until the candidates are frozen."
    made.election.state = ElectionState.OPEN
    assert may_go(found)


def test_a_kill_in_the_middle_of_many_people_tells_nobody_twice_or_never(announced, lantern, monkeypatch, freeze):
    for _number in range(9):
        join(PersonFactory(), lantern)
    monkeypatch.setattr(plan_messages, "AT_ONCE", 4)
    real, calls = plan_messages.tell, []

    def killed(people, notice):
        calls.append(len(people))
        if len(calls) == 2:
            real(people[:2], notice)
            raise KeyboardInterrupt
        return real(people, notice)

    monkeypatch.setattr(plan_messages, "tell", killed)
    freeze("2027-08-05T13:00Z")

    with pytest.raises(KeyboardInterrupt):
        send_due(timezone.now())
    half = message(announced, "roles_wanted")
    assert (half.state, half.people, Telling.objects.count()) == (MessageState.SENDING, 4, 4)
    assert send_due(timezone.now()) == 6

    got = Counter(Telling.objects.values_list("person_id", flat=True))
    assert got == dict.fromkeys(Person.objects.filter(participations__group=lantern).values_list("pk", flat=True), 1)
    whole = message(announced, "roles_wanted")
    assert (whole.state, whole.people) == (MessageState.SENT, 10)


def test_a_run_is_bounded_and_the_next_one_goes_on(announced, lantern, monkeypatch, freeze):
    for _number in range(4):
        join(PersonFactory(), lantern)
    monkeypatch.setattr(plan_messages, "AT_ONCE", 1)
    monkeypatch.setattr(plan_messages, "CHUNKS_IN_A_ROW", 2)
    freeze("2027-08-05T13:00Z")

    runs = [send_due(timezone.now()) for _run in range(4)]

    assert runs == [2, 2, 1, 0]


def test_own_words_wait_to_be_looked_over_once_the_days_moved(announced, ada, freeze):
    roles = message(announced, "roles_wanted")
    suggested = written(roles)

    change_message(roles, subject=suggested.subject, words=suggested.words, by=ada)
    assert (roles.subject, roles.words) == ("", "")
    change_message(roles, subject="Who helps?", words="Until 31 August.", due_on=date(2027, 8, 6), by=ada)
    move_days(announced, Stage.VOTING, first=date(2027, 9, 12), last=date(2027, 9, 30), by=ada)
    assert on(freeze, "2027-08-07") == 0
    stale = message(announced, "roles_wanted")
    assert (stale.due_on, may_go(stale).reason) == (
        date(2027, 8, 6), "The days moved after it was written. Please look it over.",
    )  # fmt: skip
    change_message(stale, subject="Who helps?", words="Until 31 August.", by=ada)

    assert send_due(timezone.now()) == 1
    assert told(announced) == ["Who helps?"]


def test_what_cannot_be_written_is_refused(announced, ada, lantern, freeze):
    ben, roles = join(PersonFactory(), lantern), message(announced, "roles_wanted")

    for code, by, values in (
        ("forbidden", ben, {}),
        ("invalid", ada, {"subject": " "}),
        ("invalid", ada, {"words": " \n"}),
        ("invalid", ada, {"words": "x" * 6001}),
        ("past", ada, {"due_on": date(2027, 6, 1)}),
        ("too_far", ada, {"due_on": date(2031, 6, 1)}),
    ):
        with pytest.raises(Refused) as refused:
            change_message(roles, **{"subject": "S", "words": "W", **values}, by=by)
        assert refused.value.code == code
    on(freeze, "2027-08-05")
    with pytest.raises(Refused) as refused:
        change_message(roles, subject="S", words="W", by=ada)
    assert refused.value.code == "sent"


def test_a_cancelled_vote_is_told_to_everybody_on_its_roll_once(lantern, ada, freeze):
    cleo, ben, dan = PersonFactory(), PersonFactory(), PersonFactory()
    made = made_election(lantern, ElectionState.OPEN, officers=[cleo], candidates=[ben], voters=[ben, cleo, dan])

    cancel_election(made.election, why="The keys were lost.", by=ada)
    send_due(timezone.now())

    assert Counter(Telling.objects.values_list("person_id", flat=True)) == {cleo.pk: 1, ben.pk: 1, dan.pk: 1}
    telling = Telling.objects.get(person=dan)
    assert telling.subject == f"{made.election.title} is cancelled"
    assert "The keys were lost." in telling.text


def test_other_parts_offer_theirs_and_those_of_a_missing_step_are_not_written(lantern, ada, monkeypatch):
    monkeypatch.setattr(KINDS, "_entries", dict(KINDS._entries))
    monkeypatch.setattr(KINDS, "_in_order", None)
    for name, stage in (("first", Stage.VOTING), ("never", Stage.GRACE)):
        kind = MessageKind("Vote", stage, lambda one: Person.objects.all(), lambda one: "V", lambda one: "N.")
        add_message(f"test_{name}", kind, order=50)

    election = begin_election(lantern, title="X", days=DaysGiven(date(2027, 9, 11)), by=ada)

    assert message(election, "test_first").due_on == date(2027, 9, 11)
    kinds = [one.kind for one in in_order(Election.objects.get())]
    assert kinds.index("candidates") < kinds.index("test_first")
    assert "test_never" not in kinds


def test_a_message_that_cannot_be_put_together_keeps_no_other_back_and_is_told_to_officers_once(
    announced, ada, freeze, monkeypatch
):
    def broken(election):
        raise LookupError("no such step")

    working = KINDS["call_for_candidates"]
    _replace(monkeypatch, "call_for_candidates", replace(working, words=broken))
    leave_out_message(message(announced, "roles_wanted"), by=ada)
    ben = PersonFactory()
    answer_duty(ask_officer(announced, ben, by=ada), accepts=True, by=ben)
    freeze("2027-09-08T13:00Z")

    with pytest.raises(LookupError):
        send_due(timezone.now())
    first, again = send_due(timezone.now()), send_due(timezone.now())

    assert (first, again) == (1, 0)
    assert states(announced) == {
        "roles_wanted": "left_out", "call_for_candidates": "left_out", "nominations_end": "sent",
        "candidates": "waiting",
    }  # fmt: skip
    telling = Telling.objects.get(kind="governance.election_message_failed")
    assert (telling.person, telling.subject) == (ben, "Steering committee: a message was not sent")
    _replace(monkeypatch, "call_for_candidates", working)
    take_back_message(message(announced, "call_for_candidates"), by=ada)
    assert send_due(timezone.now()) == 1


def test_a_database_that_fails_leaves_a_message_as_it_is(announced, freeze, monkeypatch):
    def locked(election):
        raise OperationalError("database is locked")

    _replace(monkeypatch, "roles_wanted", replace(KINDS["roles_wanted"], people=locked))
    freeze("2027-08-05T13:00Z")

    with pytest.raises(OperationalError):
        send_due(timezone.now())

    assert states(announced)["roles_wanted"] == "waiting"
    assert not Telling.objects.exists()


def _replace(monkeypatch, name, kind):
    entries = dict(KINDS._entries)
    entries[name] = replace(entries[name], item=kind)
    monkeypatch.setattr(KINDS, "_entries", entries)
    monkeypatch.setattr(KINDS, "_in_order", None)
