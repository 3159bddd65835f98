"""What people fill in about minutes."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.actions.minutes import NotesWords
from folkmoot.meetings.actions.minutes_publishing import LONGEST_WHY
from folkmoot.meetings.models import LONGEST_NOTES, ApprovalWay, Level, MinutesItem
from folkmoot.meetings.seen_form import SeenForm
from folkmoot.people.models import Person
from folkmoot.plan.entered import LONGEST_TITLE
from folkmoot.plan.entered import LONGEST_WHY as LONGEST_REASON
from folkmoot.plan.who import people_in


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE)


def _notes(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_NOTES, widget=forms.Textarea(attrs={"rows": 12})
    )


class NotesForm(SeenForm):
    """The notes on an item. `version` and `seen` are what was there when the form was opened."""

    title = _title(_("What is it about?"))
    notes = _notes(_("Notes"), _("Markdown works: lists, links, *emphasis*."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: MinutesItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            now = as_written(item)
            kwargs["initial"] = {**now, "version": item.version, "seen": json.dumps(now), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def words(self) -> NotesWords:
        return NotesWords(self.cleaned_data["title"], self.cleaned_data["notes"])

    @property
    def typed(self) -> dict[str, str]:
        """The same as texts, to be set beside what somebody else typed."""
        given = self.cleaned_data
        return {"title": given["title"], "notes": given["notes"].replace("\r\n", "\n")}


def as_written(item: MinutesItem) -> dict[str, str]:
    """What an item says now, as a form has it."""
    return {"title": item.title, "notes": item.notes}


class PublicForm(forms.Form):
    """What everybody reads of an item."""

    title = _title(_("What it is called in public"))
    text = _notes(_("What everybody reads"), _("Say what was said, and not who said it or for whom they work."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """A correction of an item that is frozen."""

    notes = _notes(_("Notes"))
    public_text = _notes(_("What everybody reads"))
    why = forms.CharField(
        label=_("Why is it corrected?"),
        help_text=_("Everybody who may read the item reads this as well. Please name nobody."),
        max_length=LONGEST_WHY,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, under_rule: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not under_rule:
            del self.fields["public_text"]


class ProposeForm(forms.Form):
    """How minutes are to be approved, and by whom."""

    way = forms.ChoiceField(label=_("How are they approved?"), choices=ApprovalWay.choices, widget=forms.RadioSelect)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("By whom, where people are named?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people_in(group)


class ChangeWantedForm(forms.Form):
    """What should be changed in minutes that lie open."""

    why = forms.CharField(label=_("What should be changed?"), max_length=LONGEST_REASON)


class ClearForm(forms.Form):
    """Why what the check found may stand."""

    why = forms.CharField(
        label=_("Why may it stand?"),
        help_text=_("For instance: it means the month of May, or they agreed to be named."),
        max_length=LONGEST_WHY,
    )


class LevelForm(forms.Form):
    """What everybody may read; empty for an item that follows its minutes."""

    level = forms.ChoiceField(label=_("What may everybody read?"), choices=Level.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, of_item: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_item:
            field = self.fields["level"]
            assert isinstance(field, forms.ChoiceField)
            field.required = False
            field.choices = [("", _("as the minutes")), *Level.choices]
