"""The circles of the sample community, one of them at its end, a session that is voting, and a published summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.spaces import CircleWords, join_circle, start_circle
from folkmoot.connections.actions.spaces_hosting import close_circle, name_cohost
from folkmoot.connections.actions.spaces_sessions import (
    Board,
    SessionWords,
    gather_themes,
    move_on,
    open_session,
    put_dots,
)
from folkmoot.connections.actions.spaces_summary import publish_summary
from folkmoot.connections.models.spaces import Circle, CircleMember, SessionState, SummaryFor, ThemeNote, ThemeSession
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import participations_now
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Three circles and two sessions among people of the first group."""
    people = _contributors(groups[0]) if groups else []
    if len(people) < 3:
        return
    first, second, third, *more = people
    today = today_here()
    reading = _circle(
        CircleWords(
            name=_("Slow reading"),
            about=_("One chapter each time, no homework, and cameras as you like. We read about the work of care."),
            subjects=(_("Books"), _("Care work")),
            zone="Europe/Lisbon",
            first_day=today - timedelta(weeks=6),
            ends_on=today + timedelta(days=12),
            every=2,
            weekday=1,
            at=time(18, 30),
            place_link="https://meet.example.org/slow-reading",
        ),
        None,
        first,
        [second, third, *more[:4]],
    )
    name_cohost(reading, second, is_cohost=True, by=first)
    walking = _circle(
        CircleWords(
            name=_("Walk and talk"),
            about=_("An hour on foot, each where they are, with headphones and without slides."),
            subjects=(_("Well-being"),),
            zone="UTC",
            first_day=today - timedelta(weeks=2),
            ends_on=today + timedelta(weeks=20),
            every=1,
            weekday=4,
            at=time(15),
        ),
        groups[0],
        second,
        [first, *more[:2]],
    )
    _ended(groups[0], third, [first, *more[:3]], today)
    _voting(walking, [second, first, *more[:2]])
    _published(groups[0], [first, second, third, *more[:2]])


def _contributors(group: Group) -> list[Person]:
    powers = (Power.MANAGE, Power.TAKE_PART)
    return [one.person for one in participations_now(group).filter(role__power__in=powers)[:9] if one.person.is_active]


def _circle(words: CircleWords, group: Group | None, host: Person, members: Iterable[Person]) -> Circle:
    made = start_circle(words, group=group, by=host)
    for person in members:
        join_circle(made, by=person)
    began = timezone.now() - timedelta(days=max(0, (today_here() - words.first_day).days))
    CircleMember.objects.filter(circle=made).update(joined_at=began)
    Circle.objects.filter(pk=made.pk).update(started_at=began)
    return made


def _ended(group: Group, host: Person, members: Iterable[Person], today: date) -> None:
    words = CircleWords(
        name=_("Plain language clinic"),
        about=_("We brought one page each and made it shorter together."),
        subjects=(_("Writing"), _("Documentation")),
        zone="Europe/Berlin",
        first_day=today - timedelta(weeks=20),
        ends_on=today,
        every=4,
        weekday=2,
        at=time(17),
    )
    made = _circle(words, group, host, members)
    close_circle(
        made,
        _(
            "Five evenings, eleven pages, and one of them is now the first thing newcomers read. Whoever would like to "
            "do it again: a page each and an hour is all it takes."
        ),
        by=host,
    )


NOTES_ON_FIRST_CALLS = (
    "A name and a face before the first call",
    "Say at the start who is new, if they like",
    "Somebody who writes beforehand: I will be there too",
    "Ten quiet minutes to look around",
    "Notes from last time on one page",
    "It is fine to listen only, and to say so",
)
NOTES_ON_CARE = (
    "Ask how people are, and wait for the answer",
    "Breaks that are in the calendar",
    "Hand things over before one is tired",
    "Thank people for what nobody sees",
)


def _voting(circle: Circle, people: Sequence[Person]) -> None:
    words = SessionWords(
        title=_("First calls that feel like an invitation"),
        prompts=(_("How might we make somebody's first call less lonely?"),),
        zone="UTC",
        starts_at=timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1),
    )
    session = open_session(words, circle=circle, by=people[0])
    themes = _themes(session, people, NOTES_ON_FIRST_CALLS, ("Somebody who waits for you", "Time to arrive"))
    move_on(session, SessionState.VOTING, by=people[0])
    # Some have not put theirs: whoever tries the sample finds dots to put.
    put_dots(session, {themes[0]: 2, themes[1]: 1}, by=people[0])
    put_dots(session, {themes[0]: 1, themes[1]: 2}, by=people[-1])


def _published(group: Group, people: Sequence[Person]) -> None:
    words = SessionWords(
        title=_("Looking after each other"),
        prompts=(_("How might we notice sooner when somebody has too much on their plate?"),),
        zone="UTC",
    )
    session = open_session(words, group=group, by=people[0])
    themes = _themes(session, people, NOTES_ON_CARE, ("Asking", "Resting"))
    move_on(session, SessionState.VOTING, by=people[0])
    for number, person in enumerate(people):
        put_dots(session, {themes[0]: 3} if number % 2 == 0 else {themes[0]: 1, themes[1]: 2}, by=person)
    done = move_on(session, SessionState.SUMMARY, by=people[0])
    publish_summary(done, done.summary, version=1, readers=SummaryFor.EVERYONE, by=people[0])
    month_ago = timezone.now() - timedelta(days=30)
    ThemeSession.objects.filter(pk=session.pk).update(made_at=month_ago, published_at=month_ago)


def _themes(
    session: ThemeSession, people: Sequence[Person], texts: Sequence[str], names: tuple[str, str]
) -> tuple[int, ...]:
    """Notes of these people by turns, in two themes; returns the themes' keys."""
    ThemeNote.objects.bulk_create(
        ThemeNote(session=session, author=people[n % len(people)], text=text, is_unsigned=n % 3 == 1)
        for n, text in enumerate(texts)
    )
    move_on(session, SessionState.CLUSTERING, by=people[0])
    places = {note.pk: f"new_{1 + n % 2}" for n, note in enumerate(session.notes.all())}
    gather_themes(session, Board(added={"new_1": names[0], "new_2": names[1]}, places=places), version=1, by=people[0])
    return tuple(session.themes.values_list("pk", flat=True))
