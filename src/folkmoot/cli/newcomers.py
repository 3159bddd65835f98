"""`folkmoot newcomers`: who has come to a group, and who waits for a hello."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group()
def newcomers() -> None:
    """Who has come to a group, and who is there for them."""


@newcomers.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot newcomers list community-care", "Who waits for a hello, the longest first")],
)
@click.argument("group")
@click.option("--all", "also_greeted", is_flag=True, help="Also those of the last ninety days who were greeted.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(group: str, also_greeted: bool, as_json: bool) -> None:
    """List who waits for a hello in a group, by its short name."""
    django_ready()
    from django.utils import timezone

    from folkmoot.connections.newcomers_page import days_waited
    from folkmoot.connections.queries.newcomers import LATELY, newcomers_with_buddies, waiting_in

    found = waiting_in(the_group(group))
    if also_greeted:
        lately = timezone.now() - LATELY
        found = newcomers_with_buddies().filter(group=the_group(group), came_at__gte=lately).order_by("came_at", "pk")
    today = timezone.localdate()
    rows = []
    for newcomer in found:
        pair = next(iter(newcomer.open_pairs), None)  # type: ignore[attr-defined]
        rows.append(
            {
                "name": newcomer.person.name,
                "came": timezone.localdate(newcomer.came_at).isoformat(),
                "waiting_days": days_waited(newcomer, today=today) if newcomer.hello_at is None else None,
                "buddy": pair.buddy.name if pair is not None else "",
                "state": pair.state if pair is not None else "",
            }
        )
    show_list(rows, as_json=as_json, nothing="Nobody waits for a hello.")
