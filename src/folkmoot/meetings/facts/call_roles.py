"""What meetings tells about call roles, turns and announcements. Days in facts are ISO dates of the call's place."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class CallRoleChanged(Fact):
    """A group's call role was added, is called otherwise, or is done with or without from now on."""

    kind = "meetings.call_role_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the call role {name}.")

    role_id: int
    key: str
    name: str


@dataclass(frozen=True)
class WillingnessChanged(Fact):
    """The person whom the entry is about can take turns in these call roles (keys) from now on, and in no others."""

    kind = "meetings.willingness_changed"
    audience = Audience.PERSON
    sentence = _("{actor} said for which call roles they can take a turn.")

    keys: list[str]


@dataclass(frozen=True)
class TurnProposed(Fact):
    """The person whom the entry is about was proposed a call role by the rota, or asked by a manager (`how`)."""

    kind = "meetings.turn_proposed"
    audience = Audience.PERSON
    sentence = _("Somebody was asked to be {role} at the call of {day}.")

    turn_id: int
    meeting_id: int
    role: str
    day: str
    how: str


@dataclass(frozen=True)
class TurnTaken(Fact):
    """The person whom the entry is about has a call role at a call."""

    kind = "meetings.turn_taken"
    audience = Audience.GROUP
    sentence = _("The call of {day} has its {role}.")

    turn_id: int
    meeting_id: int
    role: str
    day: str


@dataclass(frozen=True)
class TurnDeclined(Fact):
    """The person whom the entry is about was asked for a call role, and passed."""

    kind = "meetings.turn_declined"
    audience = Audience.PERSON
    sentence = _("Somebody cannot be {role} at the call of {day}.")

    turn_id: int
    meeting_id: int
    role: str
    day: str


@dataclass(frozen=True)
class TurnHandedBack(Fact):
    """The person whom the entry is about no longer has a call role at a call, or is no longer asked to."""

    kind = "meetings.turn_handed_back"
    audience = Audience.GROUP
    sentence = _("The call of {day} needs another {role}.")

    turn_id: int
    meeting_id: int
    role: str
    day: str


@dataclass(frozen=True)
class CallAnnounced(Fact):
    """A call was announced to its group and the group's lists, for the first time (`number` 1) or again."""

    kind = "meetings.announced"
    audience = Audience.PUBLIC
    sentence = _("{actor} announced the call of {day}.")

    meeting_id: int
    announcement_id: int
    number: int
    day: str


@dataclass(frozen=True)
class AnnouncementTextChanged(Fact):
    """The words with which a group's announcements begin were changed."""

    kind = "meetings.announcement_text_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed the words with which calls are announced.")

    group_id: int
