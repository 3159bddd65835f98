"""`folkmoot roster`: lists of people, into a group and out of it."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, BinaryIO

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.roster import RosterFile, RosterReport

IN_MEMORY = 8 * 1024 * 1024


@click.group()
def roster() -> None:
    """Take lists of people in and out, as CSV."""


@roster.command(
    name="import",
    cls=WithExamples,
    examples=[
        ("folkmoot roster import people.csv --group community-care --dry-run", "What would this list change?"),
        (
            "folkmoot roster import people.csv --group community-care --map name=Who --map email=Mail",
            "Name the columns",
        ),
    ],
)
@click.argument("file", type=click.File("rb"))
@click.option("--group", "slug", required=True, metavar="SLUG", help="The group, by the last part of its address.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=HEADING",
    help="The column of a field: name, email, role, zone, affiliation or since; a heading, or its number from 1.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--welcome", is_flag=True, help="Send each person who comes in a welcome by mail.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def import_(
    file: BinaryIO, slug: str, maps: tuple[str, ...], dry_run: bool, yes: bool, welcome: bool, as_json: bool
) -> None:
    """Take a list of people into a group: all of it, or nothing.

    Every row is looked at first, however many there are; FILE may be - for the standard input.
    """
    django_ready()
    from folkmoot.groups.actions.roster import apply_roster
    from folkmoot.groups.roster import compare, report_of, roster_file
    from folkmoot.ledger.actors import machine
    from folkmoot.ledger.reactions import delivering

    group = the_group(slug)
    with _again(file) as stream:
        table = roster_file(stream, _mapping(stream, maps))
        report = report_of(compare(group, table))
        _show(report, table, as_json=as_json)
        if report.problem_count:
            stop("Nothing was taken in: the list is taken in as a whole, or not at all.")
        if dry_run or not report.changes:
            return
        if not yes:
            if not sys.stdin.isatty():
                stop("Say --yes to take it in, or --dry-run to look only.", 2)
            click.confirm(f"Take in {report.changes} people?", abort=True, err=True)
        with delivering():
            apply_roster(group, table, shown=report.digest, tell_people=welcome, by=machine())
        say(f"Taken in: {report.changes} people.")


@roster.command(name="export")
@click.option("--group", "slug", required=True, metavar="SLUG", help="The group, by the last part of its address.")
def export(slug: str) -> None:
    """Write who takes part in a group as CSV to the standard output."""
    django_ready()
    from folkmoot.groups.roster import roster_rows
    from folkmoot.kit.csv_text import written

    group = the_group(slug)
    for line in written(roster_rows(group)):
        click.echo(line.encode(), nl=False)


def _again(file: BinaryIO) -> BinaryIO:
    """The file as one that can be read more than once, without holding it in memory."""
    if file.seekable():
        return file
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the caller closes it
    shutil.copyfileobj(file, kept)
    kept.seek(0)
    return kept  # type: ignore[return-value]


def _mapping(stream: BinaryIO, maps: tuple[str, ...]) -> dict[str, int] | None:
    from folkmoot.groups.domain.roster import FIELDS
    from folkmoot.groups.roster import roster_file

    if not maps:
        return None
    found = roster_file(stream)
    mapping, header = dict(found.mapping), [heading.strip() for heading in found.header]
    for word in maps:
        name, _equals, heading = word.partition("=")
        if name not in FIELDS:
            stop(f"--map knows the fields {', '.join(FIELDS)}, not “{for_terminal(name)}”.", 2)
        if heading in header:
            mapping[name] = header.index(heading)
        elif heading.isascii() and heading.isdigit() and 0 < int(heading) <= len(header):
            mapping[name] = int(heading) - 1
        else:
            stop(f"There is no column “{for_terminal(heading)}”; there are: {for_terminal(', '.join(header))}.", 2)
    return mapping


def _show(report: RosterReport, table: RosterFile, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {
                    "columns": {name: table.header[column] for name, column in table.mapping.items()},
                    "rows": {change.value: count for change, count in sorted(report.counts.items())},
                    "problem_count": report.problem_count,
                    "problems": [vars(problem) for problem in report.problems],
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    for name in table.repeated:
        say(f"More than one column is called “{name}”; the first counts, unless --map gives a number.")
    for words, count in report.lines:
        click.echo(f"{count:>9}  {words}")
    for problem in report.problems:
        click.echo(for_terminal(f"Line {problem.line}: {problem.words}"), err=True)
    if report.problem_count > len(report.problems):
        say(f"… and {report.problem_count - len(report.problems)} more.")
