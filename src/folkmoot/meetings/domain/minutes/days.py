"""Other days further down in what was taken for one meeting, by which it may be seen that there were several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from folkmoot.meetings.domain.minutes.dates import Dated, find_dates
from folkmoot.meetings.domain.minutes.dating import Settled
from folkmoot.meetings.domain.minutes.extents import labelled
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.model import Note
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.splitting import begins_meeting
from folkmoot.meetings.domain.minutes.words import head_kind, is_date_label, speaks_of_another_day

MOST_TOLD: Final = 3


def other_days(lines: Sequence[Line], settled: Settled) -> Iterator[Note]:
    """A note for each heading or label below the first that is a day of its own, other than that of the meeting."""
    if settled.day is None:
        return
    told = 0
    elsewhere = False
    for line in lines:
        if told >= MOST_TOLD:
            return
        if line.kind == "heading":
            elsewhere = speaks_of_another_day(line.plain) or head_kind(line.plain) in ("actions", "next")
            if elsewhere or not begins_meeting(line):
                continue
            dates = find_dates(line.plain, compact=True)
        elif line.kind in ("bullet", "text") and not elsewhere:
            pair = labelled(line.text)
            if pair is None or not is_date_label(pair[0]) or line.number in settled.lines:
                continue
            dates = find_dates(pair[1], compact=True)
        else:
            continue
        if dates and _differs(dates[0], settled):
            told += 1
            yield note("another_day", line.number, text=line.plain)


def _differs(one: Dated, settled: Settled) -> bool:
    day = settled.day
    if day is None or (one.in_month is None and not one.choices):
        return False
    if one.choices:
        return day not in one.choices
    if one.day is not None:
        return not day <= one.day <= (settled.until or day)
    return (one.month, one.in_month) != (day.month, day.day)
