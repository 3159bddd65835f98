"""`folkmoot task`: a group's tasks, and doing something about them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, refusals_as_exit_codes, show, the_group, the_person
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community

if TYPE_CHECKING:
    from folkmoot.plan.models import Task

COLUMNS = ("number", "state", "due_on", "group", "title", "owner")
SHOWN = ("open", "unowned", "overdue", "done", "dropped", "first")


@click.group()
def task() -> None:
    """What is to be done, by whom, by when."""


@task.command(
    name="list",
    cls=WithExamples,
    examples=[
        ("folkmoot task list", "All open tasks of all groups"),
        ("folkmoot task list --group oak --show overdue --json", "What is late in one group, for programs"),
    ],
)
@click.option("--group", "slug", help="Only of this group, by the last part of its address.")
@click.option("--show", "which", type=click.Choice(SHOWN), default="open", show_default=True, help="Which tasks.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_tasks(slug: str | None, which: str, as_json: bool) -> None:
    """The tasks of a group, or of all; tasks that people keep for themselves are nobody else's."""
    use_own_community()
    django_ready()
    from folkmoot.groups.models import Group
    from folkmoot.organisation.queries import today_here
    from folkmoot.plan.queries import tasks_in

    groups = [the_group(slug)] if slug else list(Group.objects.all())
    tasks = [one for group in groups for one in tasks_in(group, which, person=None, today=today_here())]
    if not tasks:
        say("There are no such tasks.")
    show([_row(one) for one in tasks], as_json=as_json, columns=COLUMNS)


@task.command(
    cls=WithExamples,
    examples=[
        ("folkmoot task add 'Book a room' --group oak --due 2027-03-01", "Anybody in the group may take it"),
        ("folkmoot task add 'Book a room' --group oak --owner ada@example.org", "Ada is asked"),
    ],
)
@click.argument("title")
@click.option("--group", "slug", required=True, help="The group, by the last part of its address.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The day by which it is to be done.")
@click.option("--owner", metavar="EMAIL", help="Who is asked to take it.")
@click.option("--first", is_flag=True, help="Good for somebody who has just come.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def add(title: str, slug: str, due: datetime | None, owner: str | None, first: bool, dry_run: bool) -> None:
    """Add a task to a group, and print its number."""
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.ledger.actors import machine
    from folkmoot.plan.actions import add_task

    group = the_group(slug)
    person = the_person(owner) if owner else None
    with refusals_as_exit_codes(), transaction.atomic():
        made = add_task(
            title=title,
            group=group,
            owner=person,
            due_on=due.date() if due else None,
            is_first_task=first,
            by=machine(),
        )
        if dry_run:
            transaction.set_rollback(True)
    if dry_run:
        say(f"“{made.title}” would be added to {group.name}. Nothing was changed.")
        return
    say(f"“{made.title}” is on the list of {group.name}.")
    click.echo(str(made.pk))


@task.command(cls=WithExamples, examples=[("folkmoot task done 12", "Task 12 is done")])
@click.argument("number", type=int)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def done(number: int, dry_run: bool) -> None:
    """Say that a task of a group is done."""
    use_own_community()
    django_ready()
    from folkmoot.ledger.actors import machine
    from folkmoot.plan.actions import finish_task
    from folkmoot.plan.models import Task

    found = Task.objects.filter(pk=number, group__isnull=False).select_related("group").first()
    if found is None:
        stop(f"There is no task {number}.", NOT_FOUND)
    if dry_run:
        say(f"“{found.title}” would be done. Nothing was changed.")
        return
    with refusals_as_exit_codes():
        finish_task(found, by=machine())
    say(f"Done: “{found.title}”.")


def _row(one: Task) -> dict[str, Any]:
    return {
        "number": one.pk,
        "group": one.group.slug if one.group else None,
        "title": one.title,
        "state": one.state,
        "owner": one.owner.name if one.owner else None,
        "asked": one.offered_to.name if one.offered_to else None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "serves": one.clause_name or None,
    }
