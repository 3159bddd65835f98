"""`folkmoot risk`: what might go wrong in a group."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples


@click.group()
def risk() -> None:
    """The risks of a group."""


@risk.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot risk list --group community-care", "The gravest first")],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str, as_json: bool) -> None:
    """List a group's risks, the gravest first."""
    django_ready()
    from folkmoot.plan.registers_listed import risks_sorted

    group = the_group(slug)
    rows = [
        {
            "number": one.pk,
            "title": one.title,
            "score": one.score,
            "likelihood": one.likelihood,
            "impact": one.impact,
            "state": one.state,
            "owner": one.owner.name if one.owner else None,
            "review_on": one.review_on.isoformat() if one.review_on else None,
        }
        for one in risks_sorted(group)
    ]
    show_list(rows, as_json=as_json, nothing=f"{group.name} has no risk on its list.")
