"""A recall, a vote of confidence, an election for a vacancy and a practice election, each from begin to certify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.actions.nominations import answer_nomination, nominate
from folkmoot.governance.actions.officers import answer_duty, ask_officer
from folkmoot.governance.actions.officers_freezing import open_voting, preview_of
from folkmoot.governance.actions.officers_keys import give_keys
from folkmoot.governance.actions.opening import close_voting, hand_in_rankings, send_shares
from folkmoot.governance.actions.plan import DaysGiven, announce_election, begin_election
from folkmoot.governance.actions.plan_contests import ContestGiven
from folkmoot.governance.actions.results import certify, release_results, sign_manifest
from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.days import Step
from folkmoot.governance.domain.sealed.envelopes import new_key, seal
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.results import ContestResult, Elected
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.nominations import candidates_of
from folkmoot.governance.queries.plan import days_of
from folkmoot.governance.queries.results import bundle_of
from folkmoot.groups.actions.seats import add_seat, begin_term, end_term
from folkmoot.groups.models import Begun, CharterVersion, Ended, Group, Term
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection
from tests.factories.governance.opening import found_by, shares_of
from tests.factories.governance.results import signed
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NAMES = ("Ada", "Bo", "Fay")


@dataclass
class Cast:
    """A group of five whose chair Gus sits until 1 November 2028."""

    group: Group
    manager: Person
    people: dict[str, Person]
    term: Term


@pytest.fixture
def cast(freeze) -> Cast:
    freeze("2027-08-02T12:00Z")
    organisation(zone="UTC")
    lantern = group()
    people = {name: join(PersonFactory(name=name), lantern) for name in (*NAMES, "Gus")}
    manager = PersonFactory(name="Max")
    lead(manager, lantern, ends_on=date(2029, 1, 1))
    chair = add_seat(lantern, title="Chair", term_months=24, by=system())
    term = begin_term(chair, people["Gus"], how=Begun.ELECTED, begins_on=date(2026, 11, 1), by=system())
    return Cast(lantern, manager, people, term)


def begun(cast: Cast, kind: str, **values) -> Election:
    election = begin_election(
        cast.group,
        kind=kind,
        title=f"The {kind}",
        days=DaysGiven(timezone.now().date() + timedelta(days=40), Step.VOTING),
        zone="UTC",
        needed=1,
        by=cast.manager,
        **values,
    )
    officer = cast.people["Ada"]
    answer_duty(ask_officer(election, officer, by=cast.manager), accepts=True, by=officer)
    announce_election(election, by=cast.manager)
    return election


def voted(freeze, cast: Cast, election: Election, answers: list[str]) -> Election:
    """Open it, cast a ballot for a first answer by each of so many, count, sign and release."""
    officer, keys = cast.people["Ada"], {"opening": new_key(), "signing": new_key()}
    public = [{name: key[name] for name in ("kty", "crv", "x", "y")} for key in keys.values()]
    give_keys(election.officers.get(person=officer), *public, by=officer)
    days = days_of(election)
    freeze(f"{days[Step.VOTING].first}T12:00Z")
    found = preview_of(election)
    assert found.stops == []
    open_voting(
        election, despite=[check.code for check in found.warnings], why_unrehearsed="One officer alone.", by=officer
    )
    election = Election.objects.get(pk=election.pk)
    contest = election.contests.select_related("election").get()
    names = [candidate.ballot_name for candidate in candidates_of(contest)]
    for answer, person in zip(answers, cast.people.values(), strict=False):
        ranks = [1 if name == answer else 0 for name in names]
        cast_ballots(election, {contest.pk: seal(ranks, sealing_for(contest)).text}, by=person)
    freeze(f"{days[Step.VOTING].last + timedelta(days=1)}T12:00Z")
    election = close_voting(election, by=system())
    made = MadeElection(election, contest, list(election.officers.all()), [], [], [keys])
    send_shares(election, shares_of(made, 0), by=officer)
    hand_in_rankings(election, found_by(made, 0), by=officer)
    manifest = Election.objects.get(pk=election.pk).bundle.manifest
    sign_manifest(election, signed(manifest, keys["signing"]), by=officer)
    return release_results(election, by=officer)


def certified(freeze, cast: Cast, election: Election) -> None:
    days = days_of(election)
    last = days[Step.COMPLAINTS].last if Step.COMPLAINTS in days else days[Step.RESULT].last
    freeze(f"{last + timedelta(days=1)}T12:00Z")
    certify(election, by=cast.people["Ada"])
    election = Election.objects.get(pk=election.pk)
    assert election.state == ElectionState.CERTIFIED
    assert verify_any(bundle_of(election), frozen=election.frozen_hash).is_right


def outcome(election: Election) -> str:
    return from_json(ContestResult.objects.get(contest__election=election).result).verdict.result.value


def two_thirds(of: Group) -> None:
    """A charter whose votes need two thirds, and half of those who have a vote."""
    CharterVersion.objects.create(
        group=of,
        number=2,
        text="# Charter",
        digest="d" * 64,
        in_force_from=date(2027, 1, 1),
        reading={
            "decision_rules": [
                {
                    "text": "A decision needs two thirds of the votes cast.",
                    "number": "4.1",
                    "anchor": "41",
                },
                {"text": "A quorum is half of the members.", "number": "4.2", "anchor": "42"},
            ]
        },
    )


@pytest.mark.parametrize(
    ("kind", "answers", "came", "is_removed"),
    [
        ("recall", ["Yes", "Yes", "No"], "carried", True),
        ("recall", ["Yes", "Yes"], "no_quorum", False),
        ("confidence", ["Yes", "No", "Yes", "No"], "failed", True),
    ],
)
def test_question_about_a_seat_is_counted_by_the_charter_and_ends_the_term_or_leaves_it(
    cast, freeze, settle, kind, answers, came, is_removed
):
    two_thirds(cast.group)
    election = begun(cast, kind, of=cast.term.seat, about=cast.people["Gus"])
    contest = election.contests.get()
    assert [one.ballot_name for one in contest.nominations.order_by("pk")] == ["Yes", "No"]
    page = Client().get(election.get_absolute_url()).content.decode()
    assert (contest.title in page, "two thirds of the votes cast" in page, "Nominate" in page) == (True, True, False)

    election = voted(freeze, cast, election, answers)
    assert outcome(election) == came
    certified(freeze, cast, election)
    settle()

    term = Term.objects.get(pk=cast.term.pk)
    assert (term.ended_because, term.ended_on is not None) == (Ended.REMOVED if is_removed else "", is_removed)
    assert not Elected.objects.exists()
    told = Telling.objects.filter(person=cast.people["Gus"]).order_by("pk").values_list("kind", flat=True)
    assert [kind for kind in told if kind in ("governance.question_about_you", "governance.result_is_there")] == [
        "governance.question_about_you", "governance.result_is_there",
    ]  # fmt: skip


@pytest.mark.parametrize("acts", [False, True])
def test_vacancy_is_filled_until_the_day_on_which_the_term_that_fell_empty_would_have_ended(cast, freeze, acts):
    end_term(cast.term, because=Ended.RESIGNED, on=date(2027, 8, 2), by=cast.people["Gus"])
    if acts:
        begin_term(cast.term.seat, cast.people["Bo"], how=Begun.ACTING, by=system())
    election = begun(cast, "vacancy", contests=[ContestGiven("Chair", seats=[cast.term.seat])])
    contest, days = election.contests.get(), days_of(election)
    freeze(f"{days[Step.NOMINATIONS].first}T12:00Z")
    fay = cast.people["Fay"]
    answer_nomination(nominate(contest, fay, "", by=fay), True, by=fay, statement="I would chair.")

    election = voted(freeze, cast, election, ["Fay"] * 2)
    certified(freeze, cast, election)

    term = Term.objects.get(seat=cast.term.seat, person=fay)
    assert (term.begins_on, term.ends_on) == (days[Step.TERM].first, date(2028, 11, 1))


def test_practice_is_seen_by_the_group_alone_and_seats_nobody(cast, freeze):
    election = begun(cast, "practice")
    member, stranger = Client(), Client()
    member.force_login(cast.people["Bo"])
    outsider = Client()
    outsider.force_login(PersonFactory())
    listing = f"/groups/{cast.group.slug}/elections/"
    assert [one.get(election.get_absolute_url()).status_code for one in (member, outsider, stranger)] == [200, 404, 404]
    assert ["The practice" in one.get(listing).content.decode() for one in (member, outsider)] == [True, False]

    election = voted(freeze, cast, election, ["Amber Lark"])
    certified(freeze, cast, election)

    assert list(Term.objects.all().values_list("seat", flat=True)) == list(
        Term.objects.filter(pk__in=[cast.term.pk, *_leading(cast)]).values_list("seat", flat=True)
    )
    assert [one.get(election.get_absolute_url()).status_code for one in (outsider, stranger)] == [404, 404]


def _leading(cast: Cast) -> list[int]:
    return list(Term.objects.filter(person=cast.manager).values_list("pk", flat=True))
