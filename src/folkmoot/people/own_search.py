"""People as they can be found by everybody: whoever shows something of their profile to all."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.people.domain.seeking import Words
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, likely, offer


def fill() -> None:
    """Enter the search."""
    offer(Search("people", _("People"), profiles), order=20, by=__name__, name="people.profiles")


def profiles(seeker: Seeker, words: Words) -> list[Candidate]:
    """Public profiles and one's own; for a steward everybody’s, also of people whose records are held."""
    found = Person.objects.filter(merged_into=None, erased_at=None)
    if not is_steward(seeker):
        person = as_person(seeker)
        shown = Q(has_public_profile=True) | Q(pk=person.pk) if person else Q(has_public_profile=True)
        found = found.filter(shown, is_active=True)
    rows = likely(found.order_by("name", "pk"), words, "name", "name_key").values_list("pk", "name")
    return [Candidate(f"person:{pk}", name, "person", (pk,)) for pk, name in rows]
