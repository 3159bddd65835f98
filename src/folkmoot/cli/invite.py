"""`folkmoot invite`: one invitation by mail."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

EXIT_CODES = {"invalid": 2, "already_there": 5, "already_invited": 5, "forbidden": 4}


@click.command(
    cls=WithExamples,
    examples=[("folkmoot invite ines@example.org --group community-care", "Invite somebody to take part")],
)
@click.argument("email")
@click.option("--group", "slug", required=True, metavar="SLUG", help="The group, by the last part of its address.")
@click.option("--role", "role_name", metavar="NAME", help="One of its roles; the first that takes part by default.")
@click.option("--name", default="", help="What the person is called, if the address is new here.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def invite(email: str, slug: str, role_name: str | None, name: str, dry_run: bool) -> None:
    """Invite a person to a group by mail; they answer by signing in."""
    django_ready()
    from django.db import transaction

    from folkmoot.groups.actions.invitations import invite_by_mail
    from folkmoot.groups.models import Power
    from folkmoot.ledger.actors import machine

    group = the_group(slug)
    roles = group.roles.filter(retired_at=None).exclude(power=Power.MANAGE)
    role = roles.filter(name__iexact=role_name).first() if role_name else roles.first()
    if role is None:
        names = for_terminal(", ".join(roles.values_list("name", flat=True))) or "none"
        stop(f"The group has no such role to invite to; there are: {names}.", 3)
    try:
        with transaction.atomic():
            invite_by_mail(group, role, email, name=name, by=machine())
            transaction.set_rollback(dry_run)
    except Refused as refused:
        stop(for_terminal(refused.message), EXIT_CODES.get(refused.code, 1))
    done = "would be invited" if dry_run else "is invited"
    say(f"{for_terminal(email)} {done} to {for_terminal(group.name)}, among the {for_terminal(role.name)}.")
