"""What the organisation tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class OrganisationFounded(Fact):
    """The installation was set up for an organisation."""

    kind = "organisation.founded"
    audience = Audience.PUBLIC
    sentence = _("{name} was set up here.")

    name: str


@dataclass(frozen=True)
class OrganisationChanged(Fact):
    """Name or zone of the organisation changed; the entry's changes say how."""

    kind = "organisation.changed"
    audience = Audience.PUBLIC
    sentence = _("{actor} changed how the organisation is described.")
