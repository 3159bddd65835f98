"""A guest's answer is changed several times at once, and a poll closes while it is answered; each with its control."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from folkmoot.availability.actions import answer_as_guest, answering, change_guest_answer, close_poll
from folkmoot.availability.models import Poll, PollAnswer
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from tests.calendar.test_races import RUNNERS, race
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.polls import painted, poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Poll:
    organisation()
    return poll(meeting_group())


def codes(failed: list[Exception]) -> list[str]:
    return sorted(error.code for error in failed if isinstance(error, Refused))


def test_form_that_is_sent_several_times_at_once_counts_once_and_of_several_changes_one_is_kept(made, monkeypatch):
    assert race(lambda _number: answer_as_guest(made, painted(made, free=(0,)), name="O", once="a")) == []
    answer = PollAnswer.objects.get()

    failed = race(lambda number: change_guest_answer(answer, painted(made, free=(number,)), name="O", version=1))
    assert codes(failed) == ["stale"] * (RUNNERS - 1)
    answer.refresh_from_db()
    assert answer.version == 2

    # The control: without the lock all read the same version before one writes, and three changes are lost unseen.
    all_have_read = threading.Barrier(RUNNERS)
    paint = answering._paint

    def read_together(one: PollAnswer, *given: object) -> None:
        all_have_read.wait(timeout=20)
        paint(one, *given)

    with monkeypatch.context() as patch:
        patch.setattr(answering, "hold_poll", lambda held: Poll.objects.select_related("group").get(pk=held.pk))
        patch.setattr(answering, "_paint", read_together)
        change = change_guest_answer.__wrapped__
        with recording_is_left_out(patch):
            unguarded = race(lambda number: change(answer, painted(made), name="P", version=2))
    assert unguarded == []
    answer.refresh_from_db()
    assert answer.version == 3


def test_nobody_answers_a_poll_that_has_closed_under_their_hands(made, monkeypatch):
    def close_or_answer(number: int) -> None:
        if number == 0:
            close_poll(made, by=system())
        else:
            answer_as_guest(made, painted(made), name="O", once=str(number))

    failed = race(close_or_answer)

    made.refresh_from_db()
    late = PollAnswer.objects.filter(made_at__gt=made.closed_at).count()
    assert (late, codes(failed), PollAnswer.objects.count()) == (0, ["closed"] * len(failed), RUNNERS - 1 - len(failed))

    # The control: who does not hold the poll has looked before it closed, and answers after it has.
    again = poll(made.group)
    looked, closed = threading.Event(), threading.Event()

    def look_early(held: Poll) -> Poll:
        found = Poll.objects.select_related("group").get(pk=held.pk)
        looked.set()
        closed.wait(timeout=20)
        return found

    def answer_or_close(number: int) -> None:
        if number == 0:
            answer_as_guest.__wrapped__(again, painted(again), name="O", once="late")
        elif number == 1:
            looked.wait(timeout=20)
            close_poll(again, by=system())
            closed.set()

    with monkeypatch.context() as patch, recording_is_left_out(patch):
        patch.setattr(answering, "hold_poll", look_early)
        assert race(answer_or_close) == []
    again.refresh_from_db()
    assert again.answers.get().made_at > again.closed_at


@contextmanager
def recording_is_left_out(patch: pytest.MonkeyPatch):
    """A fact wants a transaction, which the control does without."""
    patch.setattr(answering, "record", lambda *_given, **_how: None)
    yield
