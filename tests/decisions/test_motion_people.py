"""What motions keep about people: handed out, merged, erased."""

from __future__ import annotations

import pytest

from folkmoot.decisions.actions import amend_motion, answer_amendment, clear_block, second_motion
from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models import MotionAmendment, Position, Voter
from folkmoot.decisions.motion_queries import count_now
from folkmoot.people.actions import merge_people
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.motions import council, motion, opened, vote
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

OURS = ("motions_seconded", "motion_amendments", "motion_amendments_answered", "votes")


@pytest.fixture
def ben(clock):
    """He seconded, amended (once accepted, once not), and blocked until he took it back."""
    here = council()
    put = motion(here.group, by=here.ada)
    second_motion(put, by=here.ben)
    taken, _left = (
        amend_motion(put, by=here.ben, change=Change.INSERT, paragraph=number, text=f"Ben {number}", why="Ben says so.")
        for number in (1, 2)
    )
    answer_amendment(taken, by=here.ada, accept=True)
    on = opened(here.group, by=here.ada)
    vote(on, "block", here.ben, text="Ben is against it.")
    clear_block(on, by=here.ben, to=Value.APPROVE, why="Ben is for it.")
    return here.ben


def entries() -> dict:
    return {name: PERSON_DATA[f"decisions.{name}"] for name in OURS}


def test_everything_is_handed_out(ben):
    found = {name: data.export(ben) for name, data in entries().items()}

    assert [len(found[name]) for name in OURS] == [1, 2, 0, 1]
    (row,) = found["votes"]
    assert [(one["value"], one["text"], one["why_taken_back"]) for one in row["positions"]] == [
        ("block", "Ben is against it.", "Ben is for it."),
        ("approve", "Ben is for it.", ""),
    ]


def test_words_are_erased_and_the_count_stays(ben):
    on = Voter.objects.get(person=ben).motion
    before = count_now(on)

    for data in entries().values():
        data.erase(ben)

    assert count_now(on) == before
    assert set(Position.objects.values_list("text", "cleared_because")) == {("", "")}
    assert list(MotionAmendment.objects.values_list("text", "why")) == [("Ben 1", ""), ("", "")]


def test_merged_person_has_the_votes_of_both(ben):
    kept, steward = PersonFactory(), PersonFactory(is_steward=True)

    merge_people(kept, ben, by=steward)

    assert [len(data.export(kept)) for data in entries().values()] == [1, 2, 0, 1]
