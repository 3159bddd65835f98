"""`folkmoot search`: everything in which words stand."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import USAGE, show_list
from folkmoot.cli.terminal import WithExamples, stop


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot search lights", "Groups, people, charters, decisions, calls, tasks with lights in them"),
        ("folkmoot search lights --group lantern-working-group", "What Lantern has of lights"),
        ("folkmoot search quiet room --kind decisions --json", "Decisions alone, for programs"),
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", help="Only of this kind, such as groups, people, decisions, tasks.")
@click.option("--group", "slug", default="", metavar="SLUG", help="Only what is of this group.")
@click.option(
    "--most", type=click.IntRange(1, 200), default=20, show_default=True, help="At most so many of each kind."
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def search(words: tuple[str, ...], kind: str, slug: str, most: int, as_json: bool) -> None:
    """Search for WORDS, also mistyped ones, over everything but people’s own tasks."""
    django_ready()
    from django.conf import settings

    from folkmoot.groups.models import Group
    from folkmoot.ledger.actors import machine
    from folkmoot.people.domain.seeking import NotSearchable, read_words
    from folkmoot.people.searching import kinds
    from folkmoot.people.searching import search as find

    if kind and kind not in kinds():
        stop(f"There is no kind {kind}. There are: {', '.join(kinds())}.", USAGE)
    group = Group.objects.filter(slug=slug).first() if slug else None
    if slug and group is None:
        stop(f"There is no group {slug}.", USAGE)
    within = group.name if group else ""
    try:
        sought = read_words(" ".join(words))
    except NotSearchable:
        stop("Please search for a few words.", USAGE)
    rows = [
        {
            "kind": section.kind,
            "title": hit.found.title,
            "group": hit.found.where or None,
            "on": hit.found.on.isoformat() if hit.found.on else None,
            "excerpt": "".join(piece.text for piece in hit.excerpt) or None,
            "address": f"{settings.PUBLIC_ADDRESS}{hit.found.path}",
        }
        for section in find(sought, machine(), only=[kind] if kind else (), most=most, group=within)
        for hit in section.hits
    ]
    if not as_json:
        rows = [{name: row[name] for name in ("kind", "title", "group", "address")} for row in rows]
    show_list(rows, as_json=as_json, nothing="Nothing fits these words.")
