"""What plan does with the year's list when a charter is adopted."""

from __future__ import annotations

from folkmoot.groups.facts import CharterAdopted
from folkmoot.groups.models import CharterVersion
from folkmoot.groups.rules import is_open_for_work
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.organisation.queries import today_here
from folkmoot.plan.actions.activities import bring_year_in_order


@reacts_to(CharterAdopted)
def list_the_year(entry: Entry) -> None:
    """List what the charter in force asks for this year."""
    charter = CharterVersion.objects.select_related("group").get(pk=entry.payload["charter_id"])
    if not is_open_for_work(charter.group):
        return
    bring_year_in_order(charter.group, year=today_here().year, by=system())
