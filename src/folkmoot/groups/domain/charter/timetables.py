"""Tables of times: one call at the wall times of several zones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import List, Table
from folkmoot.groups.domain.charter.clock import Clock, Zoned, candidates, find_clocks, whole_clock
from folkmoot.groups.domain.charter.model import Lines, TimetableRow
from folkmoot.groups.domain.charter.schedule import Schedule, find_days
from folkmoot.groups.domain.charter.text import Words
from folkmoot.groups.domain.charter.words import LANGUAGES

MOST_ROWS: Final = 40
LONGEST_LABEL: Final = 60

_ZONE_COLUMNS: Final = frozenset().union(*(words.times.zone_columns for words in LANGUAGES))
_TIME_COLUMNS: Final = frozenset().union(*(words.times.time_columns for words in LANGUAGES))
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_ITEM_REST: Final = re.compile(r"[\s:,.()–—@-]*(?:at|in)?[\s:,.()–—-]*")


def is_of_times(heading: str) -> bool:
    """Whether a heading says that times follow, and names nothing: "Times", "Time zones and local time"."""
    known = _ZONE_COLUMNS | _TIME_COLUMNS | lexicon.PARTICULARS.keys()
    parts = [_said_of_times(part) for part in lexicon.JOINS.split(lexicon.lowered(heading).strip(" :"))]
    return all(part in known for part in parts)


def _said_of_times(words: str) -> str:
    kept = [
        word
        for word in words.split()
        if word not in lexicon.FILLERS and word not in lexicon.PREPOSITIONS and not lexicon.MEETING_LABEL.search(word)
    ]
    return " ".join(kept)


def timetable(table: Table) -> tuple[TimetableRow, ...]:
    """The rows of a table of times, upright or lying; empty when the table is about something else."""
    return _upright(table) or _lying(table)


def zones_of(label: str) -> tuple[str, ...]:
    """The zones that a label of a table may mean, as a whole or in its brackets: "Pacific (PST)"."""
    bare = " ".join(label.split()).strip(" *:")
    if not bare or len(bare) > LONGEST_LABEL:
        return ()
    inner = _IN_BRACKETS.search(bare)
    outer = _IN_BRACKETS.sub("", bare).strip()
    whole = candidates(outer) or candidates(f"{outer} time")
    if inner is None:
        return whole
    part = candidates(inner[1].strip())
    both = tuple(one for one in whole if one in part)
    return both or part or whole


def _upright(table: Table) -> tuple[TimetableRow, ...]:
    heads = [lexicon.lowered(cell.text).strip(" :") for cell in table.head]
    # Without a heading row of its own the first row of times is what Markdown takes for the heading.
    lines = [(row.cells, row.lines) for row in table.rows]
    if table.head and len(table.head) == 2 and zones_of(table.head[0].text) and whole_clock(table.head[1].text):
        lines.insert(0, (table.head, Lines(table.lines.first, table.lines.first)))
    if not lines or len(lines) > MOST_ROWS:
        return ()
    width = max(len(cells) for cells, _ in lines)
    zone_column = next((place for place, head in enumerate(heads) if head in _ZONE_COLUMNS), None)
    time_column = next((place for place, head in enumerate(heads) if head in _TIME_COLUMNS), None)
    if zone_column is None:
        zone_column = _best_column(lines, width, lambda text: bool(zones_of(text)), time_column)
    if time_column is None and zone_column is not None:
        time_column = _best_column(lines, width, lambda text: whole_clock(text) is not None, zone_column)
    if zone_column is None or time_column is None or zone_column == time_column:
        return ()
    found: list[TimetableRow] = []
    for cells, where in lines:
        if max(zone_column, time_column) >= len(cells):
            continue
        others = " ".join(cell.text for place, cell in enumerate(cells) if place not in (zone_column, time_column))
        if find_days(others[:200]) is not None:
            return ()  # each row is a meeting of its own
        label = cells[zone_column].text.strip()
        clock = whole_clock(cells[time_column].text)
        if label and clock is not None:
            found.append(TimetableRow(label=label, time=clock.time, zone_candidates=zones_of(label), lines=where))
    labels = {row.label for row in found}
    if not any(row.zone_candidates for row in found) or len(found) * 2 < len(lines) or len(labels) < len(found):
        return ()
    return tuple(found)


def _best_column(
    lines: Sequence[tuple[Sequence[Words], Lines]], width: int, test: Callable[[str], bool], other: int | None
) -> int | None:
    for place in range(min(width, 8)):
        if place == other:
            continue
        told = [cells[place].text for cells, _ in lines if place < len(cells)]
        if told and sum(1 for text in told if test(text)) * 3 >= len(told) * 2:
            return place
    return None


def _lying(table: Table) -> tuple[TimetableRow, ...]:
    """Zones as headings of columns, times below."""
    if not table.head or not 1 <= len(table.rows) <= 2:
        return ()
    cells, where = table.rows[0].cells, table.rows[0].lines
    found = []
    for head, cell in zip(table.head, cells, strict=False):
        possible = zones_of(head.text)
        clock = whole_clock(cell.text)
        if possible and clock is not None:
            label = _IN_BRACKETS.search(head.text)
            shown = label[1] if label and candidates(label[1]) else head.text
            found.append(TimetableRow(label=shown, time=clock.time, zone_candidates=possible, lines=where))
    return tuple(found) if len(found) > 1 else ()


def listed_timetable(block: List) -> tuple[TimetableRow, ...]:
    """A list of times with their zones and nothing else: "8 am PST", "PST: 8 am"."""
    found: list[TimetableRow] = []
    for item in block.items[:MOST_ROWS]:
        row = _listed(item.words)
        if row is None or item.blocks:
            return ()
        found.append(row)
    return tuple(found) if len(found) > 1 and len(found) == len(block.items) else ()


def _listed(words: Words) -> TimetableRow | None:
    lead = words.lead()
    if lead is not None and (possible := zones_of(lead[0])) and (clock := whole_clock(lead[1].text)) is not None:
        return TimetableRow(label=lead[0], time=clock.time, zone_candidates=possible, lines=words.lines)
    clocks = find_clocks(words.text[:120])
    if len(clocks) != 1 or clocks[0].zone is None:
        return None
    rest = words.text[: clocks[0].start] + words.text[clocks[0].end :]
    if not _ITEM_REST.fullmatch(rest):
        return None
    zone = clocks[0].zone
    return TimetableRow(label=zone.label, time=clocks[0].time, zone_candidates=zone.candidates, lines=words.lines)


def spoken_timetable(schedule: Schedule, lines: Lines) -> tuple[TimetableRow, ...]:
    """Several times of one call in one sentence: "10:00 PT / 13:00 ET / 18:00 UTC"."""
    rows = [
        TimetableRow(label=zone.label, time=clock.time, zone_candidates=zone.candidates, lines=lines)
        for clock, zone in _zoned(schedule)
    ]
    labels = {row.label for row in rows}
    if len(rows) < 2 or len(labels) < len(rows) or schedule.alternating:
        return ()
    return tuple(rows)


def _zoned(schedule: Schedule) -> Iterator[tuple[Clock, Zoned]]:
    for clock in schedule.clocks:
        if clock.zone is not None:
            yield clock, clock.zone
