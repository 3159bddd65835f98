"""People in the directory as the search of the whole product finds them: by their interests, by the same rules."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.domain.directory import GROUPS, INTERESTS, SIGNED_IN
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.directory import Introduction, IntroductionState
from folkmoot.connections.models.interests import Interest
from folkmoot.groups.models import Participation
from folkmoot.people.domain.seeking import Words
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, likely, offer


def fill() -> None:
    """Enter the search."""
    offer(Search("people", _("People"), people_by_interest), order=26, by=__name__, name="people.by_interest")


def people_by_interest(seeker: Seeker, words: Words) -> list[Candidate]:
    """Interests that their people show to the seeker in the directory, see `queries.directory`; one query."""
    person = as_person(seeker)
    rows = Interest.objects.none()
    if person is not None:
        present = Participation.objects.filter(ended_at=None)
        mine = present.filter(person=person).values("group")
        done = Introduction.objects.filter(state=IntroductionState.INTRODUCED)
        circle = (
            Q(person__in=present.filter(group__in=mine).values("person"))
            | Q(person__in=done.filter(asker=person).values("asked"))
            | Q(person__in=done.filter(asked=person).values("asker"))
        )
        shown = Q()
        for sort in INTERESTS:
            level = f"person__findable__seen__{sort}"
            shown |= Q(sort=sort) & (Q(**{level: SIGNED_IN}) | (Q(**{level: GROUPS}) & circle))
        apart = NotWith.objects.filter(
            Q(asked_by=person, other=OuterRef("person")) | Q(asked_by=OuterRef("person"), other=person)
        )
        rows = Interest.objects.filter(
            shown,
            ~Exists(apart),
            person__is_active=True,
            person__merged_into=None,
            person__erased_at=None,
        ).exclude(person=person)
    found = likely(rows.order_by("person__name", "pk"), words, "words", "subject").values_list(
        "person", "person__name", "words"
    )
    return [Candidate(f"person:{pk}", name, "directory_person", (pk,), (said,)) for pk, name, said in found]
