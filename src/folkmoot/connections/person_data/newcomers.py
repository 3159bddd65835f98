"""What is kept about people as newcomers and as buddies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.actions.newcomers_buddies import find_buddy, give_up
from folkmoot.connections.models.newcomers import BuddyPair, BuddyPause, Newcomer, NewcomerCheckIn, PairState
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.people.person_data import Pointers, Rows, offer


class OfTwo(Rows):
    """Rows of pairs: where a merge makes somebody their own buddy, the pair ends."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        moved = super().merge(kept, gone)
        oneself = BuddyPair.objects.filter(buddy=F("newcomer__person")).exclude(state=PairState.ENDED)
        oneself.update(state=PairState.ENDED, ended_at=timezone.now())
        return moved


class AsBuddy(OfTwo):
    """Whoever had somebody as their buddy who is erased gets another one, as when the buddy leaves the group."""

    def erase(self, person: Person) -> None:
        for pair in self.of(person).exclude(state=PairState.ENDED).select_related("newcomer__group").order_by("pk"):
            give_up(pair, by=system())
            find_buddy(pair.newcomer, by=system())
        super().erase(person)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.newcomers",
        OfTwo(
            _("Where you came as a newcomer, and how you said it goes"),
            Newcomer,
            "person",
            _newcomer,
            seen_by=_(
                "You; those who lead the group; your buddy. An answer that you gave to your buddy alone: you and them."
            ),
            fetched=("group", "check_ins"),
        ),
    )
    offer(
        "connections.hellos",
        Pointers(_("Newcomers to whom you said hello"), Newcomer, "hello_by", _hello, fetched=("group", "person")),
    )
    offer(
        "connections.buddy_pairs",
        AsBuddy(
            _("Newcomers whose buddy you are or were"),
            BuddyPair,
            "buddy",
            _pair,
            seen_by=_("You; the newcomer; those who lead the group."),
            fetched=("newcomer__person", "newcomer__group"),
        ),
    )
    offer(
        "connections.buddy_pauses",
        Rows(
            _("Where you pause as a buddy"),
            BuddyPause,
            "person",
            _pause,
            seen_by=_("You; those who lead the group."),
            fetched=("group",),
        ),
    )
    offer(
        "connections.check_ins_as_buddy",
        Pointers(_("Answers of newcomers that you could read as their buddy"), NewcomerCheckIn, "buddy", _read),
    )


def _newcomer(newcomer: Newcomer) -> dict[str, Any]:
    return {
        "group": newcomer.group.name,
        "came_at": newcomer.came_at.isoformat(),
        "hello_at": _when(newcomer.hello_at),
        "left_at": _when(newcomer.left_at),
        "check_ins": [
            {
                "day": one.day,
                "asked_at": one.asked_at.isoformat(),
                "answer": one.answer,
                "words": one.words,
                "only_buddy": one.only_buddy,
            }
            for one in newcomer.check_ins.all()
        ],
    }


def _hello(newcomer: Newcomer) -> dict[str, Any]:
    return {"group": newcomer.group.name, "newcomer": newcomer.person.name, "hello_at": _when(newcomer.hello_at)}


def _pair(pair: BuddyPair) -> dict[str, Any]:
    return {
        "group": pair.newcomer.group.name,
        "newcomer": pair.newcomer.person.name,
        "state": pair.state,
        "asked_at": _when(pair.asked_at),
        "why": pair.why,
    }


def _pause(pause: BuddyPause) -> dict[str, Any]:
    return {"group": pause.group.name, "until": pause.until.isoformat() if pause.until else None}


def _read(check_in: NewcomerCheckIn) -> dict[str, Any]:
    return {"day": check_in.day, "answered_at": _when(check_in.answered_at)}


def _when(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
