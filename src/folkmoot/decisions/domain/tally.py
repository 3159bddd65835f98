"""From positions to what became of a motion. Numbers and codes only; words are made where people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.thresholds import VotingTerms


class Value(StrEnum):
    """A position. A block declines, and keeps the motion from being carried while it stands."""

    APPROVE = "approve"
    DECLINE = "decline"
    BLOCK = "block"
    ABSTAIN = "abstain"
    ABSENT = "absent"


class Result(StrEnum):
    """What became of it."""

    CARRIED = "carried"
    FAILED = "failed"
    BLOCKED = "blocked"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Voice:
    """One voter: whether their vote counts, whether they lead, and the position they took, if any."""

    binding: bool
    leads: bool = False
    value: Value | None = None

    @property
    def is_there(self) -> bool:
        """Whether they take part: an abstention does, an absence does not."""
        return self.value not in (None, Value.ABSENT)


@dataclass(frozen=True)
class Counts:
    """How many took which position; `silent` took none."""

    approve: int = 0
    decline: int = 0
    block: int = 0
    abstain: int = 0
    absent: int = 0
    silent: int = 0

    @property
    def voters(self) -> int:
        return self.present + self.absent + self.silent

    @property
    def present(self) -> int:
        return self.cast + self.abstain

    @property
    def cast(self) -> int:
        """Votes for or against."""
        return self.approve + self.decline + self.block


@dataclass(frozen=True)
class Tally:
    """The count by the terms. `base` is what the threshold is a share of; `quorum_of` how many count for the quorum."""

    binding: Counts
    advisory: Counts
    quorum_of: int
    quorum_there: int
    quorum_needed: int
    base: int
    needed: int
    result: Result

    @property
    def is_quorate(self) -> bool:
        return self.quorum_there >= self.quorum_needed

    @property
    def quorum_missing(self) -> int:
        """How many more have to take part."""
        return max(0, self.quorum_needed - self.quorum_there)

    @property
    def everybody_spoke(self) -> bool:
        """Whether all whose vote counts have taken a position."""
        return self.binding.silent == 0


def count(voices: Iterable[Voice]) -> Counts:
    """How many of these took which position."""
    numbers = {value.value: 0 for value in Value}
    silent = 0
    for voice in voices:
        if voice.value is None:
            silent += 1
        else:
            numbers[voice.value.value] += 1
    return Counts(**numbers, silent=silent)


def tally(voices: Iterable[Voice], terms: VotingTerms) -> Tally:
    """Count the positions by the terms. Only binding voices count; first the quorum, then blocks, then the share."""
    everybody = list(voices)
    binding = [voice for voice in everybody if voice.binding]
    asked = [voice for voice in binding if voice.leads] if terms.quorum.of_leaders else binding
    return outcome(
        count(binding),
        terms,
        advisory=count(voice for voice in everybody if not voice.binding),
        quorum_of=len(asked),
        quorum_there=sum(voice.is_there for voice in asked),
    )


def outcome(counts: Counts, terms: VotingTerms, *, advisory: Counts, quorum_of: int, quorum_there: int) -> Tally:
    """What binding positions that are counted already come to by the terms."""
    quorum_needed = terms.quorum.needed(quorum_of)
    base = {Of.CAST: counts.cast, Of.PRESENT: counts.present, Of.VOTERS: counts.voters}[terms.of]
    needed = terms.needed(base)
    if quorum_there < quorum_needed:
        result = Result.NO_QUORUM
    elif counts.block:
        result = Result.BLOCKED
    else:
        result = Result.CARRIED if counts.approve >= needed else Result.FAILED
    return Tally(
        binding=counts,
        advisory=advisory,
        quorum_of=quorum_of,
        quorum_there=quorum_there,
        quorum_needed=quorum_needed,
        base=base,
        needed=needed,
        result=result,
    )
