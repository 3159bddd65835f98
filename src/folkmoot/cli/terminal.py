"""What stands between a command and the person at the terminal: help, output, plain failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from rich.console import Console

Example = tuple[str, str]


class WithExamples(click.Command):
    """A command whose help shows examples before anything else.

    `examples` are pairs of a command line and what it does, both one line.
    """

    def __init__(self, *args: Any, examples: Sequence[Example] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section("Examples"):
                for line, meaning in self.examples:
                    formatter.write_text(f"# {meaning}")
                    formatter.write_text(f"$ {line}")
            formatter.write_paragraph()
        super().format_help(ctx, formatter)


class Stop(click.ClickException):
    """End the command with one line on stderr and an exit code."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # typed as one for all, read from the instance

    def show(self, file: Any = None) -> None:
        click.echo(self.format_message(), file=file, err=file is None)


def stop(message: str, exit_code: int = 1) -> NoReturn:
    """End the command with one line on stderr, which drives no terminal whatever was quoted in it."""
    raise Stop(for_terminal(message), exit_code)


def out() -> Console:
    """Where data goes. Rich itself leaves out colour for NO_COLOR, TERM=dumb and pipes."""
    from rich.console import Console

    return Console()


def say(sentence: str) -> None:
    """Tell the person what is going on, on stderr so that it never mixes with data."""
    click.echo(for_terminal(sentence), err=True)
