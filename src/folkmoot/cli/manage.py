"""Django's management commands under our name."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot manage shell", "A Python prompt with everything loaded"),
        ("folkmoot manage help", "All of Django's commands"),
    ],
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's management commands; what follows is handed on as it is."""
    django_ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["folkmoot manage", *words])
