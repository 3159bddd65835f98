"""What other rooms ask of a charter in force: typed terms instead of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from folkmoot.groups.models import CharterVersion

DEFAULT_DURATION = 60


@dataclass(frozen=True)
class TableRow:
    """A row of the charter's time table: its label ("PST"), the time it states, and the zones it may mean."""

    label: str
    at: time
    zones: tuple[str, ...]


@dataclass(frozen=True)
class MeetingTerms:
    """One regular meeting of the charter that can be scheduled: wall time, zone and rule are all known.

    `position` counts the charter's meetings from 0 and stays the key of what is scheduled from it;
    `duration_stated` is False when the charter is silent and `DEFAULT_DURATION` minutes stand in.
    `clause_anchor` leads to the wording on the charter page.
    """

    position: int
    cadence: str
    rrule: str
    first_date: date
    local_time: time
    zone: str
    duration_minutes: int
    duration_stated: bool
    table: tuple[TableRow, ...]
    clause_anchor: str


def meeting_terms(charter: CharterVersion) -> list[MeetingTerms]:
    """The charter's meetings that can be scheduled, in its order; those with an open question are left out."""
    return list(_meeting_terms(charter))


def _meeting_terms(charter: CharterVersion) -> Iterator[MeetingTerms]:
    for position, meeting in enumerate(charter.reading.get("meetings", [])):
        if not all(meeting.get(key) for key in ("rrule", "first_date", "local_time", "zone")):
            continue
        yield MeetingTerms(
            position=position,
            cadence=meeting.get("cadence") or "",
            rrule=meeting["rrule"],
            first_date=date.fromisoformat(meeting["first_date"]),
            local_time=time.fromisoformat(meeting["local_time"]),
            zone=meeting["zone"],
            duration_minutes=meeting.get("duration_minutes") or DEFAULT_DURATION,
            duration_stated=bool(meeting.get("duration_minutes")),
            table=tuple(
                TableRow(row["label"], time.fromisoformat(row["time"]), tuple(row["zone_candidates"]))
                for row in meeting.get("table", [])
                if row.get("time")
            ),
            clause_anchor=meeting.get("clause_anchor") or "",
        )
