"""Minutes as plain values for JSON: the contract of `folkmoot minutes check --json`.

Keys may be added, never renamed.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from folkmoot.meetings.domain.minutes.model import (
    SIDES,
    MinutesFile,
    Note,
    ReadDecision,
    ReadMeeting,
    ReadPerson,
)

Plain = dict[str, Any]


def to_json(file: MinutesFile) -> Plain:
    """The file as dicts, lists, strings and numbers; what it does not say is null or empty."""
    return {
        "name": file.name,
        "canonical": file.canonical,
        "open": file.is_open,
        "meetings": [_meeting(one) for one in file.meetings],
        "notes": [_note(one) for one in file.notes],
    }


def _meeting(one: ReadMeeting) -> Plain:
    record = one.record
    return {
        "lines": [one.first_line, one.last_line],
        "title": record.title,
        "group": record.group,
        "status": record.status,
        "date": _day(record.date),
        "until": _day(record.until),
        "starts": _time(record.starts),
        "ends": _time(record.ends),
        "zone": record.zone,
        "present": [_person(person) for person in record.present],
        "regrets": [_person(person) for person in record.regrets],
        "unnamed": record.unnamed,
        "attendee_count": record.attendee_count,
        "stated_count": record.stated_count,
        "moderator": record.moderator,
        "scribe": record.scribe,
        "texts": [{"title": text.title, "text": text.text} for text in record.texts],
        "items": [
            {
                "line": item.line, "title": item.title, "minutes": item.minutes, "kind": item.kind, "owner": item.owner,
                "notes": item.notes,
            }
            for item in record.items
        ],
        "decisions": [_decision(decision) for decision in record.decisions],
        "actions": [
            {
                "line": action.line, "text": action.text, "owner": action.owner, "due": _day(action.due),
                "done": action.done,
            }
            for action in record.actions
        ],
        "links": [{"line": link.line, "label": link.label, "url": link.url} for link in record.links],
        "approved": record.approved,
        "notes": [_note(note) for note in one.notes],
    }  # fmt: skip


def _person(one: ReadPerson) -> Plain:
    return {
        "line": one.line,
        "name": one.name,
        "handle": one.handle,
        "affiliation": one.affiliation,
        "role": one.role,
        "guest": one.guest,
        "initials": one.initials,
    }


def _decision(one: ReadDecision) -> Plain:
    return {
        "line": one.line,
        "text": one.text,
        "way": one.way,
        "outcome": one.outcome,
        "moved_by": one.moved_by,
        "seconded_by": one.seconded_by,
        "votes": {
            side: {"count": getattr(one.counts, side), "names": list(getattr(one.names, side))} for side in SIDES
        },
    }


def _note(one: Note) -> Plain:
    return {"line": one.line, "severity": one.severity, "code": one.code, "message": one.words}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at is not None else None
