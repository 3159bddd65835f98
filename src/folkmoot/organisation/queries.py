"""Reading the organisation; every page does, so it is kept for a minute."""

from __future__ import annotations

from datetime import date

from django.core.cache import caches
from django.utils import timezone

from folkmoot.kit import zones
from folkmoot.organisation.models import Organisation

SHELF = "pages"
KEPT_AS = "organisation"
KEPT_FOR = 60


def the_organisation() -> Organisation | None:
    """The organisation, or None before the first set-up."""
    kept: Organisation | None = caches[SHELF].get(KEPT_AS)
    if kept is None:
        kept = Organisation.objects.first()
        if kept is not None:
            caches[SHELF].set(KEPT_AS, kept, KEPT_FOR)
    return kept


def today_here() -> date:
    """The day that it is in the organisation's zone (UTC before the first set-up)."""
    organisation = the_organisation()
    return timezone.now().astimezone(zones.zone(organisation.zone if organisation else "UTC")).date()


def forget_kept_organisation() -> None:
    """To be called after every change of the row."""
    caches[SHELF].delete(KEPT_AS)
