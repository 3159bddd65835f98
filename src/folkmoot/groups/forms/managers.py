"""What is filled in to appoint who leads a group, and what they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.domain.commitment import MOST_HOURS
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from folkmoot.people.queries import person_with_email


def day_input() -> forms.DateInput:
    """A date as browsers pick it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfferForm(forms.Form):
    """Whom to ask, from when to when, and how many hours a week it takes."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, label=_("Somebody who takes part"), empty_label=_("Choose…")
    )
    email = forms.EmailField(label=_("Or the address of somebody known here"), required=False, max_length=254)
    starts_on = forms.DateField(label=_("First day"), widget=day_input())
    ends_on = forms.DateField(label=_("Last day"), widget=day_input())
    hours_a_week = forms.IntegerField(label=_("Hours a week"), min_value=0, max_value=MOST_HOURS)

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(
            participations__group=group, participations__ended_at=None, is_active=True
        ).distinct()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            chosen, email = cleaned.get("person"), cleaned.get("email")
            if bool(chosen) == bool(email):
                raise forms.ValidationError(_("Please choose somebody, or give their address."))
            if email:
                cleaned["person"] = person_with_email(email)
                if cleaned["person"] is None:
                    self.add_error(
                        "email", _("Nobody here has this address. Invite them first, or add them to the group.")
                    )
        return cleaned


class OfferAnswerForm(forms.Form):
    """A yes, with one's wish about the public name."""

    names_publicly = forms.BooleanField(
        label=_("Everybody may read my name as someone who leads this group"),
        help_text=_("You may change this at any time. People who are signed in read it in any case."),
        required=False,
    )


class EndForm(forms.Form):
    """Why a term ends before its last day; an offer is taken back without a reason."""

    why = forms.CharField(
        label=_("The reason"),
        help_text=_("The person reads it."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    force = forms.BooleanField(
        label=_("What they hold here waits for a new owner"),
        help_text=_("Without this, they hand over first what they hold."),
        required=False,
    )
