"""What is told of attendance. Where somebody was is shown to them; the lists of a call show it to its group."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class Attended(Fact):
    """Somebody (whom the entry is about) was at a meeting; it happened when that began. `source` says how one knows."""

    kind = "meetings.attended"
    audience = Audience.PERSON
    sentence = _("{name} was at a call, as {actor} noted.")
    personal = frozenset({"name", "why"})

    meeting_id: int
    source: str
    name: str
    why: str


@dataclass(frozen=True)
class AttendanceWithdrawn(Fact):
    """It is not so that somebody was at a meeting; the entry withdraws the one that said so."""

    kind = "meetings.attendance_withdrawn"
    audience = Audience.PERSON
    sentence = _("{actor} took back that {name} was at a call.")
    personal = frozenset({"name", "why"})

    meeting_id: int
    name: str
    why: str


@dataclass(frozen=True)
class GuestNoted(Fact):
    """Somebody without an account was at a meeting. Their name stands on the call's list alone."""

    kind = "meetings.guest_noted"
    audience = Audience.GROUP
    sentence = _("{actor} noted a guest on a call.")

    meeting_id: int
    attendance_id: int
    source: str


@dataclass(frozen=True)
class GuestWithdrawn(Fact):
    """A guest was not at a meeting after all, or is counted already."""

    kind = "meetings.guest_withdrawn"
    audience = Audience.GROUP
    sentence = _("{actor} took a guest off the list of a call.")

    meeting_id: int
    attendance_id: int


@dataclass(frozen=True)
class GuestIdentified(Fact):
    """A guest of a meeting is somebody who has a record here (whom the entry is about)."""

    kind = "meetings.guest_identified"
    audience = Audience.PERSON
    sentence = _("{actor} said which guest of a call {name} is.")
    personal = frozenset({"name"})

    meeting_id: int
    attendance_id: int
    name: str


@dataclass(frozen=True)
class GuestMadeNameless(Fact):
    """The name of a guest was taken out of a meeting's list, who is still counted."""

    kind = "meetings.guest_made_nameless"
    audience = Audience.GROUP
    sentence = _("{actor} took the name of a guest out of the list of a call.")

    meeting_id: int
    attendance_id: int


@dataclass(frozen=True)
class AttendanceClosed(Fact):
    """A meeting's list is closed, with so many people and guests on it; who leads may correct it with a reason."""

    kind = "meetings.attendance_closed"
    audience = Audience.GROUP
    sentence = _("{actor} closed the list of who was at a call: people {people}, guests {guests}.")

    meeting_id: int
    people: int
    guests: int


@dataclass(frozen=True)
class CallCodeShown(Fact):
    """There is a code for a meeting, or another one. The code itself stands nowhere in history."""

    kind = "meetings.code_shown"
    audience = Audience.STEWARDS
    sentence = _("{actor} made a code for a call.")

    meeting_id: int


@dataclass(frozen=True)
class RegretSaid(Fact):
    """Somebody cannot come to a meeting."""

    kind = "meetings.regret_said"
    audience = Audience.PERSON
    sentence = _("{actor} cannot come to a call.")

    meeting_id: int


@dataclass(frozen=True)
class RegretTakenBack(Fact):
    """Somebody can come to a meeting after all."""

    kind = "meetings.regret_taken_back"
    audience = Audience.PERSON
    sentence = _("{actor} can come to a call after all.")

    meeting_id: int


@dataclass(frozen=True)
class Answered(Fact):
    """Somebody comes to a meeting, or comes maybe (`says`); who cannot says a regret."""

    kind = "meetings.answered"
    audience = Audience.PERSON
    sentence = _("{actor} answered whether they come to a call.")

    meeting_id: int
    says: str


@dataclass(frozen=True)
class AnswerTakenBack(Fact):
    """Somebody leaves open again whether they come to a meeting."""

    kind = "meetings.answer_taken_back"
    audience = Audience.PERSON
    sentence = _("{actor} left open whether they come to a call.")

    meeting_id: int
