"""`folkmoot minutes`, and its `check`: what was understood of minutes in Markdown, and what is uncertain."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from folkmoot.cli.answers import NOT_FOUND
from folkmoot.cli.minutes_kept import publish, show_minutes
from folkmoot.cli.minutes_series import export_minutes, import_minutes
from folkmoot.cli.terminal import WithExamples, out, stop
from folkmoot.kit.naming import for_terminal

USAGE: Final = 2
LONGEST_CELL: Final = 200
MOST_QUESTIONS: Final = 4
"""Of each file, where many are shown."""
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
        ("folkmoot minutes check meetings", "All of a folder: a line for each file, and what is uncertain"),
        ("folkmoot minutes check meetings --json", "The same for programs"),
    ],
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what was understood of the minutes in FILES, or in all files of a folder. Nothing is imported.

    The name of a file counts: it may tell the date. Exit code 0 if all was understood, 1 if something must be looked
    at, 2 if a file cannot be read, 3 if a folder holds no minutes.
    """
    from folkmoot.meetings.domain.minutes import read_minutes, to_json

    brief = any(file.is_dir() for file in files)
    found = [one for file in files for one in (files_in(file) if file.is_dir() else [file])]
    if not found:
        stop("There are no minutes in that folder; they are looked for in Markdown and text files.", NOT_FOUND)
    read = [to_json(read_minutes(data, name=name)) for name, data in contents(found)]
    if as_json:
        click.echo(json.dumps({"files": read, "summary": counts(read)}, ensure_ascii=False, indent=2))
    else:
        for place, file in enumerate(read):
            if place and not brief:
                click.echo()
            show_briefly(file) if brief else show(file)
        if len(read) > 1 or brief:
            click.echo()
            click.echo(summary(read))
    context.exit(1 if any(file["open"] for file in read) else 0)


def files_in(folder: Path) -> list[Path]:
    """The files below a folder that may be minutes, in the order of their names. An index is none."""
    from folkmoot.meetings.domain.minutes.folder import INDEX, READ

    found = (file for file in folder.rglob("*") if file.suffix.lower() in READ and file.name.lower() != INDEX.lower())
    return sorted(file for file in found if file.is_file() and not _is_hidden(file.relative_to(folder)))


def _is_hidden(file: Path) -> bool:
    return any(part.startswith(".") for part in file.parts)


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


def show_briefly(file: Mapping[str, Any]) -> None:
    """One file of many: a line for each meeting, then the first of what must be looked at."""
    name = for_terminal(file["name"])
    for meeting in file["meetings"] or [None]:
        people = f"{meeting['attendee_count']} present" if meeting else "nothing was read"
        click.echo(f"{name}: {date_words(meeting)}, {people}" if meeting else f"{name}: {people}")
    questions = [note for note in notes_of(file) if note["severity"] == "open"]
    words, style = SEVERITIES["open"]
    for note in questions[:MOST_QUESTIONS]:
        click.echo(click.style(f"  Line {note['line']}, {words}: ", fg=style) + for_terminal(note["message"]))
    if len(questions) > MOST_QUESTIONS:
        click.echo(f"  and {len(questions) - MOST_QUESTIONS} more; folkmoot minutes check {shlex.quote(file['name'])}")


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
    told = counts(files)
    read = f"{_of(told['files'], 'file')} with {_of(told['meetings'], 'meeting')} read"
    return (
        f"{read}, {told['with_questions']} with questions."
        if told["with_questions"]
        else f"{read}; all was understood."
    )


def counts(files: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many files and meetings were read, and how many files have something to look at."""
    return {
        "files": len(files),
        "meetings": sum(len(file["meetings"]) for file in files),
        "with_questions": sum(bool(file["open"]) for file in files),
    }


def _of(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def cut(text: str) -> str:
    """A text on one line, shortened where it is very long."""
    text = for_terminal(" ".join(text.split()))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
