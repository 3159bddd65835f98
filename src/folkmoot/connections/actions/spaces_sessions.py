"""A session on one subject: opened, notes written, gathered into themes, chosen with dots, summed up, published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.calendar.texts import one_line
from folkmoot.connections.actions.spaces import held_open
from folkmoot.connections.actions.spaces_holding import hold_session, invalid
from folkmoot.connections.actions.spaces_summary import drafted
from folkmoot.connections.domain.themes import spent
from folkmoot.connections.facts.spaces import ThemeSessionMovedOn, ThemeSessionOpened
from folkmoot.connections.models.spaces import Circle, Dot, SessionHost, Theme, ThemeNote, ThemeSession
from folkmoot.connections.models.spaces_sessions import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_PROMPT,
    LONGEST_THEME,
    LONGEST_TITLE,
    MOST_DOTS,
    MOST_NOTES,
    MOST_PROMPTS,
    MOST_THEMES,
    SessionState,
)
from folkmoot.connections.notices.spaces import SessionInvites
from folkmoot.connections.queries.spaces import invited_to
from folkmoot.connections.rules.spaces import (
    may_host_circle,
    may_host_session,
    may_start_circle,
    may_take_part_in_session,
    takes_dots,
    takes_notes,
)
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan.who import others

DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 8
"""How many sessions one person may open within a day, since people are told of each."""
NEXT: Final = {
    SessionState.GATHERING: (SessionState.CLUSTERING,),
    SessionState.CLUSTERING: (SessionState.GATHERING, SessionState.VOTING),
    SessionState.VOTING: (SessionState.SUMMARY,),
    SessionState.SUMMARY: (),
    SessionState.PUBLISHED: (),
}
"""From which state a host brings a session to which; it is published by `publish_summary`."""


@dataclass(frozen=True)
class SessionWords:
    """What a session is; see `models.ThemeSession`."""

    title: str
    prompts: tuple[str, ...]
    zone: str
    starts_at: datetime | None = None
    place: str = ""
    dots: int = 3


@dataclass(frozen=True)
class Board:
    """How notes are gathered: `names` of the themes there are by key (empty: no such theme any more), `added` names of
    new ones by a key of the form, and `places`: by note, the key of its theme as text, the form's key of a new one, or
    empty. Notes that are not in `places` stay where they are.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def open_session(
    words: SessionWords, *, circle: Circle | None = None, group: Group | None = None, by: Person
) -> ThemeSession:
    """Open a session that takes notes; the people of its circle or group are told, once.

    Refused `forbidden`, `closed`, `invalid` with params `field`, `too_many` where somebody has opened many in a day.
    """
    require(may_host_circle(by, circle) if circle is not None else may_start_circle(by, group))
    if circle is not None:
        held_open(circle)
    if SessionHost.objects.filter(person=by, session__made_at__gt=timezone.now() - DAY).count() >= MOST_A_DAY:
        raise Refused(
            _("You have opened many sessions within a day, and people are told of each. Please go on tomorrow."),
            code="too_many",
        )
    title = one_line(words.title, most=LONGEST_TITLE)
    if not title:
        raise invalid(_("Please say what the session is about."), "title")
    prompts = [" ".join(one.split()) for one in words.prompts if one.strip()]
    if not 1 <= len(prompts) <= MOST_PROMPTS or any(len(one) > LONGEST_PROMPT for one in prompts):
        raise invalid(_("Ask one question, or up to three."), "prompt_1")
    if not 1 <= words.dots <= MOST_DOTS:
        raise invalid(_("Each person has from one dot to ten."), "dots")
    session = ThemeSession.objects.create(
        circle=circle,
        group=None if circle is not None else group,
        title=title,
        prompts=prompts,
        zone=zones.canonical(words.zone),
        starts_at=words.starts_at,
        place=one_line(words.place, most=LONGEST_PLACE),
        dots=words.dots,
    )
    SessionHost.objects.create(session=session, person=by)
    record(ThemeSessionOpened(session.pk), by=by, on=session, within=session.home)
    tell(others(invited_to(session, by), by), SessionInvites(session, by=by.name))
    return session


@transaction.atomic
def write_note(session: ThemeSession, text: str, *, prompt: int = 0, unsigned: bool = False, by: Person) -> ThemeNote:
    """Put a note on the wall. Refused `forbidden`, `not_now`, `invalid` with params `field`, `too_many`."""
    held = hold_session(session)
    require(may_take_part_in_session(by, held))
    _require_now(takes_notes(held).reason)
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_NOTE:
        raise invalid(_("A note is one thought in up to %(most)d characters.") % {"most": LONGEST_NOTE}, "text")
    if not 0 <= prompt < len(held.prompts):
        raise invalid(_("Please choose which question it answers."), "prompt")
    if held.notes.filter(author=by).count() >= MOST_NOTES:
        raise Refused(_("That is as many notes as one person may write here. Thank you."), code="too_many")
    return ThemeNote.objects.create(session=held, author=by, prompt=prompt, text=text, is_unsigned=unsigned)


@transaction.atomic
def take_note_back(note: ThemeNote, *, by: Person) -> None:
    """Take a note down while notes are gathered: whoever wrote it, or who hosts, until voting opens.

    Refused `forbidden`, `not_now`; done twice, nothing happens.
    """
    held = hold_session(note.session)
    hosts = may_host_session(by, held)
    if note.author_id != by.pk:
        require(hosts)
    if not (hosts and held.state == SessionState.CLUSTERING):
        _require_now(takes_notes(held).reason)
    held.notes.filter(pk=note.pk).delete()


@transaction.atomic
def gather_themes(session: ThemeSession, board: Board, *, version: int, by: Actor) -> ThemeSession:
    """Gather notes into themes; `version` is that of the board which was looked at.

    Refused `forbidden`, `not_now`, `invalid` with params `field`, and `stale` with params `version` where another host
    has changed the board since: nothing of either is lost.
    """
    require(may_host_session(by, session))
    held = hold_session(session)
    if held.state != SessionState.CLUSTERING:
        raise Refused(_("Themes are found after the notes are written, and before voting."), code="not_now")
    if held.board_version != version:
        raise changed_meanwhile(held.board_version)
    themes = {theme.pk: theme for theme in held.themes.all()}
    keys = _name_themes(held, themes, board)
    allowed = {note.pk: note for note in held.notes.all()}
    for pk, place in board.places.items():
        note, theme = allowed.get(pk), keys.get(place)
        if note is not None and note.theme_id != (theme.pk if theme else None):
            note.theme = theme
            note.save(update_fields=["theme"])
    held.board_version += 1
    held.save(update_fields=["board_version"])
    return held


def changed_meanwhile(version: int) -> Refused:
    """Another host has changed the board since it was looked at."""
    return Refused(
        _(
            "Another host changed the themes meanwhile. Your choices are still below, and where the board now says "
            "otherwise, that stands beside them. Send again to keep yours."
        ),
        code="stale",
        version=version,
    )


@transaction.atomic
def move_on(session: ThemeSession, to: SessionState, *, by: Actor) -> ThemeSession:
    """Bring a session to its next part, or from themes back to notes; the same again changes nothing.

    When voting closes the dots are counted, who put them is forgotten, and a summary is drafted. Refused `forbidden`,
    `not_now`, `no_themes`.
    """
    require(may_host_session(by, session))
    held = hold_session(session)
    was = SessionState(held.state)
    if was == to:
        return held
    if to not in NEXT[was]:
        raise Refused(_("The session is at another part by now. Please have a look at it."), code="not_now")
    if to == SessionState.VOTING and not held.themes.exists():
        raise Refused(_("There has to be a theme on which people can put their dots."), code="no_themes")
    held.state = to
    if to == SessionState.SUMMARY:
        _count(held)
        held.summary = drafted(held)
    held.save(update_fields=["state", "voters", "summary"])
    record(ThemeSessionMovedOn(held.pk, was.value, to.value), by=by, on=held, within=held.home)
    return held


@transaction.atomic
def put_dots(session: ThemeSession, wanted: Mapping[int, int], *, by: Person) -> int:
    """Put one's dots on themes (their keys), all anew; returns how many are put.

    Never more than the session gives: the session is held meanwhile, and the database knows each dot by its number.
    Refused `forbidden`, `not_now`, `too_many`, `invalid`.
    """
    held = hold_session(session)
    require(may_take_part_in_session(by, held))
    _require_now(takes_dots(held).reason)
    if not spent(wanted, held.dots):
        raise Refused(
            ngettext("You have %(most)d dot to put.", "You have %(most)d dots to put in all.", held.dots)
            % {"most": held.dots},
            code="too_many",
        )
    known = set(held.themes.values_list("pk", flat=True))
    chosen = [theme for theme, count in sorted(wanted.items()) for _one in range(count)]
    if not set(chosen) <= known:
        raise Refused(_("One of these themes is not there any more."), code="invalid")
    take_dots_back(held, by)
    Dot.objects.bulk_create(
        Dot(session=held, theme_id=theme, person=by, number=number) for number, theme in enumerate(chosen, 1)
    )
    return len(chosen)


def take_dots_back(session: ThemeSession, person: Person) -> None:
    """Take all dots of somebody off; in the transaction of whoever holds the session."""
    session.dots_given.filter(person=person).delete()


def _name_themes(session: ThemeSession, themes: Mapping[int, Theme], board: Board) -> dict[str, Theme]:
    """The themes after a change, by the keys that places use; Refused `invalid` for names that are there twice."""
    names = {str(pk): one_line(board.names.get(pk, theme.name), most=LONGEST_THEME) for pk, theme in themes.items()}
    names |= {key: one_line(name, most=LONGEST_THEME) for key, name in board.added.items()}
    wanted = {key: name for key, name in names.items() if name}
    if len({name.casefold() for name in wanted.values()}) < len(wanted):
        raise invalid(_("Two themes have the same name. Please give each its own."), "themes")
    if len(wanted) > MOST_THEMES:
        raise invalid(_("At most %(most)d themes, so that people can choose.") % {"most": MOST_THEMES}, "themes")
    gone = [theme.pk for pk, theme in themes.items() if str(pk) not in wanted]
    session.notes.filter(theme__in=gone).update(theme=None)
    session.themes.filter(pk__in=gone).delete()
    changed = [theme for pk, theme in themes.items() if wanted.get(str(pk), theme.name) != theme.name]
    # Two that swap their names would meet on the way.
    for theme in changed:
        session.themes.filter(pk=theme.pk).update(name=f"… {theme.pk} …")
    for theme in changed:
        theme.name = wanted[str(theme.pk)]
        theme.save(update_fields=["name"])
    kept = {str(pk): theme for pk, theme in themes.items() if str(pk) in wanted}
    new = {key: session.themes.create(name=wanted[key]) for key in board.added if key in wanted}
    return kept | new


def _count(session: ThemeSession) -> None:
    """Count the dots into the themes, but for those of records that were merged meanwhile; forget who put them."""
    given = session.dots_given.filter(person__is_active=True).values_list("theme_id", "person_id")
    rows = list(given)
    counted = Counter(theme for theme, _person in rows)
    for theme in session.themes.all():
        theme.counted = counted[theme.pk]
        theme.save(update_fields=["counted"])
    session.voters = len({person for _theme, person in rows})
    session.dots_given.all().delete()


def _require_now(reason: str) -> None:
    if reason:
        raise Refused(reason, code="not_now")
