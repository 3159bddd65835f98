"""What all actions on an election begin with, and how they tell of what they changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from folkmoot.governance.facts.plan import ElectionChanged
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.facts import Fact
from folkmoot.people.models import Person


def hold_election(election: Election) -> Election:
    """The election as it is now, held until the end of the transaction.

    Whoever prepares it, opens the voting, casts, closes or counts holds the same row, so none of them overlap.
    """
    return Election.objects.select_for_update(of=("self",)).select_related("group").get(pk=election.pk)


def note_change(election: Election, what: str, by: Actor, changes: Mapping[str, Any] | None = None) -> None:
    """Tell the ledger that the election is set up differently."""
    record(
        ElectionChanged(election.pk, what, election.title),
        by=by,
        about=election.about,
        on=election,
        within=election.group,
        changes=dict(changes or {}),
    )


def tell_once_known(fact: Fact, election: Election, what: str, by: Actor, *, about: Person | None = None) -> None:
    """Tell the group what changed; of a draft, of which it does not know yet, only that it is set up differently."""
    if election.state == ElectionState.DRAFT:
        note_change(election, what, by)
    else:
        record(fact, by=by, about=about, on=election, within=election.group)
