"""What one officer makes of the file of envelopes away from the browser: their shares, or the rankings. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from folkmoot.governance.domain.freezing import frozen_hash, print_of, sealing_of
from folkmoot.governance.domain.sealed.envelopes import Key, Sealing, fingerprint, spoken
from folkmoot.governance.domain.sealed.opening import (
    ENVELOPES_FORMAT,
    RANKINGS_FORMAT,
    SHARES_FORMAT,
    Shares,
    count_envelopes,
    open_shares,
    read_file,
    seal_shares,
    unseal_shares,
    write_file,
)
from folkmoot.kit.errors import Refused


class EnvelopesFile:
    """The file that an officer downloaded, with the place of that officer.

    Refused `other_file` for anything else, `not_frozen` where its frozen text is none, `other_key` once a key is used
    that is not the one to which these ballots are sealed.
    """

    def __init__(self, data: bytes) -> None:
        said = read_file(data, ENVELOPES_FORMAT)
        try:
            self.frozen: str = said["frozen"]
            self.place = int(said["place"])
            self.counting = [int(place) for place in said["counting"]]
            self.contests = {int(number): [str(text) for text in texts] for number, texts in said["contests"].items()}
            self.got: dict[int, dict[int, str]] = {
                int(number): {int(place): str(text) for place, text in sent.items()}
                for number, sent in said["got"].items()
            }
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Refused("This is another file than the one that is needed here.", code="other_file") from None

    @property
    def ballots(self) -> int:
        """How many envelopes there are, of all contests."""
        return sum(len(texts) for texts in self.contests.values())

    @property
    def sealed_to(self) -> list[tuple[str, str]]:
        """Names and fingerprints of the officers to whom shares are sealed, made of the keys that are used.

        Whoever wrote the file can have put other keys there, and re-labelled the envelopes to fit: shares would then be
        theirs to read. An officer who compares with what was read aloud sees it. Refused `not_frozen`.
        """
        try:
            officers = json.loads(self.frozen)["officers"]
            others = [officers[place] for place in self.counting if place != self.place]
            return [(str(one["name"]), spoken(print_of(one["opening"], one["signing"]))) for one in others]
        except (ValueError, TypeError, KeyError, IndexError):
            raise Refused("This is no contest of a frozen election.", code="not_frozen") from None

    def shares(self, key: Key) -> str:
        """The file with this officer's shares, sealed to each other officer who counts."""
        contests: dict[int, Any] = {}
        for number, sealing, mine in self._opened(key):
            others = (place for place in self.counting if place != self.place)
            contests[number] = {str(place): seal_shares(mine, sealing.officers[place]) for place in others}
        return write_file(SHARES_FORMAT, frozen_hash(self.frozen), contests)

    def rankings(self, key: Key) -> str:
        """The file with what is in the envelopes, by one's own shares and those of the others.

        Refused `too_few_shares` where not enough others have opened theirs. What does not open counts as not sent.
        """
        contests: dict[int, Any] = {}
        for number, sealing, mine in self._opened(key):
            given: dict[int, Shares] = {self.place: mine}
            for place, sealed in self.got.get(number, {}).items():
                try:
                    given[place] = unseal_shares(sealed, key)
                except Refused:
                    continue
            if len(given) < sealing.needed:
                raise Refused(
                    f"Shares of {sealing.needed} officers are needed, and there are {len(given)}. "
                    "Download the file again once more officers have opened theirs.",
                    code="too_few_shares",
                )
            found = count_envelopes(self.contests[number], [given[place] for place in sorted(given)], sealing)
            contests[number] = {
                "rankings": [list(ranks) for ranks in found.rankings],
                "spoilt": found.spoilt,
                "digest": found.digest,
            }
        return write_file(RANKINGS_FORMAT, frozen_hash(self.frozen), contests)

    def _opened(self, key: Key) -> Iterator[tuple[int, Sealing, Shares]]:
        for number, texts in sorted(self.contests.items()):
            sealing = sealing_of(self.frozen, number)
            if not 0 <= self.place < len(sealing.officers) or fingerprint(key) != sealing.fingerprints[self.place]:
                raise Refused("The ballots in this file are not sealed to this key.", code="other_key")
            yield number, sealing, open_shares(texts, self.place, key, sealing)
