"""What is kept of somebody as a candidate, nominator and asker: shown, merged and erased."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.governance.actions.nominations import (
    nominate,
)
from folkmoot.governance.actions.nominations_endorsing import endorse
from folkmoot.governance.actions.nominations_questions import answer_question, ask_candidates
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState, Nominator
from folkmoot.governance.queries.nominations import (
    candidates_of,
)
from folkmoot.ledger.actors import system
from folkmoot.people.actions import erase_person, merge_people, undo_merge
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.governance.candidates import cast_of
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.groups import group
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


def test_erasing_takes_words_and_leaves_the_ballot(cast, made, lantern):
    endorse(made.nominations[0], "Oak", "A good one.", by=cast.participant)
    nominate(made.contest, cast.observer, "She listens.", by=cast.participant)
    nominate(made.contest, cast.participant, by=cast.participant)
    on_ballot = made_election(lantern, ElectionState.OPEN, candidates=[cast.participant, cast.candidate], voters=1)
    Endorsement.objects.create(
        nomination=on_ballot.nominations[1], person=cast.participant, affiliation="Oak", words="Yes."
    )
    question = ask_candidates(on_ballot.contest, "What comes first?", by=cast.participant)
    answer_question(question, on_ballot.nominations[0], "I.", by=cast.participant)
    entries = {entry.name: entry.item for entry in PERSON_DATA.entries() if entry.name.startswith("governance.")}
    shown = {name: len(data.export(cast.participant)) for name, data in entries.items()}

    erase_person(cast.participant, by=system())

    assert {name: count for name, count in shown.items() if count} == {
        "governance.nominations": 2,
        "governance.nominators": 3,
        "governance.endorsements": 2,
        "governance.candidate_questions": 1,
    }
    stays = Nomination.objects.get(person=cast.participant)
    assert (stays.ballot_name, stays.place, stays.state, stays.statement) == ("Participant 1", 0, "withdrawn", "")
    assert list(Endorsement.objects.values_list("person", "affiliation", "words")) == [(None, "", "")]
    assert list(Nominator.objects.filter(nomination__person=cast.observer).values_list("person", "why")) == [(None, "")]
    question.refresh_from_db()
    assert (question.person, question.words, question.answers.count()) == (None, "What comes first?", 0)


def test_two_records_of_one_person_stand_once(cast, made):
    gone = PersonFactory(name="Candy")
    twice = Nomination.objects.create(contest=made.contest, person=gone, state=NominationState.STANDING, statement="I")
    Nominator.objects.create(nomination=twice, person=cast.manager, why="Twice.")
    Endorsement.objects.create(nomination=twice, person=cast.observer, affiliation="Oak")

    merged = merge_people(kept=cast.candidate, gone=gone, by=system())

    assert [one.person for one in candidates_of(made.contest)] == [cast.candidate]
    assert made.nominations[0].nominators.filter(person=cast.manager).exists()
    assert made.nominations[0].endorsements.filter(person=cast.observer).exists()

    undo_merge(merged, by=system())

    assert [one.person for one in candidates_of(made.contest)] == [cast.candidate, gone]
    assert [one.person for one in twice.nominators.all()] == [cast.manager]
    assert [one.person for one in twice.endorsements.all()] == [cast.observer]
    assert not made.nominations[0].endorsements.exists()
