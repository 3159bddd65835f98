"""`folkmoot circle`: interest circles, read from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples

if TYPE_CHECKING:
    from folkmoot.connections.models.spaces import Circle


@click.group()
def circle() -> None:
    """Interest circles: people who meet about something, with a host, a rhythm and an end."""


@circle.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot circle list", "All circles that are open"),
        ("folkmoot circle list --group community-care --all --json", "Those of a group, closed ones too, for programs"),
    ],
)
@click.option("--group", "slug", help="Only those of a group, by its short name, as in its address.")
@click.option("--all", "shows_all", is_flag=True, help="Closed ones too.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str | None, shows_all: bool, as_json: bool) -> None:
    """List circles; the way in to them is never shown here."""
    django_ready()
    from folkmoot.connections.models.spaces import Circle
    from folkmoot.connections.queries.spaces import listed

    found = listed(Circle.objects.all())
    if slug:
        found = found.filter(group=the_group(slug))
    if not shows_all:
        found = found.filter(closed_at=None)
    show_list([_row(one) for one in found], as_json=as_json, nothing="There is no circle.")


def _row(one: Circle) -> dict[str, Any]:
    from django.conf import settings

    from folkmoot.connections.models.spaces import CirclePart
    from folkmoot.meetings.wording import cadence_of

    members = one.members.all()
    plan = one.plan
    return {
        "circle": one.pk,
        "name": one.name,
        "group": one.group.slug if one.group else None,
        "host": next((member.person.name for member in members if member.part == CirclePart.HOST), None),
        "people": len(members),
        "rhythm": cadence_of(plan) if plan else "as it comes",
        "ends_on": one.ends_on.isoformat(),
        "state": "closed" if one.is_closed else "open",
        "subjects": ", ".join(subject.words for subject in one.subjects.all()),
        "address": f"{settings.PUBLIC_ADDRESS}{one.get_absolute_url()}",
    }
