"""`folkmoot setup`: the organisation and its first steward."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot setup", "Be asked for the organisation and its steward"),
        (
            "folkmoot setup --organisation 'Open Weather' --steward ada@example.org --name Ada",
            "Be asked nothing",
        ),
    ],
)
@click.option("--organisation", "organisation_name", help="The organisation's name.")
@click.option("--zone", help="Its time zone, such as Europe/Lisbon.")
@click.option("--steward", metavar="EMAIL", help="Address of the person who runs the installation.")
@click.option("--name", help="How the steward is called.")
def setup(organisation_name: str | None, zone: str | None, steward: str | None, name: str | None) -> None:
    """Make the organisation (or give it another name) and a steward, and print a one-time sign-in link."""
    use_own_community()
    django_ready()
    from django.conf import settings
    from django.db import transaction

    from folkmoot.cli import prepare
    from folkmoot.kit.errors import Refused
    from folkmoot.ledger.actors import machine
    from folkmoot.organisation.actions import set_up
    from folkmoot.organisation.queries import the_organisation
    from folkmoot.people.actions import make_sign_in_link, name_steward, person_for
    from folkmoot.people.queries import stewards

    prepare.check_folder(settings.DATA_FOLDER)
    prepare.check_database()
    prepare.bring_up_to_date(say)
    present = the_organisation()
    organisation_name = organisation_name or click.prompt(
        "Name of the organisation", default=present.name if present else None, err=True
    )
    zone = zone or (
        present.zone if present else click.prompt("Its time zone, such as Europe/Lisbon", default="UTC", err=True)
    )
    if not steward and not stewards():
        steward = click.prompt("E-mail address of the steward", err=True)
    if steward:
        name = name or click.prompt("Name of the steward", default=steward.split("@")[0], err=True)
    link = ""
    try:
        with transaction.atomic():
            set_up(name=organisation_name, zone=zone, by=machine())
            if steward:
                person = person_for(steward, name=name or "", by=machine())
                name_steward(person, by=machine())
                link = make_sign_in_link(person)
    except Refused as refused:
        stop(refused.message, 2)
    if link:
        say("This link signs the steward in, once:")
        click.echo(f"{settings.PUBLIC_ADDRESS}{link}")
    say(f"{organisation_name} is set up. Bring in a group with `folkmoot up CHARTER`.")
