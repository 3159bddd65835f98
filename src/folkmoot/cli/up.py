"""`folkmoot up`: from a charter's file to a group with a home, in one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.groups.domain.questions import Question
    from folkmoot.groups.intake import Intake
    from folkmoot.groups.models import CharterVersion, Group

CONFLICT = 5
USAGE = 2
DIFFERENCES_SHOWN = 40


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot up charter.md", "Read the charter, ask what it leaves open, make the group"),
        ("folkmoot up charter.md --zone America/Los_Angeles --yes", "Ask nothing; the zone is said here"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--zone", help="The time zone in which the calls keep their time, such as Europe/Lisbon.")
@click.option("--first", metavar="DATE", help="The day of the first call, such as 2026-01-21.")
@click.option(
    "--days",
    metavar="RRULE",
    help="The days of the calls as an RFC 5545 rule, such as FREQ=MONTHLY;BYDAY=1TU.",
)
@click.option("--time", "at", metavar="HH:MM", help="The time of the calls.")
@click.option("--name", help="The group's name, where the charter's title will not do.")
@click.option("--manager", metavar="EMAIL", multiple=True, help="A manager of the group; may be given several times.")
@click.option("--parent", metavar="SLUG", help="The group that it answers to.")
@click.option("--yes", is_flag=True, help="Ask nothing; stop if a question is open.")
def up(
    file: Path,
    zone: str | None,
    first: str | None,
    days: str | None,
    at: str | None,
    name: str | None,
    manager: tuple[str, ...],
    parent: str | None,
    yes: bool,
) -> None:
    """Make a group from the charter in FILE, or see that it is there already."""
    data = read_file(file)
    use_own_community()
    django_ready()
    from django.conf import settings
    from django.utils import timezone

    from folkmoot.cli import prepare
    from folkmoot.groups.intake import take_in

    flags = {"zone": zone, "first_date": first, "rrule": days, "local_time": at}
    today = timezone.now().date()
    answers = {"name": name} if name else {}
    try:
        intake = take_in(data, answers, today=today)
        intake = with_flags(intake, flags)
        if not yes and str(file) != "-":
            intake = ask(intake)
    except Refused as refused:
        stop(refused.message, USAGE)
    blocking = [question for question in intake.questions if question.needed]
    if blocking:
        refuse_open(blocking)
    if not intake.name:
        stop("The charter has no title. Name the group with --name.", USAGE)

    prepare.check_folder(settings.DATA_FOLDER)
    prepare.check_database()
    prepare.bring_up_to_date(say)
    # A charter that came by standard input has used up what could answer.
    bring_in(intake, manager, parent=parent, yes=yes or str(file) == "-")


def read_file(file: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`; more than any charter may have is not read."""
    limit = 1024 * 1024
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(limit)
        with file.open("rb") as opened:
            return opened.read(limit)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)


def use_own_community() -> None:
    """This command is about the person's own community, also on an installation that so far only shows the sample."""
    os.environ.setdefault("FOLKMOOT_SAMPLE", "0")


def with_flags(intake: Intake, flags: dict[str, str | None]) -> Intake:
    """The flags as answers to every question of their kind; Refused for a flag that cannot be used.

    What the charter itself says counts; a flag that finds nothing open is passed over with a word.
    """
    from folkmoot.groups.domain.confirming import check_answers
    from folkmoot.groups.domain.questions import answers_to_open
    from folkmoot.groups.intake import Intake as Taken

    found = answers_to_open(intake.charter, flags)
    answers = {**intake.answers, **found}
    used = {key.rpartition(".")[2] for key in found}
    if flags["zone"]:
        zones.canonical(flags["zone"])
    for kind, value in flags.items():
        if value and kind not in used:
            say(f"{FLAGS[kind]} {value} answers nothing here: the charter leaves no such question open, and it counts.")
    check_answers(intake.charter, answers, today=intake.today)
    return Taken(intake.charter, answers, intake.today)


def ask(intake: Intake) -> Intake:
    """Ask each open question in words, with what each answer brings; optional ones may be left empty."""
    from folkmoot.groups.domain.confirming import check_answers
    from folkmoot.groups.intake import Intake as Taken

    skipped: set[str] = set()
    while question := next((q for q in intake.questions if q.key not in skipped), None):
        say("")
        say(question.words)
        for number, option in enumerate(question.options, 1):
            say(f"  {number}. {option.words}")
        hint = "number or name of a zone" if question.options else EXPECTED[question.kind]
        typed = click.prompt(hint, default=None if question.needed else "", show_default=False, err=True).strip()
        if not typed:
            skipped.add(question.key)
            continue
        if typed.isdigit() and 1 <= int(typed) <= len(question.options):
            typed = question.options[int(typed) - 1].value
        answers = {**intake.answers, question.key: typed}
        try:
            check_answers(intake.charter, answers, today=intake.today)
        except Refused as refused:
            say(refused.message)
            continue
        intake = Taken(intake.charter, answers, intake.today)
    return intake


FLAGS = {"zone": "--zone", "first_date": "--first", "rrule": "--days", "local_time": "--time"}
EXPECTED = {
    "zone": "zone, such as Europe/Lisbon",
    "first_date": "date, such as 2026-01-21",
    "rrule": "rule",
    "days": "rule, such as FREQ=MONTHLY;BYDAY=1TU, or nothing to leave it open",
    "local_time": "time, such as 17:30, or nothing to leave it open",
}


def refuse_open(questions: Iterable[Question]) -> None:
    """Say what is open and which flags answer it; nothing has been touched."""
    lines = []
    for question in questions:
        lines.append(f"Line {question.line}: {question.words}")
        lines += [f"  {question.flag} {option.value}: {option.words}" for option in question.options]
        lines.append(f"  Answer it with {question.flag}.")
    stop("\n".join([*lines, "Nothing was changed."]), USAGE)


def bring_in(intake: Intake, managers: tuple[str, ...], *, parent: str | None = None, yes: bool) -> None:
    """Apply what was understood, unless the group is here already."""
    from django.db import transaction

    from folkmoot.groups.actions.structure import set_parent
    from folkmoot.groups.intake import apply, group_called, same_charter
    from folkmoot.groups.queries import charter_in_force
    from folkmoot.ledger.actors import machine
    from folkmoot.ledger.reactions import delivering
    from folkmoot.organisation.actions import found_organisation
    from folkmoot.organisation.queries import the_organisation

    above = group_above(parent)
    known = same_charter(intake)
    if known is not None:
        with delivering(), transaction.atomic():
            new = name_managers(known.group, managers)
        say(f"{known.group.name} is here already, with this very charter.")
        say(f"New among its managers: {', '.join(new)}." if new else "Nothing was changed.")
        click.echo(address_of(known.group))
        return
    group = group_called(intake.name)
    if group is not None:
        show_differences(group, charter_in_force(group), intake)
        return
    summary(intake)
    if not yes:
        click.confirm("Make this group?", default=True, abort=True, err=True)
    is_first = the_organisation() is None
    with delivering(), transaction.atomic():
        if is_first:
            found_organisation(name="Our community", zone=first_zone(intake), by=machine())
        group = apply(intake, by=machine())
        if above is not None:
            group = set_parent(group, above, by=machine())
        name_managers(group, managers)
    if is_first:
        say("The organisation is called “Our community” until `folkmoot setup` gives it its name and a steward.")
    say(f"{group.name} has a home. Serve it with `make run` or `folkmoot serve`.")
    click.echo(address_of(group))


def group_above(slug: str | None) -> Group | None:
    """The group of a slug, before anything is made; ends the command where there is none."""
    from folkmoot.groups.models import Group

    found = Group.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        stop(f"There is no group at the address {slug} that this one could answer to. Nothing was changed.", 3)
    return found


def name_managers(group: Group, emails: tuple[str, ...]) -> list[str]:
    """Give each address the managing role and return those that are new in it.

    An address nobody has yet becomes a person who can claim it by signing in.
    """
    from folkmoot.groups.actions import give_role, managing_role
    from folkmoot.groups.models import Power
    from folkmoot.groups.queries import has_power
    from folkmoot.ledger.actors import machine
    from folkmoot.people.actions import person_for

    new = []
    for email in emails:
        person = person_for(email, by=machine())
        if not has_power(person, group, Power.MANAGE):
            give_role(person, group, managing_role(group), by=machine())
            new.append(email)
    return new


def summary(intake: Intake) -> None:
    """What is about to be made, in a few lines on stderr."""
    from folkmoot.groups.domain.questions import scheduled
    from folkmoot.kit import recurrence

    charter = intake.charter
    say(f"{intake.name}: {len(charter.objectives)} objectives, {len(charter.roles)} roles, "
        f"{len(charter.annual_activities)} activities of the year.")  # fmt: skip
    for position, meeting in enumerate(charter.meetings):
        settled = scheduled(meeting, intake.answers, position, today=intake.today)
        if settled.is_complete and settled.rule and settled.first and settled.at and settled.zone:
            when = recurrence.words(settled.rule, settled.first)
            say(f"Calls {when} at {settled.at:%H:%M} in {zones.place(settled.zone)}, from {settled.first:%-d %B %Y}.")
        else:
            say(f"Not scheduled: “{meeting.cadence or meeting.name}”, since the charter leaves it open.")
            say("  Stop here and answer with --days, --time or --first, to have it in the calendar from the beginning.")


def show_differences(group: Group, charter: CharterVersion | None, intake: Intake) -> None:
    """Say how the file differs from the charter in force, and leave all as it is."""
    from folkmoot.groups.domain.differences import differences

    lines = []
    for difference in differences(charter.text if charter else "", intake.charter.text):
        lines.append(f"line {difference.new_first}:")
        lines += [f"  - {line}" for line in difference.old] + [f"  + {line}" for line in difference.new]
    for line in lines[:DIFFERENCES_SHOWN]:
        click.echo(for_terminal(line))
    if len(lines) > DIFFERENCES_SHOWN:
        click.echo(f"  and {len(lines) - DIFFERENCES_SHOWN} more lines")
    number = charter.number if charter else 0
    stop(
        f"{group.name} is run from another wording of its charter (version {number}). The group was left as it is.",
        CONFLICT,
    )


def address_of(group: Group) -> str:
    """The group's address as people reach it."""
    from django.conf import settings

    return f"{settings.PUBLIC_ADDRESS}{group.get_absolute_url()}"


def first_zone(intake: Intake) -> str:
    """The zone of the first scheduled call, for an organisation that has not said its own."""
    from folkmoot.groups.domain.questions import scheduled

    found: list[str] = []
    for position, meeting in enumerate(intake.charter.meetings):
        settled = scheduled(meeting, intake.answers, position, today=intake.today)
        if settled.zone:
            found.append(settled.zone)
    return found[0] if found else "UTC"
