"""A person's own zone, clock and appearance, and whether single keys do something."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.people.facts import PreferencesChanged
from folkmoot.people.models import Clock, Person, Theme
from folkmoot.people.shown import refresh_public_profile


@transaction.atomic
def change_preferences(person: Person, *, zone: str, clock: str, theme: str, shortcuts: bool | None = None) -> None:
    """A person's own zone, clock and appearance, and whether keyboard shortcuts are on (None: as they were).

    Refused `invalid` for a value that is none of the choices.
    """
    if clock not in Clock.values or theme not in Theme.values:
        raise Refused(_("Please choose one of the options."), code="invalid")
    new: dict[str, str | bool] = {"zone": zones.canonical(zone) if zone else "", "clock": clock, "theme": theme}
    new |= {} if shortcuts is None else {"shortcuts": shortcuts}
    changes = {key: [getattr(person, key), value] for key, value in new.items() if getattr(person, key) != value}
    if changes:
        for key, value in new.items():
            setattr(person, key, value)
        person.save(update_fields=list(new))
        refresh_public_profile(person)
        record(PreferencesChanged(), by=person, about=person, on=person, changes=changes)
