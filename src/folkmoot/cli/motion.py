"""`folkmoot motion`: what groups vote on, putting a motion, and counting a vote that is over."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, USAGE, print_json, refusals_as_exit_codes, show, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.decisions.models import Motion

COLUMNS = ("motion", "state", "group", "title", "closes_at")
STATES = ("amending", "voting", "carried", "failed", "no_quorum", "withdrawn", "referred")


@click.group()
def motion() -> None:
    """What groups vote on."""


@motion.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot motion list", "All motions of all groups, the newest first"),
        ("folkmoot motion list --group oak --state voting --json", "What is voted on in one group, for programs"),
    ],
)
@click.option("--group", "slug", help="Only of this group, by the last part of its address.")
@click.option("--state", type=click.Choice(STATES), help="Only in this state.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_motions(slug: str | None, state: str | None, as_json: bool) -> None:
    """The motions of a group, or of all."""
    use_own_community()
    django_ready()
    from folkmoot.decisions.models import Motion
    from folkmoot.decisions.motion_queries import motions_of

    rows = motions_of(the_group(slug)) if slug else Motion.objects.select_related("decision__group")
    if state:
        rows = rows.filter(state=state)
    found = [_row(one) for one in rows.order_by("-decision__year", "-decision__number", "pk")]
    if not found:
        say("There are no such motions.")
    show(found, as_json=as_json, columns=COLUMNS)


@motion.command(
    name="show",
    cls=WithExamples,
    examples=[
        ("folkmoot motion show 2027-3 --group oak", "The record of a motion as Markdown, positions by name"),
        ("folkmoot motion show 2027-3 --group oak --json", "Its state and count, for programs"),
    ],
)
@click.argument("label", metavar="NUMBER")
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
def show_motion(label: str, slug: str, as_json: bool) -> None:
    """The record of a motion; NUMBER is its year and number, such as 2027-3."""
    use_own_community()
    django_ready()
    from folkmoot.decisions.motion_queries import count_now
    from folkmoot.decisions.motion_record import record_of
    from folkmoot.decisions.motion_terms import counted, kept

    found = _the_motion(slug, label)
    if not as_json:
        click.echo(for_terminal(record_of(found)), nl=False)
        return
    from folkmoot.decisions.motion_terms import kept_terms

    print_json(
        {
            **_row(found),
            "text": found.decision.text,
            "terms": kept(kept_terms(found)),
            "count": found.result or (counted(count_now(found)) if found.vote_opened_at else None),
        }
    )


@motion.command(
    cls=WithExamples,
    examples=[("folkmoot motion put --group oak --title 'A lamp' lamp.md", "Put the text of a file before the group")],
)
@click.argument("text", type=click.File(encoding="utf-8"))
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option("--title", required=True, help="What it is about.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def put(text: IO[str], slug: str, title: str, dry_run: bool) -> None:
    """Put a motion before a group, and print its number. TEXT is a Markdown file, or - for what comes in."""
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.decisions.actions import put_motion
    from folkmoot.decisions.wording import Wording
    from folkmoot.ledger.actors import machine

    group = the_group(slug)
    try:
        words = text.read()
    except UnicodeDecodeError:
        stop("This is no text in UTF-8.", USAGE)
    with refusals_as_exit_codes(), transaction.atomic():
        made = put_motion(group, Wording(title=title, text=words), by=machine())
        if dry_run:
            transaction.set_rollback(True)
    if dry_run:
        say(
            f"“{for_terminal(made.decision.title)}” would be put before {for_terminal(group.name)}. "
            "Nothing was changed."
        )
        return
    say(f"“{for_terminal(made.decision.title)}” lies before {for_terminal(group.name)}, open for amendments.")
    click.echo(made.decision.label)


@motion.command(cls=WithExamples, examples=[("folkmoot motion settle 2027-3 --group oak", "Count a vote that is over")])
@click.argument("label", metavar="NUMBER")
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and do nothing.")
def settle(label: str, slug: str, dry_run: bool) -> None:
    """Count a vote that is over, or in which everybody with a vote has taken a position; print what came of it."""
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.decisions.actions import settle_vote
    from folkmoot.decisions.motion_terms import kept_terms
    from folkmoot.decisions.motion_words import outcome_words
    from folkmoot.ledger.actors import machine

    found = _the_motion(slug, label)
    with refusals_as_exit_codes(), transaction.atomic():
        tally = settle_vote(found, by=machine())
        if dry_run:
            transaction.set_rollback(True)
    say(outcome_words(tally, kept_terms(found)) + (" Nothing was changed." if dry_run else ""))
    click.echo(tally.result.value)


def _the_motion(slug: str, label: str) -> Motion:
    from folkmoot.decisions.motion_queries import motions_of

    group = the_group(slug)
    hit = re.fullmatch(r"(\d{4})-(\d{1,6})", label)
    if hit is None:
        stop("A motion is called by its year and number, such as 2027-3.", USAGE)
    found = motions_of(group).filter(decision__year=int(hit[1]), decision__number=int(hit[2])).first()
    if found is None:
        stop(f"{for_terminal(group.name)} has no motion {label}.", NOT_FOUND)
    return found


def _row(one: Motion) -> dict[str, Any]:
    return {
        "motion": one.decision.label,
        "group": one.decision.group.slug,
        "title": one.decision.title,
        "state": one.state,
        "closes_at": one.closes_at.isoformat() if one.closes_at else None,
    }
