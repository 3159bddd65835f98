"""`folkmoot minutes show` and `publish`: the minutes of a call that are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, print_json, refusals_as_exit_codes
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.meetings.minutes_check import Found
    from folkmoot.meetings.models import Minutes


@click.command(
    name="show",
    cls=WithExamples,
    examples=[
        ("folkmoot minutes show 12", "What everybody reads of the minutes of call 12, or would read"),
        ("folkmoot minutes show 12 --json", "That, and how far they are, for programs"),
    ],
)
@click.argument("call", type=int)
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
def show_minutes(call: int, as_json: bool) -> None:
    """Print the public version of the minutes of CALL (its number, as in its address), as Markdown.

    What waits before they can be published is said on standard error.
    """
    use_own_community()
    django_ready()
    from folkmoot.meetings.domain.published import as_json as public_json
    from folkmoot.meetings.minutes_check import markdown_of
    from folkmoot.meetings.minutes_reading import public_of

    minutes = _the_minutes(call)
    public, waiting = public_of(minutes), _waiting(minutes)
    if as_json:
        print_json(
            {
                "call": minutes.pk,
                "state": minutes.state,
                "level": minutes.level,
                "to_look_at": [_row(one) for one in waiting],
                "public": public_json(public),
            }
        )
        return
    click.echo(for_terminal(markdown_of(public)), nl=False)
    say(f"These minutes are {minutes.get_state_display()}.")
    if waiting:
        say(f"Somebody could be recognised in {len(waiting)} places.")


@click.command(
    name="publish",
    cls=WithExamples,
    examples=[
        ("folkmoot minutes publish 12 --dry-run", "Could they be published?"),
        ("folkmoot minutes publish 12 --yes", "Publish, without being asked"),
    ],
)
@click.argument("call", type=int)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def publish(call: int, dry_run: bool, yes: bool) -> None:
    """Publish the approved minutes of CALL. What was published is not taken back.

    Exit code 5 while something waits: a public wording, or a place in which somebody could be recognised.
    """
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import publish_minutes

    minutes = _the_minutes(call)
    if not (dry_run or yes):
        click.confirm("Publish these minutes for everybody?", abort=True, err=True)
    with refusals_as_exit_codes(), transaction.atomic():
        publish_minutes(minutes, by=machine())
        if dry_run:
            transaction.set_rollback(True)
    if dry_run:
        say("They would be published. Nothing was changed.")
        return
    say("The minutes are published.")


def _the_minutes(call: int) -> Minutes:
    from folkmoot.meetings.minutes_reading import minutes_of
    from folkmoot.meetings.queries import meeting_numbered

    meeting = meeting_numbered(call)
    found = minutes_of(meeting) if meeting is not None else None
    if found is None:
        stop(f"There are no minutes of a call {call}.", NOT_FOUND)
    return found


def _waiting(minutes: Minutes) -> list[Found]:
    from folkmoot.meetings.minutes_check import uncleared

    return [] if minutes.is_published else uncleared(minutes)


def _row(one: Found) -> dict[str, Any]:
    return {"channel": one.hit.channel, "line": one.hit.line, "words": one.words, "sure": one.hit.sure}
