"""`folkmoot initiative`: what a group works on."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group()
def initiative() -> None:
    """The initiatives of a group."""


@initiative.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot initiative list --group community-care", "In which stage is each, and who leads it?")],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, as_json: bool) -> None:
    """List a group's initiatives."""
    django_ready()
    from folkmoot.plan.objectives import Objectives
    from folkmoot.plan.overview import initiative_lines

    group = the_group(slug)
    rows = [
        {
            "number": line.initiative.pk,
            "title": line.initiative.title,
            "stage": line.initiative.stage,
            "since": line.initiative.stage_since.isoformat(),
            "lead": line.initiative.lead.name if line.initiative.lead else None,
            "objective": line.initiative.objective or None,
        }
        for line in initiative_lines(group, Objectives(group), proposals=True)
    ]
    show_list(rows, as_json=as_json, nothing=f"{group.name} has no initiative yet.")
