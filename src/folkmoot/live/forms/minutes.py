"""What a scribe types on a call, on what is talked about now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.meetings.actions import ActionWords
from folkmoot.meetings.models import LONGEST_NOTES, MinutesItem
from folkmoot.meetings.seen_form import SeenForm
from folkmoot.people.models import Person
from folkmoot.plan.entered import LONGEST_TITLE


class NotesForm(SeenForm):
    """The notes on one item; `version` and `seen` are what was there when the form was drawn."""

    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input writing-notes"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: MinutesItem, **kwargs: Any) -> None:
        seen = {"notes": item.notes}
        kwargs["initial"] = {**seen, "version": item.version, "seen": json.dumps(seen), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["notes"].widget.attrs["aria-label"] = _("Notes on %(title)s") % {"title": item.title}

    @property
    def typed(self) -> dict[str, str]:
        return {"notes": self.cleaned_data["notes"].replace("\r\n", "\n")}


class DoingsForm(forms.Form):
    """What was decided, or who does what by when."""

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
        elif not given.get("action") and not given.get("decision") and not self.errors:
            self.add_error("decision", _("Please say what was decided, or what is to be done."))
        return given

    @property
    def action_words(self) -> ActionWords | None:
        given = self.cleaned_data
        if not given["action"]:
            return None
        owner = self.people.get(given["owner"])
        return ActionWords(given["action"], owner, given["due_on"], agreed=given["agreed"])
