"""`folkmoot notice`: what people were told, and what became of it."""

from __future__ import annotations

import json
from typing import Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import the_person
from folkmoot.cli.terminal import WithExamples, say
from folkmoot.kit.naming import for_terminal


@click.group()
def notice() -> None:
    """What people were told."""


@notice.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot notice list --person ada@example.org", "What was Ada told, and did it reach her?"),
        ("folkmoot notice list --person ada@example.org --json", "The same for programs"),
    ],
)
@click.option("--person", "email", required=True, metavar="EMAIL", help="Whose notices.")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="At most so many, newest first."
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects; `ways` holds state and reason by channel.")
def list_notices(email: str, limit: int, as_json: bool) -> None:
    """List the newest notices of a person with the ways by which they went. Exit code 3 if nobody has the address."""
    django_ready()
    from folkmoot.notices.models import Telling

    person = the_person(email)
    rows: list[dict[str, Any]] = [
        {
            "told_at": telling.told_at.isoformat(),
            "not_before": telling.not_before.isoformat() if telling.not_before else None,
            "kind": telling.kind,
            "subject": telling.subject,
            "read_at": telling.read_at.isoformat() if telling.read_at else None,
            "ways": {one.channel: {"state": one.state, "reason": one.reason} for one in telling.deliveries.all()},
        }
        for telling in Telling.objects.filter(person=person).prefetch_related("deliveries")[:limit]
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(for_terminal(line_of(row)))
    if not rows:
        say(f"{person.name} was told nothing yet.")


def line_of(row: dict[str, Any]) -> str:
    """One notice in a line: when, what, by which ways."""
    ways = ", ".join(
        f"{name} {way['state']}" + (f" ({way['reason']})" if way["reason"] else "")
        for name, way in sorted(row["ways"].items())
    )
    return f"{row['told_at'][:16]}  {row['subject']}  [{ways}]"
