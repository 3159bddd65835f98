"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from folkmoot.connections.actions.thanks import thank
from folkmoot.connections.models.thanks import Thanks
from folkmoot.connections.thankable import Occasion
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def thanks(giver: Person, receiver: Person, words: str = "You stayed until the end.", **given: Any) -> Thanks:
    """A thanks that has reached whom it was said to; `ago` says how long it is since it was said."""
    ago = given.pop("ago", timedelta(hours=1))
    said = thank([receiver], words, by=giver, **given)[0]
    said.said_at = timezone.now() - ago
    said.reaches_at = said.said_at + timedelta(minutes=10)
    said.save(update_fields=["said_at", "reaches_at"])
    return said


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    occasion = Occasion("the open house", group.get_absolute_url(), group)
    return {"thanks": thanks(people["manager"], people["participant"], occasion=occasion)}
