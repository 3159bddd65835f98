"""`folkmoot election`: the elections of a group, and setting one up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, USAGE, print_json, refusals_as_exit_codes, show_list, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.governance.domain.days import Plan
    from folkmoot.governance.models.elections import Election
    from folkmoot.groups.models import Group, Seat

KINDS = ("regular", "vacancy", "recall", "confidence", "practice")
STEPS = (
    "roles",
    "call",
    "nominations",
    "acceptance",
    "questions",
    "freeze",
    "voting",
    "grace",
    "count",
    "result",
    "complaints",
    "onboarding",
    "term",
    "retro",
)
of_group = click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
for_programs = click.option("--json", "as_json", is_flag=True, help="For programs; the keys stay.")
dry = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
sure = click.option("--yes", is_flag=True, help="Ask nothing.")


@click.group()
def election() -> None:
    """Elections: list and show them, begin one, announce it, move its days, cancel it."""


@election.command(
    name="list",
    cls=WithExamples,
    examples=[("folkmoot election list --group community-care --json", "All elections, for programs")],
)
@of_group
@for_programs
def list_(slug: str, as_json: bool) -> None:
    """List a group's elections, drafts too, the latest first."""
    django_ready()
    from folkmoot.governance.models.elections import Election

    found = Election.objects.filter(group=the_group(slug)).prefetch_related("stages")
    show_list([_row(one) for one in found], as_json=as_json, nothing="There has been no election in this group.")


@election.command(
    cls=WithExamples,
    examples=[("folkmoot election show committee-2027 --group community-care", "All steps with their days")],
)
@click.argument("key")
@of_group
@for_programs
def show(key: str, slug: str, as_json: bool) -> None:
    """Show the election of this KEY, as in its address: contests, days, messages."""
    django_ready()
    from django.conf import settings

    from folkmoot.governance.actions.plan_messages import in_order, written
    from folkmoot.governance.queries.plan import days_of

    found = _named(the_group(slug), key)
    contests = [
        {
            "title": one.title,
            "method": one.method,
            "places": one.places,
            "seats": [fill.seat.title for fill in one.fills.select_related("seat")],
        }
        for one in found.contests.all()
    ]
    days = [
        {"step": step.value, "first": span.first.isoformat(), "last": span.last.isoformat()}
        for step, span in days_of(found).items()
    ]
    messages = [
        {"kind": one.kind, "subject": written(one).subject, "due_on": one.due_on.isoformat(), "state": one.state}
        for one in in_order(found)
    ]
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    if as_json:
        print_json(
            {
                **_row(found),
                "zone": found.zone,
                "needed": found.needed,
                "is_final": found.is_final,
                "groups_below": found.reaches_below,
                "contests": contests,
                "days": days,
                "messages": messages,
                "address": address,
            }
        )
        return
    lines = [f"{found.title} ({found.get_kind_display()}, {found.get_state_display()})", address, ""]
    lines += [f"{one['title']}: {one['places']} by {one['method']}" for one in contests]
    lines += ["", *(f"{one['first']}  {one['last']}  {one['step']}" for one in days)]
    lines += ["", *(f"{one['due_on']}  {one['state']}  {one['subject']}" for one in messages)]
    click.echo("\n".join(for_terminal(line) for line in lines))


@election.command(
    cls=WithExamples,
    examples=[
        (
            "folkmoot election begin --group community-care --title 'Committee 2027' --start '11 September 2027' "
            "--terms-on '1 November 2027' --dry-run",
            "Which days would it have?",
        ),
        (
            "folkmoot election begin --group community-care --title 'Chair' --start 2027-03-01 --kind vacancy "
            "--seat Chair",
            "Fill a vacancy",
        ),
    ],
)
@of_group
@click.option("--title", required=True, help="What it is called.")
@click.option("--start", required=True, help="The first day of voting, such as '11 September 2027' or 2027-09-11.")
@click.option("--from-call", is_flag=True, help="The day is the first of the call for candidates instead.")
@click.option("--kind", type=click.Choice(KINDS), default="regular", show_default=True)
@click.option("--key", default="", help="Its name in addresses; made of the title and the year by default.")
@click.option("--zone", default="Anywhere on Earth", show_default=True, help="Where its days begin and end.")
@click.option("--terms-on", help="The day on which terms have to begin.")
@click.option("--grace", type=int, default=0, help="Days of grace after voting.")
@click.option("--needed", type=int, default=2, show_default=True, help="So many officers open the ballots together.")
@click.option("--replaceable", is_flag=True, help="A ballot may be changed by whoever has its secret.")
@click.option("--seat", "seats", multiple=True, metavar="TITLE", help="A seat that it fills; several may be given.")
@click.option("--places", type=int, help="How many are elected, where no seats are given.")
@click.option("--groups-below", is_flag=True, help="People of the groups that answer to this one elect too.")
@click.option("--about-seat", metavar="TITLE", help="The seat that a recall or a vote of confidence is about.")
@dry
@sure
def begin(
    slug: str,
    title: str,
    start: str,
    from_call: bool,
    kind: str,
    key: str,
    zone: str,
    terms_on: str | None,
    grace: int,
    needed: int,
    replaceable: bool,
    seats: Sequence[str],
    places: int | None,
    groups_below: bool,
    about_seat: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Prepare an election as a draft, with all its days. Prints its address."""
    django_ready()
    from folkmoot.governance.actions.plan import DaysGiven, begin_election
    from folkmoot.governance.actions.plan_contests import ContestGiven
    from folkmoot.governance.actions.rolls import set_reach
    from folkmoot.governance.domain.days import Step
    from folkmoot.ledger.actors import machine
    from folkmoot.organisation.queries import today_here

    group = the_group(slug)
    filled = [_seat(group, one) for one in seats]
    asked = _seat(group, about_seat) if about_seat else None
    if filled and places not in (None, len(filled)):
        stop("Say --places only where no seats are given.", USAGE)
    days = DaysGiven(_day(start), Step.CALL if from_call else Step.VOTING, _day(terms_on) if terms_on else None, grace)
    holder = asked.terms.on(today_here()).select_related("person").first() if asked else None
    contests = [] if asked else [ContestGiven(title, places=len(filled) or places or 1, seats=filled)]

    def act() -> Election:
        begun = begin_election(
            group,
            kind=kind,
            title=title,
            days=days,
            contests=contests,
            key=key,
            zone=zone,
            needed=needed,
            is_final=not replaceable,
            of=asked,
            about=holder.person if holder else None,
            by=machine(),
        )
        set_reach(begun, below=groups_below, by=machine())
        return begun

    _do(act, ask=f"Prepare “{title}” in {group.name}?", done="It is a draft.", dry_run=dry_run, yes=yes)


@election.command(
    cls=WithExamples,
    examples=[("folkmoot election announce committee-2027 --group community-care --yes", "Let everybody know")],
)
@click.argument("key")
@of_group
@dry
@sure
def announce(key: str, slug: str, dry_run: bool, yes: bool) -> None:
    """Announce the election of this KEY: everybody may read it, and its messages go out on their days."""
    django_ready()
    from folkmoot.governance.actions.plan import announce_election
    from folkmoot.ledger.actors import machine

    found = _named(the_group(slug), key)

    def act() -> Election:
        _say_notes(announce_election(found, by=machine()))
        return found

    ask = f"Announce “{found.title}”? Its messages go out from then on."
    _do(act, ask=ask, done="It is announced.", dry_run=dry_run, yes=yes)


@election.command(
    cls=WithExamples,
    examples=[
        (
            "folkmoot election days committee-2027 --group community-care --step voting --last '5 October' --dry-run",
            "What would follow from a longer vote?",
        )
    ],
)
@click.argument("key")
@of_group
@click.option("--step", type=click.Choice(STEPS), required=True, help="The step that moves.")
@click.option("--first", help="Its first day; as it is by default.")
@click.option("--last", help="Its last day; as it is by default.")
@click.option("--terms-follow", is_flag=True, help="Terms begin later too; by default they keep their day.")
@dry
@sure
def days(
    key: str, slug: str, step: str, first: str | None, last: str | None, terms_follow: bool, dry_run: bool, yes: bool
) -> None:
    """Move the days of one step of the election of this KEY; the rest follows."""
    django_ready()
    from folkmoot.governance.actions.plan import move_days
    from folkmoot.governance.models.elections import Stage
    from folkmoot.governance.queries.elections import stages_of
    from folkmoot.ledger.actors import machine

    found = _named(the_group(slug), key)
    stage = stages_of(found).get(Stage(step))
    if stage is None:
        stop(f"“{found.title}” has no step {step}.", NOT_FOUND)
    begins, ends = _day(first) if first else stage.first, _day(last) if last else stage.last

    def act() -> Election:
        _say_notes(move_days(found, Stage(step), first=begins, last=ends, keeps_terms=not terms_follow, by=machine()))
        return found

    ask = f"Move {step} of “{found.title}” to {begins:%-d %B %Y} – {ends:%-d %B %Y}?"
    _do(act, ask=ask, done="The days are moved.", dry_run=dry_run, yes=yes)


@election.command(
    cls=WithExamples,
    examples=[("folkmoot election cancel committee-2027 --group community-care --why 'Too few candidates.'", "End it")],
)
@click.argument("key")
@of_group
@click.option("--why", required=True, help="Why, in a sentence that everybody can read.")
@dry
@sure
def cancel(key: str, slug: str, why: str, dry_run: bool, yes: bool) -> None:
    """Cancel the election of this KEY before its ballots are counted; they are deleted, those concerned are told."""
    django_ready()
    from folkmoot.governance.actions.plan import cancel_election
    from folkmoot.ledger.actors import machine

    found = _named(the_group(slug), key)

    def act() -> Election:
        cancel_election(found, why=why, by=machine())
        return found

    _do(
        act,
        ask=f"Cancel “{found.title}” for good, and delete its ballots?",
        done="It is cancelled.",
        dry_run=dry_run,
        yes=yes,
    )


def _do(act: Callable[[], Election], *, ask: str, done: str, dry_run: bool, yes: bool) -> None:
    """Ask, do it, say what came of it with all days, and print the address; or only say it."""
    from django.conf import settings
    from django.db import transaction

    from folkmoot.governance.queries.plan import days_of
    from folkmoot.ledger.reactions import delivering

    if not (yes or dry_run):
        click.confirm(for_terminal(ask), default=False, abort=True, err=True)
    with refusals_as_exit_codes(), delivering(), transaction.atomic():
        made = act()
        laid = days_of(made)
        if dry_run:
            transaction.set_rollback(True)
    for step, span in laid.items():
        say(f"{span.first.isoformat()}  {span.last.isoformat()}  {step.value}")
    if dry_run:
        say("Nothing was changed.")
        return
    say(done)
    click.echo(f"{settings.PUBLIC_ADDRESS}{made.get_absolute_url()}")


def _say_notes(plan: Plan) -> None:
    from folkmoot.governance.day_words import plan_words

    for words in plan_words(plan):
        say(words)


def _day(text: str) -> date:
    """The day that was written; ends the command with exit code 2 where there is none."""
    from folkmoot.governance.domain.typed_days import read_day
    from folkmoot.kit.errors import Refused
    from folkmoot.organisation.queries import today_here

    try:
        return read_day(text, today_here())
    except Refused as refused:
        stop(refused.message, USAGE)


def _seat(group: Group, title: str) -> Seat:
    """The seat of this title; ends the command with exit code 3 when there is none."""
    found = group.seats.filter(title__iexact=title, retired_on=None).first()
    if found is None:
        stop(f"{group.name} has no seat “{title}”. `folkmoot seat list` shows them.", NOT_FOUND)
    return found


def _named(group: Group, key: str) -> Election:
    """The election of this key; ends the command with exit code 3 when there is none."""
    from folkmoot.governance.models.elections import Election

    found = Election.objects.filter(group=group, key=key).select_related("group", "about").first()
    if found is None:
        stop(
            f"{group.name} has no election {key}. `folkmoot election list --group {group.slug}` shows them.", NOT_FOUND
        )
    return found


def _row(one: Election) -> dict[str, Any]:
    from folkmoot.governance.domain.days import Step
    from folkmoot.governance.queries.plan import days_of

    voting = days_of(one).get(Step.VOTING)
    return {
        "key": one.key,
        "title": one.title,
        "kind": one.kind,
        "state": one.state,
        "voting_from": voting.first.isoformat() if voting else None,
        "voting_to": voting.last.isoformat() if voting else None,
    }
