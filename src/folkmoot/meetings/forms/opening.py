"""What those who lead a group fill in about the texts that open its calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from folkmoot.meetings.actions.opening import LONGEST_TEXT
from folkmoot.meetings.forms.attendance import Ticks
from folkmoot.meetings.opening import Opening


class OpeningChoiceForm(forms.Form):
    """Which texts are shown when a call opens."""

    keys = Ticks(label=gettext_lazy("What is read when a call opens?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"keys": list(opening.keys)}
        titles: dict[str, str] = {}
        for text in opening.texts:
            titles[text.key] = f"{titles[text.key]}, {text.title}" if text.key in titles else text.title
        self.fields["keys"].choices = list(titles.items())  # type: ignore[attr-defined]


class OpeningTextForm(forms.Form):
    """The words of one text."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Short enough to be read aloud. An empty line begins a new paragraph."),
    )
