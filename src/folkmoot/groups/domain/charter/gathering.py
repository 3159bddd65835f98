"""Gathers a charter's statements on meetings into series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Item, List, Paragraph, Row, Table
from folkmoot.groups.domain.charter.clock import candidates
from folkmoot.groups.domain.charter.kinds import subject
from folkmoot.groups.domain.charter.meetings import Draft, drafted, finished
from folkmoot.groups.domain.charter.model import Kind, Lines, Meeting
from folkmoot.groups.domain.charter.outline import Outline
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import Reading, is_placeholder
from folkmoot.groups.domain.charter.schedule import Schedule, find_days, might_tell, read_duration, read_schedule
from folkmoot.groups.domain.charter.statements import statement
from folkmoot.groups.domain.charter.text import Words
from folkmoot.groups.domain.charter.timetables import is_of_times, listed_timetable, spoken_timetable, timetable

MOST_STATEMENTS: Final = 400
"""Sentences read closely; a charter that says more on its meetings says nothing."""
MOST_MEETINGS: Final = 40
MOST_ROWS: Final = 200
LONGEST_MEETING_NAME: Final = 60
LONGEST_SPLIT: Final = 400
"""Longer sentences are not searched for a second schedule."""
FURTHEST_START: Final = 60
"""How far into the second half of a sentence its schedule may begin."""

# Speaks of schedules, but not of those of the group's meetings.
_NEVER: Final = (
    Kind.SCOPE, Kind.SCOPE_OUT, Kind.OBJECTIVES, Kind.ROLES, Kind.RESPONSIBILITIES, Kind.AMENDMENTS, Kind.POLICIES,
    Kind.ANNUAL_ACTIVITIES, Kind.ACTIVITIES, Kind.RESOURCES,
)  # fmt: skip


def find_meetings(reading: Reading, today: date) -> tuple[Meeting, ...]:
    """All series that the charter states, in order."""
    gatherer = _Gatherer(reading, today)
    drafts: list[Draft] = []
    for passage in reading.unsealed():
        in_meetings = passage.about(Kind.MEETINGS)
        if not in_meetings and passage.about(*_NEVER):
            continue
        for draft in gatherer.of_passage(passage, in_meetings=in_meetings):
            if len(drafts) < MOST_MEETINGS:
                _put(draft, drafts, reading.outline)
    drafts = _subsumed(drafts)
    return tuple(finished(draft, today) for draft in drafts if _is_series(draft))


def _is_series(draft: Draft) -> bool:
    return bool(draft.schedule.tells_days or draft.table or (draft.schedule.weekdays and draft.schedule.clocks))


def _put(draft: Draft, drafts: list[Draft], outline: Outline) -> None:
    """Add a draft to the last one that speaks of the same series, or as a new one."""
    if drafts:
        last = _spoken_of(draft, drafts, outline)
        near = _is_near(last, draft, outline)
        if near and last.fits(draft) and (not draft.name or last.name == draft.name or not last.schedule.tells_days):
            last.add(draft)
            return
    drafts.append(draft)


def _spoken_of(draft: Draft, drafts: list[Draft], outline: Outline) -> Draft:
    """The draft that another one goes on with: the last, but for a table of times that the last one contradicts.

    "Calls are every second Wednesday. There is an office hour on Mondays at 17:00 UTC." and a table of other times:
    they are those of the calls.
    """
    last = drafts[-1]
    if not draft.table or draft.schedule.clocks or last.may_have_times(draft.table):
        return last
    return next(
        (
            one
            for one in reversed(drafts[:-1])
            if not one.schedule.clocks and not one.table and one.fits(draft) and _is_near(one, draft, outline)
        ),
        last,
    )


def _is_near(one: Draft, other: Draft, outline: Outline) -> bool:
    return one.section == other.section or _root(outline, one.section) == _root(outline, other.section)


def _root(outline: Outline, section: int) -> int:
    """The topmost section on meetings around a section."""
    place: int | None = section
    root = section
    while place is not None:
        if Kind.MEETINGS in outline.parts[place].kinds:
            root = place
        place = outline.parts[place].parent
    return root


def _subsumed(drafts: list[Draft]) -> list[Draft]:
    """Without mentions that say nothing which a fuller statement elsewhere does not say as well."""
    kept: list[Draft] = []
    for place, draft in enumerate(drafts):
        is_bare = draft.schedule.often is not None and not (
            draft.schedule.weekdays
            or draft.schedule.clocks
            or draft.schedule.first
            or draft.table
            or draft.schedule.nth
        )
        fuller = (
            other
            for number, other in enumerate(drafts)
            if number != place
            and other.schedule.often == draft.schedule.often
            and (other.schedule.weekdays or other.schedule.clocks or other.schedule.first or number < place)
        )
        if is_bare and (not draft.name) and next(fuller, None) is not None:
            continue
        kept.append(draft)
    return kept


class _Gatherer:
    def __init__(self, reading: Reading, today: date) -> None:
        self._reading = reading
        self._today = today
        self._left = MOST_STATEMENTS
        title = reading.outline.title
        self._own_name = lexicon.lowered(title.text) if title is not None else ""

    def of_passage(self, passage: Passage, *, in_meetings: bool) -> Iterator[Draft]:
        """Drafts in the order in which they are stated."""
        name = self._name_around(passage) if in_meetings else None
        default = self._zone_of_all(passage) if in_meetings else None
        for draft in self._drafts(passage, in_meetings):
            draft.name = draft.name or name
            draft.default_zone = default
            yield draft

    def _drafts(self, passage: Passage, in_meetings: bool) -> Iterator[Draft]:
        if in_meetings:
            yield from self._of_heading(passage)
        for block in passage.blocks:
            match block:
                case Paragraph():
                    yield from self._of_paragraph(block, passage, in_meetings)
                case List():
                    yield from self._of_list(block, passage, in_meetings)
                case Table():
                    yield from self._of_table(block, passage, in_meetings)
                case _:
                    continue

    def _name_around(self, passage: Passage) -> str | None:
        """The name of a subsection or label below meetings, when it is one: "APAC call"."""
        if passage.label is not None:
            text = passage.label.text.rstrip(" :")
            return None if subject(text).kinds or read_schedule(text) else text[:LONGEST_MEETING_NAME]
        part = self._reading.part(passage)
        if part.parent is None or subject(part.name).kinds or not part.name or read_schedule(part.name):
            return None
        if is_of_times(part.name):
            return None
        above = self._reading.outline.parts[part.parent]
        return part.name[:LONGEST_MEETING_NAME] if Kind.MEETINGS in above.kinds else None

    def _zone_of_all(self, passage: Passage) -> str | None:
        """The zone in which all times nearby are given: "All times are in UTC"."""
        for block in passage.blocks:
            if not isinstance(block, Paragraph):
                continue
            for pattern in lexicon.ALL_TIMES:
                found = pattern.search(block.words.text[: lexicon.LONGEST_TESTED])
                if found is None:
                    continue
                words = found["zone"].strip(" .()").split()
                for count in range(len(words), 0, -1):
                    label = " ".join(words[:count]).strip(" .()")
                    if candidates(label):
                        return label
        return None

    def _read(self, sentence: Words, in_meetings: bool) -> Schedule | None:
        if self._left <= 0:
            return None
        found = statement(sentence, in_meetings=in_meetings, own_name=self._own_name, today=self._today)
        if found is not None:
            self._left -= 1
        return found

    def _of_heading(self, passage: Passage) -> Iterator[Draft]:
        """A heading that states a schedule itself: "Weekly community meeting"."""
        part = self._reading.part(passage)
        words = passage.label or part.heading
        first = next((one for one in self._reading.passages if one.section == passage.section), None)
        if words is None or (passage.label is None and first is not passage):
            return
        found = self._read(words, True)
        if found is not None and found.often is not None:
            yield drafted(words, found, passage.section)

    def _of_paragraph(self, block: Paragraph, passage: Passage, in_meetings: bool) -> Iterator[Draft]:
        if len(block.words.starts) <= MOST_ROWS and in_meetings:
            rows = block.words.rows()
            pairs = [(lead[0], lead[1]) for row in rows if (lead := row.lead()) is not None]
            draft = self._of_particulars(pairs, block.lines, passage.section)
            if draft is not None:
                yield draft
                return
            if len(rows) > 1 and sum(_starts_schedule(row) for row in rows) > 1:
                for row in rows:
                    yield from self._of_text(row, passage, in_meetings)
                return
        yield from self._of_text(block.words, passage, in_meetings)

    def _of_text(self, words: Words, passage: Passage, in_meetings: bool, name: str | None = None) -> Iterator[Draft]:
        lead = words.lead()
        if lead is not None and lead[1] and len(lead[0]) <= LONGEST_MEETING_NAME:
            label = lexicon.lowered(lead[0]).strip(" :")
            labelled = bool(lexicon.MEETING_LABEL.search(label))
            is_sentence = bool(lexicon.OWN_MEETING.search(label) or lexicon.MEETING_VERB.search(label))
            if labelled and label not in lexicon.HEADINGS and not is_sentence:
                name = name or lead[0]
            if read_schedule(lead[0]):
                in_meetings = in_meetings or labelled
                if labelled and read_schedule(lead[1].text).often:
                    words = lead[1]
            elif labelled or label in lexicon.PARTICULARS:
                words = lead[1]
                in_meetings = in_meetings or labelled
            elif in_meetings:
                words, name = lead[1], name or lead[0]
        elif lead is not None and not lead[1]:
            return
        for sentence in words.sentences():
            for piece in _split(sentence):
                found = self._read(piece, in_meetings)
                if found is None:
                    continue
                draft = drafted(piece, found, passage.section, name=name)
                draft.table = spoken_timetable(found, draft.lines)
                yield draft

    def _of_list(self, block: List, passage: Passage, in_meetings: bool) -> Iterator[Draft]:
        if block.quoted:
            return
        if in_meetings:
            table = listed_timetable(block)
            if table:
                yield Draft(Schedule(), block.lines, passage.section, table=table)
                return
            pairs = [(lead[0], lead[1]) for item in block.items if (lead := item.words.lead()) is not None]
            draft = self._of_particulars(pairs, block.lines, passage.section)
            if draft is not None:
                yield draft
                return
        for item in block.items:
            yield from self._of_item(item, passage, in_meetings)

    def _of_item(self, item: Item, passage: Passage, in_meetings: bool) -> Iterator[Draft]:
        nested = [block for block in item.blocks if isinstance(block, List)]
        lead = item.words.lead()
        name = None
        if in_meetings and nested and not read_schedule(item.words.text):
            # "Main call" with its particulars below.
            name = (lead[0] if lead else item.words.text).rstrip(" :")
            name = None if subject(name).kinds or len(name) > LONGEST_MEETING_NAME else name
        yield from self._of_text(item.words, passage, in_meetings)
        for block in item.blocks:
            if isinstance(block, List):
                for draft in self._of_list(block, passage, in_meetings):
                    draft.name = draft.name or name
                    yield draft
            elif isinstance(block, Paragraph):
                yield from self._of_text(block.words, passage, in_meetings)

    def _of_table(self, block: Table, passage: Passage, in_meetings: bool) -> Iterator[Draft]:
        if block.quoted:
            return
        if in_meetings:
            rows = timetable(block)
            if rows:
                lines = rows[0].lines.joined(rows[-1].lines)
                yield Draft(Schedule(), lines, passage.section, table=rows)
                return
        pairs = [(row.cells[0].text, row.cells[1]) for row in block.rows if len(row.cells) == 2 and row.cells[0]]
        if in_meetings:
            if len(block.head) == 2:
                pairs.insert(0, (block.head[0].text, block.head[1]))
            draft = self._of_particulars(pairs, block.lines, passage.section)
            if draft is not None:
                yield draft
                return
        columns = _columns(block)
        for row in block.rows[:MOST_ROWS]:
            if columns and (in_meetings or _heads_meetings(block)):
                draft = self._of_row(row, columns, passage)
                if draft is not None:
                    yield draft
            elif len(row.cells) == 2 and lexicon.MEETING_LABEL.search(lexicon.lowered(row.cells[0].text)):
                name = None if subject(row.cells[0].text).kinds else row.cells[0].text
                for draft in self._of_text(row.cells[1], passage, True, name):
                    yield draft

    def _of_row(self, row: Row, columns: dict[int, str], passage: Passage) -> Draft | None:
        """One meeting per row of a table of meetings."""
        pairs = [(columns[place], cell) for place, cell in enumerate(row.cells) if cell and place in columns]
        draft = self._compose([pair for pair in pairs if pair[0] != "name"], row.lines, passage.section)
        if draft is not None:
            named = next((cell.text for key, cell in pairs if key == "name"), None)
            draft.name = named[:LONGEST_MEETING_NAME] if named else None
        return draft

    def _of_particulars(self, pairs: Sequence[tuple[str, Words]], lines: Lines, section: int) -> Draft | None:
        """A meeting given as lines such as "Day: Tuesday", "Time: 15:00 UTC"."""
        known = [
            (lexicon.PARTICULARS[key], value)
            for label, value in pairs
            if (key := lexicon.lowered(label).strip(" :*")) in lexicon.PARTICULARS and value
        ]
        kinds = {kind for kind, _ in known}
        if len(known) < 2 or len(kinds) < 2 or len(kinds) < len(known):
            return None
        told = [value.lines for _, value in known]
        return self._compose(known, Lines(told[0].first, told[-1].last), section)

    def _compose(self, pairs: Sequence[tuple[str, Words]], lines: Lines, section: int) -> Draft | None:
        values: dict[str, str] = {}
        for kind, value in pairs:
            text = value.text.split("\n")[0].strip(" .;")
            if not is_placeholder(text):
                values.setdefault(kind, text)
        if not {"cadence", "day", "time", "time_utc"} & values.keys():
            return None
        clock = values.get("time", "")
        if "time_utc" in values and not clock:
            clock = f"{values['time_utc']} UTC"
        if clock and values.get("zone"):
            clock = f"{clock} {values['zone']}"
        order = [values.get("cadence", ""), values.get("day", ""), clock]
        if "start" in values:
            order.append(f"starting {values['start']}")
        sentence = ", ".join(part for part in order if part)
        words = Words(sentence, (), ((0, lines.first),))
        found = self._read(words, True)
        if found is None:
            return None
        if "day" in values and not found.weekdays and (days := find_days(values["day"])):
            found = replace(found, weekdays=days.weekdays, either=days.either)
        if "duration" in values and found.minutes is None and (minutes := read_duration(values["duration"])):
            found = replace(found, minutes=minutes)
        draft = drafted(words, found, section)
        draft.lines = lines
        draft.table = spoken_timetable(found, lines)
        return draft


def _starts_schedule(row: Words) -> bool:
    found = read_schedule(row.text)
    return bool(found.tells_days) and found.start < 40


def _split(sentence: Words) -> Iterator[Words]:
    """Two schedules in one sentence as two: "weekly on Tuesdays …, and monthly on the first Friday …"."""
    if (
        len(sentence.text) > LONGEST_SPLIT
        or not might_tell(sentence.text)
        or not read_schedule(sentence.text).tells_days
    ):
        yield sentence
        return
    low = sentence.text.lower()
    for mark in ("; ", ", and ", " and ", ", with ", ", plus ", ". "):
        at = low.find(mark)
        while at >= 0:
            one, two = read_schedule(sentence.text[:at]), read_schedule(sentence.text[at + len(mark) :])
            if _are_two(one, two):
                yield sentence.cut(0, at)
                yield from _split(sentence.cut(at + len(mark)))
                return
            at = low.find(mark, at + 1)
    yield sentence


def _are_two(one: Schedule, two: Schedule) -> bool:
    """Whether the halves of a sentence speak of two series rather than of one."""
    if one.frequency and two.frequency:
        return one.frequency != two.frequency and two.start <= FURTHEST_START
    return bool(one.weekdays and two.weekdays and one.clocks and two.clocks and one.weekdays != two.weekdays)


def _heads_meetings(table: Table) -> bool:
    """Whether a table says by its first heading that its rows are meetings."""
    return bool(table.head) and lexicon.MEETING_NOUN.fullmatch(lexicon.lowered(table.head[0].text).strip()) is not None


def _columns(table: Table) -> dict[int, str]:
    """Which columns of a table of meetings hold which particulars; empty when it is none."""
    found: dict[int, str] = {}
    for place, cell in enumerate(table.head):
        label = lexicon.lowered(cell.text).strip(" :*")
        if label in lexicon.PARTICULARS:
            found[place] = lexicon.PARTICULARS[label]
        elif place == 0 or label in ("name", "meeting", "call", "group"):
            found[place] = "name"
    kinds = set(found.values())
    return found if kinds & {"time", "time_utc", "day", "cadence"} else {}
