"""Files of ballots: BLT, CSV as CIVS and Elekto write it, JSON of our own. What is wrong is named with its place."""

from __future__ import annotations

from folkmoot.governance.domain.counting.files.reading import kind_of, read_affiliations, read_ballots
from folkmoot.governance.domain.counting.files.wrong import MOST_BYTES, WrongFile

__all__ = ["MOST_BYTES", "WrongFile", "kind_of", "read_affiliations", "read_ballots"]
