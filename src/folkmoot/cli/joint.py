"""`folkmoot joint`: calls that several groups hold together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.answers import NOT_FOUND, show_list, the_group
from folkmoot.cli.group import dry_run, yes
from folkmoot.cli.installation import changing, open_installation, rehearsing
from folkmoot.cli.terminal import WithExamples, say, stop

if TYPE_CHECKING:
    from folkmoot.meetings.models import JointCall

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def joint() -> None:
    """Calls that several groups hold together: one hosts them, others join."""


@joint.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot joint list --group community-care --json", "What is held together, for programs")],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, as_json: bool) -> None:
    """List what a group holds together with others, and what waits for an answer."""
    open_installation()
    from folkmoot.meetings.joint_reading import joint_calls
    from folkmoot.organisation.queries import today_here

    group = the_group(slug)
    rows = [_row(one) for one in joint_calls(group, today=today_here())]
    show_list(rows, as_json=as_json, nothing=f"{group.name} holds its calls alone.")


@joint.command(
    name="ask",
    cls=WithExamples,
    examples=[
        ("folkmoot joint ask --group lantern --with oak --from 2027-01-10", "To the regular calls, from a day on"),
        ("folkmoot joint ask --group lantern --with oak --call 7", "To one call"),
    ],
)
@click.option("--group", "slug", required=True, help="The group that hosts the calls.")
@click.option("--with", "other", required=True, help="The group that is invited.")
@click.option("--series", "position", type=click.IntRange(0, 30_000), default=0, show_default=True, help="Which calls.")
@click.option("--call", "number", type=int, help="The number of one call, instead of regular ones.")
@click.option("--from", "first", type=DAY, help="From which day on; without it, from today on.")
@dry_run
@yes
def ask(
    slug: str, other: str, position: int, number: int | None, first: datetime | None, dry_run: bool, yes: bool
) -> None:
    """Invite a group to calls. Whoever leads it is told, and answers."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import ask_to_join
    from folkmoot.meetings.queries import meeting_numbered

    if number is not None and first is not None:
        raise click.UsageError("--from is for regular calls, --call for one.")
    host, group = the_group(slug), the_group(other)
    meeting = meeting_numbered(number) if number is not None else None
    if number is not None and meeting is None:
        stop(f"There is no call {number}. `folkmoot meeting list` shows those of a group.", NOT_FOUND)
    if not (yes or dry_run):
        click.confirm(f"Invite {group.name} to calls of {host.name}?", default=False, abort=True, err=True)
    with changing():
        asked = ask_to_join(
            host,
            group,
            position=None if meeting is not None else position,
            meeting=meeting,
            from_day=first.date() if first else None,
            by=machine(),
        )
        rehearsing(dry_run)
    click.echo(asked.pk)


@joint.command(
    name="answer",
    cls=WithExamples,
    examples=[("folkmoot joint answer 3 --accept", "Say yes for the group that was invited")],
)
@click.argument("number", type=int)
@click.option("--accept/--decline", "agrees", default=None, help="Whether the group joins.")
@dry_run
@yes
def answer(number: int, agrees: bool | None, dry_run: bool, yes: bool) -> None:
    """Say for the group that was invited whether it joins. With a yes, people of both groups are told."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import answer_joining

    if agrees is None:
        raise click.UsageError("Name either --accept or --decline.")
    found = _joint(number)
    say(f"{found.host.name}, with {found.group.name}.")
    if not (yes or dry_run):
        click.confirm("Join, and tell everybody?" if agrees else "Decline?", default=False, abort=True, err=True)
    with changing():
        answered = answer_joining(found, agrees=agrees, by=machine())
        rehearsing(dry_run)
    click.echo(answered.state)


@joint.command(
    name="end",
    cls=WithExamples,
    examples=[("folkmoot joint end 3 --from 2027-06-01", "From that day on each group is by itself again")],
)
@click.argument("number", type=int)
@click.option("--from", "first", type=DAY, help="From which day on; without it, from today on.")
@dry_run
@yes
def end(number: int, first: datetime | None, dry_run: bool, yes: bool) -> None:
    """Let calls be joint no longer, or take an invitation back. People of both groups are told."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import end_joining

    found = _joint(number)
    say(f"{found.host.name}, with {found.group.name}.")
    if not (yes or dry_run):
        click.confirm("End it, and tell everybody?", default=False, abort=True, err=True)
    with changing():
        ended = end_joining(found, from_day=first.date() if first else None, by=machine())
        rehearsing(dry_run)
    click.echo(ended.state if ended.last_day is None else f"{ended.last_day}")


def _joint(number: int) -> JointCall:
    from folkmoot.meetings.joint_reading import joint_call_numbered

    found = joint_call_numbered(number)
    if found is None:
        stop(f"There is nothing of the number {number}. `folkmoot joint list` shows it for a group.", NOT_FOUND)
    return found


def _row(one: JointCall) -> dict[str, Any]:
    return {
        "number": one.pk,
        "host": one.host.slug,
        "group": one.group.slug,
        "series": one.position,
        "call": one.meeting_id,
        "from": one.first_day.isoformat(),
        "to": one.last_day.isoformat() if one.last_day else None,
        "state": one.state,
    }
