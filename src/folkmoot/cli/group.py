"""`folkmoot group`: the groups, how they stand to each other, how they are proposed, closed and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.answers import print_json, the_group, the_person
from folkmoot.cli.installation import changing, open_installation, rehearsing
from folkmoot.cli.terminal import WithExamples, say
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.models import Group

as_json = click.option("--json", "as_json", is_flag=True, help="For programs.")
dry_run = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
yes = click.option("--yes", is_flag=True, help="Ask nothing.")


@click.group()
def group() -> None:
    """The groups, and how they stand to each other."""


@group.command(name="list", cls=WithExamples, examples=[("folkmoot group list --json", "All groups, for a program")])
@as_json
def list_groups(as_json: bool) -> None:
    """All groups, each below the one that it answers to."""
    open_installation()
    from folkmoot.groups.domain.hierarchy import in_order
    from folkmoot.groups.queries import all_groups

    found = {one.pk: one for one in all_groups().select_related("parent")}
    order = in_order(list(found), {key: one.parent_id for key, one in found.items()})
    if as_json:
        print_json([_said(found[key]) for key, _depth in order])
        return
    for key, depth in order:
        one = found[key]
        click.echo(for_terminal(f"{'  ' * depth}{one.slug}  {one.name} ({one.state})"))
    if not found:
        say("There is no group here yet.")


@group.command(name="show", cls=WithExamples, examples=[("folkmoot group show library", "One group, and what is open")])
@click.argument("slug")
@as_json
def show(slug: str, as_json: bool) -> None:
    """One group: its state, to whom it answers, who leads it, and what would end if it closed."""
    open_installation()
    from folkmoot.groups.actions.structure import still_open
    from folkmoot.groups.queries import managers_of

    found = the_group(slug)
    opened = still_open(found)
    value = _said(found) | {
        "managers": [person.name for person in managers_of(found)],
        "people": len(opened.participations),
        "terms": len(opened.terms),
        "handovers": len(opened.handovers),
        "held": [one.holding.words for _person, one in opened.held],
        "groups_below": [child.slug for child in found.children.all()],
    }
    if as_json:
        print_json(value)
        return
    for name, content in value.items():
        words = ", ".join(map(str, content)) if isinstance(content, list) else content
        click.echo(for_terminal(f"{name.replace('_', ' ')}: {'' if words is None else words}"))


@group.command(
    name="propose",
    cls=WithExamples,
    examples=[("folkmoot group propose Kites --why 'The wind is good' --by ada@example.org", "Propose a group")],
)
@click.argument("name")
@click.option("--why", required=True, help="Why there should be this group.")
@click.option("--who", default="", help="With whom.")
@click.option("--by", "email", metavar="EMAIL", required=True, help="Who proposes it.")
@dry_run
def propose(name: str, why: str, who: str, email: str, dry_run: bool) -> None:
    """Propose a group in somebody's name; those who may take it up are told."""
    open_installation()
    from folkmoot.groups.actions.proposals import propose_group

    person = the_person(email)
    with changing():
        made = propose_group(name=name, why=why, who=who, by=person)
        rehearsing(dry_run)
    click.echo(made.get_absolute_url())


@group.command(
    name="close",
    cls=WithExamples,
    examples=[("folkmoot group close library --why 'The work is done'", "Close a group")],
)
@click.argument("slug")
@click.option("--why", required=True, help="Why it closes; everybody may read it.")
@click.option("--heir", metavar="EMAIL", help="Who takes what its people hold.")
@dry_run
@yes
def close(slug: str, why: str, heir: str | None, dry_run: bool, yes: bool) -> None:
    """Close a group, with all that is open in it."""
    open_installation()
    from folkmoot.groups.actions.structure import close_group, still_open
    from folkmoot.ledger.actors import machine

    found = the_group(slug)
    opened = still_open(found)
    say(
        f"{found.name}: {len(opened.participations)} take part, {len(opened.terms)} terms, "
        f"{len(opened.handovers)} handovers, {len(opened.held)} things held."
    )
    if not (yes or dry_run):
        click.confirm("Close it?", default=False, abort=True, err=True)
    with changing():
        closed = close_group(found, why=why, heir=the_person(heir) if heir else None, by=machine())
        rehearsing(dry_run)
    click.echo(closed.slug)


@group.command(name="reopen")
@click.argument("slug")
@click.option("--why", required=True, help="Why it opens again.")
@dry_run
def reopen(slug: str, why: str, dry_run: bool) -> None:
    """Open a closed group again; it forms until somebody leads it."""
    open_installation()
    from folkmoot.groups.actions.structure import reopen_group
    from folkmoot.ledger.actors import machine

    with changing():
        opened = reopen_group(the_group(slug), why=why, by=machine())
        rehearsing(dry_run)
    click.echo(opened.slug)


@group.command(
    name="set-parent",
    cls=WithExamples,
    examples=[("folkmoot group set-parent library steering-committee", "Let the library answer to the committee")],
)
@click.argument("slug")
@click.argument("parent", required=False)
@dry_run
def set_parent(slug: str, parent: str | None, dry_run: bool) -> None:
    """Let a group answer to PARENT, or to no other group."""
    open_installation()
    from folkmoot.groups.actions import structure
    from folkmoot.ledger.actors import machine

    with changing():
        moved = structure.set_parent(the_group(slug), the_group(parent) if parent else None, by=machine())
        rehearsing(dry_run)
    click.echo(moved.slug)


def _said(one: Group) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "name": one.name,
        "state": one.state,
        "since": one.state_since.isoformat() if one.state_since else None,
        "why": one.state_why,
        "parent": one.parent.slug if one.parent else None,
    }
