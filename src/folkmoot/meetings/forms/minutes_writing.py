"""What a scribe fills in, all items on one page; and how a group does its minutes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.meetings.actions.minutes import MOST_DAYS, NotesWords
from folkmoot.meetings.actions.minutes_writing import Written
from folkmoot.meetings.doings_form import DoingsForm
from folkmoot.meetings.models import LONGEST_NOTES, ApprovalWay, Level, MinutesCustom, MinutesItem
from folkmoot.meetings.seen_form import SeenForm
from folkmoot.people.models import Person
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WHY

NOTES_CLASS = "input writing-notes"


def _notes(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "class": NOTES_CLASS})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTES, widget=widget)


class WriteForm(SeenForm, DoingsForm):
    """One item of a draft. `version` and `seen` are what was there when the page was opened."""

    notes = _notes(gettext_lazy("Notes"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: MinutesItem, people: Sequence[Person], **kwargs: Any) -> None:
        seen = {"notes": item.notes}
        kwargs["initial"] = {**seen, "version": item.version, "seen": json.dumps(seen)}
        kwargs["prefix"] = prefix_of(item)
        super().__init__(*args, people=people, **kwargs)
        self.item = item
        for name, words in (("notes", _("Notes on %(title)s")), ("decision", _("What was decided on %(title)s?"))):
            self.fields[name].widget.attrs["aria-label"] = words % {"title": item.title}

    @property
    def has_more(self) -> bool:
        """Whether a decision or an action is being typed, or was not accepted."""
        return self.is_bound and any(self[name].value() or self[name].errors for name in ("decision", "action"))

    @property
    def typed(self) -> dict[str, str]:
        """The notes as they were typed, to be set beside what somebody else typed."""
        return {"notes": self.cleaned_data["notes"].replace("\r\n", "\n")}

    @property
    def written(self) -> Written | None:
        """What is to be kept; None where nothing was written, so that nobody is stopped by what others do."""
        given = self.cleaned_data
        if self.typed == self.seen_before and not given["decision"] and not given["action"]:
            return None
        notes = NotesWords(self.item.title, given["notes"])
        return Written(self.item, given["version"], notes, given["decision"], self.action_words)


class MoreForm(forms.Form):
    """What came up besides the agenda."""

    title = forms.CharField(label=gettext_lazy("What else came up?"), required=False, max_length=LONGEST_TITLE)
    notes = _notes(gettext_lazy("Notes"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("notes") and not given.get("title"):
            self.add_error("title", _("Please say what it is about."))
        return given

    @property
    def words(self) -> NotesWords | None:
        given = self.cleaned_data
        return NotesWords(given["title"], given["notes"]) if given["title"] else None


class AnswerForm(forms.Form):
    """What became of a change that was asked for."""

    answer = forms.CharField(label=gettext_lazy("What became of it?"), max_length=LONGEST_WHY)


class CustomForm(forms.Form):
    """How a group does its minutes."""

    level = forms.ChoiceField(
        label=gettext_lazy("What may everybody read?"), choices=Level.choices, widget=forms.RadioSelect
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How are they approved?"),
        help_text=gettext_lazy("Whoever writes them can choose another way for one call."),
        choices=ApprovalWay.choices,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many working days does silence last?"), min_value=1, max_value=MOST_DAYS
    )

    def __init__(self, *args: Any, custom: MinutesCustom, **kwargs: Any) -> None:
        kwargs["initial"] = {"level": custom.level, "way": custom.way, "days": custom.days}
        super().__init__(*args, **kwargs)


def prefix_of(item: MinutesItem) -> str:
    """By which the fields of an item begin."""
    return f"item-{item.pk}"
