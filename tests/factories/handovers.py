from __future__ import annotations

from folkmoot.groups.actions.handover import answer_lines, begin_handover, offer_handover, write_handover
from folkmoot.groups.actions.handover_signing import sign_handover
from folkmoot.groups.holdings import Holding
from folkmoot.groups.models import Group, Handover
from folkmoot.people.models import Person


class Things:
    """Things that people hold in a test: by key, whose they are; and every giving on, in order."""

    title = "Things"

    def __init__(self) -> None:
        self.owner: dict[str, Person] = {}
        self.given: list[tuple[str, int]] = []

    def held(self, person: Person, group: Group) -> list[Holding]:
        return [Holding(f"the {key}", key) for key, owner in self.owner.items() if owner == person]

    def hand_over(self, holding_key: str, *, to: Person, by: object) -> None:
        self.owner[holding_key] = to
        self.given.append((holding_key, to.pk))


def written(handover: Handover, taker: Person | None, lines=None, **given) -> Handover:
    values = {"notes": "", "shadow_until": None, "stays": True, "emeritus": False, "by": handover.leaver, **given}
    return write_handover(handover, taker=taker, lines=lines or {}, **values)


def offered(of: Group, leaver: Person, taker: Person, lines=None, **given) -> Handover:
    handover = written(begin_handover(of, by=leaver), taker, lines, **given)
    return offer_handover(handover, by=leaver)


def accept_all(handover: Handover, by: Person) -> None:
    answer_lines(handover, {line.pk: (True, "") for line in handover.lines.filter(taker=by)}, by=by)


def signed(handover: Handover, *people: Person) -> Handover:
    for person in people:
        sign_handover(handover, by=person)
    handover.refresh_from_db()
    return handover
