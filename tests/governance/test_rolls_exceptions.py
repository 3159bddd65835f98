"""Voting by exception, and votes in somebody else's hands: who may what, when, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from folkmoot.governance.actions.rolls import allow_proxies, freeze_roll
from folkmoot.governance.actions.rolls_exceptions import answer_exception, appeal_exception, ask_exception
from folkmoot.governance.actions.rolls_proxies import answer_proxy, give_vote, take_vote_back
from folkmoot.governance.models.ballots import Turnout
from folkmoot.governance.models.elections import ElectionState, Stage
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.models.rolls_exceptions import ExceptionState, Proxy, ProxyState, RollException
from folkmoot.governance.queries.rolls import judge_voter
from folkmoot.governance.queries.rolls_proxies import votes_held_by
from folkmoot.governance.rules.rolls import may_answer_exception, may_read_exceptions
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


class Cast:
    """An announced election with two officers, two voters, an observer and somebody who leads the group."""

    def __init__(self) -> None:
        organisation()
        self.group = group()
        self.officer, self.other = (join(PersonFactory(name=name), self.group) for name in ("Olga", "Otto"))
        self.ada, self.bo = (join(PersonFactory(name=name), self.group) for name in ("Ada", "Bo"))
        self.wim = join(PersonFactory(name="Wim"), self.group, Power.OBSERVE)
        self.leader = lead(PersonFactory(name="Lea"), self.group).person
        made = made_election(self.group, officers=[self.officer, self.other])
        self.election, self.contest = made.election, made.contest
        allow_proxies(self.election, 1, by=self.leader)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told_to(person: Person) -> list[str]:
    return list(Telling.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def code(call: object, *args: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **named)  # type: ignore[operator]
    return refused.value.code


def test_exception_is_refused_appealed_and_granted_by_somebody_else(cast):
    last = Entry.objects.latest("pk").pk
    asked = ask_exception(cast.election, " I keep the library. ", by=cast.wim)
    answer_exception(asked, False, "Too new.", by=cast.officer)
    asked.refresh_from_db()
    appeal_exception(asked, "Please look again.", by=cast.wim)
    asked.refresh_from_db()

    same = code(answer_exception, asked, True, "Fine.", by=cast.officer)
    settled = answer_exception(asked, True, "Fine.", by=cast.other)

    judged = judge_voter(cast.election, cast.wim, timezone.now())
    assert (same, settled.state, bool(judged), judged.by_exception) == ("forbidden", "granted", True, True)
    assert (settled.reason, settled.why, settled.why_then) == ("I keep the library.", "Too new.", "Fine.")
    assert [one.kind for one in Entry.objects.filter(pk__gt=last).order_by("pk")] == [
        "governance.roll_exception_asked",
        "governance.roll_exception_answered",
        "governance.roll_exception_appealed",
        "governance.roll_exception_answered",
    ]
    assert told_to(cast.wim) == ["governance.roll_exception_is_answered"] * 2
    assert told_to(cast.officer) == ["governance.roll_exception_waits"]
    assert told_to(cast.other) == ["governance.roll_exception_waits"] * 2
    freeze_roll(cast.election)
    assert list(Voter.objects.filter(by_exception=True).values_list("person", flat=True)) == [cast.wim.pk]


def test_second_no_is_the_last_one_and_is_kept_from_the_roll(cast):
    asked = ask_exception(cast.election, "Please.", by=cast.wim)
    asked = answer_exception(asked, False, "No.", by=cast.officer)
    asked = appeal_exception(asked, "Again.", by=cast.wim)
    asked = answer_exception(asked, False, "Still no.", by=cast.other)

    assert asked.state == ExceptionState.FINAL
    assert code(appeal_exception, asked, "Again.", by=cast.wim) == "forbidden"
    assert code(ask_exception, cast.election, "Again.", by=cast.wim) == "forbidden"
    freeze_roll(cast.election)
    assert not Voter.objects.filter(election=cast.election, person=cast.wim).exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [("officer", True), ("other", True), ("leader", False), ("ada", False), ("wim", False), ("stranger", False)],
)
def test_officers_alone_answer(cast, who, may):
    asked = ask_exception(cast.election, "Please.", by=cast.wim)
    person = getattr(cast, who, None) or PersonFactory()

    assert bool(may_answer_exception(person, asked)) is may
    assert bool(may_read_exceptions(person, cast.election)) is may


def test_candidates_and_those_it_is_about_do_not_answer_and_then_leaders_do(cast):
    Nomination.objects.create(contest=cast.contest, person=cast.other, state="standing")
    asked = ask_exception(cast.election, "Please.", by=cast.wim)
    asked = answer_exception(asked, False, "No.", by=cast.officer)
    asked = appeal_exception(asked, "Again.", by=cast.wim)

    assert [bool(may_answer_exception(one, asked)) for one in (cast.officer, cast.other, cast.leader)] == [
        False,
        False,
        True,
    ]
    assert told_to(cast.leader)[-1:] == ["governance.roll_exception_waits"]
    assert answer_exception(asked, True, "Yes.", by=cast.leader).state == ExceptionState.GRANTED


def test_exceptions_end_with_the_freeze_and_are_for_the_group_alone(cast, freeze):
    on_roll = code(ask_exception, cast.election, "Please.", by=cast.ada)
    outside = code(ask_exception, cast.election, "Please.", by=PersonFactory())
    empty = code(ask_exception, cast.election, "  ", by=cast.wim)
    last_day = cast.election.stages.get(stage=Stage.FREEZE).last
    freeze(f"{last_day + timedelta(days=1)}T00:00:00Z")
    late = code(ask_exception, cast.election, "Please.", by=cast.wim)
    freeze(f"{last_day}T23:59:00Z")
    ask_exception(cast.election, "Please.", by=cast.wim)

    assert (on_roll, outside, empty, late) == ("on_roll", "forbidden", "invalid", "forbidden")
    assert code(freeze_roll, cast.election) == "unanswered"


def test_vote_is_cast_by_a_holder_who_said_yes_until_it_is_taken_back(cast):
    given = give_vote(cast.election, cast.bo, by=cast.ada)
    waiting = give_vote(cast.election, cast.bo, by=cast.other)
    answer_proxy(given, True, by=cast.bo)
    full = code(answer_proxy, waiting, True, by=cast.bo)
    answer_proxy(waiting, False, by=cast.bo)
    freeze_roll(cast.election)
    voter = Voter.objects.get(election=cast.election, person=cast.ada)

    held = list(votes_held_by(cast.bo, cast.election))

    assert (full, held, list(votes_held_by(cast.ada, cast.election))) == ("too_many", [voter], [])
    assert told_to(cast.bo) == ["governance.proxy_asked"] * 2
    assert told_to(cast.ada) == told_to(cast.other) == ["governance.proxy_is_answered"]
    take_vote_back(given, by=cast.ada)
    take_vote_back(given, by=cast.ada)
    assert list(votes_held_by(cast.bo, cast.election)) == []
    assert told_to(cast.bo)[2:] == ["governance.proxy_ended"]


def test_vote_that_was_cast_cannot_be_taken_back(cast):
    made = made_election(cast.group, ElectionState.OPEN, officers=[cast.officer], voters=[cast.ada, cast.bo])
    proxy = Proxy.objects.create(
        election=made.election, giver=cast.ada, holder=cast.bo, state=ProxyState.ACCEPTED, offered_at=timezone.now()
    )
    Turnout.objects.create(election=made.election, voter=made.voters[0])

    assert code(take_vote_back, proxy, by=cast.ada) == "cast"
    assert code(take_vote_back, proxy, by=cast.bo) == "forbidden"


def test_votes_are_given_by_voters_to_others_once_and_not_handed_on(cast):
    no_voter = code(give_vote, cast.election, cast.bo, by=cast.wim)
    oneself = code(give_vote, cast.election, cast.ada, by=cast.ada)
    outside = code(give_vote, cast.election, PersonFactory(), by=cast.ada)
    given = give_vote(cast.election, cast.bo, by=cast.ada)
    twice = code(give_vote, cast.election, cast.other, by=cast.ada)
    handed_on = code(give_vote, cast.election, cast.other, by=cast.bo)
    not_asked = code(answer_proxy, given, True, by=cast.other)
    # Asking an observer tells nobody whether they may vote; they learn it themselves.
    to_observer = give_vote(cast.election, cast.wim, by=cast.other)
    observer = code(answer_proxy, to_observer, True, by=cast.wim)
    answer_proxy(given, True, by=cast.bo)
    lowered = code(allow_proxies, cast.election, 0, by=cast.leader)

    assert (no_voter, oneself, outside, twice, handed_on) == ("not_a_voter", "invalid", "invalid", "given", "held")
    assert (not_asked, observer, lowered) == ("forbidden", "not_a_voter", "held")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proxy.objects.create(election=cast.election, giver=cast.ada, holder=cast.other, offered_at=timezone.now())


def test_erased_people_leave_no_words_and_block_nothing(cast):
    waits = ask_exception(cast.election, "Please.", by=cast.wim)
    late = join(PersonFactory(), cast.group, Power.OBSERVE)
    answered = answer_exception(ask_exception(cast.election, "Mine.", by=late), True, "Yes.", by=cast.officer)
    answer_proxy(give_vote(cast.election, cast.bo, by=cast.ada), True, by=cast.bo)

    for person in (cast.wim, late, cast.bo, cast.officer):
        erase_person(person, by=machine())

    answered.refresh_from_db()
    assert not RollException.objects.filter(pk=waits.pk).exists()
    assert (answered.person, answered.reason, answered.why, answered.answered_by) == (None, "", "", None)
    assert Proxy.objects.get(giver=cast.ada).state == ProxyState.TAKEN_BACK
    freeze_roll(cast.election)


def test_merged_records_keep_one_place_on_the_roll_and_no_vote_in_their_own_hands(cast):
    answer_proxy(give_vote(cast.election, cast.bo, by=cast.ada), True, by=cast.bo)
    freeze_roll(cast.election)

    merge_people(cast.ada, cast.bo, by=machine())

    assert list(votes_held_by(cast.ada, cast.election)) == []
    assert Voter.objects.filter(election=cast.election, person=cast.ada).count() == 1
