"""Complaints, certifying, and who is seated where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from folkmoot.governance.actions.results import certify, pass_on
from folkmoot.governance.actions.results_complaints import answer_complaint, complain
from folkmoot.governance.models.elections import (
    Election,
    ElectionKind,
    ElectionState,
    Stage,
)
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.results import ContestResult, Elected, PassedOn
from folkmoot.governance.models.results_complaints import Outcome
from folkmoot.governance.queries.results import seats_in_order, years_of
from folkmoot.governance.rules.results import may_certify
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import Begun, Handover, Seat, Term
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.governance.results import counted
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
COMMON = [[1, 2, 3, 0]] * 6 + [[2, 1, 3, 0]] * 5
TERM = date(2026, 12, 18)


@pytest.fixture
def made(freeze) -> MadeElection:
    """A released election of two seats, of which the second listed has the longer term; complaints end on the 2nd."""
    freeze("2026-11-27T12:00Z")
    organisation()
    of = group()
    seats = [
        add_seat(of, title="Short", term_months=12, by=system()),
        add_seat(of, title="Long", term_months=24, by=system()),
    ]
    made = made_election(of, ElectionState.CLOSED, voters=11, candidates=4, places=2, seats=seats)
    counted(made, COMMON)
    Election.objects.filter(pk=made.election.pk).update(state=ElectionState.RELEASED)
    made.election.refresh_from_db()
    return made


def officer(made: MadeElection):
    return made.officers[0].person


def later(freeze, made: MadeElection) -> None:
    """The day after complaints."""
    last = made.election.stages.get(stage=Stage.COMPLAINTS).last
    freeze(f"{last + timedelta(days=1)}T12:00Z")


def told(*kinds: str) -> list[tuple[str, str]]:
    found = Telling.objects.filter(kind__in=[f"governance.{kind}" for kind in kinds]).order_by("kind", "person_id")
    return [(one.kind.partition(".")[2], one.person.name) for one in found]


def refusal(call, *given, **named) -> str:
    with pytest.raises(Refused) as refused:
        call(*given, **named)
    return refused.value.code


def test_terms_begin_on_their_day_longest_first_and_before_that_others_hand_over(made, freeze) -> None:
    holder, long = PersonFactory(name="Olga"), Seat.objects.get(title="Long")
    join(holder, made.election.group)
    begin_term(long, holder, how=Begun.APPOINTED, begins_on=date(2025, 1, 1), ends_on=date(2027, 6, 1), by=system())
    too_early = refusal(certify, made.election, by=officer(made))
    later(freeze, made)
    begins = made.election.stages.get(stage=Stage.TERM).first

    certify(made.election, by=officer(made))

    first, second = made.nominations[0].person, made.nominations[1].person
    new = [(term.person, term.seat.title, term.begins_on, term.how) for term in Term.objects.exclude(person=holder)]
    assert too_early == "forbidden"
    assert sorted(new, key=lambda one: one[1]) == [
        (first, "Long", begins, "elected"), (second, "Short", begins, "elected"),
    ]  # fmt: skip
    assert [one.term.person for one in Elected.objects.all()] == [first, second]
    old = Term.objects.get(person=holder)
    assert (old.ended_on, old.ended_because) == (begins, "handed_over")
    assert Handover.objects.get().leaver == holder
    assert told("hand_over_please", "result_is_certified") == [
        ("hand_over_please", "Olga"),
        *(("result_is_certified", one.person.name) for one in made.nominations[2:]),
    ]
    fact = Entry.objects.get(kind="governance.election_certified")
    assert (fact.actor, len(fact.payload["terms"])) == (officer(made), 2)
    assert refusal(certify, made.election, by=officer(made)) == "forbidden"
    assert Election.objects.get(pk=made.election.pk).state == "certified"


def test_terms_that_differ_in_whole_years_are_told_to_the_count(made) -> None:
    assert [one.seat.title for one in seats_in_order(made.contest)] == ["Long", "Short"]
    assert years_of(seats_in_order(made.contest)) == (2, 1)
    assert ContestResult.objects.get().rules["terms"] == [2, 1]
    Seat.objects.filter(title="Short").update(term_months=18)
    assert years_of(seats_in_order(made.contest)) == ()


def test_complaint_is_heard_answered_and_holds_up_the_certificate(made, freeze) -> None:
    voter, stranger = made.voters[0].person, PersonFactory()
    refused = [
        refusal(complain, made.election, words="Hm.", by=stranger),
        refusal(complain, made.election, words=" ", by=voter),
    ]
    complaint = complain(made.election, words="I got no mail.", by=voter)
    again = complain(made.election, words="I got no mail. ", by=voter)
    later(freeze, made)
    late = refusal(complain, made.election, words="And one more.", by=voter)
    held = may_certify(officer(made), made.election, timezone.now())
    not_theirs = refusal(answer_complaint, complaint, outcome=Outcome.REJECTED, answer="No.", by=voter)

    answer_complaint(
        complaint, outcome=Outcome.REPEAT, answer="The mail went out late.", private_answer="Sorry.", by=officer(made)
    )

    assert (refused, again, late, not_theirs) == (["forbidden", "invalid"], complaint, "forbidden", "forbidden")
    assert held.reason == "First answer every complaint."
    assert refusal(answer_complaint, complaint, outcome=Outcome.UPHELD, answer="Yes.", by=officer(made)) == "forbidden"
    assert may_certify(officer(made), made.election, timezone.now()).reason == (
        "A complaint was upheld: this election is to be repeated, so nobody is seated by it."
    )
    assert told("complaint_is_made", "complaint_is_answered") == [
        ("complaint_is_answered", voter.name), ("complaint_is_made", officer(made).name),
    ]  # fmt: skip
    facts = Entry.objects.filter(kind__startswith="governance.complaint").order_by("pk")
    assert [(one.kind, one.actor) for one in facts] == [
        ("governance.complaint_made", None), ("governance.complaint_answered", officer(made)),
    ]  # fmt: skip


def test_words_of_who_is_erased_go_and_the_answer_stays(made) -> None:
    voter = made.voters[0].person
    complaint = complain(made.election, words="I, Vera, got no mail.", by=voter)
    answer_complaint(
        complaint, outcome=Outcome.REJECTED, answer="It was sent.", private_answer="Vera!", by=officer(made)
    )
    exported = PERSON_DATA["governance.election_complaints"].export(voter)

    erase_person(voter, by=system())

    complaint.refresh_from_db()
    assert exported[0]["words"] == "I, Vera, got no mail."
    assert (complaint.words, complaint.answer, complaint.private_answer) == ("—", "It was sent.", "")


def test_next_of_the_count_follows_on_who_cannot_take_the_seat(made, freeze) -> None:
    later(freeze, made)
    first = Elected.objects.get(position=0)
    can = refusal(pass_on, first, why="They left.", by=officer(made))
    Nomination.objects.filter(pk=first.nomination_id).update(state=NominationState.WITHDRAWN)
    held = refusal(certify, made.election, by=officer(made))
    codes = [
        refusal(pass_on, first, why=" ", by=officer(made)),
        refusal(pass_on, first, why="x", by=made.voters[0].person),
    ]

    follower = pass_on(first, why="They moved away.", by=officer(made))
    certify(made.election, by=officer(made))

    assert (can, held, codes) == ("can_be_seated", "cannot_be_seated", ["invalid", "forbidden"])
    assert (follower.nomination, follower.position) == (made.nominations[2], 0)
    assert [(one.nomination, one.to, one.why) for one in PassedOn.objects.all()] == [
        (made.nominations[0], made.nominations[2], "They moved away."),
    ]
    assert {term.person for term in Term.objects.all()} == {made.nominations[n].person for n in (1, 2)}
    assert told("you_follow") == [("you_follow", made.nominations[2].person.name)]


def test_seat_stays_empty_where_nobody_is_left_to_follow(made, freeze) -> None:
    later(freeze, made)
    Nomination.objects.exclude(pk=made.nominations[1].pk).update(state=NominationState.WITHDRAWN)

    assert pass_on(Elected.objects.get(position=0), why="They left.", by=officer(made)) is None
    certify(made.election, by=officer(made))

    assert [term.person for term in Term.objects.all()] == [made.nominations[1].person]


def test_practice_election_seats_nobody(made, freeze) -> None:
    later(freeze, made)
    Election.objects.filter(pk=made.election.pk).update(kind=ElectionKind.PRACTICE)

    certify(made.election, by=officer(made))

    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("kind", "outcome", "ends"),
    [
        (ElectionKind.RECALL, "carried", True),
        (ElectionKind.RECALL, "failed", False),
        (ElectionKind.CONFIDENCE, "failed", True),
        (ElectionKind.CONFIDENCE, "no_quorum", False),
    ],
)
def test_recall_that_is_carried_ends_the_term(made, freeze, kind, outcome, ends) -> None:
    later(freeze, made)
    holder, seat = PersonFactory(), Seat.objects.get(title="Long")
    term = begin_term(seat, holder, how=Begun.ELECTED, begins_on=date(2026, 6, 1), by=system())
    Election.objects.filter(pk=made.election.pk).update(kind=kind, of=seat, about=holder)
    row = ContestResult.objects.get()
    row.result["verdict"] = {"result": outcome, "yes": 1, "base": 2, "needed": 1, "there": 2, "quorum": 0}
    row.save()

    certify(made.election, by=officer(made))

    term.refresh_from_db()
    assert (term.ended_because == "removed", Term.objects.count()) == (ends, 1)
