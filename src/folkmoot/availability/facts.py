"""What availability tells. Nobody's hours and no guest's name are in any fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class PollOpened(Fact):
    """A group is asked when people are free; `closes_at` is an instant (ISO)."""

    kind = "availability.poll_opened"
    audience = Audience.GROUP
    sentence = _("{actor} asked when people are free.")
    personal = frozenset({"title"})

    poll_id: int
    title: str
    sort: str
    closes_at: str


@dataclass(frozen=True)
class PollAnswered(Fact):
    """A person said when they are free, or changed it; only they read this."""

    kind = "availability.poll_answered"
    audience = Audience.PERSON
    sentence = _("{actor} said when they are free.")

    poll_id: int
    version: int


@dataclass(frozen=True)
class GuestAnsweredPoll(Fact):
    """Somebody without a record here answered a poll, or changed their answer."""

    kind = "availability.guest_answered"
    audience = Audience.STEWARDS
    sentence = _("A guest said when they are free.")

    poll_id: int
    version: int


@dataclass(frozen=True)
class PollAnswerTakenBack(Fact):
    """An answer to a poll is no more, by the wish of whoever gave it or of those who lead the group."""

    kind = "availability.answer_taken_back"
    audience = Audience.STEWARDS
    sentence = _("An answer to a poll was taken back.")

    poll_id: int
    was_guest: bool


@dataclass(frozen=True)
class PollClosed(Fact):
    """A poll takes no more answers; so many were given."""

    kind = "availability.poll_closed"
    audience = Audience.GROUP
    sentence = _("The poll on when people are free is closed; {answers} answered.")

    poll_id: int
    answers: int


@dataclass(frozen=True)
class PollBecameSeries(Fact):
    """The time that a poll found became a series of calls (its position)."""

    kind = "availability.poll_became_series"
    audience = Audience.GROUP
    sentence = _("{actor} made a regular call of what the poll found.")

    poll_id: int
    position: int


@dataclass(frozen=True)
class PollBecameCall(Fact):
    """The time that a poll found became one call."""

    kind = "availability.poll_became_call"
    audience = Audience.GROUP
    sentence = _("{actor} made a call of what the poll found.")

    poll_id: int
    meeting_id: int


@dataclass(frozen=True)
class GuestAnswersForgotten(Fact):
    """What guests had answered to a poll was deleted, ninety days after it closed; so many answers."""

    kind = "availability.guest_answers_forgotten"
    audience = Audience.STEWARDS
    sentence = _("{answers} answers of guests to a poll were deleted.")

    poll_id: int
    answers: int
