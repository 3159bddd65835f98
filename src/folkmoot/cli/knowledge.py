"""`folkmoot knowledge`: articles of what was once asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import show_list, the_group
from folkmoot.cli.terminal import WithExamples

if TYPE_CHECKING:
    from datetime import date

    from folkmoot.connections.models.knowledge import Article


@click.group()
def knowledge() -> None:
    """Articles: questions and their answers, written once."""


@knowledge.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot knowledge list", "All articles that are there, by title"),
        ("folkmoot knowledge list --stale --json", "Those that nobody has looked through for a year, for programs"),
    ],
)
@click.option("--group", "slug", help="Only of the group of this short name, as in its address.")
@click.option("--stale", is_flag=True, help="Only those that nobody has looked through for a year.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(slug: str | None, stale: bool, as_json: bool) -> None:
    """List articles, by title."""
    django_ready()
    from folkmoot.connections.queries.knowledge import articles_for
    from folkmoot.ledger.actors import machine
    from folkmoot.organisation.queries import today_here

    today = today_here()
    found = articles_for(machine(), the_group(slug) if slug else None).select_related("keeper")
    rows = [_row(one, today) for one in found if one.is_stale(today) or not stale]
    show_list(rows, as_json=as_json, nothing="There is no such article.")


def _row(article: Article, today: date) -> dict[str, Any]:
    return {
        "id": article.pk,
        "title": article.title,
        "group": article.group.slug if article.group else None,
        "seen": article.seen,
        "version": article.number,
        "keeper": article.keeper.name if article.keeper else None,
        "looked_through": article.looked_at.isoformat(),
        "stale": article.is_stale(today),
        "outdated_because": article.outdated_because or None,
    }
