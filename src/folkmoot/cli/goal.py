"""`folkmoot goal`: what a group wants to reach, and how that goes."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, refusals_as_exit_codes, show_list, the_group
from folkmoot.cli.terminal import WithExamples, say, stop


@click.group()
def goal() -> None:
    """The goals of a group."""


@goal.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot goal list --group community-care", "What is off track?"),
        ("folkmoot goal list --group community-care --period 2026-Q4 --json", "One quarter, for programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--period", help="Only a year (2026) or a quarter (2026-Q4).")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, period: str | None, as_json: bool) -> None:
    """List a group's goals with their progress, what is off track first."""
    django_ready()
    from folkmoot.kit.errors import Refused
    from folkmoot.plan.domain.periods import parse_period
    from folkmoot.plan.standing import goals_of, goals_standing

    goals = goals_of(the_group(slug))
    if period:
        try:
            wanted = parse_period(period)
        except Refused as refused:
            stop(refused.message, 2)
        goals = goals.filter(year=wanted.year, quarter=wanted.quarter)
    rows = [
        {
            "number": one.goal.pk,
            "title": one.goal.title,
            "period": one.goal.period.key,
            "percent": one.percent,
            "confidence": one.confidence or None,
            "owner": one.goal.owner.name if one.goal.owner else None,
            "closed": one.is_closed,
        }
        for one in sorted(goals_standing(goals), key=lambda one: one.order)
    ]
    show_list(rows, as_json=as_json, nothing="There is no such goal.")


@goal.command(
    name="check-in",
    cls=WithExamples,
    examples=[
        ("folkmoot goal check-in 7 --confidence at_risk --words 'We need a second host.'", "Say how a goal goes"),
        ("folkmoot goal check-in 7 --confidence on_track --words Fine. --dry-run", "Only see what would be said"),
    ],
)
@click.argument("number", type=int)
@click.option(
    "--confidence", required=True, type=click.Choice(["on_track", "at_risk", "off_track"]), help="How sure one is."
)
@click.option("--words", required=True, help="What happened, and what comes next.")
@click.option("--dry-run", is_flag=True, help="Change nothing.")
def check_in(number: int, confidence: str, words: str, dry_run: bool) -> None:
    """Check in on the goal of this NUMBER (see `folkmoot goal list`)."""
    django_ready()
    from folkmoot.ledger.actors import machine
    from folkmoot.plan.actions.goals import check_in as act
    from folkmoot.plan.models import Confidence, Goal

    found = Goal.objects.select_related("group").filter(pk=number).first()
    if found is None:
        stop(f"There is no goal {number}.", NOT_FOUND)
    if dry_run:
        say(f"Would say of “{found.title}”: {confidence}. Nothing was changed.")
        return
    with refusals_as_exit_codes():
        act(found, confidence=Confidence(confidence), words=words, by=machine())
    say(f"“{found.title}” is {confidence} now.")
