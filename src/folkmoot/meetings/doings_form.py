"""What is typed of what a call did: a decision, and who does what by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.meetings.actions.minutes_writing import ActionWords
from folkmoot.people.models import Person
from folkmoot.plan.entered import LONGEST_TITLE


class DoingsForm(forms.Form):
    """What was decided, or who of `people` does what by when; all of it may stay empty."""

    decision = forms.CharField(
        label=gettext_lazy("What was decided?"),
        help_text=gettext_lazy("One sentence. It goes into the group’s record of decisions, which everybody reads."),
        required=False,
        max_length=LONGEST_TITLE,
    )
    action = forms.CharField(label=gettext_lazy("What is to be done?"), required=False, max_length=LONGEST_TITLE)
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("They have said yes already"),
        help_text=gettext_lazy("Without this, whoever you name is asked first."),
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("Nobody yet")), *((key, person.name) for key, person in self.people.items())]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("action") and (given.get("owner") or given.get("due_on")):
            self.add_error("action", _("Please say what is to be done."))
        return given

    @property
    def action_words(self) -> ActionWords | None:
        """What is to be done, by whom and when; None where nothing was typed."""
        given = self.cleaned_data
        if not given["action"]:
            return None
        owner = self.people.get(given["owner"])
        return ActionWords(given["action"], owner, given["due_on"], agreed=given["agreed"])
