"""Several put dots at once, and voting closes meanwhile; each with its control."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError

from folkmoot.connections.actions import spaces_sessions
from folkmoot.connections.actions.spaces_hosting import step_back, take_circle_on
from folkmoot.connections.actions.spaces_sessions import move_on, put_dots
from folkmoot.connections.models.spaces import Dot, SessionState, ThemeSession
from folkmoot.kit.errors import Refused
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.spaces import circle, session_at
from tests.factories.groups import join
from tests.factories.meetings import charter_adopted
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ben():
    organisation()
    return join(PersonFactory(name="Ben"), charter_adopted())


def codes(failed: list[Exception]) -> list[str]:
    return sorted(error.code if isinstance(error, Refused) else type(error).__name__ for error in failed)


def test_nobody_ever_has_more_dots_than_they_are_given(ben, monkeypatch):
    made = session_at(SessionState.VOTING, ben)
    doors, rooms = made.themes.all()

    assert race(lambda n: put_dots(made, {(doors if n % 2 else rooms).pk: 3}, by=ben)) == []
    assert Dot.objects.count() == 3
    assert Dot.objects.values("theme").distinct().count() == 1

    # The control: who does not hold the session has looked before others put theirs. The database still lets nobody
    # have more, but all others are thrown out by an error.
    all_have_looked = threading.Barrier(RUNNERS)
    take_back = spaces_sessions.take_dots_back

    def look_together(session, person):
        if not Dot.objects.exists():
            all_have_looked.wait(timeout=20)
        take_back(session, person)
        all_have_looked.wait(timeout=20)

    Dot.objects.all().delete()
    with monkeypatch.context() as patch:
        patch.setattr(spaces_sessions, "hold_session", looked_at)
        patch.setattr(spaces_sessions, "take_dots_back", look_together)
        failed = race(lambda n: put_dots.__wrapped__(made, {(doors if n % 2 else rooms).pk: 3}, by=ben))
    assert [type(error) for error in failed] == [IntegrityError] * (RUNNERS - 1)
    assert Dot.objects.count() == 3


def test_dots_that_come_when_voting_closes_are_counted_or_refused(ben, monkeypatch):
    made = session_at(SessionState.VOTING, ben)
    theme = made.themes.first()
    people = [PersonFactory() for _n in range(RUNNERS)]

    def put_or_close(number: int) -> None:
        if number == 0:
            move_on(made, SessionState.SUMMARY, by=ben)
        else:
            put_dots(made, {theme.pk: 1}, by=people[number])

    failed = race(put_or_close)

    theme.refresh_from_db()
    assert codes(failed) == ["not_now"] * len(failed)
    assert theme.counted == RUNNERS - 1 - len(failed)
    assert not Dot.objects.exists()

    # The control: dots that looked before voting closed and were put after it are counted by nobody.
    again = session_at(SessionState.VOTING, ben)
    looked, closed = threading.Event(), threading.Event()

    def look_early(session: ThemeSession) -> ThemeSession:
        found = looked_at(session)
        looked.set()
        closed.wait(timeout=20)
        return found

    def late_or_close(number: int) -> None:
        if number == 0:
            put_dots.__wrapped__(again, {again.themes.first().pk: 1}, by=people[0])
        elif number == 1:
            looked.wait(timeout=20)
            with monkeypatch.context() as inner:
                inner.setattr(spaces_sessions, "hold_session", hold)
                move_on(again, SessionState.SUMMARY, by=ben)
            closed.set()

    hold = spaces_sessions.hold_session
    with monkeypatch.context() as patch:
        patch.setattr(spaces_sessions, "hold_session", look_early)
        assert race(late_or_close) == []
    assert (again.themes.first().counted, Dot.objects.count()) == (0, 1)


def test_of_several_who_take_a_circle_on_one_hosts(ben):
    people = [PersonFactory() for _n in range(RUNNERS)]
    made = circle(ben, None, *people)
    step_back(made, by=ben)

    failed = race(lambda number: take_circle_on(made, by=people[number]))

    assert codes(failed) == ["has_host"] * (RUNNERS - 1)
    assert made.members.filter(part="host").count() == 1


def looked_at(session: ThemeSession) -> ThemeSession:
    return ThemeSession.objects.select_related("circle__group", "group").get(pk=session.pk)
