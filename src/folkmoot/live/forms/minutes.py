"""What a scribe types on a call, on what is talked about now."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.meetings.doings_form import DoingsForm
from folkmoot.meetings.models import LONGEST_NOTES, MinutesItem
from folkmoot.meetings.seen_form import SeenForm


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


class OneDoingForm(DoingsForm):
    """A decision or an action, typed where it happens: one of the two is there."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("action") and not given.get("decision") and not self.errors:
            self.add_error("decision", _("Please say what was decided, or what is to be done."))
        return given
