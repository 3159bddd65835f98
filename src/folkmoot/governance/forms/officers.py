"""What is filled in by those who look after an election."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.domain.officer_keys import LONGEST
from folkmoot.governance.models.officers import LONGEST_CONFLICT, LONGEST_REASON, MOST_OFFICERS, Duty
from folkmoot.governance.rules.officers_checks import UNREHEARSED, Check
from folkmoot.people.models import Person


class AskForm(forms.Form):
    """Whom to ask, and for what."""

    person = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=Person.objects.none())
    duty = forms.ChoiceField(
        label=gettext_lazy("As what"), choices=Duty.choices, initial=Duty.OFFICER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])  # type: ignore[attr-defined]
        field.choices = [("", _("Choose somebody")), *((person.pk, person.name) for person in people)]  # type: ignore[attr-defined]


class NeededForm(forms.Form):
    """How many together open the ballots."""

    needed = forms.IntegerField(
        label=gettext_lazy("How many open the ballots together"),
        min_value=1,
        max_value=MOST_OFFICERS,
        help_text=gettext_lazy("Two of three officers, or three of five, is a good rule."),
    )


class ConflictForm(forms.Form):
    """What others should know."""

    conflict = forms.CharField(
        label=gettext_lazy("What should others know?"),
        required=False,
        max_length=LONGEST_CONFLICT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input-short"}),
        help_text=gettext_lazy(
            "Such as working with a candidate, or being related to one. Everybody who sees the election reads it. Left "
            "empty, it says that you have nothing to declare."
        ),
    )


class KeysForm(forms.Form):
    """The public parts of keys that were made on the command line. What is refused is never shown again."""

    public = forms.CharField(
        label=gettext_lazy("Public parts"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy('What folkmoot election-keys show prints; it begins with {"opening".'),
    )


class OpenedForm(forms.Form):
    """What the command line prints of a rehearsal."""

    opened = forms.CharField(
        label=gettext_lazy("What it printed"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy('Your shares, sealed for the other officers; it begins with {"shares".'),
    )


class FreezeForm(forms.Form):
    """A box for each warning, and why there was no rehearsal."""

    def __init__(self, *args: Any, warnings: list[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in warnings:
            self.fields[check.code] = forms.BooleanField(label=check.words)
            if check.code == UNREHEARSED:
                self.fields["why_unrehearsed"] = forms.CharField(
                    label=gettext_lazy("Why is there no rehearsal? It is shown with what was frozen."),
                    max_length=LONGEST_REASON,
                )

    @property
    def despite(self) -> list[str]:
        """The warnings that were read."""
        return [name for name, value in self.cleaned_data.items() if value is True]
