"""What people are told of rolls: exceptions that wait and are answered, votes that are given away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.notices.about import AboutElection
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "election_rolls",
    Topic(
        gettext_lazy("Who may vote"),
        gettext_lazy("Exceptions that you asked for or answer, and votes given into your hands"),
    ),
    order=39,
    by=__name__,
)


@dataclass(frozen=True)
class ExceptionWaits(AboutElection, Notice):
    """To those who can answer: somebody asks to vote by exception, or for a second answer."""

    kind = "governance.roll_exception_waits"
    topic = "election_rolls"

    name: str
    words: str
    is_appeal: bool

    def subject(self) -> str:
        if self.is_appeal:
            return _("%(name)s asks for a second answer: %(title)s") % {"name": self.name, "title": self.title}
        return _("%(name)s asks to vote by exception: %(title)s") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("roll_exceptions")

    def action(self) -> str:
        return _("Read and answer")


@dataclass(frozen=True)
class ExceptionIsAnswered(AboutElection, Notice):
    """To whoever asked: yes or no, and why."""

    kind = "governance.roll_exception_is_answered"
    topic = "election_rolls"
    needed = True

    granted: bool
    why: str
    may_be_appealed: bool

    def subject(self) -> str:
        if self.granted:
            return _("You may vote by exception: %(title)s") % {"title": self.title}
        return _("You will not be on the roll: %(title)s") % {"title": self.title}

    def path(self) -> str:
        return self.page("roll_me")

    def action(self) -> str:
        return _("Ask for a second answer") if self.may_be_appealed else _("Have a look")


@dataclass(frozen=True)
class ProxyAsked(AboutElection, Notice):
    """To whoever is asked to cast somebody's vote."""

    kind = "governance.proxy_asked"
    topic = "election_rolls"

    name: str

    def subject(self) -> str:
        return _("Would you vote for %(name)s? %(title)s") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("roll_proxy")

    def action(self) -> str:
        return _("Say yes or no")


@dataclass(frozen=True)
class ProxyIsAnswered(AboutElection, Notice):
    """To whoever gave their vote: whether it was taken."""

    kind = "governance.proxy_is_answered"
    topic = "election_rolls"

    name: str
    accepted: bool

    def subject(self) -> str:
        if self.accepted:
            return _("%(name)s votes for you: %(title)s") % {"name": self.name, "title": self.title}
        return _("%(name)s cannot vote for you: %(title)s") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("roll_proxy")


@dataclass(frozen=True)
class ProxyEnded(AboutElection, Notice):
    """To whoever was to cast somebody's vote: they do it themselves."""

    kind = "governance.proxy_ended"
    topic = "election_rolls"

    name: str

    def subject(self) -> str:
        return _("%(name)s votes for themselves: %(title)s") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("roll_proxy")
