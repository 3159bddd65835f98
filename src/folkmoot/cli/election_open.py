"""`folkmoot election-open`: an officer opens ballots on their own machine. No database, no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.verify import contents
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.governance.domain.sealed.envelopes import Key
    from folkmoot.governance.domain.sealed.opening_files import EnvelopesFile

USAGE, DENIED = 2, 4
FILE: Final = click.Path(path_type=Path, dir_okay=False)
MOST_BYTES: Final = 500_000_000
MOST_OF_A_KEY: Final = 20_000


@click.group(name="election-open")
def election_open() -> None:
    """Open sealed ballots with an officer's key file, away from the browser.

    The page on which an election is opened gives the file of envelopes, and takes what is written here.
    """


WORDS = click.option(
    "--passphrase-file",
    type=FILE,
    help="The file that holds the passphrase, - for standard input; else it is asked for.",
)


@election_open.command(
    cls=WithExamples,
    examples=[("folkmoot election-open shares board-envelopes.json key.txt > shares.json", "Open your share of each")],
)
@click.argument("envelopes", type=FILE)
@click.argument("key_file", type=FILE)
@WORDS
def shares(envelopes: Path, key_file: Path, passphrase_file: Path | None) -> None:
    """Open your share of all ballots in ENVELOPES, sealed to each of the other officers; written to standard output."""
    from folkmoot.governance.domain.sealed.opening_files import EnvelopesFile

    file, _text = _written(envelopes, key_file, passphrase_file, EnvelopesFile.shares)
    try:
        sealed_to = file.sealed_to
    except Refused as refused:
        stop(f"{envelopes}: {refused.message} Do not hand in what was written.", USAGE)
    say(f"Your shares of {file.ballots} ballots are written, for these officers alone:")
    for name, read_aloud in sealed_to:
        say(f"  {read_aloud}  {for_terminal(name)}")
    say("If these are the fingerprints that you heard before the vote, hand in the file on the page of the opening.")


@election_open.command(
    cls=WithExamples,
    examples=[("folkmoot election-open count board-envelopes.json key.txt > rankings.json", "What is in the ballots?")],
)
@click.argument("envelopes", type=FILE)
@click.argument("key_file", type=FILE)
@WORDS
def count(envelopes: Path, key_file: Path, passphrase_file: Path | None) -> None:
    """Open the ballots in ENVELOPES with the shares that are in it too; the sorted rankings go to standard output."""
    from folkmoot.governance.domain.sealed.opening_files import EnvelopesFile

    file, text = _written(envelopes, key_file, passphrase_file, EnvelopesFile.rankings)
    spoilt = sum(part["spoilt"] for part in json.loads(text)["contests"].values())
    say(f"{file.ballots} ballots are opened, {spoilt} of them spoilt. Hand in the file on the page of the opening.")


def _written(
    envelopes: Path, key_file: Path, passphrase_file: Path | None, make: Callable[[EnvelopesFile, Key], str]
) -> tuple[EnvelopesFile, str]:
    """The file of envelopes, and what was made of it with the private opening key and written out."""
    from folkmoot.governance.domain.sealed.key_files import unlock_keys
    from folkmoot.governance.domain.sealed.opening_files import EnvelopesFile

    try:
        file = EnvelopesFile(contents(envelopes, MOST_BYTES))
    except Refused as refused:
        stop(f"{envelopes}: {refused.message}", USAGE)
    locked = contents(key_file, MOST_OF_A_KEY).decode("ascii", "replace")
    try:
        key = unlock_keys(locked, _passphrase(passphrase_file))["opening"]
    except Refused as refused:
        stop(f"{key_file}: {refused.message}", DENIED if refused.code == "passphrase" else USAGE)
    try:
        text = make(file, key)
    except Refused as refused:
        stop(refused.message, DENIED if refused.code == "other_key" else 1)
    click.echo(text)
    return file, text


def _passphrase(file: Path | None) -> str:
    if file is None:
        return str(click.prompt("Passphrase", hide_input=True, err=True))
    data = sys.stdin.buffer.read(MOST_OF_A_KEY) if str(file) == "-" else contents(file, MOST_OF_A_KEY)
    return data.decode("utf-8", "replace").rstrip("\r\n")
