"""Initiatives, goals and tasks, as they can be found."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Participation
from folkmoot.groups.queries import groups_with_power
from folkmoot.people.domain.seeking import Words
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Goal, Initiative, Task


def fill() -> None:
    """Enter the searches."""
    offer(Search("initiatives", _("Initiatives"), initiatives), order=60, by=__name__)
    offer(Search("goals", _("Goals"), goals), order=65, by=__name__)
    offer(Search("tasks", _("Tasks"), tasks), order=70, by=__name__)


def initiatives(seeker: Seeker, words: Words) -> list[Candidate]:
    """What was accepted, and proposals for people in the group, see `goal_rules.may_see_initiative`."""
    found = Initiative.objects.order_by("-created_at", "pk")
    if not is_steward(seeker):
        person = as_person(seeker)
        accepted = ~Q(stage=Stage.PROPOSED.value)
        found = found.filter(accepted | Q(group__in=groups_with_power(person))) if person else found.filter(accepted)
    rows = (
        likely(found, words, "title", "words")
        .annotate(said=beginning("words"))
        .values_list("pk", "title", "said", "stage_since", "group__name")
    )
    return [
        Candidate(f"initiative:{pk}", title, "initiative", (pk,), (said,), where, on)
        for pk, title, said, on, where in rows
    ]


def goals(_seeker: Seeker, words: Words) -> list[Candidate]:
    """All goals are public."""
    rows = (
        likely(Goal.objects.order_by("-year", "-quarter", "pk"), words, "title", "words")
        .annotate(said=beginning("words"))
        .values_list("pk", "title", "said", "created_at", "group__name")
    )
    return [
        Candidate(f"goal:{pk}", title, "goal", (pk,), (said,), where, made.date())
        for pk, title, said, made, where in rows
    ]


def tasks(seeker: Seeker, words: Words) -> list[Candidate]:
    """One's own, and those of the groups in which one takes part, see `rules.may_see_task`."""
    person = as_person(seeker)
    seen = Q(owner=person) if person else Q(pk=None)
    if is_steward(seeker):
        seen |= Q(group__isnull=False)
    elif person:
        seen |= Q(group__in=Participation.objects.filter(person=person, ended_at=None).values("group"))
    rows = (
        likely(Task.objects.filter(seen).order_by("-made_at", "pk"), words, "title", "words")
        .annotate(said=beginning("words"))
        .values_list("pk", "title", "said", "due_on", "group__name")
    )
    return [
        Candidate(f"task:{pk}", title, "task", (pk,), (said,), where or "", on) for pk, title, said, on, where in rows
    ]
