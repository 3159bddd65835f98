"""Two who run a programme confirm pairs at the same moment. The race has its control, which must overfill."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError

from folkmoot.connections.actions import mentoring_matching
from folkmoot.connections.actions.mentoring_matching import ask_pairs
from folkmoot.connections.models.mentoring import LIVE, MentorPair
from folkmoot.ledger.actors import system
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.mentoring import mentee, mentor, programme
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_mentor_never_has_more_than_there_is_room_for_when_all_confirm_at_once(monkeypatch):
    organisation()
    of = programme("matching")
    offer, people = mentor(of, room=2), [mentee(of) for _n in range(RUNNERS)]

    failed = race(lambda number: ask_pairs(of, [(offer.pk, people[number].pk)], by=system()))

    taken = MentorPair.objects.filter(mentor=offer, state__in=LIVE).order_by("place").values_list("place", flat=True)
    assert (failed, list(taken)) == ([], [1, 2])

    # The control: without holding the programme all see the same place free, and only the database stops three of them.
    MentorPair.objects.all().delete()
    all_have_looked = threading.Barrier(RUNNERS)
    look = mentoring_matching.free_place

    def look_together(*given):
        place = look(*given)
        all_have_looked.wait(timeout=20)
        return place

    with monkeypatch.context() as patch:
        patch.setattr(mentoring_matching, "hold_programme", lambda one: one)
        patch.setattr(mentoring_matching, "free_place", look_together)
        patch.setattr(mentoring_matching, "record", lambda *_given, **_how: None)
        patch.setattr(mentoring_matching, "tell", lambda *_given: None)
        unguarded = race(lambda number: ask_pairs.__wrapped__(of, [(offer.pk, people[number].pk)], by=system()))
    assert [type(error) for error in unguarded] == [IntegrityError] * (RUNNERS - 1)


def test_one_mentee_is_asked_once_when_all_confirm_another_mentor_at_once():
    organisation()
    of = programme("matching")
    offers, wish = [mentor(of) for _n in range(RUNNERS)], mentee(of)

    failed = race(lambda number: ask_pairs(of, [(offers[number].pk, wish.pk)], by=system()))

    assert (failed, MentorPair.objects.count()) == ([], 1)
