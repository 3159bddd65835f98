"""Reading the organisation; every page does, so it is kept for a minute."""

from __future__ import annotations

from django.core.cache import cache

from folkmoot.organisation.models import Organisation

KEPT_AS = "organisation"
KEPT_FOR = 60


def the_organisation() -> Organisation | None:
    """The organisation, or None before the first set-up."""
    kept: Organisation | None = cache.get(KEPT_AS)
    if kept is None:
        kept = Organisation.objects.first()
        if kept is not None:
            cache.set(KEPT_AS, kept, KEPT_FOR)
    return kept


def forget_kept_organisation() -> None:
    """To be called after every change of the row."""
    cache.delete(KEPT_AS)
