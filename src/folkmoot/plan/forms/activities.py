"""What becomes of an activity this year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.entered import LONGEST_WHY, LONGEST_WORDS
from folkmoot.plan.forms.choices import day_field, person_field
from folkmoot.plan.models import ActivityState, YearActivity
from folkmoot.plan.period_words import quarter_words


class ActivityForm(forms.Form):
    """State, owner, time and words of an activity."""

    state = forms.ChoiceField(label=_("How far is it?"), choices=ActivityState.choices, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why is it dropped?"),
        max_length=LONGEST_WHY,
        required=False,
        help_text=_("Only needed when you drop it; all can read it."),
    )
    quarter = forms.TypedChoiceField(label=_("When?"), coerce=int, required=False)
    starts_on = day_field(_("First day"), help_text=_("If you know it more precisely than the quarter."))
    ends_on = day_field(_("Last day"))
    words = forms.CharField(
        label=_("What is planned, and how did it go?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, activity: YearActivity, **kwargs: Any) -> None:
        names = ("state", "why", "quarter", "starts_on", "ends_on", "words")
        kwargs["initial"] = {
            **{name: getattr(activity, name) for name in names},
            "owner": activity.owner_id,
            "initiative": activity.initiative_id,
        }
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (0, _("All year, or not settled yet")),
            *((number, quarter_words(number)) for number in (1, 2, 3, 4)),
        ]
        self.fields["owner"] = person_field(_("Who looks after it?"), activity.group, activity.owner)
        self.fields["initiative"] = forms.ModelChoiceField(
            activity.group.initiatives.exclude(stage=Stage.PROPOSED),
            label=_("Which initiative does it?"),
            required=False,
            empty_label=_("None in particular"),
        )
