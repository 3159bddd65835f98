"""Being found, and being found no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.domain.directory import GROUPS, ME, PARTS, SIGNED_IN
from folkmoot.connections.facts.directory import BecameFindable, FindableChanged, StoppedBeingFindable
from folkmoot.connections.models.directory import Findable
from folkmoot.connections.models.interests import InterestSort
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person, Standing
from folkmoot.people.rules import may_change_profile


@transaction.atomic
def be_found(
    person: Person,
    *,
    seen: Mapping[str, str],
    interests: Mapping[InterestSort, Iterable[str]] | None = None,
    by: Actor,
) -> Findable:
    """Stand in the directory from now on, each part seen by whom `seen` says; parts that it leaves out by nobody.

    With `interests` these are said anew as well. Done twice, it is told once. Refused `invalid` for a part or a choice
    that there is not, `nothing_shown` when everything stays hidden, and as `say_interests`.
    """
    require(may_change_profile(by, person))
    if any(part not in PARTS or level not in (ME, GROUPS, SIGNED_IN) for part, level in seen.items()):
        raise Refused(_("Please choose one of the options."), code="invalid")
    kept = {part: seen[part] for part in PARTS if seen.get(part, ME) != ME}
    if not set(kept) - {"hours"}:
        raise Refused(
            _("Choose at least one thing, besides your hours, that others may see: by it they find you."),
            code="nothing_shown",
        )
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.standing != Standing.ACTIVE:
        raise Refused(_("This person cannot be found."), code="gone")
    for sort, words in (interests or {}).items():
        say_interests(held, sort, words)
    present = Findable.objects.filter(person=held).first()
    if present is None:
        made = Findable.objects.create(person=held, seen=kept)
        record(BecameFindable(), by=by, about=held, on=held)
        return made
    changed = sorted(part for part in PARTS if present.seen.get(part) != kept.get(part))
    if changed:
        present.seen = kept
        present.save(update_fields=["seen", "changed_at"])
        record(FindableChanged(parts=changed), by=by, about=held, on=held)
    return present


@transaction.atomic
def stop_being_found(person: Person, *, by: Actor) -> None:
    """Leave the directory at once; interests and introductions stay. Done twice, it is done once."""
    require(may_change_profile(by, person))
    Person.objects.select_for_update().get(pk=person.pk)
    if Findable.objects.filter(person=person).delete()[0]:
        record(StoppedBeingFindable(), by=by, about=person, on=person)
