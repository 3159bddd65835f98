"""What newcomers, their buddies and those who lead are told."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "newcomers",
    Topic(gettext_lazy("Newcomers"), gettext_lazy("Buddies, hellos, and how it goes after a while")),
    order=60,
    by=__name__,
)


@dataclass(frozen=True)
class BuddyIsThere(Notice):
    """To a newcomer: somebody is there for you."""

    kind = "connections.newcomers_buddy_is_there"
    topic = "newcomers"

    pair_id: int
    group: str
    slug: str
    buddy: str
    common: str

    def subject(self) -> str:
        return _("%(name)s is there for you in %(group)s") % {"name": self.buddy, "group": self.group}

    def path(self) -> str:
        return reverse("group_welcome", args=[self.slug]) + "#buddy"

    def action(self) -> str:
        return _("Who it is, and what to ask")

    def once(self) -> str:
        return f"newcomers:{self.pair_id}:newcomer"


@dataclass(frozen=True)
class NewcomerIsYours(Notice):
    """To a buddy: somebody has come; would you say hello?"""

    kind = "connections.newcomers_is_yours"
    topic = "newcomers"

    pair_id: int
    group: str
    slug: str
    newcomer: str
    common: str

    def subject(self) -> str:
        return _("%(name)s has come to %(group)s. Would you say hello?") % {"name": self.newcomer, "group": self.group}

    def path(self) -> str:
        return reverse("newcomers", args=[self.slug])

    def action(self) -> str:
        return _("See first words and shared hours")

    def once(self) -> str:
        return f"newcomers:{self.pair_id}:buddy"


@dataclass(frozen=True)
class BuddyIsSuggested(Notice):
    """To those who lead: somebody has come, and this might be their buddy."""

    kind = "connections.newcomers_suggested"
    topic = "newcomers"

    pair_id: int
    group: str
    slug: str
    newcomer: str
    buddy: str
    why: str

    def subject(self) -> str:
        return _("A buddy for %(name)s in %(group)s?") % {"name": self.newcomer, "group": self.group}

    def path(self) -> str:
        return reverse("newcomers", args=[self.slug])

    def action(self) -> str:
        return _("Say yes, or see somebody else")

    def once(self) -> str:
        return f"newcomers:{self.pair_id}:suggested"


@dataclass(frozen=True)
class SomebodyElseWelcomes(Notice):
    """To who was a buddy: somebody else is there for the newcomer now."""

    kind = "connections.newcomers_somebody_else"
    topic = "newcomers"

    pair_id: int
    group: str
    slug: str
    newcomer: str

    def subject(self) -> str:
        return _("Somebody else is there for %(name)s now") % {"name": self.newcomer}

    def path(self) -> str:
        return reverse("newcomers", args=[self.slug])

    def once(self) -> str:
        return f"newcomers:{self.pair_id}:over"


@dataclass(frozen=True)
class HowDoesItGo(Notice):
    """To a newcomer, after 7, 30 and 90 days: one question."""

    kind = "connections.newcomers_how_does_it_go"
    topic = "newcomers"

    check_in_id: int
    group: str
    days: int

    def subject(self) -> str:
        return _("How does it go in %(group)s?") % {"group": self.group}

    def path(self) -> str:
        return reverse("newcomer_check_in", args=[self.check_in_id])

    def action(self) -> str:
        return _("Say it with one button")

    def once(self) -> str:
        return f"newcomers:check-in:{self.check_in_id}"


@dataclass(frozen=True)
class HandIsWelcome(Notice):
    """To the buddy, and unless it is for them alone to those who lead: a newcomer could use a hand."""

    kind = "connections.newcomers_hand"
    topic = "newcomers"

    check_in_id: int
    group: str
    slug: str
    newcomer: str

    def subject(self) -> str:
        return _("%(name)s could use a hand in %(group)s") % {"name": self.newcomer, "group": self.group}

    def path(self) -> str:
        return reverse("newcomers", args=[self.slug]) + "#how"

    def action(self) -> str:
        return _("Read what they say")

    def once(self) -> str:
        return f"newcomers:hand:{self.check_in_id}"
