"""Setting goals and key results, entering values, checking in, and closing a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WORDS
from folkmoot.plan.forms.choices import day_field, objective_field, period_choices, person_field
from folkmoot.plan.measures import MEASURES
from folkmoot.plan.models import Confidence, Goal, KeyResult
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.period_words import number_words, period_words


class GoalForm(forms.Form):
    """What shall be reached, until when, and who looks after it."""

    title = forms.CharField(label=_("What shall be reached?"), max_length=LONGEST_TITLE)
    period = forms.ChoiceField(label=_("Until the end of"))
    words = forms.CharField(
        label=_("Why does it matter?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        group: Group,
        objectives: Objectives,
        today: date,
        goal: Goal | None = None,
        **kwargs: Any,
    ) -> None:
        if goal is not None:
            kwargs["initial"] = {
                "title": goal.title,
                "words": goal.words,
                "period": goal.period.key,
                "objective": goal.objective,
                "owner": goal.owner_id,
            }
        super().__init__(*args, **kwargs)
        periods = period_choices(today, *([goal.period] if goal else []))
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.fields["objective"] = objective_field(objectives, goal)
        self.fields["owner"] = person_field(_("Who looks after it?"), group, goal.owner if goal else None)


class KeyResultForm(forms.Form):
    """A number by which one sees whether the goal is reached."""

    words = forms.CharField(label=_("What do we count?"), max_length=300)
    measure = forms.ChoiceField(label=_("Where does the number come from?"), required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("Such as people, calls, or per cent.")
    )
    baseline = forms.DecimalField(label=_("Where do we start?"), max_digits=16, decimal_places=4)
    target = forms.DecimalField(
        label=_("Where do we want to be?"),
        max_digits=16,
        decimal_places=4,
        help_text=_("It may be less than where we start."),
    )

    def __init__(self, *args: Any, goal: Goal, key_result: KeyResult | None = None, **kwargs: Any) -> None:
        if key_result is not None:
            kwargs["initial"] = {
                "words": key_result.words,
                "measure": key_result.measure,
                "unit": key_result.unit,
                "baseline": number_words(key_result.baseline),
                "target": number_words(key_result.target),
                "owner": key_result.owner_id,
            }
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            ("", _("We enter it ourselves, with evidence")),
            *((entry.name, entry.item.label) for entry in MEASURES.entries()),
        ]
        self.fields["owner"] = person_field(
            _("Who looks after it?"), goal.group, key_result.owner if key_result else None
        )


class ValueForm(forms.Form):
    """What a key result stands at, and how one knows."""

    value = forms.DecimalField(label=_("What is it now?"), max_digits=16, decimal_places=4)
    on = day_field(_("On which day?"), help_text=_("Today, if you leave it empty."))
    words = forms.CharField(label=_("How do you know?"), max_length=500, required=False)
    link = forms.CharField(label=_("Where can one see it?"), max_length=500, required=False)


class CheckInForm(forms.Form):
    """How a goal goes."""

    confidence = forms.ChoiceField(
        label=_("How sure are you of it?"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happened, and what comes next?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ClosePeriodForm(forms.Form):
    """Which period is over, and what becomes of what was not reached."""

    period = forms.ChoiceField(label=_("Which goals are over?"), widget=forms.RadioSelect)
    carry = forms.BooleanField(
        label=_("What was not reached goes on in the period after it"), required=False, initial=True
    )

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(one.key, period_words(one)) for one in periods]  # type: ignore[attr-defined]
