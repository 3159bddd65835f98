"""`folkmoot mentoring`: programmes of mentoring, read from the command line."""

from __future__ import annotations

import click

from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.installation import open_installation
from folkmoot.cli.terminal import WithExamples


@click.group()
def mentoring() -> None:
    """Programmes of mentoring: their days, and how many take part."""


@mentoring.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot mentoring list", "All programmes, the latest first"),
        ("folkmoot mentoring list --group community-care --json", "Those of a group, for programs"),
    ],
)
@click.option("--group", "slug", help="The group's short name, as in its address; all programmes without it.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str | None, as_json: bool) -> None:
    """List programmes with where they stand. Who is a pair with whom is told to nobody."""
    open_installation()
    from django.db.models import Count, Q

    from folkmoot.connections.queries.mentoring import SHOWN_FROM, programmes
    from folkmoot.organisation.queries import today_here

    today = today_here()
    found = programmes(the_group(slug) if slug else None).annotate(
        applied=Count("applications", distinct=True),
        made=Count("pairs", distinct=True, filter=Q(pairs__state__in=("running", "ended"))),
    )
    rows = [
        {
            "number": one.pk,
            "name": one.name,
            "group": one.group.slug if one.group is not None else "",
            "state": one.phase(today).value,
            "applications": f"{one.opens_on} to {one.closes_on}",
            "term": f"{one.starts_on} to {one.ends_on}",
            "applied": one.applied,
            "pairs": one.made if one.made >= SHOWN_FROM else None,
        }
        for one in found
    ]
    if not as_json:
        rows = [{**row, "pairs": f"fewer than {SHOWN_FROM}" if row["pairs"] is None else row["pairs"]} for row in rows]
    show_list(rows, as_json=as_json, nothing="There is no programme of mentoring.")
