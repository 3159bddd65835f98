"""`folkmoot election-open`: an officer opens ballots on their own machine. No database, no network."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import click

from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.errors import Refused

USAGE, DENIED = 2, 4
FILE: Final = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
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
    file, key = _read(envelopes, key_file, passphrase_file)
    try:
        text = file.shares(key)
    except Refused as refused:
        stop(refused.message, DENIED if refused.code == "other_key" else 1)
    click.echo(text)
    say(f"Your shares of {_sum(file)} ballots are written. Hand in the file on the page of the opening.")


@election_open.command(
    cls=WithExamples,
    examples=[("folkmoot election-open count board-envelopes.json key.txt > rankings.json", "What is in the ballots?")],
)
@click.argument("envelopes", type=FILE)
@click.argument("key_file", type=FILE)
@WORDS
def count(envelopes: Path, key_file: Path, passphrase_file: Path | None) -> None:
    """Open the ballots in ENVELOPES with the shares that are in it too; the sorted rankings go to standard output."""
    file, key = _read(envelopes, key_file, passphrase_file)
    try:
        text = file.rankings(key)
    except Refused as refused:
        stop(refused.message, DENIED if refused.code == "other_key" else 1)
    click.echo(text)
    spoilt = sum(part["spoilt"] for part in json.loads(text)["contests"].values())
    say(f"{_sum(file)} ballots are opened, {spoilt} of them spoilt. Hand in the file on the page of the opening.")


def _sum(file: Any) -> int:
    return sum(len(texts) for texts in file.contests.values())


def _read(envelopes: Path, key_file: Path, passphrase_file: Path | None) -> tuple[Any, Any]:
    """The file of envelopes, and the private opening key."""
    from folkmoot.governance.domain.sealed.opening import unlock_keys
    from folkmoot.governance.domain.sealed.opening_files import EnvelopesFile

    try:
        file = EnvelopesFile(_contents(envelopes, MOST_BYTES))
    except Refused as refused:
        stop(f"{envelopes}: {refused.message}", USAGE)
    locked = _contents(key_file, MOST_OF_A_KEY).decode("ascii", "replace")
    if passphrase_file is None:
        words = click.prompt("Passphrase", hide_input=True, err=True)
    else:
        words = _contents(passphrase_file, MOST_OF_A_KEY).decode("utf-8", "replace").rstrip("\r\n")
    try:
        return file, unlock_keys(locked, words)["opening"]
    except Refused as refused:
        stop(f"{key_file}: {refused.message}", DENIED)


def _contents(file: Path, most: int) -> bytes:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with file.open("rb") as opened:
                data = opened.read(most + 1)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)
    if len(data) > most:
        stop(f"{file} is too large.", USAGE)
    return data
