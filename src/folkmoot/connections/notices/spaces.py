"""What people are told about circles and sessions."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.spaces import Circle, ThemeSession
from folkmoot.meetings.wording import plans_words, when_words
from folkmoot.notices.kinds import TOPICS, Notice, Topic
from folkmoot.ui import times

TOPICS.register(
    "spaces",
    Topic(
        gettext_lazy("Circles and sessions"),
        gettext_lazy("Circles you are in that end or look for a host, sessions you may take part in, and summaries"),
    ),
    order=140,
    by=__name__,
)


@dataclass(frozen=True)
class _AboutCircle:
    circle: Circle

    @property
    def name(self) -> str:
        return self.circle.name

    @property
    def ends(self) -> str:
        return times.plain_date(self.circle.ends_on)

    def path(self) -> str:
        return self.circle.get_absolute_url()


@dataclass(frozen=True)
class CircleEnds(_AboutCircle, Notice):
    """To everybody in a circle, two weeks before its end: carry on, or close it with words?"""

    kind = "connections.circle_ends"
    topic = "spaces"

    def subject(self) -> str:
        return _("“%(name)s” ends on %(ends)s") % {"name": self.name, "ends": self.ends}

    def once(self) -> str:
        return f"circle-ends:{self.circle.pk}:{self.circle.ends_on.isoformat()}"


@dataclass(frozen=True)
class CircleLooksForHost(_AboutCircle, Notice):
    """To everybody in a circle that has no host any more."""

    kind = "connections.circle_looks_for_host"
    topic = "spaces"

    def subject(self) -> str:
        return _("Would you host “%(name)s”?") % {"name": self.name}

    def once(self) -> str:
        since = self.circle.hostless_since
        return f"circle-host:{self.circle.pk}:{since.isoformat() if since else ''}"


@dataclass(frozen=True)
class CircleIsOffered(_AboutCircle, Notice):
    """To the member whom the host asks to take a circle over."""

    kind = "connections.circle_is_offered"
    topic = "spaces"

    by: str

    def subject(self) -> str:
        return _("%(by)s asks whether you would host “%(name)s”") % {"by": self.by, "name": self.name}

    def action(self) -> str:
        return _("Say yes or no")


@dataclass(frozen=True)
class CircleMeetsOtherwise(_AboutCircle, Notice):
    """To everybody in a circle whose days, time or place were changed."""

    kind = "connections.circle_meets_otherwise"
    topic = "spaces"

    @property
    def rhythm(self) -> str:
        plan = self.circle.plan
        return plans_words([plan]) if plan is not None else _("as it comes")

    def subject(self) -> str:
        return _("“%(name)s” meets at another time or place") % {"name": self.name}

    def once(self) -> str:
        return f"circle-times:{self.circle.pk}:{self.circle.version}"


@dataclass(frozen=True)
class CircleIsClosed(_AboutCircle, Notice):
    """To everybody who is in a circle that was closed."""

    kind = "connections.circle_is_closed"
    topic = "spaces"

    def subject(self) -> str:
        return _("“%(name)s” has come to its end") % {"name": self.name}

    def once(self) -> str:
        return f"circle-closed:{self.circle.pk}"


@dataclass(frozen=True)
class _AboutSession:
    session: ThemeSession

    @property
    def title(self) -> str:
        return self.session.title

    def path(self) -> str:
        return self.session.get_absolute_url()


@dataclass(frozen=True)
class SessionInvites(_AboutSession, Notice):
    """To the people of a circle or group: a session takes notes."""

    kind = "connections.session_invites"
    topic = "spaces"

    by: str

    @property
    def when(self) -> str:
        starts = self.session.starts_at
        return when_words(starts, timezone.get_current_timezone_name()) if starts else ""

    def subject(self) -> str:
        return _("A session: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Write a note")

    def once(self) -> str:
        return f"session:{self.session.pk}"


@dataclass(frozen=True)
class SummaryIsOut(_AboutSession, Notice):
    """To whoever could take part or did: the summary is published."""

    kind = "connections.summary_is_out"
    topic = "spaces"

    def path(self) -> str:
        return reverse("session_summary", args=[self.session.pk])

    def subject(self) -> str:
        return _("What came of it: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read the summary")

    def once(self) -> str:
        return f"session-summary:{self.session.pk}"
