"""`folkmoot count`: a file of ballots, counted by a method, told stage by stage. No database, no accounts."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.governance.domain.counting.ballots import Ballots
    from folkmoot.governance.domain.counting.methods import Rules
    from folkmoot.governance.domain.counting.others import Other
    from folkmoot.governance.domain.counting.record import Asked, Cap, Result

USAGE: Final = 2
CHOICES: Final = (
    "scottish-stv", "meek-stv", "irv", "schulze", "ranked-pairs", "approval", "score", "star", "plurality",
    "yes-no",
)  # fmt: skip
FILE: Final = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
LONGEST_NAME: Final = 28


class Years(click.ParamType[tuple[int, ...]]):
    """Whole numbers with commas between them."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        words = str(value).split(",")
        if not all(word.strip().isascii() and word.strip().isdigit() and 1 <= int(word) <= 99 for word in words):
            self.fail(f"“{value}” is not a list of years such as 2,2,1.", param, ctx)
        return tuple(map(int, words))


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot count ballots.blt --method scottish-stv", "Count for the seats that the file names"),
        ("folkmoot count ballots.csv --method schulze --seats 4 --others", "And what would other methods elect?"),
        ("folkmoot count b.csv --method schulze --seats 5 --cap 2 --affiliations a.csv", "At most two of each firm"),
        ("folkmoot count ballots.blt --method meek-stv --vacated 'Ana Moreau'", "Who takes Ana’s seat?"),
    ],
)
@click.argument("file", type=FILE)
@click.option("--method", required=True, type=click.Choice(CHOICES), help="How to count.")
@click.option("--seats", type=click.IntRange(1), help="How many are elected; the file may say it.")
@click.option("--higher-is-better", is_flag=True, help="In CSV the higher number is preferred, not the lower.")
@click.option("--cap", type=click.IntRange(1), help="At most so many of one affiliation; needs --affiliations.")
@click.option("--affiliations", type=FILE, help="CSV with the columns candidate,affiliation.")
@click.option("--terms", type=Years(), metavar="YEARS", help="Years of each seat by order of election, such as 2,2,1.")
@click.option("--seed", metavar="TEXT", help="A public text named in advance; it decides ties that are left.")
@click.option("--draw", type=FILE, help="A draw that was held: all candidates in their order, one on a line.")
@click.option("--threshold", metavar="SHARE", help="yes-no: how many say yes, such as 2/3; >1/2, unless it is said.")
@click.option("--of", type=click.Choice(["cast", "present", "members"]), help="yes-no: of whom; of votes cast.")
@click.option("--quorum", metavar="SHARE", help="yes-no: how many take part, a number or a share of the members.")
@click.option("--members", type=click.IntRange(1, 10**9), help="yes-no: how many may vote.")
@click.option("--withdrawn", multiple=True, metavar="NAME", help="A candidate who withdrew; may be given again.")
@click.option("--vacated", multiple=True, metavar="NAME", help="Somebody elected who left: who takes the seat?")
@click.option("--unranked-last", is_flag=True, help="Pairwise methods: take whom a ballot leaves out as its last.")
@click.option("--others", "with_others", is_flag=True, help="Would something else have elected somebody else?")
@click.option("--bundle", type=FILE, help="Write a ZIP that anybody can verify: ballots, rules, result, hashes.")
@click.option("--html", type=FILE, help="Write one HTML file that shows the result and checks itself, offline.")
@click.option("--sign", type=FILE, help="Sign what is written with this private key (Ed25519, PEM).")
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.pass_context
def count(context: click.Context, /, file: Path, as_json: bool, with_others: bool, **options: Any) -> None:
    """Count the ballots in FILE: BLT, CSV as CIVS and Elekto write it, or JSON.

    Exit code 0 if it is counted, 1 if a tie is left that only a rule named beforehand may break, 2 if the file cannot
    be read or cannot be counted so.
    """
    from folkmoot.governance.domain.counting.checking import check
    from folkmoot.governance.domain.counting.files import WrongFile, read_ballots
    from folkmoot.governance.domain.counting.methods import count as counted
    from folkmoot.governance.domain.counting.others import others
    from folkmoot.governance.domain.counting.vacancies import fill_vacancies

    if with_others and options["vacated"]:
        stop("--others is about the election itself, not about a seat that became empty.", USAGE)
    if options["sign"] is not None and options["bundle"] is None and options["html"] is None:
        stop("--sign is for --bundle and --html.", USAGE)
    try:
        data = contents(file)
        ballots = read_ballots(data, higher_is_better=options["higher_is_better"]).without(options["withdrawn"])
        rules = rules_of(ballots, **options)
        result = counted(ballots, rules)
        if options["vacated"]:
            result = fill_vacancies(ballots, rules, result, options["vacated"])
        compared = others(ballots, rules, result) if with_others else []
        if options["bundle"] is not None or options["html"] is not None:
            publish(data, ballots, rules, result, **options)
    except WrongFile as wrong:
        stop(f"{wrong.message} Nothing was counted.", USAGE)
    except Refused as refused:
        stop(refused.message, USAGE)
    wrong_stages = check(result)
    if as_json:
        write_json(result, compared if with_others else None)
    else:
        show(result, compared)
    for sentence in wrong_stages:
        say(f"The record does not fit together: {sentence}")
    context.exit(1 if result.open_tie is not None or wrong_stages else 0)


def publish(
    data: bytes, ballots: Ballots, rules: Rules, result: Result, *, bundle: Path | None, html: Path | None,
    sign: Path | None, **options: Any,
) -> None:  # fmt: skip
    """Write what anybody can check: a bundle, a file that checks itself. What is there already is not written over."""
    from folkmoot.governance.domain.bundles import bundle as bundled
    from folkmoot.governance.domain.bundles import private_key
    from folkmoot.governance.domain.given import Given
    from folkmoot.governance.domain.offline import offline_page

    affiliations = options["affiliations"]
    given = Given(
        ballots=data,
        rules=rules,
        affiliations=contents(affiliations) if affiliations is not None else None,
        higher_is_better=options["higher_is_better"],
        withdrawn=options["withdrawn"],
        vacated=options["vacated"],
    )
    key = private_key(contents(sign)) if sign is not None else None
    if bundle is not None:
        write_new(bundle, bundled(given, result, key=key))
        say(f"The bundle is in {bundle}.")
    if html is not None:
        write_new(html, offline_page(given, result, title=ballots.title, key=key).encode())
        say(f"The page is in {html}.")


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("xb") as opened:
            opened.write(data)
    except OSError as error:
        stop(f"{path} cannot be written: {error.strerror}.", USAGE)


def contents(file: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`; more than may be counted is not read."""
    from folkmoot.governance.domain.counting.files import MOST_BYTES

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)


def rules_of(ballots: Ballots, *, method: str, seats: int | None, **options: Any) -> Rules:
    """The rules that the options give."""
    from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules

    if options["unranked_last"] and not METHODS[Method(method)].pairwise:
        stop("--unranked-last is for methods that compare pairs: schulze, ranked-pairs.", USAGE)
    seats = 1 if method == Method.YES_NO else seats or ballots.seats
    if seats is None:
        stop("The file does not say how many seats there are: --seats N.", USAGE)
    draw = options["draw"]
    lines = contents(draw).decode("utf-8-sig", "replace").splitlines() if draw is not None else []
    return Rules(
        method=Method(method),
        seats=seats,
        cap=cap_of(ballots, options["cap"], options["affiliations"]),
        terms=options["terms"] or (),
        seed=options["seed"],
        draw=tuple(" ".join(line.split()) for line in lines if line.strip()),
        unranked_last=options["unranked_last"],
        asked=asked_of(method, **options),
    )


def asked_of(method: str, **options: Any) -> Asked:
    """What a question needs by the options; they are for questions alone."""
    from folkmoot.decisions.domain.amounts import Of
    from folkmoot.governance.domain.counting.methods import Method
    from folkmoot.governance.domain.counting.record import Asked
    from folkmoot.governance.domain.counting.yes_no import amount, quorum_of

    given = [name for name in ("threshold", "of", "quorum", "members") if options[name]]
    if method != Method.YES_NO:
        if given:
            stop(f"--{given[0]} is for yes-no.", USAGE)
        return Asked()
    share, more = amount(options["threshold"] or ">1/2")
    whole = {"cast": Of.CAST, "present": Of.PRESENT, "members": Of.VOTERS}[options["of"] or "cast"]
    return Asked(share, more, whole, quorum_of(options["quorum"] or "0"), options["members"])


def cap_of(ballots: Ballots, cap: int | None, affiliations: Path | None) -> Cap:
    """The cap that the options give; one goes with the other."""
    from folkmoot.governance.domain.counting.files import WrongFile, read_affiliations
    from folkmoot.governance.domain.counting.record import NO_CAP, Cap

    if (cap is None) != (affiliations is None):
        stop("--cap and --affiliations belong together.", USAGE)
    if cap is None or affiliations is None:
        return NO_CAP
    try:
        return Cap(cap, read_affiliations(contents(affiliations), ballots.candidates))
    except WrongFile as wrong:
        stop(f"{affiliations}: {wrong.message}", USAGE)


def write_json(result: Result, compared: Sequence[Other] | None) -> None:
    """The result for programs; what else would have been only where it was asked for."""
    from folkmoot.governance.domain.counting.written import others_to_json, to_json

    data = to_json(result)
    if compared is not None:
        data["others"] = others_to_json(compared)
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def show(result: Result, compared: Sequence[Other]) -> None:
    """The story, the table of stages, and what else would have been."""
    from folkmoot.governance.domain.counting.story import story

    for place, paragraph in enumerate(told := story(result)):
        number = f"{place}. " if 0 < place < len(told) - 1 and len(told) > 3 else ""
        click.echo(for_terminal(number + paragraph))
    if len(result.stages) > 1:
        click.echo()
        for line in table(result, shutil.get_terminal_size().columns):
            click.echo(for_terminal(line))
    if compared:
        click.echo()
        click.echo("Would something else have elected somebody else?")
        for other in compared:
            click.echo(for_terminal(f"  {other_words(other)}"))


def table(result: Result, width: int) -> Iterator[str]:
    """Candidates and what they had at the end of each stage, as many stages beside each other as there is room for."""
    from folkmoot.governance.domain.counting.story import exact

    column = max(7, *(len(exact(v, result.decimals)) for stage in result.stages for v in stage.totals.values())) + 2
    room = max(1, (width - LONGEST_NAME) // column)
    for first in range(0, len(result.stages), room):
        stages = result.stages[first : first + room]
        if first:
            yield ""
        yield "Stage".ljust(LONGEST_NAME) + "".join(str(stage.number).rjust(column) for stage in stages)
        for name in result.candidates:
            cells = [exact(stage.totals[name], result.decimals) for stage in stages]
            yield cut(name).ljust(LONGEST_NAME) + "".join(cell.rjust(column) for cell in cells)
        exhausted, lost = [stage.exhausted for stage in stages], [stage.lost for stage in stages]
        for label, numbers in (("Exhausted", exhausted), ("Lost by rounding", lost)):
            if any(numbers):
                cells = [exact(number, result.decimals) for number in numbers]
                yield label.ljust(LONGEST_NAME) + "".join(cell.rjust(column) for cell in cells)


def cut(name: str) -> str:
    return name if len(name) < LONGEST_NAME else name[: LONGEST_NAME - 2] + "…"


def other_words(other: Other) -> str:
    """What one change would have brought, in a line."""
    from folkmoot.governance.domain.counting.others import Change
    from folkmoot.governance.domain.counting.story import all_of

    what = {
        Change.METHOD: other.method.value,
        Change.SEATS: f"{other.seats} {'seat' if other.seats == 1 else 'seats'}",
        Change.UNRANKED_LAST: "those left out taken as last",
    }[other.change]
    if other.refused:
        return f"{what}: not counted. {other.refused}"
    if other.tied:
        return f"{what}: a tie of {all_of(other.tied)} is left."
    if not other.gained and not other.lost:
        return f"{what}: the same."
    changes = [f"{all_of(names)} {word}" for names, word in ((other.gained, "in"), (other.lost, "out")) if names]
    return f"{what}: {', '.join(changes)}."
