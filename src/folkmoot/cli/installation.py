"""What commands about groups share: the installation made ready, and changes made whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import refusals_as_exit_codes
from folkmoot.cli.terminal import say
from folkmoot.cli.up import use_own_community


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

    with refusals_as_exit_codes(), delivering(), transaction.atomic():
        yield


def rehearsing(dry_run: bool) -> None:
    """Inside `changing`, with `--dry-run`: take everything back, and say so."""
    from django.db import transaction

    if dry_run:
        transaction.set_rollback(True)
        say("Nothing was changed: this was a dry run.")
