"""What people are told about their turns at calls."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.meetings.announcing_words import for_reader
from folkmoot.meetings.notices.calls import AboutCall, AsksWhoComes
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class TurnWaits(AboutCall, Notice):
    """Would you have this role at this call? By the rota with its reason, or `asked_by` a manager."""

    kind = "meetings.turn_waits"
    topic = "tasks"

    turn_id: int
    role: str
    duties: str
    asked_by: str
    reason: str

    def subject(self) -> str:
        return _("%(name)s: would you be %(role)s on %(day)s?") % {
            "name": self.name,
            "role": self.role,
            "day": self.day,
        }

    def path(self) -> str:
        return reverse("turn", args=[self.turn_id])

    def action(self) -> str:
        return _("Say yes or pass")

    def once(self) -> str:
        return f"turn:{self.turn_id}"


@dataclass(frozen=True)
class TurnWasHandedBack(AboutCall, Notice):
    """To those who lead: a call that is near needs somebody else for a role."""

    kind = "meetings.turn_handed_back"
    topic = "tasks"

    turn_id: int
    role: str
    person: str

    def subject(self) -> str:
        return _("%(name)s: the call on %(day)s needs another %(role)s") % {
            "name": self.name,
            "role": self.role,
            "day": self.day,
        }

    def path(self) -> str:
        return reverse("call_roles", args=[self.meeting.pk])

    def action(self) -> str:
        return _("Find somebody")

    def once(self) -> str:
        return f"turn:{self.turn_id}"


@dataclass(frozen=True)
class TurnWasDeclined(AboutCall, Notice):
    """Whom you asked cannot have this role at this call."""

    kind = "meetings.turn_declined"
    topic = "tasks"

    turn_id: int
    role: str
    person: str

    def subject(self) -> str:
        return _("%(person)s cannot be %(role)s on %(day)s") % {
            "person": self.person,
            "role": self.role,
            "day": self.day,
        }

    def path(self) -> str:
        return reverse("call_roles", args=[self.meeting.pk])

    def action(self) -> str:
        return _("Find somebody else")

    def once(self) -> str:
        return f"turn:{self.turn_id}"


@dataclass(frozen=True)
class CallIsAnnounced(AsksWhoComes, Notice):
    """To the group and its lists: a call is coming, in the words of its crier."""

    kind = "meetings.announced"
    topic = "calls"
    for_lists = True

    announcement_id: int
    line: str
    words: str

    def subject(self) -> str:
        return for_reader(self.line, self.meeting)

    @property
    def text(self) -> str:
        return for_reader(self.words, self.meeting)

    def action(self) -> str:
        return _("See the call")

    def once(self) -> str:
        return f"announcement:{self.announcement_id}"
