"""`folkmoot election-keys`: an officer's keys on their own machine. No database, no accounts, nothing is sent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import click

from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

USAGE: Final = 2
FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.group()
def election_keys() -> None:
    """The keys of an officer of an election: make them, show their public parts, rehearse with them."""


@election_keys.command(
    cls=WithExamples,
    examples=[("folkmoot election-keys make committee-keys.jwe", "New keys, locked with a passphrase that is asked")],
)
@click.argument("file", type=FILE)
@click.option("--election", default="", metavar="TITLE", help="For which election, as a note in the file.")
def make(file: Path, election: str) -> None:
    """Make both keys and write them into FILE, which only the passphrase opens; print the public parts.

    A file that is there is not written over.
    """
    from folkmoot.governance.domain.sealed.key_files import lock_keys, new_keys

    if file.exists():
        stop(f"{for_terminal(str(file))} is there already. It may hold keys that are needed.", USAGE)
    say("Five words that have nothing to do with each other make a good passphrase.")
    passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt="The same again", err=True)
    keys = new_keys(election)
    try:
        text = lock_keys(keys, passphrase)
    except Refused as refused:
        stop(f"{refused.message} Nothing was written.", USAGE)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
            opened.write(text + "\n")
    except OSError as error:
        stop(f"{for_terminal(str(file))} cannot be written: {error.strerror}.", USAGE)
    say(f"The keys are in {for_terminal(str(file))}. Put a copy in a second place.")
    _show(keys, as_json=False)


@election_keys.command(
    cls=WithExamples,
    examples=[("folkmoot election-keys show committee-keys.jwe", "What to paste into the page, and read aloud")],
)
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="The fingerprint in the object too; its keys stay.")
def show(file: Path, as_json: bool) -> None:
    """Print the public parts of the keys in FILE; the fingerprint that is read aloud goes to the screen."""
    keys = _unlocked(file)
    _show(keys, as_json=as_json)


@election_keys.command(
    name="open",
    cls=WithExamples,
    examples=[("folkmoot election-keys open committee-keys.jwe rehearsal.json", "Your part of the invented ballots")],
)
@click.argument("file", type=FILE)
@click.argument("task", type=FILE)
def open_(file: Path, task: Path) -> None:
    """Open your part of the rehearsal in TASK, which the page of your keys hands out, with the keys in FILE.

    What is printed goes into that page: your shares, sealed for the other officers, and what was found with theirs.
    """
    from folkmoot.governance.domain.sealed.rehearsing import LONGEST_TASK, open_rehearsal

    try:
        given = json.loads(_read(task, LONGEST_TASK))
    except (ValueError, RecursionError):
        stop(f"{for_terminal(str(task))} is no rehearsal.", USAGE)
    keys = _unlocked(file)
    try:
        opened = open_rehearsal(given if isinstance(given, dict) else {}, keys)
    except Refused as refused:
        stop(refused.message, 1)
    found = opened["rankings"]
    say("Too few others have sent their part yet." if found is None else f"The invented ballots say: {found}.")
    say("Paste this into the page of your keys:")
    click.echo(json.dumps(opened))


def _read(file: Path, most: int) -> str:
    try:
        with file.open(encoding="ascii") as opened:
            return opened.read(most + 1)
    except (OSError, UnicodeDecodeError) as error:
        stop(f"{for_terminal(str(file))} cannot be read: {getattr(error, 'strerror', 'it is no text')}.", USAGE)


def _unlocked(file: Path) -> dict[str, Any]:
    """The keys in a file, by the passphrase that is asked."""
    from folkmoot.governance.domain.sealed.key_files import LONGEST_FILE, unlock_keys

    text = _read(file, LONGEST_FILE)
    passphrase = click.prompt("Passphrase", hide_input=True, err=True)
    try:
        return unlock_keys(text, passphrase)
    except Refused as refused:
        stop(refused.message, 1 if refused.code == "passphrase" else USAGE)


def _show(keys: dict[str, Any], *, as_json: bool) -> None:
    from folkmoot.governance.domain.freezing import print_of
    from folkmoot.governance.domain.sealed.envelopes import spoken
    from folkmoot.governance.domain.sealed.key_files import public_parts

    parts = public_parts(keys)
    read_aloud = spoken(print_of(parts["opening"], parts["signing"]))
    if as_json:
        click.echo(json.dumps({**parts, "fingerprint": read_aloud}))
        return
    say(f"Fingerprint to read aloud: {read_aloud}")
    say("Paste this into the page of your keys:")
    click.echo(json.dumps(parts))
