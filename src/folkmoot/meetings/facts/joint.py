"""What is told of calls that several groups hold together."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class JoiningAsked(Fact):
    """A group was invited to the calls of a series (`position`), from a day on (ISO date), or to one call."""

    kind = "meetings.joining_asked"
    audience = Audience.GROUP
    sentence = _("{actor} invited {group} to calls from {first_day} on.")

    joint_id: int
    group_id: int
    group: str
    position: int | None
    meeting_id: int | None
    first_day: str


@dataclass(frozen=True)
class JoiningAgreed(Fact):
    """A group joins calls of another one, from a day on (ISO date)."""

    kind = "meetings.joining_agreed"
    audience = Audience.PUBLIC
    sentence = _("{group} joins calls of {host}, from {first_day} on.")

    joint_id: int
    host_id: int
    host: str
    group: str
    first_day: str


@dataclass(frozen=True)
class JoiningDeclined(Fact):
    """A group does not join calls of another one."""

    kind = "meetings.joining_declined"
    audience = Audience.GROUP
    sentence = _("{actor} declined for {group} to join calls of {host}.")

    joint_id: int
    host_id: int
    host: str
    group: str


@dataclass(frozen=True)
class JoiningTakenBack(Fact):
    """An invitation that nobody had answered was taken back."""

    kind = "meetings.joining_taken_back"
    audience = Audience.GROUP
    sentence = _("The invitation of {group} to calls was taken back.")

    joint_id: int
    group_id: int
    group: str


@dataclass(frozen=True)
class JoiningEnded(Fact):
    """Calls are joint no longer, from a day on (ISO date); either group ended it, or one of them closed."""

    kind = "meetings.joining_ended"
    audience = Audience.PUBLIC
    sentence = _("From {from_day} on {group} no longer joins calls of {host}.")

    joint_id: int
    host_id: int
    host: str
    group: str
    from_day: str
