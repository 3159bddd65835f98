"""What is told about newcomers: ids and codes alone. No answer to a check-in, and no reason, is in any fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class NewcomerCareChanged(Fact):
    """A group decided how its newcomers are met; the entry's changes say from what to what."""

    kind = "connections.newcomer_care_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed how newcomers are met.")

    buddies: str
    check_ins: bool


@dataclass(frozen=True)
class BuddyAsked(Fact):
    """Somebody was asked to be the buddy of the newcomer whom the entry is about."""

    kind = "connections.buddy_asked"
    audience = Audience.PERSON
    sentence = _("{actor} found a buddy for a newcomer.")

    pair_id: int


@dataclass(frozen=True)
class BuddyEnded(Fact):
    """A buddy is one no longer; why is kept nowhere. `state` is what it was: suggested or running."""

    kind = "connections.buddy_ended"
    audience = Audience.PERSON
    sentence = _("A newcomer has another buddy, or none.")

    pair_id: int
    state: str


@dataclass(frozen=True)
class HelloSaid(Fact):
    """Somebody said hello to the newcomer whom the entry is about."""

    kind = "connections.hello_said"
    audience = Audience.PERSON
    sentence = _("{actor} said hello to a newcomer.")

    newcomer_id: int


@dataclass(frozen=True)
class FirstTaskDescribed(Fact):
    """It was said of a small task what one needs for it and how long it takes."""

    kind = "connections.first_task_described"
    audience = Audience.GROUP
    sentence = _("{actor} described a small task for newcomers.")

    task_id: int


@dataclass(frozen=True)
class CheckInAnswered(Fact):
    """A newcomer answered how it goes; what they answered is with those who may read it."""

    kind = "connections.check_in_answered"
    audience = Audience.PERSON
    sentence = _("{actor} said how it goes.")

    check_in_id: int
    day: int
