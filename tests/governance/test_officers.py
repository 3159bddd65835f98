"""Who looks after an election, and their keys: asked, answered, given, heard, lost."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from folkmoot.governance.actions.officers import (
    answer_duty,
    ask_officer,
    declare_conflict,
    give_back,
    set_needed,
    take_asking_back,
)
from folkmoot.governance.actions.officers_keys import give_keys, hear_print, say_key_found, say_key_lost
from folkmoot.governance.actions.officers_reminding import remind_of_keys
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.officers import (
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    PrintHeard,
    Rehearsal,
)
from folkmoot.governance.queries.officers import team_of
from folkmoot.governance.rules.officers import advice_on, is_in_conflict, may_stand_beside_duty
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.person_data import PERSON_DATA
from tests.factories import groups
from tests.factories.governance.elections import made_election
from tests.factories.governance.officers import give, private_pair, public, with_keys
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """An announced election of which Ada is the one officer."""
    return made_election(groups.group(), officers=[PersonFactory(name="Ada")], needed=1)


def refused(action, *given, **named) -> str:
    with pytest.raises(Refused) as caught:
        action(*given, **named)
    return caught.value.code


def told(kind: str) -> list[str]:
    return sorted(one.person.name for one in Telling.objects.filter(kind=f"governance.{kind}").select_related("person"))


def kinds() -> list[str]:
    prefix = "governance."
    return [entry.kind.removeprefix(prefix) for entry in Entry.objects.order_by("pk") if entry.kind.startswith(prefix)]


def test_officer_is_asked_answers_declares_and_gives_it_back(made):
    ada, ben = made.officers[0].person, PersonFactory(name="Ben")

    officer = ask_officer(made.election, ben, by=ada)
    assert (officer.state, told("duty_asked")) == (OfficerState.ASKED, ["Ben"])
    assert refused(ask_officer, made.election, ben, by=ada) == "asked_already"
    assert refused(answer_duty, officer, accepts=True, by=ada) == "forbidden"

    answer_duty(officer, accepts=True, conflict="  I share a desk with a candidate. ", by=ben)
    assert [one.name for one in team_of(made.election).officers] == ["Ada", "Ben"]
    assert (told("duty_was_answered"), told("keys_wanted")) == (["Ada"], ["Ben"])
    assert refused(answer_duty, officer, accepts=False, by=ben) == "answered"
    officer.refresh_from_db()
    assert officer.conflict == "I share a desk with a candidate."
    declare_conflict(officer, "", by=ben)
    give(officer)
    give_back(officer, by=ben)
    give_back(officer, by=ben)

    officer.refresh_from_db()
    assert (officer.state, officer.conflict, OfficerKey.objects.count()) == (OfficerState.GONE, "", 0)
    assert kinds() == ["officer_asked", "duty_answered", "conflict_declared", "duty_ended"]
    assert "desk" not in json.dumps(list(Entry.objects.values_list("payload", flat=True)))
    assert ask_officer(made.election, ben, Duty.MONITOR, by=ada).pk == officer.pk


def test_who_says_no_or_is_asked_no_longer_has_no_duty(made):
    ada, ben, cleo = made.officers[0].person, PersonFactory(), PersonFactory()
    no, late = ask_officer(made.election, ben, by=ada), ask_officer(made.election, cleo, Duty.MONITOR, by=ada)

    answer_duty(no, accepts=False, conflict="not kept", by=ben)
    take_asking_back(late, by=ada)

    assert refused(take_asking_back, no, by=ada) == "answered"
    assert sorted(ElectionOfficer.objects.values_list("state", "conflict")) == [
        ("accepted", ""),
        ("declined", ""),
        ("gone", ""),
    ]
    assert refused(answer_duty, late, accepts=True, by=cleo) == "answered"


def test_who_looks_after_a_draft_is_told_to_stewards_alone(made):
    draft = made_election(made.election.group, ElectionState.DRAFT, officers=0).election
    person = PersonFactory()
    before = set(Entry.objects.values_list("pk", flat=True))

    officer = ask_officer(draft, person, duty=Duty.OFFICER, by=system())
    answer_duty(officer, accepts=True, by=person)

    told = Entry.objects.exclude(pk__in=before).filter(kind__startswith="governance.")
    assert [one.kind for one in told] == ["governance.election_changed"] * 2


def test_nobody_is_officer_and_candidate(made):
    ada, candidate = made.officers[0].person, made.nominations[0].person
    ben = PersonFactory()
    asked = ask_officer(made.election, ben, by=ada)

    assert refused(ask_officer, made.election, candidate, by=ada) == "forbidden"
    assert (is_in_conflict(ada, made.election), is_in_conflict(ben, made.election)) == (True, False)
    assert not may_stand_beside_duty(ada, made.election)
    made.nominations[1].person = ben
    made.nominations[1].save()
    assert refused(answer_duty, asked, accepts=True, by=ben) == "forbidden"

    made.nominations[1].state = "declined"
    made.nominations[1].save()
    answer_duty(asked, accepts=True, by=ben)
    assert is_in_conflict(ben, made.election)


@pytest.mark.parametrize(
    ("role", "allowed"), [("officer", True), ("manager", True), ("candidate", False), ("monitor", False)]
)
def test_officers_and_those_who_lead_ask_but_no_candidate_and_no_monitor(made, role, allowed):
    manager = PersonFactory()
    groups.join(manager, made.election.group, Power.MANAGE)
    people = {"officer": made.officers[0].person, "manager": manager, "monitor": PersonFactory()}
    ElectionOfficer.objects.create(
        election=made.election, person=people["monitor"], duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    if role == "candidate":
        made.nominations[0].person = people["candidate"] = manager
        made.nominations[0].save()

    if allowed:
        assert ask_officer(made.election, PersonFactory(), by=people[role]).state == OfficerState.ASKED
    else:
        assert refused(ask_officer, made.election, PersonFactory(), by=people[role]) == "forbidden"
        assert refused(set_needed, made.election, 2, by=people[role]) == "forbidden"


def test_how_many_are_needed_is_set_and_said_in_words(made):
    ada = made.officers[0].person

    set_needed(made.election, 2, by=ada)
    set_needed(made.election, 2, by=ada)

    made.election.refresh_from_db()
    assert (made.election.needed, kinds()) == (2, ["needed_changed"])
    assert [refused(set_needed, made.election, n, by=ada) for n in (0, 13)] == ["invalid", "invalid"]
    assert "trust one person" in advice_on(1, 1)
    assert advice_on(2, 1) == "There is one officer so far, and 2 are needed."
    assert "can never be opened" in advice_on(2, 2)
    assert advice_on(2, 3) == "2 of 3 officers together open the ballots. One key may be lost, and no ballot is."
    assert advice_on(3, 5) == "3 of 5 officers together open the ballots. 2 keys may be lost, and no ballot is."


def test_keys_are_given_heard_and_changing_them_clears_what_was_heard():
    made = with_keys(groups.group(), ready=False)
    first, second, _third = made.officers
    key = OfficerKey.objects.get(officer=first)

    hear_print(key, by=second.person)
    hear_print(key, by=second.person)
    assert refused(hear_print, key, by=first.person) == "own_print"
    assert team_of(made.election).officers[0].heard_by == (second,)
    new = public(private_pair())
    print_ = give_keys(first, new["opening"], new["signing"], by=first.person)

    assert refused(hear_print, key, by=second.person) == "key_changed"
    assert (PrintHeard.objects.count(), OfficerKey.objects.get(officer=first).print_of) == (0, print_)
    assert refused(give_keys, second, new["opening"], new["signing"], by=second.person) == "key_taken"
    assert refused(give_keys, first, new["opening"], new["signing"], by=second.person) == "forbidden"
    assert kinds() == ["print_heard", "keys_given"]


def test_lost_key_before_the_freeze_is_made_anew_and_after_it_all_are_told_what_is_left():
    made = with_keys(groups.group(), ready=True)
    first, second, third = made.officers
    say_key_lost(first, by=first.person)
    assert (len(team_of(made.election).openers), Rehearsal.objects.count()) == (2, 0)
    assert told("key_is_lost") == sorted([second.person.name, third.person.name])
    new = public(private_pair())
    give_keys(first, new["opening"], new["signing"], by=first.person)
    assert len(team_of(made.election).openers) == 3

    later = made_election(groups.group("Later"), ElectionState.OPEN, officers=3, needed=2)
    one, two, last = later.officers
    say_key_lost(one, by=one.person)
    say_key_lost(one, by=one.person)
    said = Telling.objects.filter(person=last.person).latest("pk")
    assert "one more loss, and the ballots can never be opened" in said.text
    say_key_lost(two, by=two.person)
    said = Telling.objects.filter(person=last.person).latest("pk")
    assert "repeat the election" in said.text
    say_key_found(two, by=two.person)
    say_key_found(two, by=two.person)
    assert (len(team_of(later.election).openers), told("key_is_found").count(one.person.name)) == (2, 1)
    assert refused(give_keys, one, new["opening"], new["signing"], by=one.person) == "forbidden"
    facts = [entry.payload for entry in Entry.objects.filter(kind="governance.key_lost").order_by("pk")]
    assert [(fact["left"], fact["needed"]) for fact in facts] == [(2, 2), (2, 2), (1, 2)]


def test_officers_whose_keys_are_not_ready_are_reminded_once_in_the_last_week(freeze):
    made = with_keys(groups.group(), ready=False)
    OfficerKey.objects.filter(officer=made.officers[0]).update(rehearsed_at=made.election.made_at)
    OfficerKey.objects.filter(officer=made.officers[1]).delete()
    freezes = made.election.stages.get(stage="freeze").first

    counts = []
    for days in (8, 7, 6, 0, -1):
        freeze(f"{freezes - dt.timedelta(days=days)}T09:00Z")
        counts.append(remind_of_keys(now=timezone.now()))

    assert counts == [0, 2, 0, 0, 0]
    texts = [one.text for one in Telling.objects.filter(kind="governance.keys_are_due").order_by("person")]
    assert ["You have no keys yet" in text for text in texts] == [True, False]


def test_erased_officers_stay_in_what_is_frozen_and_go_before(made):
    frozen = made_election(made.election.group, ElectionState.OPEN, officers=[PersonFactory()])
    duties = PERSON_DATA["governance.election_duties"]
    for one in (made, frozen):
        one.officers[0].conflict = "A word"
        one.officers[0].save()

    for one in (made, frozen):
        assert duties.export(one.officers[0].person)[0]["declared"] == "A word"
        duties.erase(one.officers[0].person)

    assert list(ElectionOfficer.objects.values_list("election", "conflict")) == [(frozen.election.pk, "")]
