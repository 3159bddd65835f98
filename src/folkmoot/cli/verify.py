"""`folkmoot verify`: a published bundle, its hashes, its signature and its count. No database, no accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from folkmoot.cli.terminal import WithExamples, stop
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.governance.domain.bundles import Verified

USAGE: Final = 2
FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot verify committee-2026.zip", "Are its files, its count and its stages right?"),
        ("folkmoot verify committee-2026.zip --key community.pub", "And was it signed by this key?"),
        ("folkmoot verify election-committee.zip --frozen 4f2a…", "An election: is it the one that you voted in?"),
    ],
)
@click.argument("bundle", type=FILE)
@click.option("--key", type=FILE, help="The public key (PEM or base64) that has to have signed it.")
@click.option("--frozen", metavar="HASH", help="Of an election: the hash that you were shown when you voted.")
@click.option("--all-ballots", type=FILE, help="Of an election: all ballots of a contest, as its officers have them.")
@click.option("--salt", metavar="HEX", help="The secret salt that belongs to them.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
@click.pass_context
def verify(
    context: click.Context,
    /,
    bundle: Path,
    key: Path | None,
    frozen: str | None,
    all_ballots: Path | None,
    salt: str | None,
    *,
    as_json: bool,
) -> None:
    """Count the ballots of BUNDLE again and check all that it says: files, signatures, result, stages.

    The bundle is of a count, or of a whole election with what was frozen, the receipts and its officers' signatures.

    Exit code 0 if all is right, 1 if something is not, 2 if it is no bundle.
    """
    from folkmoot.governance.domain.bundles import MOST_UNPACKED, public_key
    from folkmoot.governance.domain.election_bundles import WholeBallots
    from folkmoot.governance.domain.verifying import verify_any

    if (all_ballots is None) != (salt is None):
        stop("--all-ballots and --salt belong together.", USAGE)

    try:
        trusted = public_key(contents(key, 10_000)) if key is not None else None
        whole = WholeBallots(contents(all_ballots, MOST_UNPACKED), salt) if all_ballots and salt else None
        found = verify_any(contents(bundle, MOST_UNPACKED), trusted=trusted, frozen=frozen, whole=whole)
    except Refused as refused:
        stop(refused.message, USAGE)
    if as_json:
        write_json(found)
    else:
        show(found)
    context.exit(0 if found.is_right else 1)


def contents(file: Path, most: int) -> bytes:
    """The bytes of a file; no more than may be."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)
    if len(data) > most:
        stop(f"{file} is too long.", USAGE)
    return data


def write_json(found: Verified) -> None:
    data = {
        "right": found.is_right,
        "key": found.key,
        "checks": [
            {"check": finding.part, "right": not finding.wrong, "wrong": list(finding.wrong)}
            for finding in found.findings
        ],
    }
    if found.elected:
        data["elected"] = [{"contest": title, "elected": list(names)} for title, names in found.elected]
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def show(found: Verified) -> None:
    """Check by check, then all in one."""
    for finding in found.findings:
        if not finding.wrong:
            click.echo(for_terminal(f"{'–' if finding.is_open else '✓'} {finding.words}"))
        for sentence in finding.wrong:
            click.echo(for_terminal(f"✗ {sentence}"))
    if found.result is not None and found.is_right:
        click.echo(for_terminal(f"Elected: {', '.join(found.result.elected) or 'nobody'}."))
    for title, names in found.elected if found.is_right else ():
        click.echo(for_terminal(f"Elected, {title}: {', '.join(names) or 'nobody'}."))
    click.echo("All of it is right." if found.is_right else "This bundle is not right.")
