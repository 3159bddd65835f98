"""What meetings keeps about people: where they were, where they could not be, and what they noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.models import Answer, Attendance, OpeningReading
from folkmoot.people.models import Person
from folkmoot.people.person_data import Pointers, Rows, offer

WITH_THE_GROUP = _("You, whoever takes part in the group, and the stewards.")
COUNTED_BY_ALL = _("You, whoever takes part in the group, and the stewards. Everybody sees how many were there.")


@dataclass(frozen=True)
class OwnAttendance(Rows):
    """Where a person was. Of two records that were both at a call one counts; who is erased is still counted."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        moved = super().merge(kept, gone)
        hidden: list[int] = []
        shown: list[int] = []
        for row in self.of(gone).filter(withdrawn_at=None):
            Attendance.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
            hidden.append(row.pk)
            theirs = self.of(kept).filter(meeting=row.meeting_id, withdrawn_at__isnull=False)
            shown += theirs.values_list("pk", flat=True)
            theirs.update(withdrawn_at=None)
        return {**moved, "hidden": hidden, "shown": shown}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        super().part(kept, gone, moved)
        self.of(gone).filter(pk__in=moved.get("hidden", [])).update(withdrawn_at=None)
        self.of(kept).filter(pk__in=moved.get("shown", [])).update(withdrawn_at=timezone.now())

    def erase(self, person: Person) -> None:
        self.of(person).update(person=None, affiliation="", why="")


def offer_all() -> None:
    """Answer for every model of this room that points at a person."""
    offer(
        "meetings.attendance",
        OwnAttendance(
            _("Calls you were at"),
            Attendance,
            "person",
            _attendance,
            seen_by=COUNTED_BY_ALL,
            corrected_at="my_attendance",
            fetched=("meeting__group",),
        ),
    )
    offer(
        "meetings.attendance_noted",
        Pointers(_("Who was at a call, noted by you"), Attendance, "noted_by", _noted, fetched=("meeting__group",)),
    )
    offer(
        "meetings.answers",
        Rows(
            _("Whether you come to calls"),
            Answer,
            "person",
            _answer,
            seen_by=WITH_THE_GROUP,
            fetched=("meeting__group",),
        ),
    )
    offer(
        "meetings.opening_read",
        Pointers(
            _("Opening texts that you read out"),
            OpeningReading,
            "read_by",
            _reading,
            fetched=("meeting__group", "document"),
        ),
    )


def _of_call(row: Any) -> dict[str, Any]:
    return {"group": row.meeting.group.name, "call": row.meeting.starts_at.isoformat()}


def _attendance(row: Attendance) -> dict[str, Any]:
    return {
        **_of_call(row),
        "noted_at": row.noted_at.isoformat(),
        "how": row.source,
        "taken_back_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "why": row.why,
    }


def _noted(row: Attendance) -> dict[str, Any]:
    return {**_of_call(row), "noted_at": row.noted_at.isoformat()}


def _answer(row: Answer) -> dict[str, Any]:
    return {**_of_call(row), "answer": row.says, "how": row.way, "said_at": row.said_at.isoformat()}


def _reading(row: OpeningReading) -> dict[str, Any]:
    return {**_of_call(row), "text": row.document.title, "read_at": row.read_at.isoformat()}
