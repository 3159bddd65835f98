"""`folkmoot charter`, and its `check`: what was understood, section by section, with lines and notes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from folkmoot.cli.amending import amend, diff
from folkmoot.cli.terminal import WithExamples, out, stop
from folkmoot.cli.up import read_file
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

USAGE: Final = 2
LONGEST_CELL: Final = 400

TOPICS: Final[Mapping[str, str]] = {
    "objectives": "Objectives",
    "membership": "Who may join",
    "roles": "Roles",
    "managers": "Managers named",
    "meetings": "Meetings",
    "annual_activities": "Activities of the year",
    "decision_rules": "How decisions are made",
    "channels": "Channels",
    "resources": "Resources",
    "policies": "Policies to follow",
    "amendments": "Amendments",
}
SEVERITIES: Final[Mapping[str, tuple[str, str]]] = {
    "error": ("needs an answer", "bold red"),
    "warning": ("look at this", "yellow"),
    "info": ("good to know", "cyan"),
}

Row = tuple[str, str, str]
"""Lines, what it is, what it says."""


@click.group()
def charter() -> None:
    """Read a charter, compare two wordings, adopt another one."""


charter.add_command(diff)
charter.add_command(amend)


@charter.command(
    cls=WithExamples,
    examples=[
        ("folkmoot charter check charter.md", "What does it say, and what is left open?"),
        ("folkmoot charter check charter.md --json", "The same for programs"),
        ("curl -s https://example.org/CHARTER.md | folkmoot charter check -", "From standard input"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.pass_context
def check(context: click.Context, file: Path, as_json: bool) -> None:
    """Say what was understood of the charter in FILE.

    Exit code 0 if it can be run (perhaps with warnings), 1 if something needs an answer first, 2 if it cannot be read.
    """
    from folkmoot.groups.domain.charter import read, to_json

    data = read_file(file)
    try:
        understood = read(data)
    except Refused as refused:
        stop(refused.message, USAGE)
    reading = to_json(understood)
    if as_json:
        click.echo(json.dumps(reading, ensure_ascii=False, indent=2))
    else:
        show(reading)
    context.exit(1 if understood.has_errors else 0)


def show(reading: Mapping[str, Any]) -> None:
    """Topics with their lines, then the sections, then the notes: rich on a terminal, plain elsewhere."""
    parts: list[tuple[str, list[Row]]] = [("", list(about(reading)))]
    parts += [(title, [item_row(topic, item) for item in reading[topic]]) for topic, title in TOPICS.items()]
    parts.append(("Sections", list(section_rows(reading))))
    console = out()
    if not console.is_terminal:
        plain(parts, reading)
        return
    from rich.table import Table
    from rich.text import Text

    for title, rows in parts:
        if not rows:
            continue
        table = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
        table.add_column("Lines", justify="right", style="dim", no_wrap=True)
        table.add_column("What", style="bold", max_width=32)
        table.add_column("Says")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
        console.print()
    for note in reading["notes"]:
        word, style = SEVERITIES[note["severity"]]
        console.print(Text.assemble((f"Line {note['line']}, {word}: ", style), note_words(note)))
    console.print(Text(summary(reading)))


def plain(parts: Sequence[tuple[str, list[Row]]], reading: Mapping[str, Any]) -> None:
    """The same for pipes and dumb terminals, one thing a line."""
    width = max(40, shutil.get_terminal_size((100, 24)).columns)
    for title, rows in parts:
        if not rows:
            continue
        if title:
            click.echo(title)
        for lines, what, says in rows:
            click.echo(f"  {lines:>9}  {': '.join(filter(None, (what, says)))}"[: max(width, LONGEST_CELL)])
        click.echo()
    for note in reading["notes"]:
        click.echo(f"Line {note['line']}, {SEVERITIES[note['severity']][0]}: {note_words(note)}")
    click.echo(summary(reading))


def about(reading: Mapping[str, Any]) -> Iterator[Row]:
    """Title, purpose and scope."""
    yield "", "Title", reading["title"] or "the charter has none"
    yield "", "Purpose", cut(reading["purpose"] or "the charter does not say")
    for key, what in (("in", "In scope"), ("out", "Out of scope")):
        for item in reading["scope"][key]:
            yield span(item["lines"]), what, cut(item["text"] or "")


def item_row(topic: str, item: Mapping[str, Any]) -> Row:
    """One thing that was understood, in a line."""
    if topic == "meetings":
        what = ", ".join(filter(None, (item["name"], item["cadence"]))) or "a meeting"
        return span(item["lines"]), what, meeting_words(item)
    if topic == "managers":
        return span(item["lines"]), item["name"], item["role"] or ""
    name = item.get("name") or item.get("rule", "").replace("_", " ")
    extra = item.get("quarter") or item.get("date") or item.get("url") or ""
    text = cut(item.get("text") or "")
    return span(item["lines"]), name, "  ".join(filter(None, (text, f"({extra})" if extra else "")))


def meeting_words(meeting: Mapping[str, Any]) -> str:
    """What is settled of a meeting, and what is not."""
    told = [
        meeting["rrule"] or "days open",
        f"from {meeting['first_date']}" if meeting["first_date"] else "no first day",
        f"at {meeting['local_time']}" if meeting["local_time"] else "no time",
        f"in {meeting['zone']}" if meeting["zone"] else "zone open",
    ]
    if meeting["duration_minutes"]:
        told.append(f"{meeting['duration_minutes']} minutes")
    rows = ", ".join(f"{row['time']} {row['label']}" for row in meeting["table"])
    return ", ".join(told) + (f"; table: {rows}" if rows else "")


def section_rows(reading: Mapping[str, Any]) -> Iterator[Row]:
    """Every section with what it was taken for, indented by its level."""
    for section in reading["sections"]:
        heading = section["heading"] if section["heading"] is not None else "(before the first heading)"
        yield span(section["lines"]), "  " * max(0, section["level"] - 1) + heading, section["kind"].replace("_", " ")


def note_words(note: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (note["message"], note["suggestion"])))


def summary(reading: Mapping[str, Any]) -> str:
    """One line to end with."""
    errors = sum(note["severity"] == "error" for note in reading["notes"])
    if errors:
        return f"{errors} {'question needs' if errors == 1 else 'questions need'} an answer before this can be run."
    return "This can be run as it is: folkmoot up FILE"


def span(lines: Sequence[int]) -> str:
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def cut(text: str) -> str:
    """A text on one line, shortened where it is very long."""
    text = for_terminal(" ".join(text.split()))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
