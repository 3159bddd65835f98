"""What circles and sessions tell. Nobody's notes, dots or words are in any fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class CircleStarted(Fact):
    """Somebody started a circle, which ends on a day (ISO)."""

    kind = "connections.circle_started"
    audience = Audience.GROUP
    sentence = _("{actor} started a circle.")

    circle_id: int
    ends_on: str


@dataclass(frozen=True)
class CircleChanged(Fact):
    """The words, times or way in of a circle were changed."""

    kind = "connections.circle_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed a circle.")

    circle_id: int
    version: int


@dataclass(frozen=True)
class CircleJoined(Fact):
    """Somebody joined a circle; only they read this."""

    kind = "connections.circle_joined"
    audience = Audience.PERSON
    sentence = _("{actor} joined a circle.")

    circle_id: int


@dataclass(frozen=True)
class CircleLeft(Fact):
    """Somebody left a circle; only they read this."""

    kind = "connections.circle_left"
    audience = Audience.PERSON
    sentence = _("{actor} left a circle.")

    circle_id: int


@dataclass(frozen=True)
class CircleHosted(Fact):
    """Somebody hosts a circle from now on, by their own yes."""

    kind = "connections.circle_hosted"
    audience = Audience.GROUP
    sentence = _("{actor} hosts a circle from now on.")

    circle_id: int


@dataclass(frozen=True)
class CircleWithoutHost(Fact):
    """A circle has no host any more; its members are asked."""

    kind = "connections.circle_without_host"
    audience = Audience.GROUP
    sentence = _("A circle looks for a host.")

    circle_id: int


@dataclass(frozen=True)
class CircleCarriesOn(Fact):
    """A circle got a new end (ISO)."""

    kind = "connections.circle_carries_on"
    audience = Audience.GROUP
    sentence = _("A circle carries on until {ends_on}.")

    circle_id: int
    ends_on: str


@dataclass(frozen=True)
class CircleClosed(Fact):
    """A circle was closed, with words on what came of it on its page. `why`: `host`, `no_host` or `past_end`."""

    kind = "connections.circle_closed"
    audience = Audience.GROUP
    sentence = _("A circle was closed; what came of it is on its page.")

    circle_id: int
    why: str


@dataclass(frozen=True)
class ThemeSessionOpened(Fact):
    """A session on one subject takes notes."""

    kind = "connections.session_opened"
    audience = Audience.GROUP
    sentence = _("{actor} opened a session on one subject.")

    session_id: int


@dataclass(frozen=True)
class ThemeSessionMovedOn(Fact):
    """A session came from one state to another."""

    kind = "connections.session_moved_on"
    audience = Audience.GROUP
    sentence = _("A session came to its next part.")

    session_id: int
    was: str
    now: str


@dataclass(frozen=True)
class SummaryPublished(Fact):
    """The summary of a session was published, or published anew, for some readers; so many names were let stand."""

    kind = "connections.summary_published"
    audience = Audience.GROUP
    sentence = _("{actor} published the summary of a session.")

    session_id: int
    readers: str
    version: int
    let_stand: int
