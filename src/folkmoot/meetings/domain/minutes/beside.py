"""What stands beside the lists of people and may change how many there were: numbers in sentences, unknown labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from folkmoot.meetings.domain.minutes.extents import labelled
from folkmoot.meetings.domain.minutes.gathered import Gathered
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.people import looks_like_a_name, split_list
from folkmoot.meetings.domain.minutes.words import head_kind, is_date_label, role_of, speaks_of_another_day, standing_of

MOST_LOOKED_AT: Final = 60
"""Lines of a meeting in which a sentence may tell how many were there."""
NEAR: Final = 3
"""Lines from one of people within which another list of names may belong to them."""

_PEOPLE: Final = (
    r"(?:people|persons?|attendees|participants|members|delegates|"
    r"personen|mitglieder|personnes|membres|personas|pessoas)"
)
_THERE: Final = r"(?:present|attended|in attendance|joined|anwesend|présente?s|presentes)"
_OF: Final = r"\s+(?:out\s+)?(?:of|von|sur|de)\s+(?:the\s+)?\d{1,4}\s+(?:\w+\s+){0,3}"
_STATED: Final = (
    re.compile(rf"(?<![\d.,-])(\d{{1,4}}){_OF}{_THERE}\b", re.IGNORECASE),
    re.compile(
        rf"(?<![\d.,-])(\d{{1,4}})\s+(?:\w+\s+){{0,2}}{_PEOPLE}\s+(?:were\s+|was\s+|had\s+)?{_THERE}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\battended by (?:about |around |some )?(\d{1,4})\b", re.IGNORECASE),
)


def look_beside(lines: Sequence[Line], found: Gathered) -> None:
    """Take numbers that sentences tell, and tell labels with names near the people that were not understood."""
    filled = 0
    for line in lines:
        if line.kind in ("blank", "code", "comment", "row") or line.number in found.claimed:
            continue
        filled += 1
        if filled <= MOST_LOOKED_AT and not speaks_of_another_day(line.plain):
            _number(line, found)
        if line.kind in ("text", "bullet") and any(line.number - near in found.claimed for near in range(1, NEAR + 1)):
            _names(line, found)


def _number(line: Line, found: Gathered) -> None:
    for pattern in _STATED:
        if hit := pattern.search(line.plain):
            found.stated.append((int(hit[1]), line.number))
            return


def _names(line: Line, found: Gathered) -> None:
    pair = labelled(line.text)
    if pair is None or not pair[1] or not found.lists:
        return
    label, value = pair
    known = standing_of(label) or role_of(label) or is_date_label(label) or head_kind(label)
    parts = split_list(value)
    bare = [re.sub(r"\([^()]*\)", "", part).strip() for part in parts]
    names = all(looks_like_a_name(part) and (len(part.split()) > 1 or part.startswith("@")) for part in bare)
    if not known and len(parts) > 1 and names:
        found.tell("names_beside", line.number, text=line.plain)
