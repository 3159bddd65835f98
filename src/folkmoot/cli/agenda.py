"""`folkmoot agenda`: what a call is about, and putting something on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, refusals_as_exit_codes, show, the_group, the_person
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.meetings.models import AgendaItem, Meeting

COLUMNS = ("number", "minutes", "kind", "title", "owner", "state")
KINDS = ("inform", "discuss", "decide")


@click.group()
def agenda() -> None:
    """What a call is about."""


@agenda.command(
    name="show",
    cls=WithExamples,
    examples=[
        ("folkmoot agenda show --group oak", "The agenda of the group’s next call"),
        ("folkmoot agenda show --call 12 --json", "That of call 12, for programs"),
        ("folkmoot agenda show --group oak --markdown", "The same text as the file on its page"),
    ],
)
@click.option("--group", "slug", help="The group whose next call is meant, by the last part of its address.")
@click.option("--call", "number", type=int, help="The number of a call, as in its address.")
@click.option("--markdown", is_flag=True, help="As a Markdown text.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def show_agenda(slug: str | None, number: int | None, markdown: bool, as_json: bool) -> None:
    """What stands on an agenda, in its order."""
    use_own_community()
    django_ready()
    from folkmoot.meetings.agenda_reading import items_on, with_readings
    from folkmoot.meetings.agenda_wording import agenda_text, sum_of, sum_words

    meeting = _the_call(slug, number)
    items = list(with_readings(items_on(meeting)))
    if markdown:
        click.echo(for_terminal(agenda_text(meeting, items, names=True)), nl=False)
        return
    if items:
        say(f"{sum_words(sum_of(items, meeting))}.")
    else:
        say("Nothing is on the agenda yet.")
    show([_row(one) for one in items], as_json=as_json, columns=COLUMNS)


@agenda.command(
    cls=WithExamples,
    examples=[("folkmoot agenda add 'A room for spring' --group oak --minutes 15 --kind decide", "On the next call")],
)
@click.argument("title")
@click.option("--group", "slug", help="The group whose next call is meant, by the last part of its address.")
@click.option("--call", "number", type=int, help="The number of a call, as in its address.")
@click.option("--minutes", type=int, default=10, show_default=True, help="How long it takes.")
@click.option("--kind", type=click.Choice(KINDS), default="discuss", show_default=True, help="What is to come of it.")
@click.option("--owner", metavar="EMAIL", help="Who leads it.")
@click.option("--together", is_flag=True, help="It passes together with others, on the consent agenda.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def add(
    title: str,
    slug: str | None,
    number: int | None,
    minutes: int,
    kind: str,
    owner: str | None,
    together: bool,
    dry_run: bool,
) -> None:
    """Put an item on the agenda of a call, and print its number."""
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import ItemWords, add_item

    meeting = _the_call(slug, number)
    person = the_person(owner) if owner else None
    words = ItemWords(title, minutes=minutes, kind=kind, owner=person, is_consent=together)
    with refusals_as_exit_codes(), transaction.atomic():
        made = add_item(meeting, words, by=machine())
        if dry_run:
            transaction.set_rollback(True)
    where = f"the agenda of {meeting.group.name}, {meeting.starts:%Y-%m-%d}"
    if dry_run:
        say(f"“{made.title}” would be put on {where}. Nothing was changed.")
        return
    say(f"“{made.title}” is on {where}.")
    click.echo(str(made.pk))


def _the_call(slug: str | None, number: int | None) -> Meeting:
    from django.utils import timezone

    from folkmoot.meetings.queries import meeting_numbered, next_meetings

    if (slug is None) == (number is None):
        raise click.UsageError("Name the group whose next call you mean with --group, or a call with --call.")
    if number is not None:
        found = meeting_numbered(number)
        if found is None:
            stop(f"There is no call {number}.", NOT_FOUND)
        return found
    group = the_group(slug or "")
    coming = next_meetings([group], now=timezone.now()).get(group.pk)
    if not coming:
        stop(f"{group.name} has no call ahead.", NOT_FOUND)
    return coming[0]


def _row(one: AgendaItem) -> dict[str, Any]:
    return {
        "number": one.pk,
        "title": one.title,
        "minutes": one.minutes,
        "kind": one.kind,
        "owner": one.owner.name if one.owner else one.owner_name or None,
        "state": one.state,
        "together": one.is_consent,
        "serves": one.objective or None,
        "carried": one.times_carried,
        "text": one.text,
        "to_read": [{"title": reading.title, "url": reading.url} for reading in one.materials.all()],
    }
