"""What the two of a pair do, what happens to them by the calendar, and what is kept about them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from folkmoot.connections.actions.mentoring_pairs import (
    NextMeeting,
    agree_on_goals,
    answer_check_in,
    end_pair,
    forget_meeting,
    look_again,
    note_meeting,
    reflect,
    set_next_meeting,
    take_reflection_back,
)
from folkmoot.connections.actions.mentoring_schedule import close_programmes
from folkmoot.connections.models.mentoring import (
    ClosingReflection,
    EndedBy,
    HowItGoes,
    MentorPair,
    PairCheckIn,
    PairMeeting,
    PairNote,
    PairState,
    SharedWith,
)
from folkmoot.connections.models.mentoring_programmes import MentoringApplication
from folkmoot.connections.queries.mentoring import numbers_of, pairs_waiting_for, quotes_of
from folkmoot.connections.tasks.mentoring import mentoring_by_the_calendar
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people, undo_merge
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.connections.mentoring import mentee, mentor, pair, programme, told
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = "2026-11-23T12:00Z"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze(NOON)
    organisation()
    return clock


@pytest.fixture
def lead(clock):
    return join(PersonFactory(name="Lead"), group(), Power.MANAGE)


@pytest.fixture
def running(lead):
    of = programme("running", lead.participations.get().group)
    return pair(mentor(of, PersonFactory(name="Ann")), mentee(of, PersonFactory(name="Ben")))


@pytest.fixture
def ann(running):
    return running.mentor.person


@pytest.fixture
def ben(running):
    return running.mentee.person


def test_nobody_but_the_two_does_anything_and_for_them_it_is_as_they_say(running, ann, ben, lead):
    steward = PersonFactory(is_steward=True)
    met = note_meeting(running, TODAY - timedelta(days=0), words="Good.", by=ann)
    for stranger in (lead, steward, PersonFactory()):
        for action in (
            lambda by: agree_on_goals(running, goals="x", weeks=2, by=by),
            lambda by: set_next_meeting(running, None, by=by),
            lambda by: note_meeting(running, TODAY, by=by),
            lambda by: forget_meeting(met, by=by),
            lambda by: end_pair(running, looks_again=False, by=by),
            lambda by: reflect(running, "x", SharedWith.ME, by=by),
            lambda by: look_again(running.mentee, True, by=by),
        ):
            with pytest.raises(Refused) as refused:
                action(stranger)
            assert refused.value.code == "not_found"

    agree_on_goals(running, goals="To read maps.\r\nAll of them.", weeks=3, was="", by=ben)
    with pytest.raises(Refused) as stale:
        agree_on_goals(running, goals="Else", weeks=3, was="", by=ann)
    agree_on_goals(running, goals="Together.", weeks=1, was="To read maps.\r\nAll of them.", by=ann)

    running.refresh_from_db()
    assert (stale.value.code, running.goals, running.goals_by, running.weeks) == ("stale", "Together.", ann, 1)


def test_next_meeting_is_set_on_the_wall_and_the_other_one_is_told_once(running, ann, ben):
    when = NextMeeting(TODAY + timedelta(days=2), time(15), "Europe/Lisbon", 60)

    set_next_meeting(running, when, by=ann)
    set_next_meeting(running, when, by=ann)

    running.refresh_from_db()
    assert (running.next_at.isoformat(), running.next_number) == ("2026-11-25T15:00:00+00:00", 1)
    assert (told(ann), told(ben)) == ([], ["mentor_pair_next_meeting"])
    for odd, code in (
        (NextMeeting(TODAY, time(8), "Europe/Lisbon"), "past"),
        (NextMeeting(date(9999, 12, 31), time(23, 59), "America/New_York"), "invalid"),
        (NextMeeting(date(2027, 3, 28), time(1, 30), "Europe/Lisbon"), "invalid"),
        (NextMeeting(TODAY + timedelta(days=1), time(8), "Europe/Lisbon", 5), "invalid"),
    ):
        with pytest.raises(Refused) as refused:
            set_next_meeting(running, odd, by=ben)
        assert refused.value.code == code
    set_next_meeting(running, None, by=ben)
    assert MentorPair.objects.get().next_at is None


def test_meetings_are_days_with_a_note_of_each(running, ann, ben):
    first = note_meeting(running, TODAY, words="Mine.", by=ann)
    assert note_meeting(running, TODAY, words="Yours.", by=ben) == first
    note_meeting(running, TODAY, words="Mine, better.", by=ann)

    assert list(PairNote.objects.values_list("person__name", "words")) == [("Ann", "Mine, better."), ("Ben", "Yours.")]
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=2)):
        with pytest.raises(Refused, match="not one to come"):
            note_meeting(running, day, by=ann)
    with pytest.raises(Refused) as refused:
        forget_meeting(first, by=ann)
    assert refused.value.code == "has_notes"


def test_pairs_are_asked_how_it_goes_exactly_once_and_attention_is_told_to_those_who_run_it(
    clock, running, ann, ben, lead
):
    """The task runs twice, the clock jumps ahead, back, and goes on: each is asked once for each moment."""
    for shift in (timedelta(), timedelta(days=5), timedelta(days=-9), timedelta(days=9), timedelta()):
        clock.shift(shift)
        mentoring_by_the_calendar.func()

    assert list(PairCheckIn.objects.values_list("person", "moment")) == [(ann.pk, "month"), (ben.pk, "month")]
    assert (told(ann), told(ben), told(lead)) == (["mentoring_check_in"], ["mentoring_check_in"], [])
    assert list(pairs_waiting_for(ben)) == [running]
    check_in = PairCheckIn.objects.get(person=ben)
    for answer in (HowItGoes.WELL, HowItGoes.ATTENTION, HowItGoes.ATTENTION):
        answer_check_in(check_in, answer, by=ben)
    with pytest.raises(Refused) as refused:
        answer_check_in(check_in, HowItGoes.WELL, by=ann)
    assert (refused.value.code, told(lead), told(ann)) == (
        "not_found", ["mentoring_attention"], ["mentoring_check_in"],
    )  # fmt: skip
    assert not pairs_waiting_for(ben).exists()

    clock.shift(timedelta(days=165))
    mentoring_by_the_calendar.func()

    assert list(PairCheckIn.objects.filter(person=ben).values_list("moment", flat=True)) == ["month", "end"]


def test_pair_ends_kindly_and_each_says_for_themselves_whether_to_look_again(running, ann, ben, lead):
    end_pair(running, looks_again=True, by=ben)
    end_pair(running, looks_again=False, by=ben)

    running.refresh_from_db()
    assert (running.state, running.ended_by, running.ended_on) == (PairState.ENDED, EndedBy.EARLY, TODAY)
    assert (told(ann), told(ben), told(lead)) == (["mentor_pair_ended"], [], [])
    pool = {one.person.name: one.in_pool for one in MentoringApplication.objects.all()}
    assert pool == {"Ann": False, "Ben": True}
    look_again(running.mentor, True, by=ann)
    assert MentoringApplication.objects.get(person=ann).in_pool
    entry = Entry.objects.get(kind="connections.mentor_pair_ended")
    assert (entry.actor, entry.about) == (None, None)
    with pytest.raises(Refused) as refused:
        agree_on_goals(running, goals="More", weeks=1, by=ann)
    assert refused.value.code == "not_now"


def test_term_ends_by_itself_once_and_reflections_go_where_their_writer_says(clock, running, ann, ben, lead):
    of = running.programme
    asked = pair(mentor(of), mentee(of), "asked")
    clock.move_to(f"{of.ends_on + timedelta(days=1)}T09:00Z")
    for _again in range(2):
        mentoring_by_the_calendar.func()

    running.refresh_from_db()
    asked.refresh_from_db()
    of.refresh_from_db()
    assert (running.state, running.ended_by, running.ended_on) == (PairState.ENDED, EndedBy.TERM, of.ends_on)
    assert (asked.state, of.closed_at is not None) == (PairState.UNMADE, True)
    assert (told(ann), told(asked.mentee.person)) == (["mentoring_term_is_over"], ["mentor_pair_unmade"])
    assert Entry.objects.filter(kind="connections.mentoring_closed").count() == 1
    assert close_programmes(now=timezone.now()) == 0

    reflect(running, "I can read maps.", SharedWith.QUOTE, by=ben)
    reflect(running, "Kept to myself.", SharedWith.ME, by=ann)
    assert quotes_of(of) == ["I can read maps."]
    reflect(running, "I can read maps.", SharedWith.RUNS, by=ben)
    take_reflection_back(running, by=ann)
    assert (quotes_of(of), ClosingReflection.objects.count()) == ([], 1)
    with pytest.raises(Refused, match="few words"):
        reflect(running, "  ", SharedWith.ME, by=ben)


def test_those_who_run_it_hear_once_that_suggestions_wait(clock, lead):
    of = programme("matching", lead.participations.get().group)
    mentor(of)

    for _again in range(2):
        mentoring_by_the_calendar.func()

    assert told(lead) == ["mentoring_matching_begins"]


def test_numbers_are_shown_from_five_pairs_on():
    of = programme("running")
    pairs = [pair(mentor(of), mentee(of)) for _n in range(4)]
    PairMeeting.objects.create(pair=pairs[0], held_on=TODAY)
    assert numbers_of(of) is None

    pair(mentor(of), mentee(of), "ended", ended_by="early")

    found = numbers_of(of)
    assert (found.mentors, found.mentees, found.pairs, found.meetings, found.ended_early) == (5, 5, 5, 1, 1)


def test_whoever_is_erased_leaves_the_other_ones_notes_and_none_of_their_own_words(running, ann, ben):
    note_meeting(running, TODAY, words="Canary of Ann", by=ann)
    note_meeting(running, TODAY, words="Ben learned", by=ben)
    agree_on_goals(running, goals="Canary goals", weeks=2, by=ann)
    PairCheckIn.objects.create(pair=running, person=ann, moment="month", asked_at=timezone.now())
    MentoringApplication.objects.filter(person=ann).update(words="Canary words", languages=["en"])
    exported = {str(data.title): data.export(ann) for data in PERSON_DATA}
    assert [row["with"] for row in exported["Your applications for mentoring, with your pairs"][0]["pairs"]] == ["Ben"]
    assert [row["words"] for row in exported["Your notes about meetings with your mentor or mentee"]] == [
        "Canary of Ann"
    ]

    erase_person(ann, by=machine())

    running.refresh_from_db()
    assert list(PairNote.objects.values_list("person", "words")) == [(ben.pk, "Ben learned")]
    assert (running.state, running.goals, running.goals_by) == (PairState.ENDED, "", None)
    left = MentoringApplication.objects.get(pk=running.mentor_id)
    assert (left.words, left.languages, left.in_pool, left.person.name) == ("", [], False, "Someone who left")
    assert not PairCheckIn.objects.filter(person=ann).exists()
    assert told(ben) == ["mentor_pair_ended"]
    assert "Ann" not in str(Telling.objects.filter(person=ben).values_list("subject", flat=True))


def test_pairs_follow_a_merge_and_come_back_and_nobody_is_their_own_mentor(running, ann, ben):
    of, double, shadow = running.programme, PersonFactory(), PersonFactory()
    other = pair(mentor(of, double), mentee(of), place=2)
    record = merge_people(ann, double, by=machine())
    other.refresh_from_db()
    assert other.mentor.person == ann

    undo_merge(record, by=machine())
    other.refresh_from_db()
    assert other.mentor.person == double

    alone = pair(mentor(of, shadow, room=1), mentee(of, ann))
    merge_people(ann, shadow, by=machine())
    alone.refresh_from_db()
    assert alone.state == PairState.ENDED
    crowd, beside = PersonFactory(), pair(mentor(of), mentee(of))
    moves = pair(mentor(of, crowd), mentee(of))
    merge_people(ann, crowd, by=machine())
    moves.refresh_from_db()
    assert (moves.mentor.person, moves.place, moves.state) == (ann, 2, PairState.RUNNING)
    merge_people(ben, beside.mentee.person, by=machine())
    beside.refresh_from_db()
    assert beside.state == PairState.ENDED, "nobody has two mentors"
    assert MentorPair.objects.get(pk=running.pk).state == PairState.RUNNING


def test_whoever_answers_the_last_question_is_waited_for_no_more(running, ben):
    """Of two questions only the last one can be answered."""
    for moment, days in (("month", 5), ("middle", 1)):
        at = timezone.now() - timedelta(days=days)
        last = PairCheckIn.objects.create(pair=running, person=ben, moment=moment, asked_at=at)
    assert list(pairs_waiting_for(ben)) == [running]

    answer_check_in(last, HowItGoes.WELL, by=ben)

    assert not pairs_waiting_for(ben).exists()


def test_attention_goes_to_a_steward_where_only_the_other_one_runs_it(lead):
    of, steward = programme("running", lead.participations.get().group), PersonFactory(is_steward=True)
    theirs = pair(mentor(of, lead), mentee(of))
    check_in = PairCheckIn.objects.create(
        pair=theirs, person=theirs.mentee.person, moment="month", asked_at=timezone.now()
    )

    answer_check_in(check_in, HowItGoes.ATTENTION, by=theirs.mentee.person)

    assert (told(lead), told(steward)) == ([], ["mentoring_attention"])


def test_another_length_of_the_same_meeting_is_kept_and_told(running, ann, ben):
    for minutes in (30, 90):
        set_next_meeting(running, NextMeeting(TODAY + timedelta(days=2), time(15), "UTC", minutes), by=ann)

    running.refresh_from_db()
    assert (running.next_minutes, running.next_number, told(ben)) == (90, 2, ["mentor_pair_next_meeting"] * 2)


def test_pair_that_ends_before_the_first_day_began_no_later_than_it_ended(lead):
    of = programme("matching", lead.participations.get().group)
    early = pair(mentor(of), mentee(of))

    end_pair(early, looks_again=False, by=early.mentee.person)

    early.refresh_from_db()
    assert (early.began_on, early.ended_on) == (TODAY, TODAY)


def test_whoever_was_asked_together_with_somebody_erased_hears_that_it_does_not_come_about(lead):
    of = programme("matching", lead.participations.get().group)
    asked = pair(mentor(of), mentee(of), "asked")

    erase_person(asked.mentor.person, by=machine())

    asked.refresh_from_db()
    assert (asked.state, told(asked.mentee.person)) == (PairState.UNMADE, ["mentor_pair_unmade"])
