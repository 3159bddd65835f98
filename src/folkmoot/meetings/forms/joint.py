"""Which group is invited to which calls, and from which day on calls are joint no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group


class AskToJoinForm(forms.Form):
    """A group, the calls (`series:0` or `call:12`), and for regular ones a first day."""

    group = forms.ModelChoiceField(
        label=_("Which group do you invite?"), queryset=Group.objects.none(), empty_label=_("Choose a group")
    )
    calls = forms.ChoiceField(label=_("To which calls?"), choices=[])
    from_day = forms.DateField(
        label=_("From which day on?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For regular calls. Left empty, it is from today on."),
    )

    def __init__(self, *args: Any, groups: Sequence[Group], calls: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [group.pk for group in groups]
        self.fields["group"].queryset = Group.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]
        self.fields["calls"].choices = calls  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, int]:
        """`series` with its place, or `call` with its number."""
        sort, _colon, number = self.cleaned_data["calls"].partition(":")
        return sort, int(number)


class EndJoiningForm(forms.Form):
    """From which day on regular calls are held alone again."""

    from_day = forms.DateField(
        label=_("From which day on?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"from_day": today})
