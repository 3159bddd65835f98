"""Opening many envelopes: one officer's shares of all, and the rankings that the shares of enough officers give. Pure.

Three files go between an officer's machine and the server, each one JSON object; the browser reads and writes the same:

    {"format":"folkmoot-envelopes-1","frozen":…,"contests":{"0":[envelope, …], …},"got":{"0":{"2":sealed, …}, …}}
    {"format":"folkmoot-shares-1","frozen":hash,"contests":{"0":{"1":sealed, …}, …}}
    {"format":"folkmoot-rankings-1","frozen":hash,"contests":{"0":{"rankings":[[…], …],"spoilt":0,"digest":…}, …}}

Contests go by their number from 0, officers by their place from 0. `frozen` is the frozen text in the first file, and
its hash in the others. `sealed` is a JWE to one counting officer over JSON {receipt: share in base64url}; in the first
file `got` holds what others sealed to its reader, in the second each entry is for another officer.

No envelope can hold up the others: one that does not open, or holds no ranking, is spoilt, and is counted as that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from folkmoot.governance.domain.sealed.envelopes import (
    Envelope,
    Key,
    Sealing,
    from_text,
    open_ballot,
    open_share,
    read_envelope,
    seal_for,
    to_text,
    unseal,
)
from folkmoot.governance.domain.sealed.sharing import combine
from folkmoot.kit.errors import Refused

ENVELOPES_FORMAT: Final = "folkmoot-envelopes-1"
SHARES_FORMAT: Final = "folkmoot-shares-1"
RANKINGS_FORMAT: Final = "folkmoot-rankings-1"

Shares = Mapping[str, bytes]
"""One officer's shares of the envelopes of a contest, by receipt."""
Ranking = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """What was found in the envelopes of a contest: the rankings, sorted, and how many envelopes were spoilt."""

    rankings: tuple[Ranking, ...]
    spoilt: int = 0

    @property
    def text(self) -> str:
        """The one text of both; two officers who found the same have the same."""
        both = {"rankings": [list(ranks) for ranks in self.rankings], "spoilt": self.spoilt}
        return json.dumps(both, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of that text in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def found_of(rankings: Iterable[Sequence[int]], spoilt: int) -> Found:
    """The rankings in the order in which they are handed in: sorted, so that none stands where its envelope stood."""
    return Found(tuple(sorted(tuple(ranks) for ranks in rankings)), spoilt)


def read_envelopes(texts: Iterable[str], sealing: Sealing) -> Iterator[tuple[str, Envelope | None]]:
    """Each envelope by its receipt, None where it is no envelope of this contest at all."""
    for text in texts:
        try:
            yield (envelope := read_envelope(text, sealing)).receipt, envelope
        except Refused:
            yield hashlib.sha256(text.encode()).hexdigest(), None


def open_shares(texts: Iterable[str], place: int, key: Key, sealing: Sealing) -> dict[str, bytes]:
    """One officer's shares of these envelopes by receipt. Where a share does not open, none stands there."""
    shares = {}
    for receipt, envelope in read_envelopes(texts, sealing):
        try:
            if envelope is not None:
                shares[receipt] = open_share(envelope, place, key)
        except Refused:
            continue
    return shares


def seal_shares(shares: Shares, to: Key) -> str:
    """Shares, sealed to the public opening key of another officer."""
    words = json.dumps({receipt: to_text(share) for receipt, share in shares.items()}, separators=(",", ":"))
    return seal_for(words.encode(), to)


def unseal_shares(sealed: str, key: Key) -> dict[str, bytes]:
    """Shares that were sealed to this private key. Refused `shares_do_not_open` where they were not, or are damaged."""
    try:
        return {str(receipt): from_text(share) for receipt, share in json.loads(unseal(sealed, key)).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Refused("These shares do not open with your key.", code="shares_do_not_open") from None


def count_envelopes(texts: Iterable[str], shares: Sequence[Shares], sealing: Sealing) -> Found:
    """What is in the envelopes of a contest, by the shares of each officer who sent some, in their order.

    Of envelopes with the same content one counts. It is drawn by whoever seals, so the others are copies: somebody
    read another voter's envelope and handed it in, with a share changed, to see which ranking is there twice.
    """
    rankings, spoilt, contents = [], 0, set()
    for receipt, envelope in read_envelopes(texts, sealing):
        given = [theirs[receipt] for theirs in shares if receipt in theirs]
        ranks = opened(envelope, given, sealing) if envelope is not None else None
        if envelope is None or ranks is None or envelope.content in contents:
            spoilt += 1
        else:
            contents.add(envelope.content)
            rankings.append(ranks)
    return found_of(rankings, spoilt)


def opened(envelope: Envelope, shares: Sequence[bytes], sealing: Sealing) -> Ranking | None:
    """The one ranking that any enough of the shares open; None where none do, or some open another one than others.

    Whoever seals can make some shares wrong, or shares that give two keys. Were one choice of officers to decide,
    officers who count with different ones would find different rankings, and one voter could stop an election.
    """
    if len(shares) < sealing.needed:
        return None
    first = shares[: sealing.needed]
    ranks = _ranks(envelope, first, sealing)
    if ranks is not None and all(_is_of(share, first) for share in shares[sealing.needed :]):
        return ranks
    found = {_ranks(envelope, some, sealing) for some in combinations(shares, sealing.needed)} - {None}
    return found.pop() if len(found) == 1 else None


def _ranks(envelope: Envelope, shares: Sequence[bytes], sealing: Sealing) -> Ranking | None:
    try:
        return open_ballot(envelope, shares, sealing)
    except Refused:
        return None


def _is_of(share: bytes, others: Sequence[bytes]) -> bool:
    """Whether a share is of the secret that the others give: then every choice among them gives it."""
    try:
        return combine([share, *others[1:]]) == combine(others)
    except ValueError:
        return False


def read_file(data: bytes, form: str) -> dict[str, Any]:
    """One of the three files. Refused `other_file` for anything else; what is in it is looked at by whoever asked."""
    try:
        said = json.loads(data)
        if said["format"] != form or not isinstance(said["contests"], dict) or not isinstance(said["frozen"], str):
            raise ValueError("Another file.")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused("This is another file than the one that is needed here.", code="other_file") from None
    found: dict[str, Any] = said
    return found


def write_file(form: str, frozen: str, contests: Mapping[int, Any], **more: Any) -> str:
    """One of the three files as text."""
    said = {"format": form, "frozen": frozen, "contests": {str(number): part for number, part in contests.items()}}
    return json.dumps(said | more, separators=(",", ":"))
