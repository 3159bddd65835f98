"""What is filled in to thank somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.thanks import LONGEST_THANKS
from folkmoot.people.models import Person


class ThanksForm(forms.Form):
    """Whom, perhaps others as well, and a few words."""

    whom = forms.TypedChoiceField(label=_("Whom do you thank?"), coerce=int)
    also = forms.TypedMultipleChoiceField(
        label=_("Who else was part of it?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("What for?"),
        max_length=LONGEST_THANKS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One thing that they did, and what it changed for you. They decide who else reads it, with your name."
        ),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [(pk, person.name) for pk, person in self.people.items()]
        self.fields["whom"].choices = [("", _("Choose somebody")), *choices]  # type: ignore[attr-defined]
        self.fields["also"].choices = choices  # type: ignore[attr-defined]

    @property
    def receivers(self) -> list[Person]:
        """Everybody who was chosen, once."""
        keys = dict.fromkeys([self.cleaned_data["whom"], *self.cleaned_data["also"]])
        return [self.people[key] for key in keys]
