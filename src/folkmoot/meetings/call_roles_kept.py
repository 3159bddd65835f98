"""What is kept about people for call roles, turns and announcements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.call_roles_reading import LIVE
from folkmoot.meetings.models import Announcement, Turn, TurnState, Willing
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


@dataclass(frozen=True)
class Turns(Rows):
    """Turns of a person: those at coming calls are free again, past ones stay without a name."""

    def erase(self, person: Person) -> None:
        self.of(person).update(reason="")
        ahead = Q(meeting__starts_at__gt=timezone.now()) | Q(state=TurnState.PROPOSED)
        live = self.of(person).filter(ahead, state__in=LIVE).values_list("pk", flat=True)
        Turn.objects.filter(pk__in=list(live)).update(state=TurnState.ENDED, answered_at=timezone.now())


def offer_all() -> None:
    """Answer for every model of call roles that points at a person."""
    of_call = ("meeting__group", "role")
    offer("meetings.turns", Turns(_("Your turns at calls"), Turn, "person", _turn, OnErasing.KEEP, fetched=of_call))
    offer("meetings.turns_asked", Pointers(_("Turns you asked others for"), Turn, "asked_by", _turn, fetched=of_call))
    offer(
        "meetings.willing",
        Rows(_("Call roles for which you can take a turn"), Willing, "person", _willing, fetched=("role__group",)),
    )
    offer(
        "meetings.announcements",
        Pointers(_("Calls you announced"), Announcement, "by", _announcement, fetched=("meeting__group",)),
    )


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "group": turn.meeting.group.name,
        "call": turn.meeting.starts_at.isoformat(),
        "role": turn.role.name,
        "how": turn.how,
        "state": turn.state,
        "reason": turn.reason,
    }


def _willing(willing: Willing) -> dict[str, Any]:
    return {"group": willing.role.group.name, "role": willing.role.name, "since": willing.since.isoformat()}


def _announcement(announcement: Announcement) -> dict[str, Any]:
    return {
        "group": announcement.meeting.group.name,
        "call": announcement.meeting.starts_at.isoformat(),
        "subject": announcement.subject,
        "words": announcement.body,
        "sent": announcement.sent_at.isoformat() if announcement.sent_at else None,
    }
