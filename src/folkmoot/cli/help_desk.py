"""`folkmoot help-desk`: what waits at the help desks, from the command line."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group(name="help-desk")
def help_desk() -> None:
    """What people asked for help with, and how long it may wait still."""


@help_desk.command(
    cls=WithExamples,
    examples=[
        ("folkmoot help-desk due", "What has no reply yet, at every desk, the most pressing first"),
        ("folkmoot help-desk due --group community-care --json", "Of one group, for programs"),
    ],
)
@click.option("--group", "slug", help="The short name of a group, as in its address; all desks unless said.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def due(slug: str | None, as_json: bool) -> None:
    """List what has no reply yet, by the time that is left. Nothing that was asked in private is written out."""
    django_ready()
    from django.utils import timezone

    from folkmoot.connections.helping_words import wait_words
    from folkmoot.connections.queries.helping import desks, queue

    found = desks().filter(group=the_group(slug)) if slug else desks()
    now = timezone.now()
    waiting = [row for desk in found for row in queue(desk, None, "waiting", now=now)]
    waiting.sort(key=lambda row: row.wait.left)
    rows = [
        {
            "request": row.request.pk,
            "desk": row.request.desk.name,
            "urgency": row.request.urgency,
            "title": "(private)" if row.request.is_private else row.request.heading,
            "due": None if row.wait.due is None else row.wait.due.isoformat(timespec="minutes"),
            "minutes_left": int(row.wait.left.total_seconds() // 60),
            "state": wait_words(row.wait).text,
        }
        for row in waiting
    ]
    show_list(rows, as_json=as_json, nothing="Nothing waits for a reply.")
