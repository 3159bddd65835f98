"""Minutes as other communities write them, and our own: `read_minutes`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from folkmoot.meetings.domain.minutes.attendance import read_attendance
from folkmoot.meetings.domain.minutes.canonical import Broken, is_canonical, read_canonical, write_minutes
from folkmoot.meetings.domain.minutes.dates import find_dates
from folkmoot.meetings.domain.minutes.dating import Hints, hints_for, settle
from folkmoot.meetings.domain.minutes.days import other_days
from folkmoot.meetings.domain.minutes.deciding import read_decisions
from folkmoot.meetings.domain.minutes.doing import read_actions
from folkmoot.meetings.domain.minutes.gathered import Gathered, same_person
from folkmoot.meetings.domain.minutes.lines import BOLD_LEVEL, Line, scan
from folkmoot.meetings.domain.minutes.model import MinutesFile, MinutesRecord, Note, ReadMeeting, ReadPerson
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.people import folded
from folkmoot.meetings.domain.minutes.source import LONGEST_LINE, Source, read_source
from folkmoot.meetings.domain.minutes.splitting import front_matter, parts
from folkmoot.meetings.domain.minutes.topics import MOST_ITEMS, read_items, read_links

MOST_NOTES_OF_A_CODE: Final = 40


def read_minutes(data: bytes | str, *, name: str = "") -> MinutesFile:
    """What a file of minutes says. `name` is its path, which may tell the date.

    Never raises: what is not understood stays in the notes of a topic or is told by a note, and a file that is no
    text has no meetings. A file in our own form is read exactly.
    """
    source = read_source(data)
    text = "\n".join(source.lines)
    broken: list[Note] = []
    if is_canonical(text):
        try:
            record, first, last = read_canonical(text), 1, len(source.lines)
        except Broken as why:
            broken.append(note("form_broken", why.line, why=why.words))
        else:
            changed = (note("changed_by_hand", 1),) if write_minutes(record) != text else ()
            return MinutesFile(name, (ReadMeeting(record, first, last),), source.notes + changed, canonical=True)
    return _read(source, name, broken)


def _read(source: Source, name: str, notes: list[Note]) -> MinutesFile:
    if not source.lines or any(one.code == "empty" for one in source.notes):
        return MinutesFile(name, (), source.notes + tuple(notes))
    front, skip = front_matter(source.lines)
    lines = scan(source.lines[skip:], skip + 1)
    notes += [note("long_line", line.number, most=LONGEST_LINE) for line in lines if len(line.raw) > LONGEST_LINE][:5]
    ranges = parts(lines)
    title = front.get("title") or next((line.plain for line in lines if line.kind == "heading"), "")
    hints = hints_for(name, lines, title)
    only = len(ranges) == 1
    if not only:
        hints = replace(hints, year=hints.year or _year_of_neighbours(lines, ranges))
        notes.append(note("several_meetings", lines[0].number if lines else 1, count=len(ranges)))
    meetings = []
    before = lines[: ranges[0][0]] if not only else []
    for start, end in ranges:
        meetings.append(_meeting(lines[start:end], front, name, hints, only=only))
        if not only and (settled := meetings[-1].record.date):
            hints = replace(hints, year=settled.year)
    if before and meetings:
        meetings[0] = _with_preamble(meetings[0], before)
    if not only:
        notes += _order(meetings)
    return MinutesFile(name, tuple(meetings), source.notes + tuple(notes))


def _year_of_neighbours(lines: Sequence[Line], ranges: Sequence[tuple[int, int]]) -> int | None:
    for start, _ in ranges:
        for one in find_dates(lines[start].plain, compact=True):
            if one.year is not None:
                return one.year
    return None


def _meeting(lines: Sequence[Line], front: Mapping[str, str], name: str, hints: Hints, *, only: bool) -> ReadMeeting:
    settled = settle(lines, front if only else {}, name, hints, only=only)
    gathered = read_attendance(lines)
    decisions, decision_notes = read_decisions(lines)
    actions = read_actions(lines, settled.day)
    heading = next((line for line in lines if line.kind == "heading" and line.level < BOLD_LEVEL), None)
    title = (front.get("title", "") if only else "") or (heading.plain if heading else "")
    claimed = gathered.claimed | settled.lines
    items = read_items(lines, claimed, heading.number if heading else 0)
    _from_front(front if only else {}, gathered)
    clock = settled.clock
    record = MinutesRecord(
        title=title,
        status=front.get("status", "") if only else "",
        date=settled.day,
        until=settled.until,
        starts=clock.starts if clock else None,
        ends=clock.ends if clock else None,
        zone=clock.zone if clock else "",
        present=tuple(gathered.present),
        regrets=tuple(gathered.regrets),
        unnamed=gathered.unnamed,
        stated_count=gathered.stated[0][0] if gathered.stated else None,
        moderator=", ".join(gathered.moderators),
        scribe=", ".join(gathered.scribes),
        items=tuple(items),
        decisions=tuple(decisions),
        actions=tuple(actions),
        links=tuple(read_links(lines)),
    )
    first, last = (lines[0].number, lines[-1].number) if lines else (1, 1)
    told = [
        *settled.notes,
        *other_days(lines, settled),
        *gathered.notes,
        *_on_people(record, gathered, first),
        *decision_notes,
    ]
    told += [note("outcome_unknown", one.line, text=one.text) for one in decisions if not one.outcome]
    told += [note("no_owner", one.line, text=one.text) for one in actions if not one.owner]
    if len(items) >= MOST_ITEMS:
        told.append(note("too_many", items[-1].line, most=MOST_ITEMS, what="topics"))
    if not items:
        told.append(note("no_items", first))
    return ReadMeeting(record, first, last, tuple(_bounded(told)))


def _from_front(front: Mapping[str, str], gathered: Gathered) -> None:
    """People whom only the front matter names."""
    for key in ("attendees", "present", "participants", "attendance"):
        value = front.get(key, "").strip().removeprefix("[").removesuffix("]")
        if value and not gathered.present:
            line = Line(1, value, "text", value)
            for part in value.split(","):
                gathered.entry(part.strip().strip("\"'"), line, "present")
            gathered.notes = [one for one in gathered.notes if one.code not in ("nobody_named",)]
            gathered.lists += 1


def _on_people(record: MinutesRecord, gathered: Gathered, first: int) -> Iterator[Note]:
    """What is doubtful or contradicts itself about who was there."""
    known = any(
        one.code in ("nobody_named", "nobody_marked", "nobody_ticked", "attendance_elsewhere", "attendance_hidden")
        for one in gathered.notes
    )
    if not record.attendee_count and not gathered.stated and not known:
        yield note("no_attendance", first)
    for stated, line in gathered.stated:
        if not record.present:
            yield note("count_only", line, stated=stated)
        elif stated not in (len(record.present), record.attendee_count):
            yield note("count_differs", line, stated=stated, listed=record.attendee_count)
    if record.attendee_count == 1:
        yield note("only_one", record.present[0].line if record.present else first)
    if gathered.lists > 1 and record.present:
        yield note("several_lists", record.present[0].line, count=gathered.lists)
    yield from _maybe_twice(record.present)
    for person in record.present:
        if any(same_person(person, other) for other in record.regrets):
            yield note("present_and_absent", person.line, name=person.shown)
    if record.present:
        for role, names in (("moderator", gathered.moderators), ("scribe", gathered.scribes)):
            for name in names:
                if not any(_is(name, person) for person in record.present):
                    yield note("role_not_listed", gathered.role_lines.get(name, first), name=name, role=role)


def _maybe_twice(present: Sequence[ReadPerson]) -> Iterator[Note]:
    """People whose short name is the beginning of another's: "Ada" and "Ada Example", "Ada E." and "Ada Example"."""
    whole: dict[str, ReadPerson] = {}
    for person in present:
        words = folded(person.name).split()
        if len(words) > 1:
            whole.setdefault(words[0], person)
            whole.setdefault(f"{words[0]} {words[-1][0]}", person)
    for person in present:
        words = folded(person.name).split()
        short = len(words) == 1 or (len(words) == 2 and len(words[1]) == 1)
        other = whole.get(" ".join(words)) if short else None
        if other is not None and other is not person:
            yield note("maybe_twice", person.line, name=person.shown, other=other.shown)


def _is(name: str, person: ReadPerson) -> bool:
    bare, whole = folded(name), folded(person.name)
    words = whole.split()
    return (
        bare == whole
        or bare == person.handle.lower()
        or bare == person.initials.lower()
        or bare == "".join(word[0] for word in words)
        or (" " not in bare and bare in words)
        or (bool(words) and words[0] == bare.split()[0] and " " in bare and bare.split()[-1][:1] == words[-1][:1])
    )


def _bounded(notes: Sequence[Note]) -> Iterator[Note]:
    counts: dict[str, int] = {}
    for one in dict.fromkeys(notes):
        counts[one.code] = counts.get(one.code, 0) + 1
        if counts[one.code] <= MOST_NOTES_OF_A_CODE:
            yield one


def _with_preamble(meeting: ReadMeeting, before: Sequence[Line]) -> ReadMeeting:
    """What stands above the first of several meetings is kept with it."""
    items = read_items(before, frozenset(), 0)
    record = replace(meeting.record, items=tuple(items) + meeting.record.items)
    return replace(meeting, record=record)


def _order(meetings: Sequence[ReadMeeting]) -> Iterator[Note]:
    days: list[tuple[date, int]] = [(one.record.date, one.first_line) for one in meetings if one.record.date]
    seen: set[date] = set()
    for day, line in days:
        if day in seen:
            yield note("same_date_twice", line, day=day.isoformat())
        seen.add(day)
    plain_days = [day for day, _ in days]
    if plain_days not in (sorted(plain_days), sorted(plain_days, reverse=True)):
        yield note("dates_not_in_order", days[0][1])
