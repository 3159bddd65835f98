"""The command as a whole: what it lists, how it fails, what it loads."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from folkmoot import __version__, cli
from folkmoot.cli.terminal import Stop
from folkmoot.kit.errors import Refused
from tests.architecture.repository import ROOT
from tests.cli.running import FOLKMOOT, environment, run, run_here


def ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failure: BaseException
) -> tuple[int, str]:
    """Exit code and stderr of a command that fails so."""

    @click.command()
    def failing() -> None:
        raise failure

    monkeypatch.setattr(cli.Entrance, "get_command", lambda self, ctx, name: failing)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["failing"])
    captured = capsys.readouterr()
    assert captured.out == ""
    return int(exit_.value.code or 0), captured.err


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (Refused("The roll is frozen.", code="roll_frozen"), 1, "The roll is frozen.\n"),
        (Stop("Nothing was found.", exit_code=3), 3, "Nothing was found.\n"),
        (click.Abort(), 130, "Interrupted.\n"),
        (KeyboardInterrupt(), 130, "\nInterrupted.\n"),
    ],
)
def test_planned_failure_is_words_and_a_code(monkeypatch, capsys, failure, code, words) -> None:
    assert ended(monkeypatch, capsys, failure) == (code, words)


def test_wrong_usage_is_code_2_with_a_suggestion() -> None:
    mistyped = run("doctr")

    assert (mistyped.returncode, mistyped.stdout) == (2, "")
    assert "Did you mean 'doctor'?" in mistyped.stderr


def test_own_exit_code_reaches_the_shell(monkeypatch) -> None:
    @click.command()
    @click.pass_context
    def nothing_found(context: click.Context) -> None:
        context.exit(3)

    monkeypatch.setattr(cli.Entrance, "get_command", lambda self, ctx, name: nothing_found)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["anything"])

    assert exit_.value.code == 3


def test_version_is_the_packages() -> None:
    assert run("--version").stdout == f"folkmoot {__version__}\n"


def test_help_lists_every_command_with_examples_first() -> None:
    shown = run("--help").stdout

    assert shown.startswith("Examples:\n")
    listed = re.findall(r"^  ([a-z-]+)  +\S", shown.partition("Commands:\n")[2], re.M)
    assert listed == list(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_listed_command_is_there_and_explains_itself(name) -> None:
    command = cli.entrance.get_command(click.Context(cli.entrance), name)

    assert command is not None
    assert command.help
    if "help" in {option for parameter in command.params for option in parameter.opts} or command.add_help_option:
        shown = CliRunner().invoke(cli.entrance, [name, "--help"])
        assert shown.exit_code == 0, shown.output


@pytest.mark.parametrize(
    "words", [["--help"], ["charter", "--help"], ["charter", "check", "--help"], ["times", "--help"]]
)
def test_pure_commands_do_not_load_django(words) -> None:
    code = (
        "import sys, folkmoot.cli\n"
        "try: folkmoot.cli.main(sys.argv[1:])\n"
        "except SystemExit as ended: assert not ended.code, ended.code\n"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code, *words], env=environment(), capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_no_colour_is_handed_on(monkeypatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)

    CliRunner().invoke(cli.entrance, ["--no-color", "manage", "help"])

    assert os.environ.pop("NO_COLOR") == "1"


def test_closed_pipe_ends_quietly() -> None:
    shown = subprocess.run(
        f"{FOLKMOOT} manage help migrate | head -n 1",
        shell=True, capture_output=True, text=True, cwd=ROOT,
        env=environment(FOLKMOOT_SECRET_KEY="k" * 40, FOLKMOOT_SAMPLE="0"),
    )  # fmt: skip

    assert shown.stdout.startswith("usage: folkmoot manage migrate")
    assert shown.stderr == ""


def test_manage_hands_on_options_and_exit_codes() -> None:
    helped, unknown = run_here("manage", "check", "--help"), run_here("manage", "nosuch")

    assert "usage: folkmoot manage check" in helped.stdout
    assert (helped.returncode, unknown.returncode) == (0, 1)
