"""What is kept about people in this part of elections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.models.rolls_exceptions import PROXY_HOLDS, WAITING, Proxy, ProxyState, RollException
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer

OFFICERS = _("You, and the officers and monitors of the election.")


class Exceptions(Rows):
    """What somebody asked for: what waits goes; what was answered stays as a number, without words and person."""

    def erase(self, person: Person) -> None:
        self.of(person).filter(state__in=WAITING).delete()
        self.of(person).update(reason="", why="", appeal="", why_then="", person=None)


class FirstAnswers(Pointers):
    """The words of whoever gave the first answer go with their name."""

    def erase(self, person: Person) -> None:
        self.of(person).update(answered_by=None, why="")


class SecondAnswers(Pointers):
    """The words of whoever gave the second answer go with their name."""

    def erase(self, person: Person) -> None:
        self.of(person).update(settled_by=None, why_then="")


class Proxies(Rows):
    """Votes given away: they end when one of the two is gone, and when two records turn out to be one."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        Proxy.objects.filter(giver__in=(kept, gone), holder__in=(kept, gone)).delete()
        return super().merge(kept, gone)

    def erase(self, person: Person) -> None:
        self.of(person).filter(state__in=PROXY_HOLDS).update(state=ProxyState.TAKEN_BACK)
        super().erase(person)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "governance.rolls",
        Rows(
            _("Elections in which you may vote"),
            Voter,
            "person",
            lambda one: {"election": one.election.title, "by_exception": one.by_exception, "line": one.line},
            on_erasing=OnErasing.KEEP,
            clear=("salt",),
            seen_by=OFFICERS,
            fetched=("election",),
        ),
    )
    offer(
        "governance.roll_exceptions",
        Exceptions(
            _("Exceptions that you asked for, to vote"),
            RollException,
            "person",
            _exception,
            seen_by=OFFICERS,
            fetched=("election",),
        ),
    )
    offer(
        "governance.roll_exceptions_answered",
        FirstAnswers(
            _("Your first answers to those who asked to vote by exception"),
            RollException,
            "answered_by",
            lambda one: {"election": one.election.title, "why": one.why},
            seen_by=_("Whoever asked, and the officers and monitors of the election."),
            fetched=("election",),
        ),
    )
    offer(
        "governance.roll_exceptions_settled",
        SecondAnswers(
            _("Your second answers to those who asked to vote by exception"),
            RollException,
            "settled_by",
            lambda one: {"election": one.election.title, "why": one.why_then},
            seen_by=_("Whoever asked, and the officers and monitors of the election."),
            fetched=("election",),
        ),
    )
    for field, title in (
        ("giver", _("Votes that you gave into somebody’s hands")),
        ("holder", _("Votes that you were asked to cast for somebody")),
    ):
        offer(
            f"governance.proxies_{field}",
            Proxies(
                title,
                Proxy,
                field,
                _proxy,
                on_erasing=OnErasing.KEEP,
                seen_by=_("The two of you."),
                fetched=("election", "giver", "holder"),
            ),
        )


def _exception(one: RollException) -> dict[str, Any]:
    return {
        "election": one.election.title,
        "state": one.state,
        "reason": one.reason,
        "answer": one.why,
        "appeal": one.appeal,
        "second_answer": one.why_then,
        "asked_at": one.asked_at.isoformat(),
    }


def _proxy(one: Proxy) -> dict[str, Any]:
    return {
        "election": one.election.title,
        "from": one.giver.name,
        "by": one.holder.name,
        "state": one.state,
        "offered_at": one.offered_at.isoformat(),
    }
