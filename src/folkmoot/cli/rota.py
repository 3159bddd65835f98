"""`folkmoot rota`: whose turn it is at the calls of a group."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group()
def rota() -> None:
    """Moderator, scribe, crier: whose turn it is at the calls of a group."""


@rota.command(
    name="show",
    cls=WithExamples,
    examples=[
        ("folkmoot rota show --group community-care", "Who does what at the next calls?"),
        ("folkmoot rota show --group community-care --calls 12 --json", "A dozen calls, for programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--calls", default=6, show_default=True, type=click.IntRange(1, 60), help="How many calls ahead.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def show(slug: str, calls: int, as_json: bool) -> None:
    """Show who has which role at the next calls, who was asked, and whom the rota would propose next, and why."""
    django_ready()
    from django.utils import timezone

    from folkmoot.meetings.rota_page import rota_lines

    rows = [
        {
            "call": line.meeting.pk,
            "starts_at": line.meeting.starts_at.isoformat(),
            "role": one.role,
            "key": one.key,
            "state": one.state,
            "person": one.person.name if one.person else None,
            "reason": one.reason or None,
        }
        for line in rota_lines(the_group(slug), now=timezone.now(), count=calls)
        for one in line.roles
    ]
    show_list(rows, as_json=as_json, nothing="No call is planned.")
