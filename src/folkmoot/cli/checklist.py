"""`folkmoot checklist`: running lists, their templates, and starting one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, refusals_as_exit_codes, show, the_group, the_person
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community


@click.group()
def checklist() -> None:
    """Steps that come again and again, dated from one day."""


@checklist.command(
    name="list", cls=WithExamples, examples=[("folkmoot checklist list --group oak", "What runs in a group")]
)
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_checklists(slug: str, as_json: bool) -> None:
    """The checklists of a group, the newest first."""
    use_own_community()
    django_ready()
    from folkmoot.plan.queries import checklists_in

    # Both counts come with the query.
    found: Iterable[Any] = checklists_in(the_group(slug))
    rows = [
        {
            "number": one.pk,
            "kind": one.template_key,
            "name": one.name,
            "for": one.person.name if one.person else None,
            "from": one.anchor_on.isoformat(),
            "state": one.state,
            "steps": one.count,
            "open": one.open_count,
        }
        for one in found
    ]
    if not rows:
        say("No checklist has been started there.")
    show(rows, as_json=as_json, columns=("number", "state", "from", "name", "for", "open"))


@checklist.command(name="show", cls=WithExamples, examples=[("folkmoot checklist show 3", "The steps of list 3")])
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def show_checklist(number: int, as_json: bool) -> None:
    """The steps of one list."""
    use_own_community()
    django_ready()
    from folkmoot.plan.models import Checklist
    from folkmoot.plan.queries import lines_of

    found = Checklist.objects.filter(pk=number).first()
    if found is None:
        stop(f"There is no checklist {number}.", NOT_FOUND)
    rows: list[dict[str, Any]] = [
        {
            "number": line.pk,
            "title": line.title,
            "state": line.state,
            "due_on": line.due_on.isoformat(),
            "who": line.owner.name if line.owner else line.who or None,
            "by_itself": line.by_itself,
            "why": line.why or None,
        }
        for line in lines_of(found)
    ]
    show(rows, as_json=as_json, columns=("number", "state", "due_on", "title", "who"))


@checklist.command(
    cls=WithExamples,
    examples=[
        ("folkmoot checklist start new-manager --group oak --from 2027-03-01 --for ada@example.org", "Bring Ada in"),
    ],
)
@click.argument("key")
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option(
    "--from", "anchor", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day that its steps count from."
)
@click.option("--for", "email", metavar="EMAIL", help="Whom it is for.")
@click.option("--dry-run", is_flag=True, help="Say which days would come out, and do nothing.")
def start(key: str, slug: str, anchor: datetime, email: str | None, dry_run: bool) -> None:
    """Start a list from a template, and print its number; what comes too late is said."""
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.ledger.actors import machine
    from folkmoot.organisation.queries import today_here
    from folkmoot.plan.actions import preview, start_checklist
    from folkmoot.plan.actions.templates import template_for
    from folkmoot.plan.queries import part_of
    from folkmoot.plan.schedule_words import schedule_words

    group = the_group(slug)
    person = the_person(email) if email else None
    with refusals_as_exit_codes(), transaction.atomic():
        template = template_for(key, group)
        dated = preview(template, anchor.date(), started_on=today_here())
        titles = [line.title for line in template.lines.all()]
        people = {part_of(template): person} if person else {}
        made = start_checklist(key, group=group, anchor=anchor.date(), people=people, by=machine())
        if dry_run:
            transaction.set_rollback(True)
    for sentence in schedule_words(dated, titles):
        say(sentence)
    if dry_run:
        say(f"“{made.name}” would begin in {group.name}. Nothing was changed.")
        return
    say(f"“{made.name}” has begun in {group.name}.")
    click.echo(str(made.pk))


@checklist.command(cls=WithExamples, examples=[("folkmoot checklist templates", "What can be started")])
@click.option("--group", "slug", help="As this group would start them.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def templates(slug: str | None, as_json: bool) -> None:
    """The templates there are."""
    use_own_community()
    django_ready()
    from folkmoot.plan.queries import templates_for

    group = the_group(slug) if slug else None
    found: Iterable[Any] = templates_for(group)
    rows = [
        {"key": one.key, "name": one.name, "of": "group" if one.group_id else "organisation", "steps": one.count}
        for one in found
    ]
    show(rows, as_json=as_json, columns=("key", "name", "of", "steps"))
