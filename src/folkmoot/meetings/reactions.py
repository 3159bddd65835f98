"""What meetings does when a room below tells a fact."""

from __future__ import annotations

from folkmoot.groups.facts import CharterAdopted
from folkmoot.groups.models import CharterVersion
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.meetings.actions import bring_in_order


@reacts_to(CharterAdopted)
def follow_charter(entry: Entry) -> None:
    """Schedule what the charter asks for."""
    charter = CharterVersion.objects.select_related("group").get(pk=entry.payload["charter_id"])
    bring_in_order(charter.group, by=system())
