"""`folkmoot activity`: what a charter asks for every year, and how far it is."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group()
def activity() -> None:
    """The activities of a group's year."""


@activity.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot activity list --group community-care", "This year"),
        ("folkmoot activity list --group community-care --year 2026 --json", "Another year, for programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--year", type=click.IntRange(1990, 2200), help="A year; this one by default.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, year: int | None, as_json: bool) -> None:
    """List the activities of a year."""
    django_ready()
    from folkmoot.organisation.queries import today_here
    from folkmoot.plan.year_page import year_page

    page = year_page(the_group(slug), year or today_here().year)
    rows = [
        {
            "number": line.activity.pk,
            "name": line.activity.name,
            "year": line.activity.year,
            "quarter": line.activity.quarter or None,
            "state": line.activity.state,
            "owner": line.activity.owner.name if line.activity.owner else None,
            "clause": line.activity.clause_number or None,
            "retired": line.activity.retired_on is not None,
        }
        for line in page.lines
    ]
    show_list(rows, as_json=as_json, nothing=f"No activity stands in the list for {page.year}.")
