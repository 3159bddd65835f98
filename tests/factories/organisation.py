from __future__ import annotations

from folkmoot.ledger.actors import system
from folkmoot.organisation.actions import found_organisation
from folkmoot.organisation.models import Organisation


def organisation(**fields: object) -> Organisation:
    """The one organisation, made on first call."""
    present = Organisation.objects.first()
    return present or found_organisation(**{"name": "Oak Commons", "zone": "Europe/Lisbon", **fields}, by=system())
