"""One of everything that this part of connections has an address for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from folkmoot.connections.actions.spaces import CircleWords, join_circle, start_circle
from folkmoot.connections.actions.spaces_sessions import (
    Board,
    SessionWords,
    gather_themes,
    move_on,
    open_session,
    write_note,
)
from folkmoot.connections.actions.spaces_summary import publish_summary
from folkmoot.connections.models.spaces import Circle, CircleFor, SessionState, SummaryFor, ThemeSession
from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


def circle_words(**changed: Any) -> CircleWords:
    """A circle that meets every second Tuesday for ten weeks from today on."""
    today = today_here()
    given = {
        "name": "Slow reading",
        "about": "One chapter each time, and no homework.",
        "zone": "Europe/Lisbon",
        "first_day": today,
        "ends_on": today + dt.timedelta(weeks=10),
        "subjects": ("Books", "Care work"),
        "every": 2,
        "weekday": 1,
        "at": dt.time(18, 0),
        "place_link": "https://meet.example.org/slow-reading",
    }
    return CircleWords(**{**given, **changed})  # type: ignore[arg-type]


def circle(by: Person, group: Group | None = None, *members: Person, **changed: Any) -> Circle:
    """A circle that somebody started and others joined."""
    made = start_circle(circle_words(**changed), group=group, by=by)
    for person in members:
        join_circle(made, by=person)
    return made


def session_words(**changed: Any) -> SessionWords:
    """A session on one question."""
    given = {"title": "First visits", "prompts": ("How might we make first visits less lonely?",), "zone": "UTC"}
    return SessionWords(**{**given, **changed})  # type: ignore[arg-type]


def session_with_notes(by: Person, *writers: Person, **where: Any) -> ThemeSession:
    """A session in which each of these wrote a note."""
    words = where.pop("words", session_words())
    made = open_session(words, by=by, **where)
    for number, person in enumerate(writers):
        write_note(made, f"Thought number {number}", by=person)
    return made


def session_at(state: SessionState, by: Person, *writers: Person, **where: Any) -> ThemeSession:
    """The same, brought to a state; its notes are in two themes, Doors and Rooms, in turns."""
    made = session_with_notes(by, *writers, **where)
    if state == SessionState.GATHERING:
        return made
    move_on(made, SessionState.CLUSTERING, by=by)
    places = {note.pk: f"new_{1 + number % 2}" for number, note in enumerate(made.notes.all())}
    gather_themes(made, Board(added={"new_1": "Doors", "new_2": "Rooms"}, places=places), version=1, by=by)
    if state != SessionState.CLUSTERING:
        move_on(made, SessionState.VOTING, by=by)
    if state in (SessionState.SUMMARY, SessionState.PUBLISHED):
        made = move_on(made, SessionState.SUMMARY, by=by)
    if state == SessionState.PUBLISHED:
        made = publish_summary(made, made.summary, version=1, readers=SummaryFor.EVERYONE, by=by)
    made.refresh_from_db()
    return made


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    manager, participant = people["manager"], people["participant"]
    made = circle(participant, group, open_to=CircleFor.GROUP)
    gathering = session_with_notes(participant, participant, circle=made)
    clustering = session_at(SessionState.CLUSTERING, manager, participant, group=group)
    published = session_at(SessionState.PUBLISHED, manager, participant, group=group)
    return {
        "circle": made.pk,
        "wall": gathering.pk,
        "note_on_wall": gathering.notes.get().pk,
        "board": clustering.pk,
        "summary": published.pk,
    }
