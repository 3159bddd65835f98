"""In which hours calls suit somebody, as they fill it in."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.models import ComfortableHours


def _clock(label: Any, *, required: bool = True, hint: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 1800}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required, help_text=hint)


class HoursForm(forms.Form):
    """From and until on working days and on days off, and which days those are."""

    working_from = _clock(gettext_lazy("On working days from"))
    working_until = _clock(gettext_lazy("until"), hint=gettext_lazy("Earlier than the beginning: over midnight."))
    days_off = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Your days off"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    off_from = _clock(
        gettext_lazy("On days off from"), required=False, hint=gettext_lazy("Left empty, no call suits you then.")
    )
    off_until = _clock(gettext_lazy("until"), required=False)

    def __init__(self, row: ComfortableHours, data: Any = None) -> None:
        names = ("working_from", "working_until", "days_off", "off_from", "off_until")
        super().__init__(data, initial={name: getattr(row, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        begins, ends = cleaned.get("off_from"), cleaned.get("off_until")
        if (begins is None) != (ends is None) and not {"off_from", "off_until"} & self.errors.keys():
            self.add_error("off_until" if ends is None else "off_from", _("Please fill in both, or neither."))
        for first, last in (("working_from", "working_until"), ("off_from", "off_until")):
            if cleaned.get(first) is not None and cleaned.get(first) == cleaned.get(last):
                self.add_error(last, _("Hours end at another time than they begin."))
        return cleaned

    def stated(self) -> StatedHours:
        given = self.cleaned_data
        off = (_minute(given["off_from"]), _minute(given["off_until"])) if given["off_from"] is not None else None
        working = (_minute(given["working_from"]), _minute(given["working_until"]))
        return StatedHours(working, off, tuple(given["days_off"]))


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)
