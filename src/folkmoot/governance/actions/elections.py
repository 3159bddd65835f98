"""What all actions on an election begin with."""

from __future__ import annotations

from folkmoot.governance.models.elections import Election


def hold_election(election: Election) -> Election:
    """The election as it is now, held until the end of the transaction.

    Whoever prepares it, opens the voting, casts, closes or counts holds the same row, so none of them overlap.
    """
    return Election.objects.select_for_update(of=("self",)).select_related("group").get(pk=election.pk)
