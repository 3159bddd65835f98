"""What in a charter a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Document, Item, walk, words_in
from folkmoot.groups.domain.charter.meetings import MOST_JUDGED_ROWS, assessed, judged
from folkmoot.groups.domain.charter.model import Lines, Meeting, Named, Note, Severity, TimetableRow
from folkmoot.groups.domain.charter.people import is_leader
from folkmoot.groups.domain.charter.reading import bracketed, is_bracket_placeholder, is_placeholder, unchecked
from folkmoot.groups.domain.charter.roles import Roles
from folkmoot.groups.domain.charter.text import Words
from folkmoot.kit import zones
from folkmoot.kit.timetable import Assessment, Change

MOST_NOTES_OF_A_CODE: Final = 200
MOST_JUDGED_TABLES: Final = 8
SHOWN_CHANGES: Final = 2


def on_placeholders(document: Document) -> Iterator[Note]:
    """Text that is still to be written, once per line."""
    seen: set[int] = set()
    for words in words_in(document.blocks):
        for text, line in _placeholders(unchecked(words)):
            if line not in seen and len(seen) < MOST_NOTES_OF_A_CODE:
                seen.add(line)
                yield Note(line, "warning", "placeholder", {"text": text[:80]})
    for block in walk(document.blocks):
        if isinstance(block, Item) and not block.blocks and block.words.text.endswith(":"):
            label = block.words.text.rstrip(" :")
            if is_leader(label) and block.lines.first not in seen:
                seen.add(block.lines.first)
                yield Note(block.lines.first, "warning", "placeholder", {"text": block.words.text})


def _placeholders(words: Words) -> Iterator[tuple[str, int]]:
    if is_placeholder(words.text):
        yield words.text, words.lines.first
        return
    marked = [(span.start, span.end) for span in words.spans if span.look in ("code", "link")]
    if "[" in words.text or "{" in words.text or "<" in words.text:
        for found in bracketed(words.text):
            if any(start <= found.start() < end for start, end in marked):
                continue
            if is_bracket_placeholder(found[1]):
                yield found[0], words.line_at(found.start())
    low = lexicon.lowered(words.text)
    for hit in lexicon.PLACEHOLDER.finditer(low):
        sentence = low[low.rfind(".", 0, hit.start()) + 1 :].partition(".")[0]
        # "To be decided by the board" in a long sentence is a rule; "TBD" never is.
        if not hit[0].startswith("to be") or len(sentence.split()) <= 8:
            yield words.text[hit.start() : hit.end()], words.line_at(hit.start())


def on_objectives(objectives: Sequence[Named]) -> Iterator[Note]:
    """Objectives without a name: each one beside others with a name, or all of them at once."""
    unnamed = [one for one in objectives if not one.name]
    if not unnamed:
        return
    if len(unnamed) == len(objectives):
        yield Note(unnamed[0].lines.first, "info", "objectives_without_names", {"count": len(unnamed)})
        return
    for one in unnamed:
        yield Note(one.lines.first, "warning", "objective_without_name", {"text": (one.text or "")[:80]})


def on_roles(found: Roles) -> Iterator[Note]:
    """Roles described twice, or not at all."""
    for repeated in found.repeated:
        yield Note(repeated.lines[1], "warning", "role_twice", {"name": repeated.name, "lines": list(repeated.lines)})
    for role in found.roles:
        if not role.text:
            yield Note(role.lines.first, "warning", "role_without_responsibilities", {"name": role.name})


def on_duties(document: Document) -> Iterator[Note]:
    """Open minutes and the Chatham House Rule together."""
    open_minutes = chatham = None
    for words in words_in(document.blocks):
        low = lexicon.lowered(words.text)
        rule = lexicon.CHATHAM_HOUSE.search(low)
        if chatham is None and rule is not None:
            chatham = words.line_at(rule.start())
        minutes = lexicon.OPEN_MINUTES.search(low)
        if open_minutes is not None or minutes is None:
            continue
        if not lexicon.NOT_OPEN_MINUTES.search(low) and not lexicon.NEGATION.search(minutes[0]):
            open_minutes = words.line_at(minutes.start())
    if open_minutes is not None and chatham is not None:
        yield Note(chatham, "warning", "duties_pull_apart", {"minutes_line": open_minutes, "rule_line": chatham})


def on_links(dead: Iterable[tuple[str, int]]) -> Iterator[Note]:
    """Links within the charter that lead nowhere."""
    for count, (fragment, line) in enumerate(dead):
        if count < MOST_NOTES_OF_A_CODE:
            yield Note(line, "warning", "dead_internal_link", {"fragment": fragment[:120]})


def on_quarters(empty: Iterable[tuple[str, Lines]]) -> Iterator[Note]:
    """Quarters that are named without an activity."""
    for quarter, lines in empty:
        yield Note(lines.first, "info", "quarter_without_activities", {"quarter": quarter})


def on_meetings(meetings: Sequence[Meeting], today: date) -> Iterator[Note]:
    """Start dates, rhythms and zones that need a second look."""
    explained: set[str] = set()
    for number, meeting in enumerate(meetings):
        line = meeting.lines.first
        first = meeting.first_date
        if first is not None and meeting.weekdays and first.weekday() not in meeting.weekdays:
            params = {"date": first.isoformat(), "is": first.weekday(), "said": list(meeting.weekdays)}
            yield Note(line, "warning", "start_weekday_mismatch", params)
        if meeting.interval_weeks is not None and meeting.interval_weeks > 1 and first is None:
            params = {"interval_weeks": meeting.interval_weeks, "cadence": meeting.cadence}
            yield Note(line, "warning", "series_without_anchor", params)
        if number < MOST_JUDGED_TABLES and meeting.table:
            yield from _on_table(meeting, today)
        elif meeting.zone_is_open:
            yield Note(
                line, "error", "zone_open", {
                    "time": _shown(meeting.local_time),
                    "label": meeting.zone_label,
                    "candidates": list(meeting.zone_candidates),
                },
            )  # fmt: skip
        for label, at, where in _labels(meeting):
            if label not in explained:
                explained.add(label)
                yield from _on_label(label, at, where, settled=None if meeting.table else meeting.zone)


def _labels(meeting: Meeting) -> Iterator[tuple[str, time, int]]:
    if meeting.zone_label and meeting.local_time is not None and not meeting.table:
        yield meeting.zone_label, meeting.local_time, meeting.lines.first
    for row in meeting.table:
        yield row.label, row.time, row.lines.first


def _on_label(label: str, at: time, line: int, *, settled: str | None) -> Iterator[Note]:
    """What letters may mean, with what that makes of the time in January and in July."""
    found = zones.readings(label)
    if settled is not None and len(found) != 1:
        # The label is explained by a word beside it, or is one itself: "CET (Europe/Berlin)", "Pacific Time".
        is_name = "/" in label and not label.isupper()
        says_itself = label.lower() in ("utc", "z") or is_name or zones.place(settled).lower() in label.lower()
        if not says_itself:
            yield Note(line, "info", "zone_wall_time", {"label": label, "zone": settled})
        return
    if not found:
        return
    if len(found) == 1:
        yield Note(line, "info", "zone_wall_time", {"label": label, "zone": found[0].zone})
        return
    yield Note(
        line, "info", "zone_abbreviation", {
            "label": label,
            "time": _shown(at),
            "readings": [
                {"zone": one.zone, "january": _in_utc(at, one.january), "july": _in_utc(at, one.july)} for one in found
            ],
        },
    )  # fmt: skip


def _in_utc(at: time, offset: timedelta) -> str:
    return f"{(datetime.combine(date(2000, 1, 15), at) - offset):%H:%M}"


def _shown(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at is not None else None


def _on_table(meeting: Meeting, today: date) -> Iterator[Note]:
    rows = meeting.table
    line = rows[0].lines.first
    unknown = [row.label for row in rows if not row.zone_candidates]
    if unknown:
        yield Note(line, "warning", "timetable_label_unknown", {"labels": unknown})
    readings = assessed(rows, meeting.rule, meeting.first_date, today)
    if meeting.zone is not None:
        if len(rows) <= MOST_JUDGED_ROWS:
            yield from _on_settled_table(meeting, readings, today)
        return
    shown = [_reading(one, rows, meeting, today) for one in readings if one.right_count][:4]
    severity: Severity = "error" if meeting.zone_is_open else "warning"
    if len(shown) > 1 or not shown:
        code = "timetable_two_readings" if shown else "timetable_never_right"
    else:
        code = "zone_open"
    if code == "zone_open":
        params: dict[str, object] = {
            "time": _shown(meeting.local_time),
            "label": meeting.zone_label,
            "candidates": list(meeting.zone_candidates),
        }
    else:
        params = {"rows": [{"label": row.label, "time": _shown(row.time)} for row in rows], "readings": shown}
    yield Note(line, severity, code, params)


def _on_settled_table(meeting: Meeting, readings: Sequence[Assessment], today: date) -> Iterator[Note]:
    for one in readings:
        pairs = [(one.anchor, one.at), *one.same]
        if (meeting.zone, meeting.local_time) in pairs and not one.always_right:
            yield Note(
                meeting.table[0].lines.first, "warning", "timetable_breaks",
                {"zone": meeting.zone, **_reading(one, meeting.table, meeting, today)},
            )  # fmt: skip
            return


def _reading(one: Assessment, rows: tuple[TimetableRow, ...], meeting: Meeting, today: date) -> dict[str, object]:
    upcoming = judged(rows, one.anchor, one.at, meeting.rule, meeting.first_date, today)
    zone = "UTC" if one.is_fixed else one.anchor
    at = one.calls[0].utc.time() if one.is_fixed and one.calls else one.at
    return {
        "anchor": zone,
        "time": _shown(at),
        "fixed": one.is_fixed,
        "always_right": one.always_right,
        "changes": [_change(change, one, rows) for change in one.changes[:SHOWN_CHANGES]],
        "upcoming": [_change(change, upcoming, rows) for change in upcoming.changes_from(today, SHOWN_CHANGES)]
        if upcoming
        else [],
    }


def _change(change: Change, reading: Assessment, rows: tuple[TimetableRow, ...]) -> dict[str, object]:
    chosen = {row.label: zone for row, zone in zip(rows, reading.choice, strict=True)}
    wrong = [{"label": label, "zone": chosen.get(label)} for label in change.wrong]
    return {"date": change.clocks.isoformat(), "right": change.right, "wrong": wrong}
