"""`folkmoot sample`: a lived-in community to look around in, in a data folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import say, stop

NAME = "Open Tools Commons"
# Whom the sign-in links are for: the role a visitor wants to try, and the short name of who holds it.
ROLES_TO_TRY = (("manager", "adaeze"), ("participant", "tomas"), ("observer", "keoni"), ("steward", "wren"))


@click.group()
def sample() -> None:
    """A community of invented people to look around in."""


@sample.command(name="add")
def add() -> None:
    """Bring the sample community in, if it is not there yet."""
    _sample_ready()
    from django.conf import settings

    from folkmoot.cli import prepare

    prepare.check_folder(settings.DATA_FOLDER)
    prepare.check_database()
    prepare.bring_up_to_date(say)
    ensure_sample(say)


@sample.command(name="remove")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def remove(yes: bool) -> None:
    """Take the sample community away; nothing else is touched, since it lives in a data folder of its own."""
    _sample_ready()
    from django.conf import settings
    from django.db import connection

    from folkmoot.cli import prepare
    from folkmoot.organisation.queries import the_organisation

    folder: Path = settings.DATA_FOLDER
    if connection.vendor != "sqlite":
        present = the_organisation()
        if present is None or not present.is_sample:
            say("The database that DATABASE_URL names holds no sample community. Nothing was touched.")
            return
        stop(
            "The sample lives in the database that DATABASE_URL names; drop that database, it holds nothing else.",
            5,
        )
    if not settings.DATABASE_FILE.exists():
        say("There is no sample community here.")
        return
    with prepare.hold_folder(folder):
        if not yes:
            click.confirm(f"Take away the sample community in {folder}?", default=True, abort=True, err=True)
        shutil.rmtree(folder)
    say("The sample community is gone. `FOLKMOOT_SAMPLE=0 make run` starts without it.")


def ensure_sample(tell: Callable[[str], None]) -> None:
    """Bring the sample in once; a database that holds a community already is left alone."""
    from django.db import transaction
    from django.utils import timezone

    from folkmoot.availability.sample import ask_for_times
    from folkmoot.calendar.sample import show_foreign_calendar
    from folkmoot.connections.sample import find_each_other
    from folkmoot.decisions.motion_sample import vote_on_motions
    from folkmoot.decisions.sample import decide
    from folkmoot.governance.sample import hold_elections
    from folkmoot.groups.sample import found_groups
    from folkmoot.invitations.sample import answer_calls
    from folkmoot.kit.errors import Refused
    from folkmoot.ledger.actors import system
    from folkmoot.ledger.reactions import delivering
    from folkmoot.live.sample import hold_a_call_now
    from folkmoot.meetings.actions import bring_in_order
    from folkmoot.meetings.sample import hold_meetings
    from folkmoot.meetings.sample_agendas import make_agendas
    from folkmoot.meetings.sample_attendance import attend_calls
    from folkmoot.meetings.sample_fair_times import take_a_fairer_rotation
    from folkmoot.meetings.sample_joint import hold_together
    from folkmoot.meetings.sample_minutes import write_minutes_of_calls
    from folkmoot.meetings.sample_turns import share_duties
    from folkmoot.notices.sample import choose_what_to_hear
    from folkmoot.organisation.actions import found_organisation
    from folkmoot.organisation.queries import the_organisation
    from folkmoot.people.sample import add_people
    from folkmoot.plan.sample import plan_a_year, report_on_it
    from folkmoot.plan.sample_tasks import keep_busy

    present = the_organisation()
    if present is not None:
        if not present.is_sample:
            raise Refused(
                "This database holds a community of its own; the sample is only added to an empty one. "
                "Start with FOLKMOOT_SAMPLE=0.",
                code="not_empty",
            )
        return
    tell("Bringing in the sample community.")
    with delivering(patience=60), transaction.atomic():
        found_organisation(name=NAME, zone="Europe/Lisbon", is_sample=True, by=system())
        people = add_people(by=system())
        today = timezone.now().date()
        groups = found_groups(people, today=today, by=system())
        for group in groups:
            bring_in_order(group, by=system())
        plan_a_year(groups, people, today=today, by=system())
        hold_meetings(groups, by=system())
        attend_calls(groups, by=system())
        keep_busy(groups, people, by=system())
        make_agendas(groups, by=system())
        decide(groups, people)
        vote_on_motions(groups, people, today=today, by=system())
        share_duties(groups, by=system())
        hold_together(groups, by=system())
        ask_for_times(groups, by=system())
        write_minutes_of_calls(groups, by=system())
        report_on_it(groups, today=today, by=system())
        take_a_fairer_rotation(groups, by=system())
        show_foreign_calendar(by=system())
        choose_what_to_hear(people, now=timezone.now())
        answer_calls(groups, by=system())
        hold_a_call_now(groups, by=system())
        find_each_other(groups, by=system())
        hold_elections(groups, people, now=timezone.now(), by=system())


def sample_sign_in_links() -> list[tuple[str, str]]:
    """Who a visitor may be, with a whole one-time address each."""
    from django.conf import settings

    from folkmoot.people.actions import make_sign_in_link
    from folkmoot.people.queries import person_with_email

    links = []
    for role, short in ROLES_TO_TRY:
        person = person_with_email(f"{short}@example.org")
        if person is not None:
            links.append((f"{person.name}, {role}", f"{settings.PUBLIC_ADDRESS}{make_sign_in_link(person)}"))
    return links


def _sample_ready() -> None:
    os.environ["FOLKMOOT_SAMPLE"] = "1"
    django_ready()
