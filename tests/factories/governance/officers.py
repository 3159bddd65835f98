"""Officers whose keys were made, read aloud and rehearsed; and one of everything that this part has an address for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from folkmoot.governance.actions.officers_keys import begin_rehearsal
from folkmoot.governance.domain.freezing import print_of
from folkmoot.governance.domain.sealed.envelopes import new_key
from folkmoot.governance.models.officers import ElectionOfficer, OfficerKey, PrintHeard
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection, made_election


def private_pair() -> dict[str, dict[str, Any]]:
    """Both private keys of an officer."""
    return {"opening": new_key(), "signing": new_key()}


def public(keys: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What may be known of them."""
    return {use: {name: key[name] for name in ("kty", "crv", "x", "y")} for use, key in keys.items()}


def give(officer: ElectionOfficer, keys: dict[str, dict[str, Any]] | None = None, **values: Any) -> OfficerKey:
    """An officer has keys, without anybody having heard of it."""
    parts = public(keys or private_pair())
    return OfficerKey.objects.create(officer=officer, **parts, print_of=print_of(**parts), **values)


def with_keys(group: Group, *, officers: int = 3, needed: int = 2, ready: bool = True, **values: Any) -> MadeElection:
    """An announced election whose officers have keys; `ready`: they have heard and rehearsed everything."""
    made = made_election(group, officers=officers, needed=needed, **values)
    now = timezone.now()
    for officer in made.officers:
        made.keys.append(private_pair())
        give(officer, made.keys[-1])
    if ready:
        for key in OfficerKey.objects.filter(officer__election=made.election):
            for officer in made.officers:
                if officer.pk != key.officer_id:
                    PrintHeard.objects.create(key=key, by=officer)
        rehearsal = begin_rehearsal(made.election, by=made.officers[0].person)
        rehearsal.opened_at = now
        rehearsal.save()
        OfficerKey.objects.filter(officer__election=made.election).update(rehearsed_at=now)
    return made


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    return {}
