"""`folkmoot decision`: what a group decided, writing a decision down, and laying one before the group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, USAGE, print_json, refusals_as_exit_codes, show_list, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import read_file
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.decisions.models import Decision
    from folkmoot.decisions.wording import Wording
    from folkmoot.groups.models import Group

STATUSES = ("in_force", "open", "talk", "declined", "withdrawn", "referred", "superseded")


@click.group()
def decision() -> None:
    """What a group decided, and what it is about to decide."""


@decision.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot decision list --group community-care", "All decisions, the latest first"),
        ("folkmoot decision list --group community-care --status open --json", "What silence runs on, for programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--status", type=click.Choice(STATUSES), help="Only these.")
@click.option("--year", type=click.IntRange(1, 9999), help="Only of this year.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, status: str | None, year: int | None, as_json: bool) -> None:
    """List a group's decisions, the latest first."""
    django_ready()
    from folkmoot.decisions.listing import Wish, chosen
    from folkmoot.ledger.actors import machine

    found = chosen(the_group(slug), Wish(status=status or "", year=year), machine())
    show_list([_row(one) for one in found], as_json=as_json, nothing="There is no such decision.")


@decision.command(
    cls=WithExamples,
    examples=[("folkmoot decision show 2026-7 --group community-care", "The whole record, as Markdown")],
)
@click.argument("label")
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--json", "as_json", is_flag=True, help="An object for programs; its keys stay.")
def show(label: str, slug: str, as_json: bool) -> None:
    """Show the decision of this LABEL ("2026-7")."""
    django_ready()
    from django.conf import settings

    from folkmoot.decisions.decision_page import page_of_decision
    from folkmoot.decisions.record_text import as_markdown
    from folkmoot.ledger.actors import machine

    found = _named(the_group(slug), label)
    page = page_of_decision(found, None, machine())
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    if not as_json:
        text = as_markdown(page, address=address, with_names=True)
        click.echo("\n".join(for_terminal(line) for line in text.splitlines()))
        return
    running = page.running
    print_json(
        {
            **_row(found),
            "text": found.text,
            "rationale": found.rationale or None,
            "alternatives": found.alternatives or None,
            "clause": found.clause or None,
            "objective": found.objective or None,
            "supersedes": found.supersedes.label if found.supersedes else None,
            "superseded_by": page.superseded_by.label if page.superseded_by else None,
            "silence_ends_at": running.silence.ends_at.isoformat() if running else None,
            "objections_standing": page.standing,
            "address": address,
        }
    )


@decision.command(
    cls=WithExamples,
    examples=[
        (
            "folkmoot decision record --group community-care --title 'Notes are public' text.md --yes",
            "Reached on a call",
        ),
        ("folkmoot decision record --group community-care --title 'New rounds' - --supersedes 2026-3", "In its place"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--title", required=True, help="What it is called.")
@click.option("--on", "on_day", type=click.DateTime(["%Y-%m-%d"]), help="The day it was reached; today by default.")
@click.option("--because", default="", help="Why it was decided.")
@click.option("--clause", default="", metavar="ANCHOR", help="The clause of the charter it rests on.")
@click.option("--objective", default="", help="The objective it serves, by its name.")
@click.option("--supersedes", metavar="LABEL", help="The decision whose place it takes.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def record(
    file: Path,
    slug: str,
    title: str,
    on_day: datetime | None,
    because: str,
    clause: str,
    objective: str,
    supersedes: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Write down a decision that was reached on a call; FILE holds its text in Markdown. Prints its address."""
    django_ready()
    from folkmoot.decisions.actions import record_decision
    from folkmoot.ledger.actors import machine

    group = the_group(slug)
    wording = _wording(group, file, title, because, clause, objective, supersedes)
    _make(
        lambda: record_decision(group, wording, on_day=on_day.date() if on_day else None, by=machine()),
        ask=f"Write “{title}” down as decided by {group.name}?",
        dry_run=dry_run,
        yes=yes or str(file) == "-",
    )


@decision.command(
    cls=WithExamples,
    examples=[
        ("folkmoot decision propose --group community-care --title 'New rounds' text.md", "By the charter's own time"),
        (
            "folkmoot decision propose --group community-care --title 'New rounds' text.md --days 5 --skip-weekends "
            "--holidays PT --dry-run",
            "When would silence end?",
        ),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--title", required=True, help="What it is called.")
@click.option("--because", default="", help="Why it is proposed.")
@click.option("--clause", default="", metavar="ANCHOR", help="The clause of the charter it rests on.")
@click.option("--objective", default="", help="The objective it serves, by its name.")
@click.option("--supersedes", metavar="LABEL", help="The decision whose place it takes.")
@click.option("--days", type=int, help="How many whole days silence lasts; what the charter says by default.")
@click.option("--skip-weekends", is_flag=True, help="Weekends do not count (with --days).")
@click.option("--holidays", multiple=True, metavar="CODE", help="Holidays of this country do not count (with --days).")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def propose(
    file: Path,
    slug: str,
    title: str,
    because: str,
    clause: str,
    objective: str,
    supersedes: str | None,
    days: int | None,
    skip_weekends: bool,
    holidays: Sequence[str],
    dry_run: bool,
    yes: bool,
) -> None:
    """Lay a decision before a group, to be reached by silence; FILE holds its text in Markdown. Prints its address."""
    django_ready()
    from folkmoot.decisions.actions import Terms, propose_by_silence
    from folkmoot.ledger.actors import machine

    if days is None and (skip_weekends or holidays):
        stop("Say --days as well; otherwise the charter's own time holds.", USAGE)
    group = the_group(slug)
    wording = _wording(group, file, title, because, clause, objective, supersedes)
    terms = Terms(days, skips_weekends=skip_weekends, countries=holidays) if days is not None else None
    _make(
        lambda: propose_by_silence(group, wording, terms=terms, by=machine()),
        ask=f"Lay “{title}” before {group.name}? Everybody who takes part is told.",
        dry_run=dry_run,
        yes=yes or str(file) == "-",
    )


def _make(act: Any, *, ask: str, dry_run: bool, yes: bool) -> None:
    """Ask, do it, say what came of it and print the address; or only say it."""
    from django.conf import settings
    from django.db import transaction

    from folkmoot.ledger.reactions import delivering

    if not (yes or dry_run):
        click.confirm(for_terminal(ask), default=False, abort=True, err=True)
    with refusals_as_exit_codes(), delivering(), transaction.atomic():
        made = act()
        running = made.silences.first()
        if dry_run:
            transaction.set_rollback(True)
    ends = f" Silence lasts until the end of {running.last_day:%-d %B %Y} Anywhere on Earth." if running else ""
    if dry_run:
        say(f"“{made.title}” would be decision {made.label}.{ends} Nothing was changed.")
        return
    say(f"“{made.title}” is decision {made.label}.{ends}")
    click.echo(f"{settings.PUBLIC_ADDRESS}{made.get_absolute_url()}")


def _wording(
    group: Group, file: Path, title: str, because: str, clause: str, objective: str, supersedes: str | None
) -> Wording:
    from folkmoot.decisions.wording import Wording

    data = read_file(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        stop(f"{file} is not text in UTF-8.", USAGE)
    return Wording(
        title=title,
        text=text,
        rationale=because,
        clause=clause,
        objective=objective,
        supersedes=_named(group, supersedes) if supersedes else None,
    )


def _named(group: Group, label: str) -> Decision:
    """The decision of this label; ends the command with exit code 3 when there is none."""
    from folkmoot.decisions.models import Decision

    year, _dash, number = label.partition("-")
    is_label = all(part.isascii() and part.isdecimal() and len(part) < 8 for part in (year, number))
    found = (
        Decision.objects.filter(group=group, year=int(year), number=int(number))
        .select_related("group__parent", "proposed_by", "supersedes", "amendment")
        .first()
        if is_label
        else None
    )
    if found is None:
        stop(
            f"{group.name} has no decision {label}. `folkmoot decision list --group {group.slug}` shows them.",
            NOT_FOUND,
        )
    return found


def _row(one: Decision) -> dict[str, Any]:
    return {
        "label": one.label,
        "title": one.title,
        "status": one.status,
        "way": one.way,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
    }
