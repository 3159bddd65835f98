"""`folkmoot times`: the next meetings of a charter in several zones, held against the charter's own table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli.terminal import WithExamples, out, say, stop
from folkmoot.cli.up import read_file
from folkmoot.kit import recurrence, timetable, zones
from folkmoot.kit.errors import Refused

if TYPE_CHECKING:
    from folkmoot.groups.domain.charter.model import Charter, Meeting
    from folkmoot.groups.domain.questions import Question

USAGE: Final = 2
MOST: Final = 500
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(9900, 12, 31)
AHEAD: Final = timedelta(days=2 * 366)
"""How far beyond the listed meetings the table is judged, so that its reading suits summer and winter."""


@dataclass(frozen=True)
class Series:
    """A meeting of the charter that is settled as far as calendars go, with the charter's table."""

    zone: str
    at: time
    rule: recurrence.Rule
    first: date
    rows: tuple[timetable.Row, ...]


@dataclass(frozen=True)
class Time:
    """One meeting to show."""

    utc: datetime
    table_says: Mapping[str, str]
    wrong: tuple[str, ...] | None
    """Labels of the rows that are wrong; None without a table."""
    zones: Mapping[str, datetime]
    """Zone to wall time, aware."""


class TimesOrFair(WithExamples):
    """The command itself, or `times fair`; a charter in a file of that name is `./fair`."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        if args[:1] == ["fair"]:
            from folkmoot.cli.fair import fair

            return fair.make_context(f"{info_name} fair" if parent is None else "times fair", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)


@click.command(
    cls=TimesOrFair,
    examples=[
        ("folkmoot times charter.md --zone Europe/Berlin", "The next six meetings, in Berlin too"),
        ("folkmoot times charter.md --zone America/Los_Angeles --zone Asia/Kolkata --count 26", "A year of them"),
        ("folkmoot times charter.md --from 2027-03-01 --json", "For programs, from a day on"),
        ("folkmoot times fair --help", "Which slot or rotation is fair to people in many zones?"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option(
    "--zone", "names", metavar="ZONE", multiple=True,
    help="A zone to show, such as Asia/Kolkata; may be given several times. Where the charter leaves the zone"
    " of its meetings open, they keep their time in the first one.",
)  # fmt: skip
@click.option("--from", "since", metavar="DATE", help="The first day to look at; today unless said.")
@click.option("--count", type=click.IntRange(1, MOST), default=6, show_default=True, help="How many meetings.")
@click.option("--first", metavar="DATE", help="The day of the first meeting, where the charter does not say.")
@click.option("--days", metavar="RRULE", help="The days of the meetings as an RFC 5545 rule, where it does not say.")
@click.option("--time", "at", metavar="HH:MM", help="The time of the meetings, where it does not say.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs.")
def times(
    file: Path,
    names: tuple[str, ...],
    since: str | None,
    count: int,
    first: str | None,
    days: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """The next meetings of the charter in FILE, and where its table of times is wrong."""
    from folkmoot.groups.domain import charter as charters

    data = read_file(file)
    try:
        shown = [zones.canonical(name) for name in names]
        start = today() if since is None else day_of("--from", since)
        charter = charters.read(data, today=start)
        flags = {"zone": shown[0] if shown else None, "first_date": first, "rrule": days, "local_time": at}
        series = settled(charter, flags, start)
        listed = next_times(series, shown, start, count)
    except Refused as refused:
        stop(refused.message, USAGE)
    if as_json:
        click.echo(json.dumps([as_object(one, charter) for one in listed], ensure_ascii=False, indent=2))
        return
    if not listed:
        say(f"No meeting takes place from {start.isoformat()} on.")
        return
    show(listed)
    for line in remarks(series, start):
        say(line)


def today() -> date:
    return datetime.now(UTC).date()


def day_of(flag: str, text: str) -> date:
    """A date as a flag gives it; Refused in words otherwise."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        words = f"{flag} “{text[:40]}” is not a date; write it like 2026-01-21."
        raise Refused(words, code="invalid_date") from None
    if not EARLIEST <= found <= LATEST:
        words = f"{flag} {found.isoformat()} is out of reach: {EARLIEST.year} to {LATEST.year}."
        raise Refused(words, code="invalid_date")
    return found


def settled(charter: Charter, flags: Mapping[str, str | None], start: date) -> list[Series]:
    """The charter's meetings, with the flags as answers to what it leaves open.

    Meetings that stay open are passed over with a word on stderr; if none is left, the command stops and asks.
    """
    from folkmoot.groups.domain.questions import answers_to_open, open_questions, rows_of, scheduled

    if not charter.meetings:
        stop("This charter says nothing about when the group meets.", USAGE)
    answers = answers_to_open(charter, flags)
    questions = open_questions(charter, answers, today=start)
    found = []
    for position, meeting in enumerate(charter.meetings):
        now = scheduled(meeting, answers, position, today=start)
        if now.zone is None or now.at is None or now.rule is None or now.first is None:
            continue
        rows = rows_of(meeting, now.at) if meeting.table else []
        found.append(Series(now.zone, now.at, now.rule, now.first, tuple(rows)))
    words = [line for question in questions for line in asked(question, charter, answers, start)]
    if not found:
        stop("\n".join(words), USAGE)
    for line in words:
        say(line)
    return found


def asked(question: Question, charter: Charter, answers: Mapping[str, str], start: date) -> Iterator[str]:
    """A question in words, with what each answer would mean, and the flag that gives it."""
    position = int(question.key.split(".")[1])
    meeting = charter.meetings[position]
    yield f"Line {question.line}: {question.words}"
    if question.kind == "zone":
        yield from said_by_letters(meeting, start)
        for option in question.options:
            consequence = in_january_and_july(meeting, {**answers, question.key: option.value}, position, start)
            yield f"  --zone {option.value}: {option.words}{consequence}"
    yield f"Answer it with {question.flag}."


def said_by_letters(meeting: Meeting, start: date) -> Iterator[str]:
    """What the letters of the charter may mean, in January and in July."""
    labels = [row.label for row in meeting.table] or [meeting.zone_label or ""]
    for label in dict.fromkeys(labels):
        found = zones.readings(label, year=start.year)
        if found:
            yield f"  {label} may be " + "; ".join(map(meant, found)) + "."


def meant(reading: zones.Reading) -> str:
    if reading.is_fixed:
        return f"{reading.zone} all year"
    january, july = zones.offset_name(reading.january), zones.offset_name(reading.july)
    if january == july:
        return f"{reading.place} time ({january})"
    return f"{reading.place} time ({january} in January, {july} in July)"


def in_january_and_july(meeting: Meeting, answers: Mapping[str, str], position: int, start: date) -> str:
    """What an answer makes of the table in January and in July; nothing without a table."""
    from folkmoot.groups.domain.questions import rows_of, scheduled

    now = scheduled(meeting, answers, position, today=start)
    if not meeting.table or now.zone is None or now.at is None:
        return ""
    rows = rows_of(meeting, now.at)
    year = start.year
    judged = timetable.assess(rows, now.zone, now.at, date(year, 1, 1), date(year, 12, 31))
    words = []
    for month in ("January", "July"):
        day = date(year, 1 if month == "January" else 7, 15)
        call = next(call for call in judged.calls if call.local.date() == day)
        answer = f"wrong for {', '.join(call.wrong)}" if call.wrong else "right"
        words.append(f"in {month} {call.utc:%H:%M} UTC, table {answer}")
    return f" ({'; '.join(words)})"


def next_times(series: Sequence[Series], shown: Sequence[str], start: date, count: int) -> list[Time]:
    """The next `count` meetings of all series together, in order of time."""
    found: list[Time] = []
    for one in series:
        place = zones.zone(one.zone)
        since = datetime.combine(start, time(), place).astimezone(UTC)
        till = datetime.combine(LATEST, time(), UTC) + timedelta(days=20 * 366)
        calls = recurrence.occurrences(one.rule, one.first, one.at, place, since, till, limit=count)
        if not calls:
            continue
        choice = choice_for(one, calls[-1].local.date())
        named = dict.fromkeys([one.zone, *shown, *columns(one.rows, choice)])
        says = {row.label: f"{row.time:%H:%M}" for row in one.rows}
        found.extend(
            Time(
                utc=call.utc,
                table_says=says,
                wrong=timetable.wrong_rows(one.rows, choice, call.utc) if any(choice) else None,
                zones={name: call.utc.astimezone(zones.zone(name)) for name in named},
            )
            for call in calls
        )
    return sorted(found, key=lambda one: one.utc)[:count]


def choice_for(series: Series, last: date) -> tuple[str | None, ...]:
    """The one reading of the table's labels that keeps it right most often from the first meeting on."""
    return judged(series, last).choice


def judged(series: Series, last: date) -> timetable.Assessment:
    until = last + AHEAD if last < date.max - AHEAD else date.max
    return timetable.assess(
        series.rows, series.zone, series.at, series.first, until, rule=series.rule, first=series.first
    )


def columns(rows: Sequence[timetable.Row], choice: Sequence[str | None]) -> Iterator[str]:
    """The zones to show for a table: where people live, also when the letters are read as fixed offsets."""
    for row, chosen in zip(rows, choice, strict=False):
        places = [zone for zone in row.zones if not zone.startswith("UTC")]
        if chosen is not None and chosen not in places and places:
            yield places[0]
        elif chosen is not None:
            yield chosen


def as_object(one: Time, charter: Charter) -> dict[str, object]:
    """One meeting for programs; the keys are a promise."""
    return {
        "utc": one.utc.replace(tzinfo=None).isoformat() + "Z",
        "group": charter.name or charter.title,
        "table_says": dict(one.table_says),
        "table_is_right": None if one.wrong is None else not one.wrong,
        "zones": {name: local.isoformat() for name, local in one.zones.items()},
    }


def show(listed: Sequence[Time]) -> None:
    """The meetings as a table: rich on a terminal, padded columns elsewhere."""
    named = list(dict.fromkeys(name for one in listed for name in one.zones))
    has_table = any(one.wrong is not None for one in listed)
    heads = ["Date", *(zones.place(name) for name in named), *(["Charter’s table"] if has_table else [])]
    rows = [[*cells(one, named), *([verdict(one)] if has_table else [])] for one in listed]
    console = out()
    if not console.is_terminal:
        widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
        for row in [heads, *rows]:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            click.echo(line.rstrip())
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, pad_edge=False)
    for head in heads:
        table.add_column(head)
    for one, row in zip(listed, rows, strict=True):
        style = "bold red" if one.wrong else ""
        table.add_row(*map(Text, row[:-1]), Text(row[-1], style=style))
    console.print(table)


def cells(one: Time, named: Sequence[str]) -> Iterator[str]:
    """The day in the first zone, then the time in each; with the weekday where it is another day there."""
    leading = next(iter(one.zones.values()))
    yield f"{leading:%a} {leading.day} {leading:%b} {leading.year}"
    for name in named:
        local = one.zones.get(name)
        if local is None:
            yield ""
        else:
            yield f"{local:%H:%M}" if local.date() == leading.date() else f"{local:%a %H:%M}"


def verdict(one: Time) -> str:
    if one.wrong is None:
        return ""
    return f"wrong for {', '.join(one.wrong)}" if one.wrong else "right"


def remarks(series: Sequence[Series], start: date) -> Iterator[str]:
    """In which zone the meetings keep their time, and when the answer about the table changes next."""
    for one in series:
        words = recurrence.words(one.rule, one.first)
        yield f"Meetings are {words} at {one.at:%H:%M} in {zones.place(one.zone)}."
        if not any(row.zones for row in one.rows):
            continue
        found = judged(one, max(start, one.first))
        changes = found.changes_from(start)
        if not changes and found.calls:
            yield "The charter’s table is right all year." if found.always_right else "The charter’s table is wrong."
        for change in changes:
            day = f"{change.clocks.day} {change.clocks:%B %Y}"
            if change.right:
                yield f"From {day} the charter’s table is right again."
            else:
                yield f"From {day} the charter’s table is wrong for {', '.join(change.wrong)}."
