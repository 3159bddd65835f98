"""`folkmoot person`: people's records for whoever runs the machine; the same queries and actions as the web."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from folkmoot.cli.answers import NOT_FOUND, refusals_as_exit_codes
from folkmoot.cli.installation import open_installation
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.people.models import Person

P = ParamSpec("P")

yes_option = click.option("--yes", is_flag=True, help="Ask nothing.")
dry_option = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="For programs; the keys stay.")


@click.group()
def person() -> None:
    """People's records: find, show, hand out, merge, hold, erase. WHO is a number or an e-mail address."""
    use_own_community()


def on_person(
    command: Callable[Concatenate[Person, P], None],
) -> Callable[..., None]:
    """Turn the argument `who` of a command into the person; exit code 3 when there is none."""

    @wraps(command)
    def run(who: str, *args: P.args, **kwargs: P.kwargs) -> None:
        open_installation()
        with refusals_as_exit_codes():
            command(person_named(who), *args, **kwargs)

    return run


def person_named(who: str) -> Person:
    """The person of a number or an address, a record that was merged or erased too."""
    from folkmoot.people.models import Person
    from folkmoot.people.queries import person_with_email

    found = Person.objects.filter(pk=int(who)).first() if who.isdecimal() and len(who) < 19 else person_with_email(who)
    if found is None:
        raise Refused(f"Nobody here has the number or address {who}.", code="not_found")
    return found


def as_values(of: Person) -> dict[str, Any]:
    """What a steward sees of a record, for programs."""
    return {
        "id": of.pk,
        "name": of.name,
        "email": of.email,
        "zone": of.zone,
        "standing": of.standing.value,
        "steward": of.is_steward,
        "merged_into": of.merged_into_id,
        "joined": of.joined_at.isoformat(),
        "last_signed_in": of.last_login.isoformat() if of.last_login else None,
    }


def line(of: Person) -> str:
    """A record in a line."""
    marks = [of.standing.value] if of.standing.value != "active" else []
    marks += ["steward"] if of.is_steward else []
    return for_terminal("\t".join([str(of.pk), of.name, of.email or "-", of.zone or "-", ", ".join(marks) or "-"]))


@person.command(
    "list",
    cls=WithExamples,
    examples=[
        ("folkmoot person list", "Everybody, by name"),
        ("folkmoot person list --find oko --json", "Those whose name or address holds these letters, for programs"),
        ("folkmoot person list --show never", "Those who have never signed in"),
    ],
)
@click.option("--find", default="", help="Letters of a name or an address.")
@click.option("--show", type=click.Choice(["steward", "held", "never", "left"]), help="Only these.")
@json_option
def list_(find: str, show: str | None, as_json: bool) -> None:
    """Number, name, address, zone and standing of everybody; exit code 3 when nobody is found."""
    open_installation()
    from folkmoot.people.queries import people_for_stewards

    found = list(people_for_stewards(words=find, show=show or ""))
    if as_json:
        click.echo(json.dumps([as_values(one) for one in found], ensure_ascii=False, indent=2))
    for one in () if as_json else found:
        click.echo(line(one))
    if not found:
        stop("Nobody was found.", NOT_FOUND)


@person.command(
    cls=WithExamples, examples=[("folkmoot person show ada@example.org --json", "One record, for programs")]
)
@click.argument("who")
@json_option
@on_person
def show(who: Person, as_json: bool) -> None:
    """One record, and how many things of each kind are kept."""
    from folkmoot.people.export import kept_about
    from folkmoot.people.queries import look_alikes

    values = as_values(who) | {
        "name_like": [other.pk for other in look_alikes([who]).get(who.pk, [])],
        "kept": {section.name: len(section.rows) for section in kept_about(who)},
    }
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for name, value in values.items():
        words = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        click.echo(for_terminal(f"{name}: {words}"))


@person.command(cls=WithExamples, examples=[("folkmoot person export ada@example.org -o ada.zip", "All that is kept")])
@click.argument("who")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the ZIP.")
@json_option
@on_person
def export(who: Person, output: Path | None, as_json: bool) -> None:
    """Everything that is kept about a person: a ZIP, to a file or a pipe, or JSON."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import hand_out_data
    from folkmoot.people.export import as_json as sections_as_json
    from folkmoot.people.export import kept_about

    content = hand_out_data(who, by=machine())
    if as_json:
        content = sections_as_json(kept_about(who)).encode() + b"\n"
    if output is not None:
        output.write_bytes(content)
        say(f"Written to {output}.")
    elif not as_json and sys.stdout.isatty():
        stop("A ZIP is not for a terminal: name a file with --output, or use --json.", 2)
    else:
        click.echo(content, nl=False)


@person.command(
    cls=WithExamples, examples=[("folkmoot person link ada@example.org", "Let somebody in who cannot get in")]
)
@click.argument("who")
@on_person
def link(who: Person) -> None:
    """Print a link that signs a person in, once, within twelve hours. Give it to nobody else.

    Their second step is asked for as always, unless the key by which it is read is lost: then it is switched off.
    """
    from django.conf import settings

    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import give_sign_in_link

    path = give_sign_in_link(who, by=machine())
    say(for_terminal(f"This link signs {who.name} in, once:"))
    click.echo(f"{settings.PUBLIC_ADDRESS}{path}")


@person.command(
    cls=WithExamples, examples=[("folkmoot person erase ada@example.org", "Erase every word about somebody")]
)
@click.argument("who")
@dry_option
@yes_option
@on_person
def erase(who: Person, dry_run: bool, yes: bool) -> None:
    """Erase what is kept about a person; a record without a name stays. This cannot be taken back."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import erase_person
    from folkmoot.people.export import kept_about

    for section in kept_about(who):
        if section.rows:
            say(f"{section.title}: {len(section.rows)}")
    if dry_run:
        say("Nothing was changed.")
        return
    if not yes:
        click.confirm(f"Erase the record of {for_terminal(who.name)} for good?", abort=True, err=True)
    erase_person(who, by=machine())
    say(f"Person {who.pk} is erased.")


@person.command(cls=WithExamples, examples=[("folkmoot person merge 12 40", "Record 40 turns out to be person 12")])
@click.argument("who", metavar="KEPT")
@click.argument("gone")
@dry_option
@yes_option
@on_person
def merge(who: Person, gone: str, dry_run: bool, yes: bool) -> None:
    """Give everything of the record GONE to the record KEPT; prints the number of the merge, for unmerge."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import merge_people
    from folkmoot.people.export import kept_about

    other = person_named(gone)
    for section in kept_about(other):
        if section.rows and section.moves:
            say(f"{section.title}: {len(section.rows)}")
    if dry_run:
        say("Nothing was changed.")
        return
    if not yes:
        words = f"Merge {for_terminal(other.name)} ({other.pk}) into {for_terminal(who.name)} ({who.pk})?"
        click.confirm(words, abort=True, err=True)
    click.echo(merge_people(who, other, by=machine()).pk)


@person.command(cls=WithExamples, examples=[("folkmoot person unmerge 3", "Take merge 3 back, within thirty days")])
@click.argument("number", type=int)
def unmerge(number: int) -> None:
    """Take a merge back; NUMBER is what `merge` printed."""
    open_installation()
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import undo_merge
    from folkmoot.people.models import MergeRecord

    found = MergeRecord.objects.filter(pk=number).first()
    if found is None:
        stop(f"There is no merge {number}.", NOT_FOUND)
    with refusals_as_exit_codes():
        undo_merge(found, by=machine())
    say(f"Person {found.gone_id} is a person of their own again.")


@person.command(
    cls=WithExamples, examples=[("folkmoot person suspend ada@example.org", "No signing in until restored")]
)
@click.argument("who")
@on_person
def suspend(who: Person) -> None:
    """Hold a person: they cannot sign in."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import suspend_person

    suspend_person(who, by=machine())
    say(f"Person {who.pk} is held.")


@person.command(cls=WithExamples, examples=[("folkmoot person restore ada@example.org", "They may sign in again")])
@click.argument("who")
@on_person
def restore(who: Person) -> None:
    """Let somebody who was held sign in again."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import restore_person

    restore_person(who, by=machine())
    say(f"Person {who.pk} may sign in.")


@person.command(
    cls=WithExamples,
    examples=[
        ("folkmoot person steward ada@example.org", "Let somebody run the installation"),
        ("folkmoot person steward ada@example.org --off", "Take that back"),
    ],
)
@click.argument("who")
@click.option("--off", is_flag=True, help="No longer a steward.")
@on_person
def steward(who: Person, off: bool) -> None:
    """Make somebody a steward, or no longer one."""
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import name_steward, unname_steward

    (unname_steward if off else name_steward)(who, by=machine())
    say(f"Person {who.pk} is {'no longer' if off else 'now'} a steward.")
