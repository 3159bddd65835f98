"""What a charter leaves open that somebody must answer before its calls can be scheduled, and the answers.

Answers are texts kept by key, apart from the charter they belong to: `meetings.0.zone`,
`meetings.0.first_date`, `meetings.0.rrule`, `meetings.0.local_time` (meetings count from 0 in the charter's
order). The words are English and stand in tables by language, so that others can be added without Django.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from folkmoot.groups.domain.anchoring import Anchored, anchored
from folkmoot.groups.domain.charter.model import Charter, Meeting
from folkmoot.kit import timetable, zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned, parse_rrule

HORIZON: Final = timedelta(days=2 * 366)
EARLIEST: Final = 1970
LATEST: Final = 2200

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "zone": "In which time zone does “{cadence}” keep its time? The charter says {said}.",
        "zone_unsaid": "In which time zone does “{cadence}” keep its time? The charter names none.",
        "first_date": "On which day was, or is, the first call of “{cadence}”? It is needed to count the weeks from.",
        "days": "On which days is “{cadence}”? The charter leaves it open.",
        "local_time": "At what time is “{cadence}”? The charter does not say.",
        "always": "{at} in {place}{same}. The charter’s table is then right all year.",
        "always_one": "{at} in {place}{same}.",
        "until": "{at} in {place}{same}. The charter’s table is then right until {day}, then wrong for {labels}.",
        "wrong_first": "{at} in {place}{same}. The charter’s table is then wrong for {labels}, until {day}.",
        "never": "{at} in {place}{same}. The charter’s table is then wrong for {labels}.",
        "same": ", which is {others}",
        "other": "{at} in {place}",
        "and": " and ",
        "clocks": "In January that is {january} UTC, in July {july} UTC.",
    }
}


@dataclass(frozen=True)
class Option:
    """One answer, with its consequence in words."""

    value: str
    words: str


@dataclass(frozen=True)
class Question:
    """Something open. `flag` is the option of the command line that answers it.

    A `needed` question stands in the way of importing the charter; the others only leave a call unscheduled.
    """

    key: str
    kind: str
    words: str
    flag: str
    needed: bool
    options: tuple[Option, ...]
    line: int


@dataclass(frozen=True)
class Scheduled:
    """A meeting of the charter with the answers in it; what is still None stays open."""

    zone: str | None
    at: time | None
    rule: Rule | None
    first: date | None

    @property
    def is_complete(self) -> bool:
        """Whether it can be put into a calendar."""
        return None not in (self.zone, self.at, self.rule, self.first)


def open_questions(
    charter: Charter, answers: Mapping[str, str], *, today: date, language: str = "en"
) -> list[Question]:
    """The questions that are still open with these answers, in the charter's order."""
    return list(_open_questions(charter, answers, today, WORDS.get(language, WORDS["en"])))


def answers_to_open(charter: Charter, wishes: Mapping[str, str | None]) -> dict[str, str]:
    """One wish per kind (`zone`, `first_date`, `rrule`, `local_time`) as answers to whatever each meeting leaves open.

    What the charter settles itself is not answered.
    """
    answers: dict[str, str] = {}
    for position, meeting in enumerate(charter.meetings):
        said = {
            "zone": meeting.zone,
            "first_date": meeting.first_date,
            "rrule": meeting.rule,
            "local_time": meeting.local_time,
        }
        answers |= {
            f"meetings.{position}.{kind}": wish
            for kind, wish in wishes.items()
            if wish is not None and said[kind] is None
        }
    return answers


def scheduled(meeting: Meeting, answers: Mapping[str, str], position: int, *, today: date) -> Scheduled:
    """A meeting with the answers given for it. Refused `invalid_answer` (with `key`) for one that cannot be used.

    A rule that needs no day to count from begins on its first day from `today` on, unless the charter or an
    answer says otherwise.
    """
    rule = _rule_of(meeting, answers, position)
    first = _answered_date(answers, f"meetings.{position}.first_date") or meeting.first_date
    at = _answered_time(answers, f"meetings.{position}.local_time") or meeting.local_time
    zone = meeting.zone
    wish = answers.get(f"meetings.{position}.zone")
    if wish and meeting.zone is not None:
        zone = _zone_named(wish, position)
    elif wish and (at is not None or meeting.table):
        settled = _anchored(meeting, wish, at, rule, first, position, today)
        zone, at, rule, first = settled.zone, settled.at, settled.rule, settled.first
    if rule is not None and first is not None:
        first = aligned(rule, first)
    elif rule is not None and not _counts_from_a_day(rule):
        first = aligned(rule, today)
    return Scheduled(zone, at, rule, first)


def _open_questions(
    charter: Charter, answers: Mapping[str, str], today: date, words: Mapping[str, str]
) -> Iterator[Question]:
    for position, meeting in enumerate(charter.meetings):
        now = scheduled(meeting, answers, position, today=today)
        key = f"meetings.{position}"
        cadence = meeting.cadence or meeting.name or "the call"
        line = meeting.lines.first
        if now.zone is None and now.at is not None:
            said = _said(meeting)
            yield Question(
                f"{key}.zone",
                "zone",
                words["zone" if said else "zone_unsaid"].format(cadence=cadence, said=said),
                "--zone",
                True,
                tuple(_zone_options(meeting, now, today, words)),
                line,
            )
        if now.rule is not None and now.first is None:
            yield Question(
                f"{key}.first_date",
                "first_date",
                words["first_date"].format(cadence=cadence),
                "--first",
                True,
                (),
                line,
            )
        if now.rule is None:
            yield Question(f"{key}.rrule", "days", words["days"].format(cadence=cadence), "--days", False, (), line)
        if now.at is None:
            yield Question(
                f"{key}.local_time",
                "local_time",
                words["local_time"].format(cadence=cadence),
                "--time",
                False,
                (),
                line,
            )


def _zone_options(meeting: Meeting, now: Scheduled, today: date, words: Mapping[str, str]) -> Iterator[Option]:
    rows = rows_of(meeting, now.at)
    rule = now.rule or timetable.DAILY
    first = now.first or aligned(rule, today)
    for reading in timetable.readings(rows, first, max(first, today) + HORIZON, rule=rule, first=first):
        others = [(zone, at) for zone, at in reading.same if not zone.startswith("UTC")]
        at, zone = reading.at, reading.anchor
        if zone.startswith("UTC") and reading.calls:
            # An offset that never changes is one time in UTC, which is what a calendar understands best.
            zone, at, others = "UTC", reading.calls[0].utc.time(), []
        elif others and zone.startswith("UTC"):
            (zone, at), *others = others
        yield Option(zone, _consequence(reading, zone, at, others, meeting, today, words))


def _consequence(
    reading: timetable.Assessment,
    zone: str,
    at: time,
    others: Sequence[tuple[str, time]],
    meeting: Meeting,
    today: date,
    words: Mapping[str, str],
) -> str:
    other_words = [words["other"].format(at=f"{t:%H:%M}", place=zones.place(z)) for z, t in others[:3]]
    values = {
        "at": f"{at:%H:%M}",
        "place": zones.place(zone),
        "same": words["same"].format(others=words["and"].join(other_words)) if other_words else "",
    }
    if not meeting.table:
        january, july = _utc_in_january_and_july(zone, at, today.year)
        clocks = words["clocks"].format(january=f"{january:%H:%M}", july=f"{july:%H:%M}")
        return f"{words['always_one'].format(**values)} {clocks}"
    if reading.always_right:
        return words["always"].format(**values)
    change = next(iter(reading.changes_from(today, 1)), None) or next(iter(reading.changes), None)
    wrong = sorted({label for call in reading.calls for label in call.wrong})
    values["labels"] = words["and"].join(wrong)
    if change is None:
        return words["never"].format(**values)
    key = "wrong_first" if change.right else "until"
    return words[key].format(**values, day=f"{change.clocks.day} {change.clocks:%B %Y}")


def _utc_in_january_and_july(zone: str, at: time, year: int) -> tuple[time, time]:
    january, july = (
        datetime.combine(date(year, month, 15), at, zones.zone(zone)).astimezone(UTC).time() for month in (1, 7)
    )
    return january, july


def rows_of(meeting: Meeting, at: time | None) -> list[timetable.Row]:
    """The meeting's table, or its one stated time as a single row."""
    if meeting.table:
        return [timetable.Row(row.label, row.time, row.zone_candidates) for row in meeting.table]
    if at is None:
        return []
    return [timetable.Row(meeting.zone_label or "", at, meeting.zone_candidates)]


def _anchored(
    meeting: Meeting, wish: str, at: time | None, rule: Rule | None, first: date | None, position: int, today: date
) -> Anchored:
    try:
        return anchored(rows_of(meeting, at), wish, rule=rule, first=first, today=today)
    except Refused as refused:
        raise _wrong(f"meetings.{position}.zone", refused.message) from None


def _zone_named(wish: str, position: int) -> str:
    try:
        return zones.canonical(wish)
    except Refused as refused:
        raise _wrong(f"meetings.{position}.zone", refused.message) from None


def _counts_from_a_day(rule: Rule) -> bool:
    return rule.interval > 1


def _said(meeting: Meeting) -> str:
    if meeting.table:
        return ", ".join(f"{row.time:%H:%M} {row.label}" for row in meeting.table)
    if meeting.local_time and meeting.zone_label:
        return f"{meeting.local_time:%H:%M} {meeting.zone_label}"
    return ""


def _rule_of(meeting: Meeting, answers: Mapping[str, str], position: int) -> Rule | None:
    wish = answers.get(f"meetings.{position}.rrule")
    if not wish:
        return meeting.rule
    try:
        return parse_rrule(wish)
    except Refused as refused:
        raise _wrong(f"meetings.{position}.rrule", refused.message) from None


def _answered_date(answers: Mapping[str, str], key: str) -> date | None:
    wish = answers.get(key)
    if not wish:
        return None
    try:
        day = date.fromisoformat(wish)
    except ValueError:
        raise _wrong(key, f"“{wish[:40]}” is not a date; write it like 2026-01-21.") from None
    if not EARLIEST <= day.year <= LATEST:
        raise _wrong(key, f"“{wish[:40]}” lies too far off; name a day between {EARLIEST} and {LATEST}.")
    return day


def _answered_time(answers: Mapping[str, str], key: str) -> time | None:
    wish = answers.get(key)
    if not wish:
        return None
    try:
        return _to_the_minute(time.fromisoformat(wish))
    except ValueError:
        raise _wrong(key, f"“{wish[:40]}” is not a time of day; write it like 17:30.") from None


def _to_the_minute(at: time) -> time:
    """A wall time to the minute, without an offset."""
    return time(at.hour, at.minute)


def _wrong(key: str, words: str) -> Refused:
    return Refused(words, code="invalid_answer", key=key)
