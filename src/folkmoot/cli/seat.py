"""`folkmoot seat`: the seats of a group, and who holds them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from folkmoot.cli.answers import NOT_FOUND, print_json, the_group, the_person
from folkmoot.cli.installation import Day, changing, open_installation, rehearsing
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.models import Seat

FILLINGS = ("elected", "appointed", "ex_officio")
dry_run = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")


@click.group()
def seat() -> None:
    """Seats of a group, and their terms."""


@seat.command(name="list", cls=WithExamples, examples=[("folkmoot seat list steering-committee", "Who holds what")])
@click.argument("group")
@click.option("--json", "as_json", is_flag=True, help="For programs, with the whole history.")
def list_seats(group: str, as_json: bool) -> None:
    """The seats of a group: who holds them, and until when."""
    open_installation()
    from folkmoot.groups.seat_pages import seats_page
    from folkmoot.organisation.queries import today_here

    page = seats_page(the_group(group), on=today_here(), sees_all=True)
    if as_json:
        print_json(
            [
                {
                    "title": line.seat.title,
                    "filling": line.seat.filling,
                    "term_months": line.seat.term_months,
                    "free_from": line.free_from.isoformat() if line.free_from else None,
                    "terms": [
                        {
                            "person": term.person.name,
                            "how": term.how,
                            "from": term.begins_on.isoformat(),
                            "until": term.span.ends.isoformat() if term.span.ends else None,
                            "ended_because": term.ended_because or None,
                        }
                        for term in line.shown_terms
                    ],
                }
                for line in page.lines
            ]
        )
        return
    for line in page.lines:
        until = f", until {line.now.span.ends}" if line.now and line.now.span.ends else ""
        click.echo(for_terminal(f"{line.seat.title}: {line.now.person.name if line.now else 'free'}{until}"))
    if not page.lines:
        say("This group has no seats.")


@seat.command(
    name="add",
    cls=WithExamples,
    examples=[
        ("folkmoot seat add steering-committee Chair --months 24 --turns-on 2025-11-01", "A seat of two years"),
    ],
)
@click.argument("group")
@click.argument("title")
@click.option("--filling", type=click.Choice(FILLINGS), default="elected", show_default=True, help="How it is filled.")
@click.option("--months", type=int, help="The length of a term.")
@click.option("--turns-on", type=Day(), metavar="DATE", help="A day on which the seat turns over.")
@click.option("--most-terms", type=int, help="Terms in a row at most.")
@click.option("--power", metavar="ROLE", help="The role of the group whose power goes with it.")
@click.option("--private", is_flag=True, help="Strangers do not read who holds it.")
@dry_run
def add(
    group: str,
    title: str,
    filling: str,
    months: int | None,
    turns_on: date | None,
    most_terms: int | None,
    power: str | None,
    private: bool,
    dry_run: bool,
) -> None:
    """Give a group a seat."""
    open_installation()
    from folkmoot.groups.actions.seats import add_seat
    from folkmoot.groups.models import Filling
    from folkmoot.ledger.actors import machine

    found = the_group(group)
    role = found.roles.filter(name__iexact=power, retired_at=None).first() if power else None
    if power and role is None:
        stop(f"{found.name} has no role called {power}.", NOT_FOUND)
    with changing():
        made = add_seat(
            found,
            title=title,
            filling=Filling(filling),
            term_months=months,
            turns_on=turns_on,
            most_terms=most_terms,
            role=role,
            is_public=not private,
            by=machine(),
        )
        rehearsing(dry_run)
    click.echo(for_terminal(made.title))


@seat.command(
    name="begin",
    cls=WithExamples,
    examples=[
        ("folkmoot seat begin steering-committee Chair ada@example.org --how elected", "Give the seat from today")
    ],
)
@click.argument("group")
@click.argument("title")
@click.argument("email")
@click.option("--how", type=click.Choice([*FILLINGS, "acting"]), required=True, help="How the person came to the seat.")
@click.option("--from", "begins_on", type=Day(), metavar="DATE", help="The first day; today by default.")
@click.option("--until", "ends_on", type=Day(), metavar="DATE", help="The first day after it; a full term by default.")
@click.option("--remark", default="", help="A remark.")
@dry_run
def begin(
    group: str,
    title: str,
    email: str,
    how: str,
    begins_on: date | None,
    ends_on: date | None,
    remark: str,
    dry_run: bool,
) -> None:
    """Give a seat to somebody."""
    open_installation()
    from folkmoot.groups.actions.seats import begin_term
    from folkmoot.groups.models import Begun
    from folkmoot.ledger.actors import machine

    with changing():
        term = begin_term(
            _seat(group, title),
            the_person(email),
            how=Begun(how),
            begins_on=begins_on,
            ends_on=ends_on,
            remark=remark,
            by=machine(),
        )
        rehearsing(dry_run)
    until = f" until {term.ends_on}" if term.ends_on else ""
    click.echo(for_terminal(f"{term.person.name}: {term.seat.title}, from {term.begins_on}{until}"))


@seat.command(name="end")
@click.argument("group")
@click.argument("title")
@click.option("--because", type=click.Choice(["resigned", "removed"]), required=True, help="Why the term is over.")
@click.option("--on", type=Day(), metavar="DATE", help="The first day on which the seat is free; today by default.")
@dry_run
def end(group: str, title: str, because: str, on: date | None, dry_run: bool) -> None:
    """End the present term in a seat."""
    open_installation()
    from folkmoot.groups.actions.seats import end_term
    from folkmoot.groups.models import Ended
    from folkmoot.ledger.actors import machine
    from folkmoot.organisation.queries import today_here

    found = _seat(group, title)
    term = found.terms.on(today_here()).first()
    if term is None:
        stop(f"Nobody holds the seat {found.title}.", NOT_FOUND)
    with changing():
        ended = end_term(term, because=Ended(because), on=on, by=machine())
        rehearsing(dry_run)
    click.echo(for_terminal(f"{ended.seat.title}: free from {ended.ended_on}"))


def _seat(group: str, title: str) -> Seat:
    found = the_group(group)
    seat = found.seats.filter(retired_on=None, title__iexact=title).select_related("group__parent").first()
    if seat is None:
        stop(f"{found.name} has no seat called {title}. `folkmoot seat list {found.slug}` shows them.", NOT_FOUND)
    return seat
