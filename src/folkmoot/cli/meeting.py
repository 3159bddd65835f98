"""`folkmoot meeting`: the calls of a group, from the terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.answers import NOT_FOUND, print_json, show, show_list, the_group
from folkmoot.cli.group import dry_run, yes
from folkmoot.cli.installation import changing, open_installation, rehearsing
from folkmoot.cli.terminal import WithExamples, say, stop

if TYPE_CHECKING:
    from folkmoot.meetings.models import Meeting

WALL_TIME = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def meeting() -> None:
    """The calls of a group."""


@meeting.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot meeting list --group community-care", "What is coming?"),
        ("folkmoot meeting list --group community-care --past --count 5 --json", "The last five, for programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--past", is_flag=True, help="What is over, newest first.")
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many calls.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, past: bool, count: int, as_json: bool) -> None:
    """List a group's calls."""
    open_installation()
    from django.utils import timezone

    from folkmoot.meetings.queries import past_meetings, upcoming_meetings

    group, now = the_group(slug), timezone.now()
    found = past_meetings(group, now=now) if past else upcoming_meetings(group, now=now)
    show_list([_row(one) for one in found[:count]], as_json=as_json, nothing=f"{group.name} has no such call.")


@meeting.command(name="show", cls=WithExamples, examples=[("folkmoot meeting show 7 --json", "One call, for programs")])
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="An object for programs; its keys stay.")
def show_(number: int, as_json: bool) -> None:
    """Show the call of this NUMBER. The way into a video call is shown on its page alone."""
    open_installation()
    from folkmoot.meetings.attendance_reading import answer_counts
    from folkmoot.meetings.where import place_of_call

    found = _meeting(number)
    place = place_of_call(found)
    row = {
        **_row(found),
        "group": found.group.slug,
        "minutes": round(found.duration.total_seconds() / 60),
        "why": found.why or found.skipped_for,
        "has_video_link": bool(place and place.join_link),
        "venue": place.public_location if place else "",
        **answer_counts(found),
    }
    if as_json:
        print_json(row)
        return
    lines = [
        {"what": name.replace("_", " "), "is": str(value)} for name, value in row.items() if value not in ("", None)
    ]
    show(lines, as_json=False, columns=["what", "is"])


@meeting.command(
    name="move",
    cls=WithExamples,
    examples=[("folkmoot meeting move 7 --to 2027-03-04T17:00 --why 'A holiday'", "By the clock of the call")],
)
@click.argument("number", type=int)
@click.option("--to", required=True, type=WALL_TIME, help="Day and time on the wall, such as 2027-03-04T17:00.")
@click.option("--zone", help="By whose clock, such as Europe/Lisbon; without it, by that of the call.")
@click.option("--second", is_flag=True, help="The second of two equal times, when clocks go back.")
@click.option("--why", required=True, help="The reason, which everybody may read.")
@dry_run
@yes
def move(number: int, to: datetime, zone: str | None, second: bool, why: str, dry_run: bool, yes: bool) -> None:
    """Let one call be at another time. Whoever takes part is told, and so are the group's lists."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import move_meeting

    found = _meeting(number)
    say(f"{found.group.name}: from {_wall(found)} to {to:%Y-%m-%d %H:%M} {zone or found.zone}.")
    if not (yes or dry_run):
        click.confirm("Move it, and tell everybody?", default=False, abort=True, err=True)
    with changing():
        moved = move_meeting(found, to=to, zone=zone, fold=1 if second else None, why=why, by=machine())
        rehearsing(dry_run)
    click.echo(_wall(moved))


@meeting.command(
    name="cancel",
    cls=WithExamples,
    examples=[("folkmoot meeting cancel 7 --why 'Most of us are away'", "Call one off")],
)
@click.argument("number", type=int)
@click.option("--why", required=True, help="The reason, which everybody may read.")
@dry_run
@yes
def cancel(number: int, why: str, dry_run: bool, yes: bool) -> None:
    """Call one call off. Whoever takes part is told, and so are the group's lists."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import cancel_meeting

    found = _meeting(number)
    say(f"{found.group.name}: {_wall(found)}.")
    if not (yes or dry_run):
        click.confirm("Cancel it, and tell everybody?", default=False, abort=True, err=True)
    with changing():
        cancelled = cancel_meeting(found, why=why, by=machine())
        rehearsing(dry_run)
    click.echo(cancelled.status)


@meeting.command(
    name="skip",
    cls=WithExamples,
    examples=[
        (
            "folkmoot meeting skip --group community-care --from 2027-08-01 --to 2027-08-31 --why 'summer break'",
            "A break of the charter's first regular calls",
        ),
        ("folkmoot meeting skip --group community-care --holidays PT", "No calls on the public holidays of Portugal"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--series", "position", type=click.IntRange(0, 30_000), default=0, show_default=True, help="Which calls.")
@click.option("--from", "first", type=DAY, help="First day without calls.")
@click.option("--to", "last", type=DAY, help="Last day without calls; without it, that one day.")
@click.option("--why", help="The reason, which everybody may read.")
@click.option("--holidays", metavar="CODE", help="A country (PT), or a part of one (DE-BY).")
@dry_run
@yes
def skip(
    slug: str,
    position: int,
    first: datetime | None,
    last: datetime | None,
    why: str | None,
    holidays: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Leave calls out: on days from one to another, or on public holidays."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import keep_holidays, pause_calls

    if (first is None) == (holidays is None) or (first is not None and not why):
        raise click.UsageError("Name either --from with --why, or --holidays.")
    group = the_group(slug)
    if not (yes or dry_run):
        click.confirm(f"Leave calls of {group.name} out, and tell everybody?", default=False, abort=True, err=True)
    with changing():
        if first is not None:
            end = (last or first).date()
            pause_calls(group, position, first_day=first.date(), last_day=end, reason=why or "", by=machine())
        else:
            country, _dash, part = (holidays or "").partition("-")
            keep_holidays(group, position, country=country, subdivision=part, by=machine())
        rehearsing(dry_run)
    click.echo(group.slug)


def _meeting(number: int) -> Meeting:
    from folkmoot.meetings.queries import meeting_numbered

    found = meeting_numbered(number)
    if found is None:
        stop(f"There is no call {number}. `folkmoot meeting list` shows those of a group.", NOT_FOUND)
    return found


def _wall(found: Meeting) -> str:
    return f"{found.starts:%Y-%m-%d %H:%M} {found.zone}"


def _row(found: Meeting) -> dict[str, Any]:
    return {
        "number": found.pk,
        "starts": f"{found.starts:%Y-%m-%d %H:%M}",
        "zone": found.zone,
        "utc": f"{found.starts_at:%Y-%m-%dT%H:%M:%SZ}",
        "state": "skipped" if found.skipped_for else found.status,
        "title": found.title or None,
    }
