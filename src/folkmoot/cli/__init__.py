"""The `folkmoot` command: thin commands over the same actions and queries as the web, and the pure tools.

Commands are listed here by name, module and summary, and imported when they are called, so that `folkmoot
times` and `folkmoot charter check` never load Django and `folkmoot --help` loads nothing at all.

Exit codes: 0 done, 1 failed or refused, 2 wrong usage or setting, 3 nothing found, 4 denied, 5 conflict,
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

import click

from folkmoot import __version__
from folkmoot.cli.terminal import Example, Stop, WithExamples
from folkmoot.kit.errors import Refused


@dataclass(frozen=True)
class Listed:
    """A command before it is loaded: `module` holds a click command under the command's name."""

    module: str
    summary: str


COMMANDS = {
    "charter": Listed("folkmoot.cli.charter", "Read a charter, compare two wordings, adopt another one."),
    "minutes": Listed("folkmoot.cli.minutes", "Read minutes that were written elsewhere."),
    "times": Listed("folkmoot.cli.times", "The next meetings of a charter, in any zones."),
    "count": Listed("folkmoot.cli.count", "Count a file of ballots, and tell how it went."),
    "verify": Listed("folkmoot.cli.verify", "Check a published count: hashes, signature, result, stages."),
    "up": Listed("folkmoot.cli.up", "Make a group from its charter."),
    "group": Listed("folkmoot.cli.group", "The groups: list, show, propose, close, open again, set below another."),
    "meeting": Listed("folkmoot.cli.meeting", "The calls of a group: list, show, move, cancel, leave out."),
    "poll": Listed("folkmoot.cli.poll", "When people are free: ask, list, show which times suit, close."),
    "chats": Listed("folkmoot.cli.chats", "Coffee chats: which there are, and drawing a round."),
    "circle": Listed("folkmoot.cli.circle", "Interest circles: list them with their host, rhythm and end."),
    "joint": Listed("folkmoot.cli.joint", "Calls that several groups hold together: ask, answer, end."),
    "officehours": Listed("folkmoot.cli.officehours", "Who keeps an hour free for others: list."),
    "attendance": Listed("folkmoot.cli.attendance", "Who was at a call: show it, note it."),
    "seat": Listed("folkmoot.cli.seat", "Seats of a group, and who holds them for a term."),
    "invite": Listed("folkmoot.cli.invite", "Invite a person to a group by mail."),
    "roster": Listed("folkmoot.cli.roster", "Lists of people, into a group and out of it."),
    "initiative": Listed("folkmoot.cli.initiative", "What a group works on."),
    "goal": Listed("folkmoot.cli.goal", "What a group wants to reach, and how that goes."),
    "activity": Listed("folkmoot.cli.activity", "What a charter asks for every year, and how far it is."),
    "risk": Listed("folkmoot.cli.risk", "What might go wrong in a group."),
    "decision": Listed("folkmoot.cli.decision", "What a group decided, and what it is about to decide."),
    "report": Listed("folkmoot.cli.report", "A group's report for a month."),
    "agenda": Listed("folkmoot.cli.agenda", "What a call is about, and putting something on it."),
    "mentoring": Listed("folkmoot.cli.mentoring", "Programmes of mentoring, and where they stand."),
    "task": Listed("folkmoot.cli.task", "What is to be done, by whom, by when."),
    "checklist": Listed("folkmoot.cli.checklist", "Steps that come again and again, dated from one day."),
    "motion": Listed("folkmoot.cli.motion", "What groups vote on: put a motion, read it, count the vote."),
    "election": Listed("folkmoot.cli.election", "Elections: begin, announce, move days, cancel."),
    "help-desk": Listed("folkmoot.cli.help_desk", "What waits at the help desks, and how long still."),
    "rota": Listed("folkmoot.cli.rota", "Whose turn it is at the calls of a group."),
    "knowledge": Listed("folkmoot.cli.knowledge", "Articles of what was once asked: list them."),
    "search": Listed("folkmoot.cli.search", "Find groups, people, decisions, calls and tasks by words."),
    "setup": Listed("folkmoot.cli.setup", "Make the organisation and its first steward."),
    "newcomers": Listed("folkmoot.cli.newcomers", "Who has come to a group, and who waits for a hello."),
    "notice": Listed("folkmoot.cli.notice", "What people were told."),
    "mail": Listed("folkmoot.cli.mail", "Try the mail server; take in mail that arrives."),
    "person": Listed("folkmoot.cli.person", "People's records: find, hand out, merge, hold, erase."),
    "sample": Listed("folkmoot.cli.sample", "The sample community: bring it in, take it away."),
    "serve": Listed("folkmoot.cli.serve", "Start the web and the worker in the foreground."),
    "worker": Listed("folkmoot.cli.worker", "Start a worker alone, for an installation on several machines."),
    "doctor": Listed("folkmoot.cli.doctor", "Look at the installation and say what is wrong."),
    "backup": Listed("folkmoot.cli.backup", "Write all of it into one file."),
    "restore": Listed("folkmoot.cli.backup", "Bring a backup back."),
    "ledger": Listed("folkmoot.cli.ledger", "Read the history, and check that nobody has changed it."),
    "manage": Listed("folkmoot.cli.manage", "Django's own management commands."),
}


class Entrance(WithExamples, click.Group):
    """The group of all commands, in the order of the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        command = getattr(import_module(listed.module), cmd_name.replace("-", "_"))
        if not isinstance(command, click.Command):
            raise TypeError(f"{listed.module}.{cmd_name} is not a command.")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.summary) for name, listed in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=list(COMMANDS), ctx=ctx) from None


EXAMPLES: tuple[Example, ...] = (
    ("folkmoot charter check charter.md", "What does this charter say, and what is left open?"),
    ("folkmoot up charter.md", "Give the group of this charter a home"),
    ("folkmoot serve", "Start everything; stop it with Ctrl-C"),
)


@click.group(
    cls=Entrance,
    examples=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings come from the environment; docs/running/settings.md lists them.",
)
@click.version_option(__version__, prog_name="folkmoot", message="%(prog)s %(version)s")
@click.option("--no-color", "--no-colour", is_flag=True, help="Plain output, as with NO_COLOR=1.")
def entrance(no_color: bool) -> None:
    """The home of a community's working groups, run from their charters."""
    if no_color:
        os.environ["NO_COLOR"] = "1"


def django_ready() -> None:
    """Load the settings and Django; a wrong setting ends the command with one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    import django

    from folkmoot.config.env import BadSetting

    try:
        django.setup()
    except BadSetting as error:
        raise Stop(str(error), exit_code=2) from None


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; every planned failure is words on stderr and an exit code."""
    try:
        result = entrance.main(arguments, prog_name="folkmoot", standalone_mode=False)
        code = result if isinstance(result, int) else 0  # an int where the command ended by `ctx.exit(code)`
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except Refused as refused:
        click.echo(str(refused), err=True)
        code = 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        code = 130
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone; Python would complain once more while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
