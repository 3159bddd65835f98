"""`folkmoot ledger`: the history of the installation, and whether it is untouched."""

from __future__ import annotations

import json

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import the_group, the_person
from folkmoot.cli.terminal import WithExamples
from folkmoot.kit.naming import for_terminal


@click.group()
def ledger() -> None:
    """Read the history, and check that nobody has changed it."""


@ledger.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot ledger list", "What happened last"),
        ("folkmoot ledger list --group care --room groups --json", "What groups told of one group, for programs"),
    ],
)
@click.option("--group", "slug", help="Only what happened within this group.")
@click.option("--room", help="Only what this room tells, such as groups or meetings.")
@click.option("--person", "email", help="Only what this person did, or what was done about them.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The newest so many.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
def list_entries(slug: str | None, room: str | None, email: str | None, limit: int, as_json: bool) -> None:
    """What happened, newest first."""
    django_ready()
    from folkmoot.desk.history import line_of
    from folkmoot.desk.queries import Wanted, all_entries

    group = the_group(slug) if slug else None
    person = the_person(email) if email else None
    wanted = Wanted(room=room or "", group=group, person=person)
    lines = [line_of(entry, with_personal=True) for entry in all_entries(wanted)[:limit]]
    if as_json:
        rows = [
            {
                "id": line.pk,
                "happened_at": line.happened_at.isoformat(),
                "kind": line.kind,
                "actor": line.actor,
                "words": line.words,
                "changes": {change.field: [change.old, change.new] for change in line.changes},
                "request_id": line.request_id,
            }
            for line in lines
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(for_terminal(f"{line.happened_at:%Y-%m-%d %H:%M}  {line.words}  ({line.actor})"))


@ledger.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Check every seal against the entries under it. Exit code 1 if one does not fit."""
    django_ready()
    from folkmoot.ledger.models import Entry, Seal
    from folkmoot.ledger.sealing import broken_seals

    broken = broken_seals()
    for seal in broken:
        click.echo(
            f"✗ entries {seal.first_entry} to {seal.last_entry} are not what was sealed on {seal.sealed_at:%Y-%m-%d}"
        )
    if broken:
        context.exit(1)
    last = Seal.objects.order_by("-id").first()
    unsealed = Entry.objects.filter(pk__gt=last.last_entry if last else 0).count()
    click.echo(f"✓ {Seal.objects.count()} seals fit; {unsealed} entries since are not sealed yet.")
