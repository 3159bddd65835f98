"""What people are told about requests for help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.domain.help_promises import Clocked, Escalation
from folkmoot.connections.models.helping import ClosedBecause, HelpRequest
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "helping",
    Topic(gettext_lazy("Asking for help"), gettext_lazy("Answers to what you asked, and questions that wait for you")),
    order=110,
    by=__name__,
)


@dataclass(frozen=True)
class _AboutRequest:
    request: HelpRequest

    @property
    def title(self) -> str:
        """Its title; of what is private nothing stands in a subject."""
        return _("a private question") if self.request.is_private else f"“{self.request.title}”"

    @property
    def desk(self) -> str:
        return self.request.desk.name

    def path(self) -> str:
        return self.request.get_absolute_url()


def _when(instant: datetime | None) -> str:
    return "" if instant is None else when_words(instant, timezone.get_current_timezone_name())


@dataclass(frozen=True)
class HelpReceived(_AboutRequest, Notice):
    """To whoever asked: it has arrived, and when an answer may be expected."""

    kind = "connections.help_received"
    topic = "helping"

    aim: datetime | None
    limit: datetime | None

    @property
    def hoped(self) -> str:
        return _when(self.aim)

    @property
    def promised(self) -> str:
        return _when(self.limit)

    def subject(self) -> str:
        return _("We have got it: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read what you asked")


@dataclass(frozen=True)
class HelpWanted(_AboutRequest, Notice):
    """To somebody who answers: can you answer this? `why` they are asked, in a sentence, or nothing."""

    kind = "connections.help_wanted"
    topic = "helping"

    why: str
    limit: datetime | None

    @property
    def promised(self) -> str:
        return _when(self.limit)

    def subject(self) -> str:
        return _("Can you help? %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read the question")


@dataclass(frozen=True)
class HelpGiven(_AboutRequest, Notice):
    """To somebody who answers: this is yours to look after now."""

    kind = "connections.help_given"
    topic = "helping"

    giver: str

    def subject(self) -> str:
        return _("Yours to look after: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read the question")


@dataclass(frozen=True)
class HelpAnswer(_AboutRequest, Notice):
    """To whoever asked: somebody answered, or asks back."""

    kind = "connections.help_answer"
    topic = "helping"

    helper: str
    asks_back: bool

    def subject(self) -> str:
        if self.asks_back:
            return _("%(helper)s asks you something: %(title)s") % {"helper": self.helper, "title": self.title}
        return _("%(helper)s answered: %(title)s") % {"helper": self.helper, "title": self.title}

    def action(self) -> str:
        return _("Read it and reply")


@dataclass(frozen=True)
class HelpReply(_AboutRequest, Notice):
    """To whoever looks after a request: whoever asked wrote again, or it is open again (`reopened`)."""

    kind = "connections.help_reply"
    topic = "helping"

    writer: str
    reopened: bool = False

    def subject(self) -> str:
        if self.reopened:
            return _("Open again: %(title)s") % {"title": self.title}
        if self.request.is_private:
            return _("A reply: %(title)s") % {"title": self.title}
        return _("%(writer)s replied: %(title)s") % {"writer": self.writer, "title": self.title}

    def action(self) -> str:
        return _("Read the reply")


@dataclass(frozen=True)
class HelpIsSolved(_AboutRequest, Notice):
    """To whoever asked: is it solved? It closes by itself after so many `days`."""

    kind = "connections.help_solved"
    topic = "helping"

    days: int

    def subject(self) -> str:
        return _("Is it solved? %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Say whether it is")


@dataclass(frozen=True)
class HelpIsClosed(_AboutRequest, Notice):
    """To whoever asked: it is closed, and why; it can be opened again."""

    kind = "connections.help_closed"
    topic = "helping"

    because_of: ClosedBecause

    @property
    def is_duplicate(self) -> bool:
        return self.because_of == ClosedBecause.DUPLICATE

    def subject(self) -> str:
        return _("Closed: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read it, or open it again")


@dataclass(frozen=True)
class HelpWaits(_AboutRequest, Notice):
    """The time for a request runs out, or has run out."""

    kind = "connections.help_waits"
    topic = "helping"

    step: Escalation
    due: datetime | None

    @property
    def is_late(self) -> bool:
        return self.step.percent >= 100

    @property
    def is_about_solution(self) -> bool:
        return self.step.clock is Clocked.SOLVED

    @property
    def promised(self) -> str:
        return _when(self.due)

    def subject(self) -> str:
        if self.is_about_solution:
            return _("Should be solved by now: %(title)s") % {"title": self.title}
        if self.is_late:
            return _("Late for an answer: %(title)s") % {"title": self.title}
        return _("Still without an answer: %(title)s") % {"title": self.title}

    def action(self) -> str:
        return _("Read the question")
