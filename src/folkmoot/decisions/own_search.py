"""Decisions and motions, as they can be found: all of them are public, but those brought in that nobody has shown."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Decision, Way
from folkmoot.decisions.queries import seen_by_all
from folkmoot.groups.queries import groups_with_power
from folkmoot.people.domain.seeking import Words
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer


def fill() -> None:
    """Enter the search."""
    offer(Search("decisions", _("Decisions and motions"), decisions), order=40, by=__name__)


def decisions(seeker: Seeker, words: Words) -> list[Candidate]:
    """What was decided or lies before a group, the text of the motion with it."""
    found = Decision.objects.filter(_seen(seeker)).order_by("-year", "-number", "pk")
    rows = (
        likely(found, words, "title", "text", "rationale", "motion__text")
        .annotate(said=beginning("text"), because=beginning("rationale"), moved=beginning("motion__text"))
        .values_list(
            "pk",
            "year",
            "number",
            "title",
            "way",
            "said",
            "because",
            "moved",
            "decided_on",
            "group__name",
            "group__slug",
        )
    )
    return [
        Candidate(
            f"decision:{pk}",
            title,
            "motion" if way == Way.MOTION else "decision",
            (slug, year, number),
            (said, because, moved or ""),
            where,
            on,
        )
        for pk, year, number, title, way, said, because, moved, on, where, slug in rows
    ]


def _seen(seeker: Seeker) -> Q:
    """What everybody may read, and what is for people of the groups in which the seeker has a role or seat."""
    if is_steward(seeker):
        return Q()
    person = as_person(seeker)
    return seen_by_all() if person is None else seen_by_all() | Q(group__in=groups_with_power(person))
