"""Setting the organisation up and changing how it is described."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.facts import OrganisationChanged, OrganisationFounded
from folkmoot.organisation.models import Organisation
from folkmoot.organisation.queries import forget_kept_organisation


@transaction.atomic
def found_organisation(*, name: str, zone: str = "UTC", is_sample: bool = False, by: Actor) -> Organisation:
    """Make the one organisation; Refused with code `already_set_up` when there is one."""
    if Organisation.objects.exists():
        raise Refused(_("This installation already has its organisation."), code="already_set_up")
    organisation = Organisation.objects.create(name=_named(name), zone=zones.canonical(zone), is_sample=is_sample)
    record(OrganisationFounded(name=organisation.name), by=by, on=organisation)
    transaction.on_commit(forget_kept_organisation)
    return organisation


@transaction.atomic
def describe_organisation(organisation: Organisation, *, name: str, zone: str, by: Actor) -> Organisation:
    """Change name and zone; nothing is written when nothing changes. The caller has asked its rule."""
    new = {"name": _named(name), "zone": zones.canonical(zone)}
    changes = {
        key: [getattr(organisation, key), value] for key, value in new.items() if getattr(organisation, key) != value
    }
    if changes:
        for key, value in new.items():
            setattr(organisation, key, value)
        organisation.save(update_fields=list(new))
        record(OrganisationChanged(), by=by, on=organisation, changes=changes)
        transaction.on_commit(forget_kept_organisation)
    return organisation


@transaction.atomic
def set_up(*, name: str, zone: str, by: Actor) -> Organisation:
    """The organisation with this name and zone, founded or described anew."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return found_organisation(name=name, zone=zone, by=by)
    return describe_organisation(organisation, name=name, zone=zone, by=by)


def _named(name: str) -> str:
    name = plain_name(name)
    if shows_nothing(name):
        raise Refused(_("The organisation needs a name."), code="invalid")
    if len(name) > 120:
        raise Refused(_("The organisation's name may have at most 120 characters."), code="invalid")
    return name
