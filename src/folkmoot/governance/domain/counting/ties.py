"""Ties: seen, told, and broken only by a rule that was fixed beforehand.

The rules are: what stood at earlier stages (where the method says so); the order of a draw that was held and written
down; an order made from a public text that was named in advance. Where none is given and it makes no difference to who
is elected, the count goes on and says so; where it does, the count stops and names those who are equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from folkmoot.governance.domain.counting.ballots import by_name

MOST_TRIES: Final = 100
FEWEST_TRIES: Final = 4
MOST_WORK: Final = 100_000

Outcome = TypeVar("Outcome")


class By(StrEnum):
    """What broke a tie."""

    EARLIER_STAGES = "earlier_stages"
    HEAD_TO_HEAD = "head_to_head"
    TOTAL = "total"
    TOP_MARKS = "top_marks"
    DRAW = "draw"
    SEED = "seed"
    NO_DIFFERENCE = "no_difference"


class About(StrEnum):
    """What the tied were equal for."""

    SEAT = "seat"
    TERM = "term"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"
    RUNOFF = "runoff"
    PAIR = "pair"


@dataclass(frozen=True)
class Tie:
    """Who were equal, for what, what broke it (None: nothing), and who was chosen: to be seated, excluded, moved."""

    candidates: tuple[str, ...]
    about: About
    resolved_by: By | None
    chosen: str | None = None
    stage: int = 0


class OpenTie(Exception):
    """No rule is left that could break this tie; `options` are those among whom it has to choose."""

    def __init__(self, options: Sequence[str], about: About, stage: int = 0) -> None:
        super().__init__(", ".join(options))
        self.options = tuple(options)
        self.about = about
        self.stage = stage


def tries_for(candidates: int) -> int:
    """How many counts may be tried for ties among so many candidates: fewer where each of them takes longer."""
    return max(FEWEST_TRIES, min(MOST_TRIES, MOST_WORK // (candidates * candidates)))


def drawn(names: Iterable[str], seed: str) -> list[str]:
    """The order that a public text gives to names: by the SHA-256 of the text, a line end and the name, in UTF-8."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).digest())


@dataclass
class Ties:
    """The rules of one count, and the ties that it met.

    `draw` holds all candidates in the order in which they were drawn, the first being favoured. `tries` are choices to
    be made where no rule is left, one after the other; see `settle`.
    """

    seed: str | None = None
    draw: tuple[str, ...] = ()
    tries: tuple[str, ...] = ()
    met: list[Tie] = field(default_factory=list)
    tried: int = 0

    @property
    def has_rule(self) -> bool:
        """Whether a rule is there that breaks any tie: a draw or a seed."""
        return bool(self.draw) or self.seed is not None

    def choose(
        self, tied: Iterable[str], about: About, *, stage: int = 0, last: bool = False,
        before: Sequence[Mapping[str, int]] = (), steps: Sequence[tuple[By, Mapping[str, int]]] = (),
    ) -> str:  # fmt: skip
        """The one of the tied who is favoured, or with `last` the one who is favoured least.

        `before` are the totals of earlier stages, the latest last: the latest at which not all had the same decides.
        `steps` are other comparisons of the method, the first first. OpenTie where nothing decides.
        """
        left = by_name(tied)
        if len(left) == 1:
            return left[0]
        everyone = tuple(left)
        extreme = min if last else max
        compared = [(By.EARLIER_STAGES, totals) for totals in reversed(before)]
        for by, numbers in [*steps, *compared]:
            best = extreme(numbers[name] for name in left)
            left = [name for name in left if numbers[name] == best]
            if len(left) == 1:
                return self._tell(everyone, about, by, left[0], stage)
        if self.draw:
            by, order = By.DRAW, [name for name in self.draw if name in left]
        elif self.seed is not None:
            by, order = By.SEED, drawn(left, self.seed)
        elif self.tried < len(self.tries):
            self.tried += 1
            return self._tell(everyone, about, By.NO_DIFFERENCE, self.tries[self.tried - 1], stage)
        else:
            raise OpenTie(left, about, stage)
        return self._tell(everyone, about, by, order[-1 if last else 0], stage)

    def _tell(self, tied: tuple[str, ...], about: About, by: By, chosen: str, stage: int) -> str:
        self.met.append(Tie(tied, about, by, chosen, stage))
        return chosen


def settle(
    count: Callable[[Ties], Outcome],
    elected: Callable[[Outcome], object],
    *,
    seed: str | None,
    draw: Sequence[str] = (),
    most: int = MOST_TRIES,
) -> tuple[Outcome | None, OpenTie | None]:
    """Count; where a tie is met that no rule breaks, count on with each of the tied.

    If all elect the same, it is given with the tie marked as making no difference; else None with the first open tie.
    Gives up, as if it made a difference, after `most` counts.
    """
    try:
        return count(Ties(seed, tuple(draw))), None
    except OpenTie as tie:
        first = tie
    waiting: list[tuple[str, ...]] = [(option,) for option in reversed(first.options)]
    given: Outcome | None = None
    for _ in range(most):
        tries = waiting.pop()
        try:
            outcome = count(Ties(tries=tries))
        except OpenTie as tie:
            waiting.extend((*tries, option) for option in reversed(tie.options))
            continue
        if given is not None and elected(given) != elected(outcome):
            return None, first
        given = given or outcome
        if not waiting:
            return given, None
    return None, first
