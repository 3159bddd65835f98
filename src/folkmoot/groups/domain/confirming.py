"""What somebody confirmed of a charter: the reading, with corrections and answers in it.

The result has the shape of `folkmoot charter check --json`, so everything that is shown or scheduled later can
rest on one thing, whether it was read or corrected. Corrections are texts by key (`objectives.2.name`), and
`leave_out` for a whole item (`objectives.2`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from folkmoot.groups.domain.charter import Charter, to_json
from folkmoot.groups.domain.questions import scheduled
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import to_rrule

LEAVE_OUT: Final = "leave_out"
LONGEST: Final = 5_000

CORRECTABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "objectives": ("name", "text"),
    "roles": ("name", "text"),
    "membership": ("text",),
    "annual_activities": ("name", "text", "quarter"),
}
_KEY: Final = re.compile(r"(objectives|roles|membership|annual_activities)\.(\d{1,4})(?:\.(name|text|quarter))?")
_MEETING_KEY: Final = re.compile(r"meetings\.(\d{1,4})\.(zone|first_date|rrule|local_time)")
_QUARTERS: Final = ("", "Q1", "Q2", "Q3", "Q4")


def check_answers(charter: Charter, answers: Mapping[str, str], *, today: date) -> None:
    """Refused `invalid_answer` (with `key`) for the first answer that names nothing here or cannot be used."""
    for key, value in answers.items():
        if len(value) > LONGEST:
            raise _wrong(key, f"That is longer than {LONGEST} characters.")
        if key in ("name", "purpose"):
            continue
        if found := _KEY.fullmatch(key):
            field, position, part = found.groups()
            known = int(position) < len(getattr(charter, field))
            if known and (part in CORRECTABLE[field] or (part is None and value in ("", LEAVE_OUT))):
                if part == "quarter" and value not in _QUARTERS:
                    raise _wrong(key, "A quarter is one of Q1, Q2, Q3 and Q4, or empty.")
                continue
        elif (found := _MEETING_KEY.fullmatch(key)) and int(found[1]) < len(charter.meetings):
            continue
        raise _wrong(key[:80], "The charter has nothing by that name to answer or correct.")
    for position, meeting in enumerate(charter.meetings):
        scheduled(meeting, answers, position, today=today)


def confirmed_reading(charter: Charter, answers: Mapping[str, str], *, today: date) -> dict[str, Any]:
    """The reading as JSON values with the corrections and answers in it. Refused as `check_answers` does."""
    check_answers(charter, answers, today=today)
    reading = to_json(charter)
    if answers.get("name", "").strip():
        reading["name"] = answers["name"].strip()
    if "purpose" in answers:
        reading["purpose"] = answers["purpose"].strip() or None
    for field, parts in CORRECTABLE.items():
        kept = []
        for position, item in enumerate(reading[field]):
            if answers.get(f"{field}.{position}") == LEAVE_OUT:
                continue
            for part in parts:
                correction = answers.get(f"{field}.{position}.{part}")
                if correction is not None:
                    item[part] = correction.strip() or None
            kept.append(item)
        reading[field] = kept
    for position, (item, meeting) in enumerate(zip(reading["meetings"], charter.meetings, strict=True)):
        settled = scheduled(meeting, answers, position, today=today)
        item["zone"] = settled.zone
        item["local_time"] = f"{settled.at:%H:%M}" if settled.at else None
        item["rrule"] = to_rrule(settled.rule) if settled.rule else None
        item["first_date"] = settled.first.isoformat() if settled.first else None
        item["clause_anchor"] = anchor_of_line(charter, meeting.lines.first)
    return reading


def anchor_of_line(charter: Charter, line: int) -> str:
    """The permalink of the section that a line belongs to."""
    return next((s.anchor for s in charter.sections if s.lines.first <= line <= s.lines.last), "")


def _wrong(key: str, words: str) -> Refused:
    return Refused(words, code="invalid_answer", key=key)
