"""What people fill in about invitations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Group


class Ticks(forms.MultipleChoiceField):
    """Boxes of which none may be ticked; that is an answer, and so the field is not called optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class WishesForm(forms.Form):
    """Whose calls come as invitations, and whether one may be invited as a guest."""

    groups = Ticks(label=gettext_lazy("The calls of these groups"), widget=forms.CheckboxSelectMultiple)
    as_guest = forms.BooleanField(
        label=gettext_lazy("Other groups may invite me to single calls as a guest"), required=False
    )

    def __init__(self, *args: Any, groups: Sequence[Group], wishes: Mapping[int | None, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "groups": [str(group.pk) for group in groups if wishes.get(group.pk)],
            "as_guest": wishes.get(None, True),
        }
        self.fields["groups"].choices = [(str(group.pk), group.name) for group in groups]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["groups"]


class GuestForm(forms.Form):
    """Somebody from outside who is asked to one call."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    gets_way_in = forms.BooleanField(
        label=gettext_lazy("Tell them the way into the call"), required=False, initial=True
    )
