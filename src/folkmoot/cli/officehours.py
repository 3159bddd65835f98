"""`folkmoot officehours`: who keeps an hour free for others."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list
from folkmoot.cli.terminal import WithExamples


@click.group()
def officehours() -> None:
    """Who keeps an hour free for others."""


@officehours.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot officehours list", "What is offered, and how many have booked"),
        ("folkmoot officehours list --json", "The same for programs"),
    ],
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(as_json: bool) -> None:
    """List the office hours that are offered; who booked stays between those people."""
    django_ready()
    from django.utils import timezone

    from folkmoot.connections.office_hours_page import when_they_are
    from folkmoot.connections.queries.office_hours import offers_with_bookings

    rows = [
        {
            "number": one.pk,
            "title": one.title,
            "host": one.host.name,
            "group": one.group.slug if one.group else None,
            "when": when_they_are(one),
            "seats": one.seats,
            "state": "paused" if one.is_paused else "open",
            "booked": booked,
        }
        for one, booked in offers_with_bookings(timezone.now())
    ]
    show_list(rows, as_json=as_json, nothing="Nobody offers office hours.")
