"""Decisions and motions, as they can be found: all of them are public."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models import Decision, Way
from folkmoot.people.domain.seeking import Words
from folkmoot.people.searching import Candidate, Search, Seeker, beginning, likely, offer


def fill() -> None:
    """Enter the search."""
    offer(Search("decisions", _("Decisions and motions"), decisions), order=40, by=__name__)


def decisions(_seeker: Seeker, words: Words) -> list[Candidate]:
    """What was decided or lies before a group, the text of the motion with it."""
    found = Decision.objects.order_by("-year", "-number", "pk")
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
