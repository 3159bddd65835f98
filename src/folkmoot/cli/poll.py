"""`folkmoot poll`: when people of a group are free, asked and read from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, print_json, refusals_as_exit_codes, show_list, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.availability.models import Poll
    from folkmoot.availability.poll_page import PollPage

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.group()
def poll() -> None:
    """When people are free, and which times suit most."""


@poll.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot poll list --group community-care", "The polls of a group, open ones first")],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, as_json: bool) -> None:
    """List the polls of a group."""
    django_ready()
    from django.utils import timezone

    from folkmoot.availability.queries import polls_of

    now = timezone.now()
    rows = [{**_row(found, now), "answers": found.answered} for found in polls_of(the_group(slug))]  # type: ignore[attr-defined]
    show_list(rows, as_json=as_json, nothing="There is no poll.")


@poll.command(
    cls=WithExamples,
    examples=[
        ("folkmoot poll show 3", "The times that suit most"),
        ("folkmoot poll show 3 --in Asia/Tokyo --json", "By the clock in Tokyo, for programs"),
    ],
)
@click.argument("number", type=int)
@click.option("--in", "zone", metavar="ZONE", help="By whose clock; the poll's own unless said.")
@click.option("--json", "as_json", is_flag=True, help="An object for programs; its keys stay.")
def show(number: int, zone: str | None, as_json: bool) -> None:
    """Show which times of a poll suit most, and who is missing."""
    django_ready()
    from django.conf import settings
    from django.utils import timezone

    from folkmoot.availability.poll_page import PollPage

    found = _the_poll(number)
    with refusals_as_exit_codes():
        page = PollPage(found, zones.canonical(zone) if zone else found.zone, "24", sees_names=True)
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    if as_json:
        print_json(
            {
                **_row(found, timezone.now()),
                "answers": len(page.answers),
                "zone": page.zone,
                "minutes": found.minutes,
                "address": address,
                "best": _best(page),
            }
        )
        return
    say(f"{found.title}: {len(page.answers)} answers, by the clock in {page.place}.")
    rows = [
        {"time": one.when, "who": one.coming, "missing": ", ".join(one.missing), "note": one.hardest}
        for one in page.best
    ]
    show_list(rows, as_json=False, nothing="No time suits anybody yet.")


@poll.command(
    cls=WithExamples,
    examples=[
        (
            "folkmoot poll make --group community-care --title 'Reading circle' --days mon,wed --hours 08:00-20:00 "
            "--in Europe/Lisbon --closes 2030-05-01",
            "For a weekly hour",
        ),
        (
            "folkmoot poll make --group community-care --title 'Retrospective' --from 2030-05-06 --until 2030-05-10 "
            "--in UTC --closes 2030-05-03 --dry-run",
            "For a call on one of five days; only looked at",
        ),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--title", required=True, help="What the call is about.")
@click.option("--days", default="mon,tue,wed,thu,fri", show_default=True, help="Weekdays that are asked for.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first of certain days, for one call.")
@click.option("--until", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last of certain days.")
@click.option("--hours", default="08:00-20:00", show_default=True, help="From when until when on a day.")
@click.option("--in", "zone", required=True, metavar="ZONE", help="By whose clock the hours are.")
@click.option("--minutes", default=60, show_default=True, help="How long the call is.")
@click.option(
    "--step", type=click.Choice(["15", "30", "60"]), default="30", show_default=True, help="Minutes of a step."
)
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day for answers.")
@click.option("--only-group", is_flag=True, help="Only people of the group answer, not whoever has the link.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def make(
    slug: str,
    title: str,
    days: str,
    first: datetime | None,
    last: datetime | None,
    hours: str,
    zone: str,
    minutes: int,
    step: str,
    closes: datetime,
    only_group: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Ask a group when people are free; whoever takes part is told. Prints the address of the poll."""
    django_ready()
    from django.conf import settings

    from folkmoot.availability.actions import PollWords, make_poll
    from folkmoot.availability.models import OpenTo, Sort
    from folkmoot.availability.times import closes_after
    from folkmoot.ledger.actors import machine

    group = the_group(slug)
    with refusals_as_exit_codes():
        weekdays = _weekdays(days)
        starts, ends = _hours(hours)
        words = PollWords(
            title=title,
            sort=Sort.WEEK if first is None else Sort.DAYS,
            weekdays=weekdays,
            days=() if first is None else _days(first.date(), (last or first).date(), weekdays),
            zone=zone,
            starts=starts,
            ends=ends,
            step=int(step),
            minutes=minutes,
            closes_at=closes_after(closes.date(), zone),
            open_to=OpenTo.GROUP if only_group else OpenTo.LINK,
        )
    made = _do(
        lambda: make_poll(group, words, by=machine()),
        ask=f"Ask {group.name} when people are free for “{title}”? Everybody who takes part is told.",
        dry_run=dry_run,
        yes=yes,
    )
    if dry_run:
        say(f"“{made.title}” would be asked. Nothing was changed.")
        return
    say(f"“{made.title}” is poll {made.pk}.")
    click.echo(f"{settings.PUBLIC_ADDRESS}{made.get_absolute_url()}")


@poll.command(cls=WithExamples, examples=[("folkmoot poll close 3", "Take no more answers")])
@click.argument("number", type=int)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def close(number: int, dry_run: bool, yes: bool) -> None:
    """Close a poll; whoever asked is told."""
    django_ready()
    from folkmoot.availability.actions import close_poll
    from folkmoot.ledger.actors import machine

    found = _the_poll(number)
    _do(
        lambda: close_poll(found, by=machine()),
        ask=f"Take no more answers to “{found.title}”?",
        dry_run=dry_run,
        yes=yes,
    )
    say(f"“{found.title}” would be closed. Nothing was changed." if dry_run else f"“{found.title}” is closed.")


def _do(act: Callable[[], Poll], *, ask: str, dry_run: bool, yes: bool) -> Poll:
    """Ask, and do it; or take it back at once."""
    from django.db import transaction

    from folkmoot.ledger.reactions import delivering

    if not (yes or dry_run):
        click.confirm(for_terminal(ask), default=False, abort=True, err=True)
    with refusals_as_exit_codes(), delivering(), transaction.atomic():
        found = act()
        if dry_run:
            transaction.set_rollback(True)
    return found


def _the_poll(number: int) -> Poll:
    from folkmoot.availability.models import Poll

    found = Poll.objects.select_related("group", "became_call").filter(pk=number).first()
    if found is None:
        stop(f"There is no poll {number}. `folkmoot poll list --group …` shows them.", NOT_FOUND)
    return found


def _row(found: Poll, now: datetime) -> dict[str, Any]:
    state = "settled" if found.is_settled else "open" if found.is_open(now) else "closed"
    return {
        "poll": found.pk,
        "title": found.title,
        "sort": found.sort,
        "state": state,
        "closes_at": found.closes_at.isoformat(),
        "series": found.became_series,
        "call": found.became_call_id,
    }


def _best(page: PollPage) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "time": one.when,
            "coming": found.coming,
            "if_need_be": list(one.maybe),
            "missing": list(one.missing),
            "burden": found.cost,
        }
        for one, found in zip(page.best, page.finder.best(len(page.best)), strict=True)
    ]


def _weekdays(text: str) -> tuple[int, ...]:
    try:
        return tuple(DAYS.index(day.strip().lower()[:3]) for day in text.split(","))
    except ValueError:
        raise Refused(f"“{text[:40]}” are no weekdays; write them like mon,wed.", code="invalid") from None


def _hours(text: str) -> tuple[int, int]:
    begins, _dash, ends = text.partition("-")
    try:
        first, last = (time.fromisoformat(one.strip()) for one in (begins, "00:00" if ends == "24:00" else ends))
    except ValueError:
        raise Refused(f"“{text[:40]}” are no hours; write them like 08:00-20:00.", code="invalid") from None
    return first.hour * 60 + first.minute, (last.hour * 60 + last.minute) or 24 * 60


def _days(first: date, last: date, weekdays: tuple[int, ...]) -> tuple[date, ...]:
    several = min((last - first).days, 400)
    every = (first + timedelta(days=number) for number in range(several + 1))
    return tuple(day for day in every if day.weekday() in weekdays)
