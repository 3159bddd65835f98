"""What commands about groups share: the installation made ready, what is named found, and refusals as exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.errors import Refused

if TYPE_CHECKING:
    from folkmoot.groups.models import Group
    from folkmoot.people.models import Person

NOT_FOUND, DENIED, CONFLICT, USAGE = 3, 4, 5, 2
EXIT_CODES = {"forbidden": DENIED, "invalid": USAGE, "why_missing": USAGE, "not_found": NOT_FOUND}


class Day(click.ParamType[date]):
    """A date as it is written in calendars of programs: 2026-11-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date such as 2026-11-01.", param, ctx)


def open_installation() -> None:
    """Load Django on the community's own data folder, brought up to date."""
    use_own_community()
    django_ready()
    from django.conf import settings

    from folkmoot.cli import prepare

    prepare.check_folder(settings.DATA_FOLDER)
    prepare.check_database()
    prepare.bring_up_to_date(say)


@contextmanager
def changing() -> Iterator[None]:
    """Everything or nothing, with its reactions delivered; what is refused ends the command with its own exit code."""
    from django.db import transaction

    from folkmoot.ledger.reactions import delivering

    try:
        with delivering(), transaction.atomic():
            yield
    except Refused as refused:
        stop(refused.message, EXIT_CODES.get(refused.code, CONFLICT))


def rehearsing(dry_run: bool) -> None:
    """Inside `changing`, with `--dry-run`: take everything back, and say so."""
    from django.db import transaction

    if dry_run:
        transaction.set_rollback(True)
        say("Nothing was changed: this was a dry run.")


def the_group(slug: str) -> Group:
    """The group of this slug, also of one that it once had; ends the command when there is none."""
    from folkmoot.groups.models import Group
    from folkmoot.groups.queries import group_with_old_slug

    found = Group.objects.filter(slug=slug).select_related("parent").first() or group_with_old_slug(slug)
    if found is None:
        stop(f"There is no group at the address {slug}. `folkmoot group list` shows them.", NOT_FOUND)
    return found


def the_person(email: str) -> Person:
    """The person of this address; ends the command when nobody has it."""
    from folkmoot.people.queries import person_with_email

    found = person_with_email(email)
    if found is None:
        stop(f"Nobody here has the address {email}.", NOT_FOUND)
    return found


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
