"""A charter as plain values for JSON: the contract of `folkmoot charter check --json`.

Keys may be added, never renamed.
"""

from __future__ import annotations

from typing import Any

from folkmoot.groups.domain.charter.model import (
    WEEKDAYS,
    Charter,
    Clause,
    Lines,
    Meeting,
    Named,
    Note,
    Section,
    TimetableRow,
)
from folkmoot.groups.domain.charter.words.notes import words

Plain = dict[str, Any]


def to_json(charter: Charter, language: str = "en") -> Plain:
    """The charter as dicts, lists, strings and numbers; what it does not say is null or empty."""
    purpose = charter.purpose
    return {
        "title": charter.title,
        "name": charter.name,
        "purpose": purpose.text if purpose else None,
        "purpose_lines": _lines(purpose.lines) if purpose else None,
        "scope": {"in": [_clause(one) for one in charter.scope_in], "out": [_clause(one) for one in charter.scope_out]},
        "objectives": [_named(one) for one in charter.objectives],
        "membership": [_clause(one) for one in charter.membership],
        "roles": [_named(one) for one in charter.roles],
        "managers": [{"name": one.name, "role": one.role, "lines": _lines(one.lines)} for one in charter.managers],
        "meetings": [_meeting(one) for one in charter.meetings],
        "annual_activities": [{**_named(one), "quarter": one.quarter} for one in charter.annual_activities],
        "decision_rules": [{"rule": one.rule, **_clause(one)} for one in charter.decision_rules],
        "channels": [{**_named(one), "platform": one.platform, "url": one.url} for one in charter.channels],
        "resources": [{**_named(one), "url": one.url} for one in charter.resources],
        "policies": [{**_named(one), "policy": one.policy, "url": one.url} for one in charter.policies],
        "links": [{"name": one.name, "url": one.url, "lines": _lines(one.lines)} for one in charter.links],
        "amendments": [{**_clause(one), "date": one.date} for one in charter.amendments],
        "sections": [_section(one) for one in charter.sections],
        "notes": [_note(one, language) for one in charter.notes],
    }


def _lines(lines: Lines) -> list[int]:
    return [lines.first, lines.last]


def _clause(one: Clause) -> Plain:
    return {"text": one.text, "lines": _lines(one.lines), "number": one.number or None, "anchor": one.anchor or None}


def _named(one: Named) -> Plain:
    return {"name": one.name, **_clause(one)}


def _meeting(one: Meeting) -> Plain:
    return {
        "name": one.name,
        "cadence": one.cadence,
        "interval_weeks": one.interval_weeks,
        "weekdays": [WEEKDAYS[day] for day in one.weekdays],
        "either_weekday": one.either_weekday,
        "first_date": one.first_date.isoformat() if one.first_date else None,
        "local_time": f"{one.local_time:%H:%M}" if one.local_time is not None else None,
        "duration_minutes": one.duration_minutes,
        "rrule": one.rrule,
        "zone": one.zone,
        "zone_label": one.zone_label,
        "zone_candidates": list(one.zone_candidates),
        "anchors": [{"zone": anchor.zone, "local_time": f"{anchor.local_time:%H:%M}"} for anchor in one.anchors],
        "table": [_row(row) for row in one.table],
        "lines": _lines(one.lines),
    }


def _row(row: TimetableRow) -> Plain:
    return {
        "label": row.label,
        "time": f"{row.time:%H:%M}",
        "zone_candidates": list(row.zone_candidates),
        "lines": _lines(row.lines),
    }


def _section(one: Section) -> Plain:
    return {
        "heading": one.heading,
        "level": one.level,
        "kind": one.kind.value,
        "lines": _lines(one.lines),
        "number": one.number or None,
        "anchor": one.anchor,
    }


def _note(one: Note, language: str) -> Plain:
    message, suggestion = words(one, language)
    return {
        "line": one.line,
        "severity": one.severity,
        "code": one.code,
        "message": message,
        "suggestion": suggestion,
        "params": one.params,
    }
