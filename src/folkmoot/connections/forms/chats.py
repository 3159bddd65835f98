"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from folkmoot.connections.actions.chats import LENGTHS, ChatWords, TakingPart
from folkmoot.connections.models.chats import LONGEST_NAME, Near
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.queries.interests import Interests
from folkmoot.ui import times

WEEKS = (1, 2, 3, 4, 6, 8, 12)
LONGEST_LIST = 1000
DAYS = [(number, WEEKDAYS[number]) for number in range(7)]


class ProgrammeForm(forms.Form):
    """How a programme goes."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=LONGEST_NAME, help_text=_("For instance “Coffee across time zones”.")
    )
    weeks = forms.TypedChoiceField(label=_("How often is a round drawn?"), coerce=int, choices=[])
    weekday = forms.TypedChoiceField(
        label=_("On which weekday?"),
        coerce=int,
        choices=DAYS,
        help_text=_("In the morning. Two days before, everybody is told and may skip."),
    )
    minutes = forms.TypedChoiceField(label=_("How long is a chat?"), coerce=int, choices=[])
    has_trios = forms.BooleanField(
        label=_("Three talk together where somebody would be left over"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weeks"].choices = [  # type: ignore[attr-defined]
            (count, ngettext("every week", "every %(count)d weeks", count) % {"count": count}) for count in WEEKS
        ]
        self.fields["minutes"].choices = [(count, times.minutes_words(count)) for count in LENGTHS]  # type: ignore[attr-defined]

    def words(self) -> ChatWords:
        return ChatWords(**self.cleaned_data)


def _subjects(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST_LIST)


class TakePartForm(forms.Form):
    """How somebody takes part, with what they care about; said once, it counts wherever people find each other."""

    cares = _subjects(InterestSort.CARES.label, _("In a few words each, with commas between them: maps, choirs, tea."))
    helps = _subjects(InterestSort.HELPS.label, _("What others may ask you about."))
    learns = _subjects(InterestSort.LEARNS.label, _("What you would like to hear about."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days on which a chat suits you"), coerce=int, choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    near = forms.ChoiceField(
        label=_("Whom would you like to meet?"),
        choices=Near.choices,
        widget=forms.RadioSelect,
        help_text=_("A wish: it is kept where it can be."),
    )
    welcomes = forms.BooleanField(label=_("I like to welcome people who are new here"), required=False)

    def interests(self) -> dict[InterestSort, list[str]]:
        """The subjects by sort, as they were written."""
        return {
            InterestSort.CARES: split(self.cleaned_data["cares"]),
            InterestSort.HELPS: split(self.cleaned_data["helps"]),
            InterestSort.LEARNS: split(self.cleaned_data["learns"]),
        }

    def how(self) -> TakingPart:
        given = self.cleaned_data
        return TakingPart(tuple(given["weekdays"]), Near(given["near"]), given["welcomes"])


def split(text: str) -> list[str]:
    """Subjects that stand in one field, parted by commas or semicolons."""
    return [one.strip() for one in re.split(r"[,;،、]", text) if one.strip()]


def joined(said: Interests) -> dict[str, str]:
    """What somebody said already, as the fields show it."""
    return {sort.value: ", ".join(said.of(sort).values()) for sort in InterestSort}


class PauseForm(forms.Form):
    """Until when somebody takes no part."""

    until = forms.DateField(
        label=_("Pause until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You come again with the first round on that day or after it."),
    )


class SeekNameForm(forms.Form):
    """Letters of a name."""

    q = forms.CharField(label=_("Find somebody by their name"), max_length=100, required=False)
