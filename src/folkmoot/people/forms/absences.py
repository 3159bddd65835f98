"""When somebody is away."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AbsenceForm(forms.Form):
    """Two days, and whether those who lead see the second."""

    first_day = forms.DateField(
        label=_("The first day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("The last day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    shown = forms.BooleanField(
        label=_("Those who lead my groups may see until when I am away"),
        required=False,
        help_text=_("They see that day beside your tasks, and nothing else. Nobody is asked why."),
    )
