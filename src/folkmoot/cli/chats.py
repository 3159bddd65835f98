"""`folkmoot chats`: programmes of coffee chats, and drawing a round, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, print_json, refusals_as_exit_codes, show_list
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.connections.actions.chats_drawing import Preview
    from folkmoot.connections.models.chats import ChatProgramme


@click.group()
def chats() -> None:
    """Coffee chats: which there are, and drawing a round."""


@chats.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot chats list", "All programmes that draw rounds, with their number")],
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for programs; their keys stay.")
def list_(as_json: bool) -> None:
    """List the programmes, and when each draws its next round."""
    django_ready()
    from django.db.models import Count

    from folkmoot.connections.queries.chats import running_programmes

    found = running_programmes().annotate(people=Count("parts", distinct=True), drawn=Count("rounds", distinct=True))
    rows = [
        {
            "programme": one.pk,
            "name": one.name,
            "group": one.group.slug if one.group else None,
            "weeks": one.weeks,
            "next_draw": one.next_draw.isoformat(),
            "people": one.people,
            "rounds": one.drawn,
        }
        for one in found
    ]
    show_list(rows, as_json=as_json, nothing="There are no chats.")


@chats.command(
    cls=WithExamples,
    examples=[
        ("folkmoot chats draw 3 --dry-run", "How many conversations there would be, without a name"),
        ("folkmoot chats draw 3 --yes", "Draw the next round now, ahead of its day"),
    ],
)
@click.argument("programme", type=int)
@click.option("--dry-run", is_flag=True, help="Say in numbers what would come of it, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="An object for programs; its keys stay.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def draw(programme: int, dry_run: bool, as_json: bool, yes: bool) -> None:
    """Draw the next round of a programme now; whoever takes part is told. Prints numbers, and never a name."""
    django_ready()
    from django.db import transaction
    from django.utils import timezone

    from folkmoot.connections.actions.chats_drawing import Preview, draw_now, numbers
    from folkmoot.connections.queries.chats_matching import asked_for
    from folkmoot.ledger.actors import machine
    from folkmoot.ledger.reactions import delivering

    found = _the_programme(programme)
    asked = asked_for(found, found.next_draw)
    counted = numbers(asked, asked.decided())
    if dry_run:
        _tell(counted, as_json)
        say(f"“{found.name}” would draw this. Nothing was changed.")
        return
    if not yes:
        words = f"Draw the next round of “{found.name}” now, for {counted.people} people? All of them are told."
        click.confirm(for_terminal(words), default=False, abort=True, err=True)
    with refusals_as_exit_codes(), delivering(), transaction.atomic():
        made = draw_now(found, now=timezone.now(), by=machine())
        sizes = [one.seats.count() for one in made.conversations.all()]
        left = made.seats.filter(conversation=None).count()
    _tell(Preview(sum(sizes) + left, len(sizes), sizes.count(3), left), as_json)
    say(f"Round {made.number} of “{found.name}” is drawn.")


def _the_programme(number: int) -> ChatProgramme:
    from folkmoot.connections.models.chats import ChatProgramme

    found = ChatProgramme.objects.select_related("group").filter(pk=number).first()
    if found is None:
        stop(f"There are no chats {number}. `folkmoot chats list` shows them.", NOT_FOUND)
    return found


def _tell(counted: Preview, as_json: bool) -> None:
    row = {
        "people": counted.people,
        "conversations": counted.talks,
        "of_three": counted.trios,
        "nobody_for": counted.left_over,
    }
    if as_json:
        print_json(row)
    else:
        show_list([row], as_json=False, nothing="")
