"""The series of meetings that a charter states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.clock import Clock, candidates
from folkmoot.groups.domain.charter.model import Anchor, Lines, Meeting, TimetableRow
from folkmoot.groups.domain.charter.schedule import LONGEST_CADENCE, Schedule
from folkmoot.groups.domain.charter.text import Words
from folkmoot.kit import timetable
from folkmoot.kit.recurrence import Rule

JUDGED: Final = timedelta(days=400)
MOST_JUDGED_ROWS: Final = 10
"""Tables of more rows are shown, not judged."""

_WEEKLY: Final = Rule("WEEKLY")


@dataclass(slots=True)
class Draft:
    """A series while its particulars are being gathered from several sentences."""

    schedule: Schedule
    lines: Lines
    section: int
    name: str | None = None
    cadences: list[str] = field(default_factory=list)
    table: tuple[TimetableRow, ...] = ()
    main: Clock | None = None
    """The time that is stated first, with other zones in brackets after it."""
    default_zone: str | None = None

    def fits(self, other: Draft) -> bool:
        """Whether both can speak of one series: nothing that both say differs."""
        one, two = self.schedule, other.schedule
        if self.name and other.name and self.name.lower() != other.name.lower():
            return False
        pairs: tuple[tuple[object, object], ...] = (
            (one.frequency, two.frequency),
            (one.weekdays, two.weekdays),
            (one.nth, two.nth),
            (one.month_day, two.month_day),
            (one.first and one.first.day, two.first and two.first.day),
            (tuple(clock.time for clock in one.clocks), tuple(clock.time for clock in two.clocks)),
            (one.minutes, two.minutes),
            (self.table, other.table),
        )
        if any(first and second and first != second for first, second in pairs):
            return False
        return not (one.nth and two.frequency and two.frequency.freq != "MONTHLY")

    def may_have_times(self, table: tuple[TimetableRow, ...]) -> bool:
        """Whether a table may be of this series: a time that is stated stands in it, or nothing is stated."""
        clocks = self.schedule.clocks
        return not clocks or any(clock.time == row.time for clock in clocks for row in table)

    def add(self, other: Draft) -> None:
        """Take over what the other says besides."""
        one, two = self.schedule, other.schedule
        self.schedule = replace(
            one,
            frequency=one.frequency or two.frequency,
            plural=one.plural or two.plural,
            weekdays=one.weekdays or two.weekdays,
            either=one.either or two.either,
            nth=one.nth or two.nth,
            month_day=one.month_day or two.month_day,
            first=one.first or two.first,
            clocks=one.clocks or two.clocks,
            minutes=one.minutes or two.minutes,
            alternating=one.alternating or two.alternating,
        )
        self.name = self.name or other.name
        self.table = self.table or other.table
        self.main = self.main or other.main
        self.default_zone = self.default_zone or other.default_zone
        self.cadences.extend(words for words in other.cadences if words not in self.cadences)
        self.lines = self.lines.joined(other.lines)


def drafted(sentence: Words, schedule: Schedule, section: int, *, name: str | None = None) -> Draft:
    """A draft from one sentence."""
    said = sentence.text[schedule.start : schedule.end].strip(" ,;:–—-")
    if said.count("(") > said.count(")") and sentence.text[schedule.end : schedule.end + 1] == ")":
        said += ")"
    first = sentence.line_at(schedule.start)
    last = sentence.line_at(max(schedule.end - 1, schedule.start))
    clocks = schedule.clocks
    bracketed = len(clocks) > 1 and "(" in sentence.text[clocks[0].end - 1 : clocks[1].start]
    return Draft(
        schedule=schedule,
        lines=Lines(first, last),
        section=section,
        name=name or _special(sentence.text, schedule),
        cadences=[said[:LONGEST_CADENCE]] if said else [],
        main=clocks[0] if bracketed else None,
    )


def _special(text: str, schedule: Schedule) -> str | None:
    found = lexicon.SPECIAL_MEETING.search(lexicon.lowered(text))
    return text[found.start()].upper() + text[found.start() + 1 : found.end()] if found else None


def finished(draft: Draft, today: date) -> Meeting:
    """The meeting, as far as its particulars settle it."""
    schedule = draft.schedule
    first = schedule.first
    weekdays = schedule.weekdays
    frequency = schedule.often
    if not weekdays and first is not None and (first.weekday is not None or (frequency and frequency.freq == "WEEKLY")):
        weekdays = (first.weekday if first.weekday is not None else first.day.weekday(),)
    rule = schedule.rule()
    if rule is not None and rule.freq == "WEEKLY" and rule.weekdays:
        weekdays = weekdays or rule.weekdays
    is_weekly = frequency is not None and (frequency.freq == "WEEKLY" or (rule is not None and rule.freq == "WEEKLY"))
    when = _when(draft, rule, first.day if first else None, today)
    return Meeting(
        name=draft.name,
        cadence="; ".join(draft.cadences) or None,
        interval_weeks=frequency.interval if is_weekly and frequency is not None else None,
        weekdays=weekdays,
        either_weekday=schedule.either,
        first_date=first.day if first is not None else None,
        local_time=when.time,
        duration_minutes=schedule.minutes,
        rule=rule,
        zone=when.zone,
        zone_candidates=tuple(dict.fromkeys(anchor.zone for anchor in when.anchors)) or when.candidates,
        anchors=when.anchors,
        table=draft.table,
        zone_label=when.label,
        lines=draft.lines,
    )


class _When(NamedTuple):
    """What a draft says about the time of day."""

    zone: str | None
    time: time | None
    candidates: tuple[str, ...]
    label: str | None
    anchors: tuple[Anchor, ...] = ()


def _settled(zone: str, at: time, label: str | None) -> _When:
    return _When(zone, at, (zone,), label, (Anchor(zone, at),))


def _when(draft: Draft, rule: Rule | None, first: date | None, today: date) -> _When:
    if draft.table:
        return _from_table(draft, rule, first, today)
    clocks = draft.schedule.clocks
    if not clocks:
        return _When(None, None, (), None)
    zoned = [clock.zone for clock in clocks if clock.zone is not None]
    if not zoned:
        possible = candidates(draft.default_zone) if draft.default_zone else ()
        label = draft.default_zone
    else:
        possible = zoned[0].candidates
        label = zoned[0].label
        if any(zone.candidates != possible for zone in zoned):
            possible, label = (), None
    times = {clock.time for clock in clocks}
    at = clocks[0].time if len(times) == 1 else None
    if at is None and draft.main is not None:
        at = draft.main.time
    if at is None:
        return _When(possible[0] if len(possible) == 1 else None, None, possible, label)
    if len(possible) == 1:
        return _settled(possible[0], at, label)
    return _When(None, at, possible, label, tuple(Anchor(zone, at) for zone in possible))


def _from_table(draft: Draft, rule: Rule | None, first: date | None, today: date) -> _When:
    rows = draft.table
    main = draft.main or (draft.schedule.clocks[0] if len(draft.schedule.clocks) == 1 else None)
    if main is not None and main.zone is not None and len(main.zone.candidates) == 1:
        return _settled(main.zone.candidates[0], main.time, main.zone.label)
    readings = assessed(rows, rule, first, today)
    # A time that stands first, with others in brackets, is only settled by its own zone.
    row = _anchor_row(rows, readings) if draft.main is None else None
    if row is not None:
        return _settled(row.zone_candidates[0], row.time, row.label)
    head = next((row for row in rows if row.zone_candidates), rows[0])
    anchors = tuple(_named_anchor(one, head) for one in readings if one.right_count) or tuple(
        Anchor(zone, head.time) for zone in head.zone_candidates
    )
    by_rank = {zone: place for place, zone in enumerate(head.zone_candidates)}
    anchors = tuple(sorted(anchors, key=lambda anchor: by_rank.get(anchor.zone, len(by_rank))))
    return _When(None, head.time, head.zone_candidates, head.label, anchors)


def _anchor_row(rows: tuple[TimetableRow, ...], readings: tuple[timetable.Assessment, ...]) -> TimetableRow | None:
    """The row whose zone the meeting goes by, where the table settles it.

    A row in UTC, or a zone that is written out, settles it among letters of many meanings; several sure
    zones do only when they agree all year.
    """
    sure = [row for row in rows if len(row.zone_candidates) == 1]
    written_out = [row for row in sure if "/" in row.label or not row.label.isupper()]
    in_utc = next((row for row in sure if row.zone_candidates == ("UTC",)), None)
    always = {pair for one in readings if one.always_right for pair in ((one.anchor, one.at), *one.same)}
    if in_utc is not None and (len(sure) == 1 or ("UTC", in_utc.time) in always):
        return in_utc
    if len(sure) == len(rows) and (sure[0].zone_candidates[0], sure[0].time) in always:
        return sure[0]
    return written_out[0] if len(written_out) == 1 and len(sure) == 1 else None


def _named_anchor(one: timetable.Assessment, head: TimetableRow) -> Anchor:
    """A reading by the first row of the table where that row can stand for it."""
    for zone, at in ((one.anchor, one.at), *one.same):
        if zone in head.zone_candidates and at == head.time:
            return Anchor(zone, at)
    return Anchor(one.anchor, one.at)


def kit_rows(rows: tuple[TimetableRow, ...]) -> list[timetable.Row]:
    """The rows as `folkmoot.kit.timetable` takes them."""
    return [timetable.Row(row.label, row.time, row.zone_candidates) for row in rows]


def assessed(
    rows: tuple[TimetableRow, ...], rule: Rule | None, first: date | None, today: date
) -> tuple[timetable.Assessment, ...]:
    """Every reading of a table from its first day (or today) on, for a year and a month.

    Calls are taken to be weekly where the days are open: clocks change on days, not on calls.
    """
    start = first or today
    if len(rows) > MOST_JUDGED_ROWS or not 1900 < start.year < 9000:
        return ()
    return timetable.readings(kit_rows(rows), start, start + JUDGED, rule=_judged_rule(rule, start), first=start)


def judged(
    rows: tuple[TimetableRow, ...], anchor: str, at: time, rule: Rule | None, first: date | None, today: date
) -> timetable.Assessment | None:
    """One reading of a table from today on, for a year and a month; None for dates beyond all calendars."""
    if len(rows) > MOST_JUDGED_ROWS or not 1900 < today.year < 9000:
        return None
    start = max(first, today) if first is not None else today
    if start.year >= 9000:
        return None
    anchored = first if first is not None and first.year > 1900 else start
    rule = _judged_rule(rule, anchored)
    return timetable.assess(kit_rows(rows), anchor, at, start, start + JUDGED, rule=rule, first=anchored)


def _judged_rule(rule: Rule | None, start: date) -> Rule:
    if rule is not None and rule.freq == "WEEKLY" and start.weekday() in rule.weekdays:
        return rule
    return _WEEKLY
