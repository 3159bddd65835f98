"""`folkmoot minutes`, and its `check`: what was understood of minutes in Markdown, and what is uncertain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from folkmoot.cli.minutes_kept import publish, show_minutes
from folkmoot.cli.minutes_series import export_minutes, import_minutes
from folkmoot.cli.terminal import WithExamples, out, stop
from folkmoot.kit.naming import for_terminal

USAGE: Final = 2
LONGEST_CELL: Final = 200
SEVERITIES: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("look at this", "yellow"),
    "info": ("good to know", "cyan"),
}

Row = tuple[str, str, str]
"""Line, what it is, what it says."""


@click.group()
def minutes() -> None:
    """Read minutes that were written elsewhere, bring them in, take all out, and publish those of a call."""


minutes.add_command(show_minutes)
minutes.add_command(publish)
minutes.add_command(import_minutes)
minutes.add_command(export_minutes)


@minutes.command(
    cls=WithExamples,
    examples=[
        ("folkmoot minutes check 2024-03-05.md", "What do these minutes say, and what is uncertain?"),
        ("folkmoot minutes check meetings/*.md", "All of a folder, one after the other"),
        ("folkmoot minutes check meetings/*.md --json", "The same for programs"),
    ],
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what was understood of the minutes in FILES. Nothing is imported.

    The name of a file counts: it may tell the date. Exit code 0 if all was understood, 1 if something must be looked
    at, 2 if a file cannot be read.
    """
    from folkmoot.meetings.domain.minutes import read_minutes, to_json

    read = [to_json(read_minutes(data, name=name)) for name, data in contents(files)]
    if as_json:
        click.echo(json.dumps({"files": read}, ensure_ascii=False, indent=2))
    else:
        for place, file in enumerate(read):
            if place:
                click.echo()
            show(file)
        if len(read) > 1:
            click.echo()
            click.echo(summary(read))
    context.exit(1 if any(file["open"] for file in read) else 0)


def contents(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of files, `-` being standard input; more than is ever looked at is not read."""
    from folkmoot.meetings.domain.minutes.source import MOST_BYTES

    for file in files:
        try:
            if str(file) == "-":
                yield "", sys.stdin.buffer.read(MOST_BYTES + 1)
            else:
                with file.open("rb") as opened:
                    yield str(file), opened.read(MOST_BYTES + 1)
        except OSError as error:
            stop(f"{file} cannot be read: {error.strerror}.", USAGE)


def show(file: Mapping[str, Any]) -> None:
    """One file: its meetings with lines, then the notes; rich on a terminal, plain elsewhere."""
    console = out()
    if file["name"]:
        click.echo(for_terminal(file["name"]))
    for meeting in file["meetings"]:
        rows = list(meeting_rows(meeting))
        if not console.is_terminal:
            for line, what, says in rows:
                click.echo(f"  {line:>5}  {what}: {says}")
            continue
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(justify="right", style="dim", no_wrap=True)
        table.add_column(style="bold", max_width=16)
        table.add_column()
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
    for note in notes_of(file):
        words, style = SEVERITIES[note["severity"]]
        click.echo(click.style(f"Line {note['line']}, {words}: ", fg=style) + for_terminal(note["message"]))


def meeting_rows(meeting: Mapping[str, Any]) -> Iterator[Row]:
    """What was understood of one meeting."""
    yield str(meeting["lines"][0]), "Meeting", cut(meeting["title"]) or "without a title"
    yield "", "Date", date_words(meeting)
    yield from people_rows(meeting)
    for key, what in (("moderator", "Moderator"), ("scribe", "Scribe")):
        if meeting[key]:
            yield "", what, cut(meeting[key])
    for item in meeting["items"]:
        if item["title"]:
            more = ", ".join(filter(None, (f"{item['minutes']} minutes" if item["minutes"] else "", item["owner"])))
            yield str(item["line"]), "Topic", cut(item["title"]) + (f" ({more})" if more else "")
    for decision in meeting["decisions"]:
        more = ", ".join(filter(None, (decision["outcome"], vote_words(decision["votes"]))))
        yield str(decision["line"]), "Decision", cut(decision["text"]) + (f" ({more})" if more else "")
    for action in meeting["actions"]:
        more = ", ".join(
            filter(
                None,
                (action["owner"], f"due {action['due']}" if action["due"] else "", "done" if action["done"] else ""),
            )
        )
        yield str(action["line"]), "Action", cut(action["text"]) + (f" ({more})" if more else "")


def people_rows(meeting: Mapping[str, Any]) -> Iterator[Row]:
    """Who was there, and who was not."""
    for key, what in (("present", "Present"), ("regrets", "Regrets")):
        people = meeting[key]
        if people:
            shown = ", ".join(person["name"] or f"@{person['handle']}" for person in people)
            more = f" and {meeting['unnamed']} without names" if key == "present" and meeting["unnamed"] else ""
            yield str(people[0]["line"]), what, f"{len(people)}{more}: {cut(shown)}"


def date_words(meeting: Mapping[str, Any]) -> str:
    until = f" until {meeting['until']}" if meeting["until"] else ""
    times = "-".join(filter(None, (meeting["starts"], meeting["ends"])))
    return " ".join(filter(None, (f"{meeting['date'] or 'not known'}{until}", times, meeting["zone"] if times else "")))


def vote_words(votes: Mapping[str, Any]) -> str:
    """Votes in figures, as far as they are known."""
    told = []
    for side, words in (("approve", "for"), ("decline", "against"), ("abstain", "abstained")):
        number = votes[side]["count"] if votes[side]["count"] is not None else len(votes[side]["names"]) or None
        if number is not None:
            told.append(f"{number} {words}")
    return ", ".join(told)


def notes_of(file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return sorted(
        [*file["notes"], *(note for meeting in file["meetings"] for note in meeting["notes"])],
        key=lambda note: note["line"],
    )


def summary(files: Sequence[Mapping[str, Any]]) -> str:
    """One line to end with."""
    meetings = sum(len(file["meetings"]) for file in files)
    doubtful = sum(file["open"] for file in files)
    counted = f"{len(files)} files with {meetings} meetings"
    return f"{counted}; {doubtful} of the files need a look." if doubtful else f"{counted}; all was understood."


def cut(text: str) -> str:
    """A text on one line, shortened where it is very long."""
    text = for_terminal(" ".join(text.split()))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
