"""What people hold in plan: initiatives, goals, key results, activities, risks, and keeping in touch with somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.holdings import HOLDERS, Holding
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.actions.activities import hand_activity
from folkmoot.plan.actions.goals import hand_goal, hand_key_result
from folkmoot.plan.actions.initiatives import hand_initiative
from folkmoot.plan.actions.registers import hand_risk, hand_stakeholder
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import ActivityState, Goal, Initiative, KeyResult, Risk, RiskState, Stakeholder, YearActivity
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Held:
    """Rows of one kind that name a person as theirs: `rows` gives those in a group, `hand` gives one away."""

    title: Label
    rows: Callable[[Person, Group], models.QuerySet[Any]]
    words: Callable[[Any], str]
    path: Callable[[Any], str]
    hand: Callable[..., None]
    model: type[models.Model]

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        return [Holding(self.words(row), str(row.pk), self.path(row)) for row in self.rows(person, group)]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        row = self.model._default_manager.filter(pk=int(holding_key)).first() if holding_key.isdecimal() else None
        if row is None:
            raise Refused(_("There is nothing of that kind to hand over."), code="not_found")
        self.hand(row, to=to, by=by)


def _initiatives(person: Person, group: Group) -> models.QuerySet[Initiative]:
    return group.initiatives.filter(lead=person).exclude(stage=Stage.ARCHIVED)


def _goals(person: Person, group: Group) -> models.QuerySet[Goal]:
    return group.goals.filter(owner=person, closed_at=None)


def _key_results(person: Person, group: Group) -> models.QuerySet[KeyResult]:
    return KeyResult.objects.filter(owner=person, goal__group=group, goal__closed_at=None).select_related("goal")


def _activities(person: Person, group: Group) -> models.QuerySet[YearActivity]:
    return group.year_activities.filter(owner=person, retired_on=None).exclude(
        state__in=(ActivityState.DONE, ActivityState.DROPPED)
    )


def _risks(person: Person, group: Group) -> models.QuerySet[Risk]:
    return group.risks.filter(owner=person).exclude(state=RiskState.CLOSED)


def _stakeholders(person: Person, group: Group) -> models.QuerySet[Stakeholder]:
    return group.stakeholders.filter(contact=person)


def _own_page(row: Any) -> str:
    return str(row.get_absolute_url())


def fill() -> None:
    """Offer what people may hold here, for handovers."""
    offered = {
        "plan.initiatives": Held(
            gettext_lazy("Initiatives"),
            _initiatives,
            lambda one: _("leading the initiative “%(title)s”") % {"title": one.title},
            _own_page,
            hand_initiative,
            Initiative,
        ),
        "plan.goals": Held(
            gettext_lazy("Goals"),
            _goals,
            lambda one: _("the goal “%(title)s”") % {"title": one.title},
            _own_page,
            hand_goal,
            Goal,
        ),
        "plan.key_results": Held(
            gettext_lazy("Key results"),
            _key_results,
            lambda one: _("the key result “%(words)s”") % {"words": one.words},
            lambda one: _own_page(one.goal),
            hand_key_result,
            KeyResult,
        ),
        "plan.activities": Held(
            gettext_lazy("Activities of the year"),
            _activities,
            lambda one: _("“%(name)s” in %(year)d") % {"name": one.name, "year": one.year},
            lambda one: reverse("plan_activity", args=[one.pk]),
            hand_activity,
            YearActivity,
        ),
        "plan.risks": Held(
            gettext_lazy("Risks"),
            _risks,
            lambda one: _("the risk “%(title)s”") % {"title": one.title},
            _own_page,
            hand_risk,
            Risk,
        ),
        "plan.stakeholders": Held(
            gettext_lazy("Keeping in touch"),
            _stakeholders,
            lambda one: _("keeping in touch with %(name)s") % {"name": one.name},
            _own_page,
            hand_stakeholder,
            Stakeholder,
        ),
    }
    for order, (name, holder) in enumerate(offered.items(), 50):
        HOLDERS.register(name, holder, order=order, by=__name__)
