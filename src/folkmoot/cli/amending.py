"""`folkmoot charter diff` and `folkmoot charter amend`: what differs between two wordings, and adopting one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import read_file
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.domain.amending import Comparison
    from folkmoot.groups.domain.amending.model import Named
    from folkmoot.groups.models import CharterVersion, Group

USAGE, MISSING, DENIED, CONFLICT = 2, 3, 4, 5
WHATS = {
    "added": "new",
    "removed": "goes",
    "changed": "reworded",
    "moved": "moved",
    "moved_and_changed": "moved and reworded",
    "renamed": "renamed",
    "renumbered": "renumbered",
    "relevelled": "heading of another size",
    "layout": "only layout",
}
CODES = {"forbidden": DENIED, "newer_version": CONFLICT, "settled": CONFLICT, "no_free_seat": CONFLICT}


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot charter diff old.md new.md", "What differs between two files, clause by clause"),
        ("folkmoot charter diff community-care@1 community-care", "Between two versions kept here"),
        ("folkmoot charter diff community-care new.md --json", "For programs"),
    ],
)
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.pass_context
def diff(context: click.Context, old: str, new: str, as_json: bool) -> None:
    """Say every difference between OLD and NEW: files, SLUG (the version in force) or SLUG@NUMBER.

    Exit code 0 when they say the same (perhaps in another layout), 1 when something differs, 2 when one cannot be
    read, 3 when there is no such group or version.
    """
    from folkmoot.groups.domain.amending import compare

    before, after = _wording(old), _wording(new)
    comparison = compare(before[1], after[1], before[0], after[0])
    if as_json:
        click.echo(json.dumps(as_plain(comparison), ensure_ascii=False, indent=2))
    else:
        show(comparison)
    context.exit(0 if comparison.says_the_same and not comparison.meaning else 1)


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot charter amend new.md --group community-care --dry-run", "What would change, and what would follow"),
        ("folkmoot charter amend new.md --group community-care --reason 'Agreed on 3 March.' --yes", "Adopt it"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--group", "slug", required=True, metavar="SLUG", help="The group whose charter it is.")
@click.option("--in-force", "day", metavar="DATE", help="From which day it holds (2027-03-01); today by default.")
@click.option("--reason", default="", help="Where it was decided, and why; it stands in the history.")
@click.option("--zone", help="The time zone of the calls, where the new wording leaves it open.")
@click.option("--first", metavar="DATE", help="The day of the first call, where the new wording leaves it open.")
@click.option("--dry-run", is_flag=True, help="Only say what would change and follow.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def amend(
    file: Path,
    slug: str,
    day: str | None,
    reason: str,
    zone: str | None,
    first: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Adopt the charter in FILE as the next version of a group's charter, by the steward of this machine."""
    data = read_file(file)
    django_ready()
    from folkmoot.groups.amendment_reading import carried_over, read_text
    from folkmoot.groups.charter_words import consequences
    from folkmoot.groups.domain.charter import read
    from folkmoot.groups.domain.questions import answers_to_open
    from folkmoot.groups.queries import latest_version
    from folkmoot.organisation.queries import today_here

    group, today = _group(slug), today_here()
    in_force = _day(day) or today
    if in_force < today:
        stop("A charter comes into force today or later, not in the past.", USAGE)
    try:
        base = latest_version(group)
        text = read(data).text
        answers = carried_over(base, text, today=today)
        open_ones = answers_to_open(read(data, today=today), {"zone": zone, "first_date": first})
        answers = {**answers, **open_ones}
        proposed = read_text(base, text, answers, today=today)
    except Refused as refused:
        stop(refused.message, USAGE)
    if proposed.open_needed:
        stop("\n".join([*proposed.open_needed, "Answer with --zone or --first. Nothing was changed."]), USAGE)
    comparison = proposed.compared()
    if comparison.is_same:
        say(f"{group.name} has this very charter already. Nothing was changed.")
        return
    show(comparison)
    for one in consequences(group, base.reading, proposed.reading(), on=in_force):
        say(f"* {one.words}")
    if dry_run:
        say("Nothing was changed.")
        return
    if not yes:
        if str(file) == "-":
            stop("The charter came by standard input, so nobody can be asked. Say --yes.", USAGE)
        reason = reason or click.prompt("Reason", err=True)
        click.confirm("Adopt it?", default=False, abort=True, err=True)
    version = _adopt(group, base.number, text, answers, reason, in_force)
    say(f"Adopted as version {version.number}, in force from {version.in_force_from:%-d %B %Y}.")
    click.echo(_address(group))


def show(comparison: Comparison) -> None:
    """Every difference in a line or three, for people."""
    if comparison.is_same:
        click.echo("Both are the same.")
        return
    if comparison.says_the_same:
        click.echo("The wording is the same, only layout changed." if comparison.hunks or comparison.line_ends_changed
                   else "The text is the same; what it leaves open is answered differently.")  # fmt: skip
    for named in comparison.named():
        heading = named.clause.side.heading
        place = " ".join(filter(None, (f"§ {heading.number}" if heading.number else "", heading.text))) or "Beginning"
        click.echo(for_terminal(f"{place}: {WHATS[named.what]}"))
        if named.piece is None:
            for mark, words in _whole(named):
                click.echo(for_terminal(f"  {mark} {words}"))
            continue
        if named.what == "layout":
            continue
        if named.piece.old is not None and named.what != "moved":
            click.echo(for_terminal(f"  - {named.piece.old.said}"))
        if named.piece.new is not None:
            click.echo(for_terminal(f"  + {named.piece.new.said}"))


def _whole(named: Named) -> list[tuple[str, str]]:
    """The words of a clause that is new or goes as a whole, each behind its mark."""
    if named.what == "added":
        return [("+", change.new.said) for change in named.clause.pieces if change.new is not None]
    if named.what == "removed":
        return [("-", change.old.said) for change in named.clause.pieces if change.old is not None]
    return []


def as_plain(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON values."""
    return {
        "same": comparison.is_same,
        "says_the_same": comparison.says_the_same,
        "differences": [
            {
                "clause": named.clause.id,
                "number": named.clause.side.heading.number or None,
                "heading": named.clause.side.heading.text or None,
                "what": named.what,
                "old": named.piece.old.said if named.piece and named.piece.old else None,
                "new": named.piece.new.said if named.piece and named.piece.new else None,
                "old_lines": list(named.piece.old.lines) if named.piece and named.piece.old else None,
                "new_lines": list(named.piece.new.lines) if named.piece and named.piece.new else None,
                "whole": [words for _mark, words in _whole(named)] if named.piece is None else None,
            }
            for named in comparison.named()
        ],
        "meaning": [
            {
                "topic": one.topic,
                "what": one.what,
                "field": one.field or None,
                "old_name": one.old_name or None,
                "new_name": one.new_name or None,
                "old": one.old,
                "new": one.new,
            }
            for one in comparison.meaning
        ],
    }


def _wording(named: str) -> tuple[str, dict[str, Any]]:
    """Text and reading of a file or of a version kept here; a file that is there comes first."""
    from folkmoot.groups.domain.charter import read, to_json

    if named == "-" or Path(named).exists():
        try:
            understood = read(read_file(Path(named)))
        except Refused as refused:
            stop(f"{named}: {refused.message}", USAGE)
        return understood.text, to_json(understood)
    slug, at, number = named.partition("@")
    if "/" in slug or "." in slug or (at and not number.isdigit()):
        stop(f"{named} cannot be read: there is no such file.", USAGE)
    django_ready()
    version = _version(slug, int(number) if at else None)
    return version.text, version.reading


def _version(slug: str, number: int | None) -> CharterVersion:
    from folkmoot.groups.queries import charter_in_force

    group = _group(slug)
    found = group.charters.filter(number=number).first() if number is not None else charter_in_force(group)
    if found is None:
        stop(f"{group.name} has no version {number} of its charter.", MISSING)
    return found


def _group(slug: str) -> Group:
    from django.db import DatabaseError

    from folkmoot.groups.models import Group

    try:
        group = Group.objects.filter(slug=slug).first()
    except DatabaseError:
        stop("There is no community here yet. `folkmoot up FILE` makes a group from its charter.", MISSING)
    if group is None:
        stop(f"There is no group {slug} here, and no such file.", MISSING)
    return group


def _adopt(group: Group, base: int, text: str, answers: dict[str, str], reason: str, in_force: date) -> CharterVersion:
    from django.db import transaction

    from folkmoot.groups.actions import adopt_amendment, propose_amendment, start_amendment
    from folkmoot.ledger.actors import machine
    from folkmoot.ledger.reactions import delivering

    try:
        with delivering(), transaction.atomic():
            made = start_amendment(group, text=text, by=machine(), why=reason, base=base, answers=answers)
            propose_amendment(made, by=machine())
            return adopt_amendment(made, by=machine(), reason=reason, in_force_from=in_force)
    except Refused as refused:
        stop(refused.message, CODES.get(refused.code, 1))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(f"{text} is not a date; write it like 2027-03-01.", USAGE)


def _address(group: Group) -> str:
    from django.conf import settings

    return f"{settings.PUBLIC_ADDRESS}{group.get_absolute_url()}charter/"
