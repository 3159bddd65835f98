"""The fairest choice of slots, found exactly: one slot for each turn, so that the worst off are as well off as can be.

Only whole numbers are known here. Each turn offers slots; each slot costs every class of people (alike in zone and
hours) so much over all calls of that turn. A choice takes one slot a turn and costs a class the sum. Choices are
compared by what the worst-off person bears, then the next, and so on to the last: leximin. Two choices that are equal
in all of this cost the same in sum, so that the sum needs no rule of its own.

How it stays quick: slots that are in nothing better than another one of the same turn are left aside; the best that the
turns to come could do for each class is added to what was chosen so far, and where that is already no better than
the best choice known, nothing behind it is looked at; and which slots of a turn are bearable for all classes at once is
read off from bits that were set beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final

Costs = tuple[int, ...]
"""What something costs each class."""
Key = tuple[tuple[int, int], ...]
"""How much, and how many people bear just that: from the most on. The smaller key is the fairer choice."""

MOST_STEPS: Final = 3_000_000
_STARTS: Final = 12


@dataclass(frozen=True)
class Found:
    """The slot chosen for each turn, by its number, and whether it was proven that none is fairer."""

    slots: tuple[int, ...]
    costs: Costs
    key: Key
    is_proven: bool


@dataclass(frozen=True)
class _Offer:
    """A slot that may be part of the best choice."""

    costs: Costs
    far: int
    number: int


def leximin(costs: Costs, people: Sequence[int]) -> Key:
    """What a choice comes to, for comparing: `people` says how many there are in each class."""
    found: dict[int, int] = {}
    for cost, many in zip(costs, people, strict=True):
        found[cost] = found.get(cost, 0) + many
    return tuple(sorted(found.items(), reverse=True))


def fairest(
    turns: Sequence[Sequence[Costs]],
    people: Sequence[int],
    far: Sequence[Sequence[int]],
    *,
    most_steps: int = MOST_STEPS,
) -> Found:
    """The fairest choice of one slot for each turn.

    `turns` holds, for each turn and slot, the costs by class; `people` how many each class has (at least one); `far`
    how far each slot is from what is used today. Where choices are equally fair, the one that is the least far off in
    all, then the one with the earliest slots by number. The answer does not depend on the order of classes.
    """
    offers = [_undominated(slots, distances) for slots, distances in zip(turns, far, strict=True)]
    search = _Search(offers, people, most_steps)
    search.begin()
    search.run()
    return search.found()


def _undominated(slots: Sequence[Costs], far: Sequence[int]) -> list[_Offer]:
    """The slots that no other one beats by being worse for nobody and better for some; of equal ones the nearest."""
    nearest: dict[Costs, _Offer] = {}
    for number, (costs, distance) in enumerate(zip(slots, far, strict=True)):
        other = nearest.get(costs)
        if other is None or distance < other.far:
            nearest[costs] = _Offer(costs, distance, number)
    kept: list[_Offer] = []
    packed: list[int] = []
    width = max((cost for costs in nearest for cost in costs), default=0).bit_length() + 1
    guards = sum(1 << (place * width + width - 1) for place in range(len(slots[0])))
    # By their sum: whatever is nowhere worse and somewhere better costs less in all, so it has come before.
    for offer in sorted(nearest.values(), key=lambda offer: (sum(offer.costs), max(offer.costs, default=0))):
        bits = sum(cost << (place * width) for place, cost in enumerate(offer.costs))
        if not any((bits | guards) - other & guards == guards for other in packed):
            kept.append(offer)
            packed.append(bits)
    return kept


class _Search:
    """Depth first through the turns, with the best choice so far."""

    def __init__(self, offers: Sequence[Sequence[_Offer]], people: Sequence[int], most_steps: int) -> None:
        self.people = people
        self.offers = [sorted(each, key=self._promise) for each in offers]
        self.last = len(offers) - 1
        self.steps_left = most_steps
        # What the turns after this one cost each class at the least.
        none = (0,) * len(people)
        self.least = [none]
        for each in reversed(self.offers[1:]):
            least_here = tuple(map(min, zip(*(offer.costs for offer in each), strict=True)))
            self.least.insert(0, tuple(map(add, least_here, self.least[0])))
        self.bearable = [_bearable(each) for each in self.offers]
        self.best: tuple[Key, int, tuple[int, ...]] | None = None
        self.best_costs: Costs = none

    def _promise(self, offer: _Offer) -> tuple[Key, int, int]:
        return leximin(offer.costs, self.people), offer.far, offer.number

    def found(self) -> Found:
        assert self.best is not None
        key, _far, slots = self.best
        return Found(slots, self.best_costs, key, is_proven=self.steps_left > 0)

    def begin(self) -> None:
        """A good choice to start from: better one turn at a time until nothing gets better, from several places."""
        for start in range(_STARTS):
            chosen = [each[min(start * turn, len(each) - 1)] for turn, each in enumerate(self.offers)]
            chosen[0] = self.offers[0][min(start, len(self.offers[0]) - 1)]
            while self._improve(chosen):
                pass
            self._take(chosen, _summed(chosen))

    def _improve(self, chosen: list[_Offer]) -> bool:
        better = False
        for turn in range(len(chosen)):
            others = _summed([*chosen[:turn], *chosen[turn + 1 :]]) or (0,) * len(self.people)
            now = leximin(tuple(map(add, others, chosen[turn].costs)), self.people)
            for offer in self.offers[turn]:
                key = leximin(tuple(map(add, others, offer.costs)), self.people)
                if key < now:
                    chosen[turn], now, better = offer, key, True
        return better

    def run(self) -> None:
        self._deeper(0, (0,) * len(self.people), [])

    def _deeper(self, turn: int, so_far: Costs, chosen: list[_Offer]) -> None:
        offers, least = self.offers[turn], self.least[turn]
        floor = so_far if turn == self.last else tuple(map(add, so_far, least))
        for place in self._open(turn, floor):
            self.steps_left -= 1
            if self.steps_left <= 0:
                return
            offer = offers[place]
            bound = tuple(map(add, floor, offer.costs))
            assert self.best is not None
            key = leximin(bound, self.people)
            if key > self.best[0]:
                continue
            chosen.append(offer)
            if turn == self.last:
                self._take(chosen, bound)
            elif (key, sum(one.far for one in chosen)) <= self.best[:2]:
                self._deeper(turn + 1, tuple(map(add, so_far, offer.costs)), chosen)
            chosen.pop()

    def _open(self, turn: int, floor: Costs) -> Iterator[int]:
        """The places of the offers under which nobody would bear more than the worst off of the best choice do."""
        assert self.best is not None
        most = self.best[0][0][0] if self.best[0] else 0
        left = -1
        for cost, bits in zip(floor, self.bearable[turn], strict=True):
            room = most - cost
            if room < 0:
                return
            left &= bits[room] if room < len(bits) else bits[-1]
            if not left:
                return
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest

    def _take(self, chosen: Sequence[_Offer], costs: Costs) -> None:
        one = (
            leximin(costs, self.people),
            sum(offer.far for offer in chosen),
            tuple(offer.number for offer in chosen),
        )
        if self.best is None or one < self.best:
            self.best, self.best_costs = one, costs


def _summed(chosen: Sequence[_Offer]) -> Costs:
    return tuple(map(sum, zip(*(offer.costs for offer in chosen), strict=True)))


def _bearable(offers: Sequence[_Offer]) -> list[list[int]]:
    """For each class and each cost, the offers that cost the class no more, as the bits of a number."""
    found = []
    for costs in zip(*(offer.costs for offer in offers), strict=True):
        bits = [0] * (max(costs) + 1)
        for place, cost in enumerate(costs):
            bits[cost] |= 1 << place
        for cost in range(1, len(bits)):
            bits[cost] |= bits[cost - 1]
        found.append(bits)
    return found
