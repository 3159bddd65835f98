"""What circles and sessions keep about people: where they are in, what they host, and what they wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.spaces import Circle, CircleMember, Dot, SessionHost, SessionState, ThemeNote
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, Pointers, Rows, offer


class Notes(Rows):
    """Notes go with whoever wrote them, except those behind a published summary, which stay without a name."""

    def erase(self, person: Person) -> None:
        self.of(person).filter(session__state=SessionState.PUBLISHED).update(author=None)
        self.of(person).delete()


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.circles",
        Rows(
            _("Circles you are in"),
            CircleMember,
            "person",
            lambda one: {"circle": one.circle.name, "part": one.part, "joined_at": one.joined_at.isoformat()},
            seen_by=_("You, and whoever may see the circle."),
            fetched=("circle",),
        ),
    )
    offer(
        "connections.circle_offers",
        Pointers(
            _("Circles that you are asked to host"),
            Circle,
            "offered_to",
            lambda one: {"circle": one.name},
            seen_by=_("You, and those who host the circle."),
        ),
    )
    offer(
        "connections.sessions_hosted",
        Rows(
            _("Sessions you host"),
            SessionHost,
            "person",
            lambda one: {"session": one.session.title, "opened_at": one.session.made_at.isoformat()},
            seen_by=_("You, and whoever may take part in the session."),
            fetched=("session",),
        ),
    )
    offer(
        "connections.theme_notes",
        Notes(
            _("Notes you wrote in sessions"),
            ThemeNote,
            "author",
            _note,
            seen_by=_(
                "Your words: whoever may take part in the session, and who reads its summary. Your name: those who may "
                "take part, unless you left it off; then nobody."
            ),
            fetched=("session",),
        ),
    )
    offer(
        "connections.dots",
        Rows(
            _("Dots you put while voting is open; they are forgotten when it closes"),
            Dot,
            "person",
            lambda one: {"session": one.session.title, "theme": one.theme.name},
            seen_by=PRIVATE,
            fetched=("session", "theme"),
        ),
    )


def _note(one: ThemeNote) -> dict[str, Any]:
    return {
        "session": one.session.title,
        "text": one.text,
        "without_name": one.is_unsigned,
        "written_at": one.written_at.isoformat(),
    }
