"""What people are told about introductions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "introductions",
    Topic(
        gettext_lazy("Introductions"),
        gettext_lazy("Who asks to be introduced to you, and what became of what you asked"),
    ),
    order=60,
    by=__name__,
)


class LeadsToIntroduction:
    """For notices about one introduction."""

    introduction_id: int

    def path(self) -> str:
        return reverse("introduction", args=[self.introduction_id])


@dataclass(frozen=True)
class IntroductionIsAsked(LeadsToIntroduction, Notice):
    """Somebody asks to be introduced to you, or somebody who knows both suggests it."""

    kind = "connections.directory_introduction_asked"
    topic = "introductions"

    introduction_id: int
    name: str
    why: str
    suggested_by: str
    group: str
    until: datetime

    def subject(self) -> str:
        if self.suggested_by:
            return _("%(by)s would like to introduce you to %(name)s") % {"by": self.suggested_by, "name": self.name}
        return _("%(name)s asks to be introduced to you") % {"name": self.name}

    def action(self) -> str:
        return _("Answer, or leave it")


@dataclass(frozen=True)
class IntroductionCameAbout(LeadsToIntroduction, Notice):
    """Both said yes: how the other one chose to be reached."""

    kind = "connections.directory_introduced"
    topic = "introductions"
    needed = True

    introduction_id: int
    name: str
    ways: tuple[str, ...]
    has_own_way: bool

    def subject(self) -> str:
        return _("You and %(name)s are introduced") % {"name": self.name}


@dataclass(frozen=True)
class IntroductionNotNow(Notice):
    """What you asked for does not come about now; no reason is given, and none is needed."""

    kind = "connections.directory_not_now"
    topic = "introductions"
    needed = True

    name: str

    def subject(self) -> str:
        return _("An introduction to %(name)s: not now") % {"name": self.name}

    def path(self) -> str:
        return reverse("directory")

    def action(self) -> str:
        return _("Find others")


@dataclass(frozen=True)
class IntroductionUnanswered(IntroductionNotNow):
    """Nobody answered within the time."""

    kind = "connections.directory_unanswered"

    def subject(self) -> str:
        return _("An introduction to %(name)s: no answer came") % {"name": self.name}
