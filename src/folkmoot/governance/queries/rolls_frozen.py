"""A frozen roll, checked against what was hashed when voting opened."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.governance.domain.freezing import roll_hash
from folkmoot.governance.domain.roll_lines import is_line_of
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.rolls import voters_of


@dataclass(frozen=True)
class FrozenRoll:
    """The voters by name. `fits` says that their lines give the hash that was frozen; `renamed` counts those who are
    called otherwise now, or whose record was merged or erased since."""

    voters: Sequence[Voter]
    fits: bool
    renamed: int

    @property
    def exceptions(self) -> int:
        return sum(voter.by_exception for voter in self.voters)


def frozen_roll(election: Election) -> FrozenRoll:
    """The roll as it was frozen; one query."""
    voters = list(voters_of(election))
    hashed = roll_hash([voter.line for voter in voters], bytes.fromhex(election.nonce))
    fits = hmac.compare_digest(hashed, str(json.loads(election.frozen).get("roll", "")))
    same = sum(is_line_of(voter.line, voter.person_id, voter.person.name, voter.salt) for voter in voters)
    return FrozenRoll(voters, fits, len(voters) - same)
