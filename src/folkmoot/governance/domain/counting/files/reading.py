"""Which kind of file it is, by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.files.blt import looks_like_blt, read_blt
from folkmoot.governance.domain.counting.files.csv_files import read_affiliation_rows, read_csv
from folkmoot.governance.domain.counting.files.own_json import read_json
from folkmoot.governance.domain.counting.files.wrong import MOST_BALLOTS, WrongFile, text_of
from folkmoot.kit.errors import Refused


def read_ballots(data: bytes, *, higher_is_better: bool = False) -> Ballots:
    """The ballots of a file in any of the formats. `higher_is_better` is for CSV; other files say it themselves."""
    text = text_of(data)
    if not text.strip():
        raise WrongFile("ballots", line=1, found="")
    if text.lstrip().startswith("{"):
        ballots = read_json(text)
    elif looks_like_blt(text):
        ballots = read_blt(text)
    else:
        return read_csv(text, higher_is_better=higher_is_better)
    if higher_is_better and ballots.values is None:
        raise Refused("Only files with numbers for each candidate can say that higher is better.", code="no_numbers")
    if ballots.total > MOST_BALLOTS:
        raise Refused(f"There are more than {MOST_BALLOTS:,} ballots.", code="many_ballots")
    return ballots


def kind_of(data: bytes) -> str:
    """How the name of such a file of ballots ends: `json`, `blt` or `csv`."""
    text = text_of(data)
    return "json" if text.lstrip().startswith("{") else "blt" if looks_like_blt(text) else "csv"


def read_affiliations(data: bytes, candidates: Sequence[str]) -> dict[str, str]:
    """For whom each candidate speaks; who is missing speaks for themselves."""
    return read_affiliation_rows(text_of(data), tuple(candidates))
