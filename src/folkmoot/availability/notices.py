"""What people are told about polls."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.availability.models import Poll
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "polls",
    Topic(gettext_lazy("Finding a time"), gettext_lazy("Polls on when you are free, and what they found")),
    order=42,
    by=__name__,
)


@dataclass(frozen=True)
class _AboutPoll:
    poll: Poll

    @property
    def title(self) -> str:
        return self.poll.title

    @property
    def group(self) -> str:
        return self.poll.group.name

    @property
    def names(self) -> dict[str, str]:
        return {"title": self.title, "group": self.group}

    def path(self) -> str:
        return self.poll.get_absolute_url()


@dataclass(frozen=True)
class PollWaits(_AboutPoll, Notice):
    """To whoever takes part in the group: a poll waits for an answer."""

    kind = "availability.poll_waits"
    topic = "polls"

    by: str

    @property
    def closes(self) -> str:
        return when_words(self.poll.closes_at, timezone.get_current_timezone_name())

    def subject(self) -> str:
        return _("When are you free? %(title)s, %(group)s") % self.names

    def action(self) -> str:
        return _("Say when you are free")

    def once(self) -> str:
        return f"poll:{self.poll.pk}"


@dataclass(frozen=True)
class AllHaveAnswered(_AboutPoll, Notice):
    """To whoever asked: everybody who comes to calls of the group has answered."""

    kind = "availability.all_have_answered"
    topic = "polls"

    def subject(self) -> str:
        return _("Everybody has answered: %(title)s, %(group)s") % self.names

    def action(self) -> str:
        return _("See which times suit")

    def once(self) -> str:
        return f"poll-all:{self.poll.pk}"


@dataclass(frozen=True)
class PollIsClosed(_AboutPoll, Notice):
    """To whoever asked: the time for answers is over."""

    kind = "availability.poll_is_closed"
    topic = "polls"

    answers: int

    def subject(self) -> str:
        return _("The poll is closed: %(title)s, %(group)s") % self.names

    def action(self) -> str:
        return _("See which times suit")

    def path(self) -> str:
        return f"{reverse('poll', args=[self.poll.token])}#best"
