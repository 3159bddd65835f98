"""What people fill in to offer office hours, to change their days, and to book."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.office_hours import OfficeWords
from folkmoot.connections.domain.office_days import monthly, weekly
from folkmoot.connections.models.office_hours import (
    LONGEST_TITLE,
    LONGEST_TOPIC,
    LONGEST_TOPICS,
    LONGEST_WHERE,
    OfficeDaySort,
    OfficeHours,
    OfficeOpenTo,
)
from folkmoot.people.choices import zone_choices

MONTHLY = 0
RHYTHMS = (
    (1, gettext_lazy("Every week")),
    (2, gettext_lazy("Every second week")),
    (3, gettext_lazy("Every third week")),
    (4, gettext_lazy("Every fourth week")),
    (MONTHLY, gettext_lazy("Once a month, on the weekday of the first day")),
)


def _day(label: Any, *, required: bool, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


def _time(label: Any, *, required: bool = True, hint: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required, help_text=hint)


def _number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint)


def _text(label: Any, most: int, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "class": "input-short"})
    return forms.CharField(label=label, max_length=most, required=False, help_text=hint, widget=widget)


class OfficeHoursForm(forms.Form):
    """What office hours are like. Those of a group may be for its people alone."""

    title = forms.CharField(label=gettext_lazy("What are they called?"), max_length=LONGEST_TITLE)
    topics = _text(gettext_lazy("What may people come with?"), LONGEST_TOPICS)
    where = _text(
        gettext_lazy("Where do you meet?"), LONGEST_WHERE, gettext_lazy("A link, usually. Only who has booked sees it.")
    )
    rhythm = forms.TypedChoiceField(label=gettext_lazy("How often?"), choices=RHYTHMS, coerce=int)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days?"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Left empty: on the weekday of the first day."),
    )
    first = _day(gettext_lazy("First day"), required=True)
    start = _time(gettext_lazy("They begin at"))
    zone = forms.ChoiceField(
        label=gettext_lazy("By the clock of"),
        choices=[],
        help_text=gettext_lazy("The time on this clock stays, also when clocks change."),
    )
    minutes = _number(gettext_lazy("Minutes of one slot"), 5, 480)
    slots = _number(gettext_lazy("Slots one after another"), 1, 48)
    seats = _number(gettext_lazy("People in each slot"), 1, 100, gettext_lazy("1 is one to one."))
    gap = _number(gettext_lazy("Minutes between two slots"), 0, 240)
    until = _day(gettext_lazy("Last day"), required=False, hint=gettext_lazy("Left empty: they go on."))
    notice_hours = _number(gettext_lazy("Hours of notice that you need"), 0, 336)
    ahead_days = _number(gettext_lazy("Days ahead that people can book"), 1, 180)
    cancel_hours = _number(
        gettext_lazy("Hours before, until which giving back is no trouble"),
        0,
        336,
        gettext_lazy("Later it works as well; you see that it was late."),
    )
    most_each = _number(gettext_lazy("Slots that one person can have ahead"), 1, 20)
    open_to = forms.ChoiceField(
        label=gettext_lazy("Who may book?"), choices=OfficeOpenTo.choices, widget=forms.RadioSelect, required=False
    )
    asks_after_missing = forms.BooleanField(
        label=gettext_lazy("Ask me first about people who lately did not come twice"),
        required=False,
        help_text=gettext_lazy("What you note of that only they and you see; it is forgotten after 90 days."),
    )

    def __init__(self, *args: Any, has_group: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]
        if not has_group:
            del self.fields["open_to"]

    @property
    def words(self) -> OfficeWords:
        said = dict(self.cleaned_data)
        rhythm, weekdays = said.pop("rhythm"), said.pop("weekdays")
        first = said["first"]
        rule = monthly(first) if rhythm == MONTHLY else weekly(rhythm, weekdays or [first.weekday()])
        open_to = OfficeOpenTo(said.pop("open_to", "") or OfficeOpenTo.EVERYONE)
        return OfficeWords(**said, rule=rule, open_to=open_to)


def said_of(hours: OfficeHours) -> dict[str, Any]:
    """What the form shows of office hours that are there."""
    rule = hours.plain_rule
    is_monthly = rule.freq == "MONTHLY"
    names = [name for name in OfficeHoursForm.base_fields if name not in ("rhythm", "weekdays")]
    return {name: getattr(hours, name) for name in names} | {
        "rhythm": MONTHLY if is_monthly else rule.interval,
        "weekdays": [] if is_monthly else list(rule.weekdays),
    }


class OfficeDayForm(forms.Form):
    """How one day is different, by the clock of whoever holds the hours."""

    sort = forms.ChoiceField(
        label=gettext_lazy("What is different?"),
        choices=(
            (OfficeDaySort.LEFT_OUT, gettext_lazy("A planned day is left out")),
            (OfficeDaySort.MOVED, gettext_lazy("A planned day is at another time")),
            (OfficeDaySort.EXTRA, gettext_lazy("A further day")),
        ),
        widget=forms.RadioSelect,
    )
    day = _day(gettext_lazy("The day"), required=True)
    to_day = _day(gettext_lazy("New day"), required=False, hint=gettext_lazy("If it is another one."))
    at = _time(gettext_lazy("Begins at"), required=False, hint=gettext_lazy("For a new time or a further day."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("sort") in (OfficeDaySort.MOVED, OfficeDaySort.EXTRA) and not said.get("at"):
            self.add_error("at", ValidationError(_("Please say when it begins."), code="required"))
        return said

    @property
    def wall(self) -> datetime:
        said = self.cleaned_data
        is_moved = said["sort"] == OfficeDaySort.MOVED
        day = (said["to_day"] or said["day"]) if is_moved else said["day"]
        return datetime.combine(day, said["at"])


class EndHoursForm(forms.Form):
    """The last day of office hours."""

    last_day = _day(gettext_lazy("Last day"), required=True)


class BookForm(forms.Form):
    """A slot, and what about."""

    slot = forms.CharField(max_length=40, widget=forms.HiddenInput)
    topic = forms.CharField(
        label=gettext_lazy("What would you like to talk about?"),
        max_length=LONGEST_TOPIC,
        required=False,
        help_text=gettext_lazy("A few words are enough. Only whoever holds the hours reads them."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input-short"}),
    )
    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)
