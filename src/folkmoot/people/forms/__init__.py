"""What people fill in about themselves."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from folkmoot.kit.errors import Refused
from folkmoot.people.choices import zone_choices
from folkmoot.people.guards import GuardedForm
from folkmoot.people.models import Clock, Person, Theme
from folkmoot.people.names import clean_name


class SignUpDetails(GuardedForm):
    """What signing up asks besides address and password."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Allauth asks for this; the adapter has kept the name already."""


class SetUpForm(forms.Form):
    """The organisation and its first steward."""

    organisation = forms.CharField(label=_("Name of your organisation"), max_length=120)
    zone = forms.ChoiceField(
        label=_("Its time zone"), help_text=_("Times are shown in it to readers whose own zone is not known.")
    )
    name = forms.CharField(label=_("Your name"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "You sign in with it from now on. Other stewards see it, and so do those who manage a group in which you "
            "take part; nobody else does."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]


class PreferencesForm(forms.Form):
    """Zone, clock and appearance, and whether single keys do something."""

    zone = forms.ChoiceField(label=_("Your time zone"), required=False)
    clock = forms.ChoiceField(label=_("Clock"), choices=Clock.choices, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, widget=forms.RadioSelect)
    shortcuts = forms.BooleanField(
        label=_("Keyboard shortcuts"),
        required=False,
        help_text=_("Single keys, such as ? for the list of them. Turn them off if you speak to your computer."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["zone"].choices = [("", _("As my device says")), *zone_choices()]  # type: ignore[attr-defined]
