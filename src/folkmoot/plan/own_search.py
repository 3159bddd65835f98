"""Initiatives, goals, tasks, risks and reports, as they can be found."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.inside import inside
from folkmoot.groups.models import Participation, Power
from folkmoot.people.domain.seeking import Words
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import month_of
from folkmoot.plan.models import Goal, Initiative, Report, ReportRevision, Risk, Task
from folkmoot.plan.period_words import month_words


def fill() -> None:
    """Enter the searches."""
    offer(Search("initiatives", _("Initiatives"), initiatives), order=60, by=__name__)
    offer(Search("goals", _("Goals"), goals), order=65, by=__name__)
    offer(Search("tasks", _("Tasks"), tasks), order=70, by=__name__)
    offer(Search("risks", _("Risks"), risks), order=75, by=__name__)
    offer(Search("reports", _("Monthly reports"), reports), order=80, by=__name__)


def initiatives(seeker: Seeker, words: Words) -> list[Candidate]:
    """What was accepted, and proposals for people in the group, see `goal_rules.may_see_initiative`."""
    seen = ~Q(stage=Stage.PROPOSED.value) | inside(seeker)
    found = Initiative.objects.filter(seen).order_by("-created_at", "pk")
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


def risks(seeker: Seeker, words: Words) -> list[Candidate]:
    """Those of the groups in which one has a role or seat, see `goal_rules.may_see_inside`."""
    rows = (
        likely(Risk.objects.filter(inside(seeker)).order_by("-created_at", "pk"), words, "title", "words", "response")
        .annotate(said=beginning("words"), done=beginning("response"))
        .values_list("pk", "title", "said", "done", "created_at", "group__name")
    )
    return [
        Candidate(f"risk:{pk}", title, "risk", (pk,), (said, done), where, made.date())
        for pk, title, said, done, made, where in rows
    ]


def reports(seeker: Seeker, words: Words) -> list[Candidate]:
    """Published reports in their latest revision, as far as the seeker reads them, see `goal_rules.may_read_report`."""
    leads = inside(seeker, "group", Power.MANAGE) | inside(seeker, "group__parent", Power.MANAGE)
    latest = ReportRevision.objects.filter(report=OuterRef("pk")).order_by("-number").values("text")[:1]
    found = Report.objects.exclude(published_at=None).filter(Q(is_public=True) | leads)
    rows = (
        likely(found.annotate(text=Subquery(latest)).order_by("-month", "pk"), words, "text")
        .annotate(said=beginning("text"))
        .values_list("pk", "month", "said", "group__name", "group__slug")
    )
    return [
        Candidate(
            f"report:{pk}",
            f"{where}, {month_words(month_of(month))}",
            "report",
            (slug, month_of(month).key),
            (said or "",),
            where,
            month,
        )
        for pk, month, said, where, slug in rows
    ]
