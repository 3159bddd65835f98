"""Nominating, answering, endorsing, judging, withdrawing and freezing: who may, when, and what is told."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from folkmoot.governance.actions.nominations import (
    answer_nomination,
    appeal,
    freeze_candidates,
    let_stand,
    mark_ineligible,
    nominate,
    stop_nominating,
    withdraw_candidacy,
)
from folkmoot.governance.actions.nominations_endorsing import endorse, take_endorsement_back
from folkmoot.governance.actions.nominations_freezing import drawn
from folkmoot.governance.actions.nominations_questions import answer_question, ask_candidates, take_question_off
from folkmoot.governance.models.elections import Contest, ElectionKind, ElectionState
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.queries import rolls
from folkmoot.governance.queries.nominations import (
    affiliations_of,
    candidates_of,
    endorsed,
    nominations_waiting_for,
    stands_in,
    warnings_before_freeze,
)
from folkmoot.governance.tasks.nominations import remind_of_nominations
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.governance.candidates import ROLES, cast_of, code, facts, told
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 9, 3, 12, tzinfo=dt.UTC)  # The third of ten days of nominations, which begin on the first.


@pytest.fixture
def lantern(freeze):
    freeze(NOW)
    organisation()
    return group()


@pytest.fixture
def cast(lantern):
    return cast_of(lantern)


@pytest.fixture
def made(lantern, cast) -> MadeElection:
    return made_election(lantern, officers=[cast.officer], candidates=[cast.candidate], voters=0)


@pytest.fixture
def nothing_is_asked(monkeypatch):
    """Criteria are judged by the part of rolls; here nothing is asked unless a test says otherwise."""
    found: dict[int, list[SimpleNamespace]] = {}
    monkeypatch.setattr(
        rolls,
        "judge_candidate",
        lambda _contest, person, _now: SimpleNamespace(findings=tuple(found.get(person.pk, ()))),
        raising=False,
    )
    return found


def test_who_may_do_what(cast, made, lantern):
    contest, standing = made.contest, made.nominations[0]
    question = CandidateQuestion.objects.create(contest=contest, person=cast.participant, words="Why?")
    open_now = made_election(lantern, ElectionState.OPEN, candidates=[cast.candidate], voters=0).contest

    def fresh() -> Nomination:
        someone = join(PersonFactory(), lantern)
        return Nomination.objects.create(contest=contest, person=someone, state="standing", statement="I")

    def allowed(act) -> str:
        return " ".join(role[:2] for role in ROLES if code(lambda role=role: act(getattr(cast, role))) == "done")

    table = {
        "nominate": allowed(lambda who: nominate(contest, cast.participant, by=who)),
        "nominate oneself": allowed(lambda who: nominate(contest, who, by=who)),
        "answer": allowed(lambda who: answer_nomination(standing, True, statement="I would.", by=who)),
        "endorse": allowed(lambda who: endorse(standing, "Oak", by=who)),
        "take an endorsement back": allowed(lambda who: take_endorsement_back(standing, by=who)),
        "say who may not stand": allowed(lambda who: mark_ineligible(fresh(), "Too new.", by=who)),
        "ask": allowed(lambda who: ask_candidates(open_now, f"What of {who.name}?", by=who)),
        "answer a question": allowed(
            lambda who: answer_question(
                CandidateQuestion.objects.create(contest=contest, words="And?"), standing, "Yes.", by=who
            )
        ),
        "take a question off": allowed(lambda who: take_question_off(question, "Not kind.", by=who)),
        "withdraw": allowed(lambda who: withdraw_candidacy(standing, by=who)),
    }

    inside = "ob pa ma of ca"
    assert table == {
        "nominate": inside,
        # Officers look after it, and the participant was nominated above and says yes on their page.
        "nominate oneself": "ob pa ma ca",
        "answer": "ca",
        "endorse": "ob pa ma of",
        "take an endorsement back": "ob pa ma of",
        "say who may not stand": "of",
        "ask": inside,
        "answer a question": "ca",
        "take a question off": "of",
        "withdraw": "ca",
    }


def test_several_nominate_one_person_who_says_yes(cast, made):
    first = nominate(made.contest, cast.observer, "She listens.", by=cast.participant, shows=True)
    second = nominate(made.contest, cast.observer, "She stays.", by=cast.manager)
    nominate(made.contest, cast.observer, "She really stays.", by=cast.manager)

    assert first == second
    assert list(first.nominators.values_list("person__name", "why", "shows")) == [
        ("Participant", "She listens.", True),
        ("Manager", "She really stays.", False),
    ]
    assert told() == [("Observer", "governance.nominated")] * 2
    assert list(nominations_waiting_for(cast.observer)) == [first]
    assert not stands_in(cast.observer, made.election)

    answer_nomination(first, True, statement=" I would. ", affiliation="Oak\u202e ", by=cast.observer)

    first.refresh_from_db()
    assert (first.state, first.statement, first.affiliation, first.answered_at) == ("standing", "I would.", "Oak", NOW)
    assert told(of="governance.nomination_answered") == [
        ("Manager", "governance.nomination_answered"),
        ("Participant", "governance.nomination_answered"),
    ]
    assert stands_in(cast.observer, made.election)
    assert [one.person.name for one in candidates_of(made.contest)] == ["Candidate", "Observer"]
    assert facts() == ["governance.person_nominated"] * 2 + ["governance.candidate_stood"]

    answer_nomination(first, True, statement="I would, gladly.", affiliation="Oak", by=cast.observer)
    answer_nomination(first, True, statement="I would, gladly.", affiliation="Oak", by=cast.observer)

    assert facts()[3:] == ["governance.candidate_page_changed"]


def test_no_is_kept_to_those_who_nominated_and_can_be_taken_back(cast, made):
    nomination = nominate(made.contest, cast.observer, by=cast.participant)
    answer_nomination(nomination, False, by=cast.observer)

    assert told(of="governance.nomination_answered") == [("Participant", "governance.nomination_answered")]
    assert code(lambda: nominate(made.contest, cast.observer, by=cast.manager)) == "said_no"

    again = nominate(made.contest, cast.observer, by=cast.observer)

    assert (again.pk, again.state) == (nomination.pk, NominationState.PROPOSED)


def test_nomination_that_its_only_nominator_takes_back_is_gone(cast, made):
    nomination = nominate(made.contest, cast.observer, by=cast.participant)
    nominate(made.contest, cast.observer, by=cast.manager)

    stop_nominating(nomination, by=cast.participant)
    assert list(nomination.nominators.values_list("person__name", flat=True)) == ["Manager"]

    stop_nominating(nomination, by=cast.manager)
    assert not Nomination.objects.filter(pk=nomination.pk).exists()


@pytest.mark.parametrize(
    ("day", "nominates", "answers"),
    [(-1, "forbidden", "done"), (0, "done", "done"), (9, "done", "done"), (10, "forbidden", "forbidden")],
)
def test_days_of_the_plan_say_what_is_possible(cast, made, freeze, day, nominates, answers):
    nomination = Nomination.objects.create(contest=made.contest, person=cast.observer)
    freeze(dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=day))

    assert code(lambda: nominate(made.contest, cast.participant, by=cast.participant)) == nominates
    assert code(lambda: answer_nomination(nomination, True, statement="I", by=cast.observer)) == answers


@pytest.mark.parametrize("state", [one for one in ElectionState if one != ElectionState.ANNOUNCED])
def test_nobody_is_nominated_in_drafts_nor_once_it_is_frozen(cast, lantern, state):
    made = made_election(lantern, state, candidates=1, voters=1)

    assert code(lambda: nominate(made.contest, cast.participant, by=cast.participant)) == "forbidden"
    assert code(lambda: mark_ineligible(made.nominations[0], "No.", by=made.officers[0].person)) == "forbidden"


def test_nobody_is_officer_and_candidate(cast, made):
    for person in (cast.officer, cast.participant):
        assert code(lambda person=person: nominate(made.contest, cast.officer, by=person)) == "forbidden"

    nomination = nominate(made.contest, cast.observer, by=cast.observer)
    ElectionOfficer.objects.create(
        election=made.election, person=cast.observer, duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )

    with pytest.raises(Refused) as refused:
        answer_nomination(nomination, True, statement="I", by=cast.observer)
    assert refused.value.message == (
        "You look after this election. Give that back first: nobody is officer and candidate."
    )


def test_nobody_nominates_people_whom_they_cannot_know_of(cast, made):
    unknown = PersonFactory(name="Unknown")

    assert code(lambda: nominate(made.contest, unknown, by=cast.participant)) == "forbidden"


def test_endorsements_are_complete_by_different_affiliations(cast, made):
    Contest.objects.filter(pk=made.contest.pk).update(endorsements=2)
    nomination = made.nominations[0]

    endorse(nomination, "Acme, Inc.", "A good one.", by=cast.observer)
    endorse(nomination, "ACME", by=cast.participant)
    assert told() == []
    endorse(nomination, "Oak", by=cast.manager)
    endorse(nomination, "Oak e.V.", by=cast.manager)

    assert told() == [("Candidate", "governance.endorsements_complete")]
    nomination = Nomination.objects.select_related("contest").get(pk=nomination.pk)
    assert [counts.value for _one, counts in endorsed(nomination).given] == ["yes", "same", "yes"]
    assert facts() == ["governance.candidate_endorsed"] * 3

    take_endorsement_back(nomination, by=cast.manager)
    take_endorsement_back(nomination, by=cast.manager)

    assert (endorsed(nomination).missing, facts()[3:]) == (1, ["governance.endorsement_taken_back"])


def test_who_may_not_stand_hears_why_and_appeals(cast, made, freeze):
    nomination = made.nominations[0]

    assert code(lambda: mark_ineligible(nomination, " ", by=cast.officer)) == "invalid"
    mark_ineligible(nomination, "Takes part since August only.", by=cast.officer)
    assert told() == [("Candidate", "governance.candidate_ineligible")]
    assert "Takes part since August only." in Telling.objects.get().text
    assert not stands_in(cast.candidate, made.election)
    assert code(lambda: nominate(made.contest, cast.candidate, by=cast.participant)) == "ineligible"
    assert code(lambda: appeal(nomination, "Since March.", by=cast.participant)) == "forbidden"

    appeal(nomination, "Since March.", by=cast.candidate)
    assert told(of="governance.candidate_appealed") == [("Officer", "governance.candidate_appealed")]
    let_stand(nomination, by=cast.officer)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.why_ended, nomination.appeal) == ("standing", "", "")
    assert code(lambda: let_stand(nomination, by=cast.officer)) == "not_possible"
    silent = Nomination.objects.create(contest=made.contest, person=cast.observer, state=NominationState.INELIGIBLE)
    freeze(NOW + dt.timedelta(days=8))
    assert code(lambda: let_stand(silent, by=cast.officer)) == "too_late"
    assert facts() == [
        "governance.candidate_ineligible",
        "governance.candidate_appealed",
        "governance.candidate_eligible",
    ]


def test_withdrawing_before_the_freeze_leaves_nothing_and_after_it_keeps_the_place(cast, made, lantern):
    before = made.nominations[0]
    endorse(before, "Oak", by=cast.manager)
    frozen = made_election(lantern, ElectionState.OPEN, officers=[cast.officer], candidates=[cast.candidate], voters=1)
    closed = made_election(lantern, ElectionState.CLOSED, candidates=[cast.candidate], voters=1)

    withdraw_candidacy(before, by=cast.candidate)
    withdraw_candidacy(frozen.nominations[0], by=cast.candidate)
    assert code(lambda: withdraw_candidacy(closed.nominations[0], by=cast.candidate)) == "forbidden"

    before.refresh_from_db()
    after = Nomination.objects.get(pk=frozen.nominations[0].pk)
    assert (before.state, before.statement, before.endorsements.count()) == ("withdrawn", "", 0)
    assert (after.state, after.place, after.ballot_name) == ("withdrawn", 0, "Candidate 1")
    assert list(candidates_of(frozen.contest)) == [after]
    assert told() == [("Officer", "governance.candidate_withdrew")] * 2
    withdrew = Entry.objects.filter(kind="governance.candidate_withdrew").order_by("pk")
    assert [one.payload["frozen"] for one in withdrew] == [False, True]


def test_reminders_come_once_halfway_and_once_on_the_day_before_and_then_it_lapses(cast, made, freeze):
    nomination = nominate(made.contest, cast.observer, by=cast.participant)
    Contest.objects.filter(pk=made.contest.pk).update(endorsements=1)
    Telling.objects.all().delete()
    came = set()

    for day in range(3, 13):
        freeze(dt.datetime(2026, 9, day, 23 if day % 2 else 0, tzinfo=dt.UTC))
        before = Telling.objects.count()
        remind_of_nominations.func()
        remind_of_nominations.func()
        if Telling.objects.count() > before:
            came.add(day)
    nomination.refresh_from_db()

    reminders = Telling.objects.filter(kind="governance.nomination_answer_due").order_by("pk")
    assert [one.once_key.split()[2] for one in reminders] == ["halfway", "last"]
    assert sorted(came) == [6, 9, 11]
    assert told() == [
        ("Candidate", "governance.endorsements_wanted"),
        ("Observer", "governance.nomination_answer_due"),
        ("Observer", "governance.nomination_answer_due"),
        ("Observer", "governance.nomination_lapsed"),
    ]
    assert nomination.state == NominationState.LAPSED
    assert facts().count("governance.nomination_lapsed") == 1


def test_what_is_answered_is_reminded_of_no_more(cast, made, freeze):
    nomination = nominate(made.contest, cast.observer, by=cast.participant)
    answer_nomination(nomination, True, statement="I", by=cast.observer)
    Telling.objects.all().delete()

    freeze(dt.datetime(2026, 9, 9, 9, tzinfo=dt.UTC))
    remind_of_nominations.func()

    assert told() == []


def test_freezing_keeps_who_fulfils_all_in_an_order_of_chance(cast, made, nothing_is_asked):
    contest = made.contest
    Contest.objects.filter(pk=contest.pk).update(endorsements=1)
    contest.refresh_from_db()
    twin = PersonFactory(name="candidate")
    new = PersonFactory(name="New")
    lonely = PersonFactory(name="Lonely")
    for person, affiliation in ((twin, "Oak GmbH"), (new, ""), (lonely, "")):
        Nomination.objects.create(
            contest=contest, person=person, state=NominationState.STANDING, affiliation=affiliation
        )
    for one in contest.nominations.exclude(person=lonely):
        Endorsement.objects.create(nomination=one, person=cast.manager, affiliation="Oak")
    Nomination.objects.filter(person=cast.candidate).update(affiliation="oak")
    Nomination.objects.create(contest=contest, person=cast.observer)
    Nomination.objects.create(contest=contest, ballot_name="Nobody of these", state=NominationState.STANDING)
    nothing_is_asked[new.pk] = [
        SimpleNamespace(holds=True, asked="Takes part.", found="Takes part: yes."),
        SimpleNamespace(holds=False, asked="Takes part before 1 August.", found="Takes part since 3 August."),
    ]

    frozen = freeze_candidates(contest)

    assert sorted((one.ballot_name, one.state) for one in frozen) == [
        ("Candidate (oak)", "standing"),
        ("Nobody of these", "standing"),
        ("candidate (Oak GmbH)", "standing"),
    ]
    assert [one.place for one in frozen] == [0, 1, 2]
    assert frozen[2].ballot_name == "Nobody of these"
    assert {one.person.name: (one.state, one.why_ended) for one in contest.nominations.filter(place=None)} == {
        "New": ("ineligible", "Takes part before 1 August. Takes part since 3 August."),
        "Lonely": ("ineligible", "One endorsement was missing."),
        "Observer": ("lapsed", ""),
    }
    assert told() == [
        ("Lonely", "governance.candidate_ineligible"),
        ("New", "governance.candidate_ineligible"),
        ("Observer", "governance.nomination_lapsed"),
    ]
    assert facts()[-1] == "governance.candidates_frozen"
    contest.election.state = ElectionState.OPEN
    assert list(candidates_of(contest)) == frozen
    assert len(set(affiliations_of(contest)[:2])) == 1


def test_order_on_the_ballot_is_drawn_and_names_alone_keep_theirs(lantern, nothing_is_asked):
    practice = made_election(lantern, kind=ElectionKind.PRACTICE, candidates=0, voters=0)
    for name in ("Yes", "No", "Perhaps"):
        Nomination.objects.create(contest=practice.contest, ballot_name=name, state=NominationState.STANDING)

    assert [one.ballot_name for one in freeze_candidates(practice.contest)] == ["Yes", "No", "Perhaps"]
    orders = {tuple(drawn([1, 2, 3])) for _n in range(200)}
    assert len(orders) == 6


def test_nobody_opens_a_vote_on_nobody(lantern, cast):
    made = made_election(lantern, candidates=0, voters=0, places=2)

    assert code(lambda: freeze_candidates(made.contest)) == "too_few_candidates"
    assert warnings_before_freeze(made.contest) == ["The committee: nobody stands so far, so voting cannot open."]
    for count, words in (
        (1, ["The committee: 1 stand for 2 places. Some will stay free."]),
        (2, ["The committee: as many stand as there are places, so all of them are elected, unless rules say other."]),
        (3, []),
    ):
        Nomination.objects.create(contest=made.contest, person=PersonFactory(), state=NominationState.STANDING)
        assert (count, warnings_before_freeze(made.contest)) == (count, words)
