"""Choices that several forms offer: people of the group, objectives of the charter, periods, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from folkmoot.plan.domain.periods import Period, quarter_of
from folkmoot.plan.models.serving import Serving
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.period_words import period_words
from folkmoot.plan.who import people_in


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def person_field(label: Any, group: Group, present: Person | None = None) -> forms.ModelChoiceField[Person]:
    """Somebody of the group, or nobody; who is there now stays among the choices when they have left."""
    people = people_in(group)
    if present is not None:
        people = Person.objects.filter(pk__in=[*people.order_by().values_list("pk", flat=True), present.pk])
    return forms.ModelChoiceField(people, label=label, required=False, empty_label=_("Nobody yet"))


def people_field(label: Any, group: Group) -> forms.ModelMultipleChoiceField[Person]:
    """Several people of the group."""
    return forms.ModelMultipleChoiceField(
        people_in(group), label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def objective_field(objectives: Objectives, thing: Serving | None = None) -> forms.ChoiceField:
    """An objective of the charter in force, or none in particular; what was served before stays among the choices."""
    choices = [("", _("None in particular"))]
    choices += [
        (one.name, f"§ {one.number} {one.name}" if one.number else one.name) for one in objectives.all if one.name
    ]
    if thing is not None and thing.objective and thing.objective not in dict(choices):
        known = objectives.of(thing)
        words = _("%(name)s (the charter no longer has this objective)") % {"name": thing.objective}
        choices.append((thing.objective, known.name if known else words))
    return forms.ChoiceField(label=_("Which objective does it serve?"), required=False, choices=choices)


def period_choices(today: date, *besides: Period) -> list[tuple[str, str]]:
    """This year and the next, with their quarters, and what is there already."""
    quarter = quarter_of(today)
    found = {Period(today.year), Period(today.year + 1), *besides}
    for _step in range(5):
        found.add(quarter)
        quarter = quarter.next
    return [(period.key, period_words(period)) for period in sorted(found)]
