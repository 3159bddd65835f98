"""What people fill in to ask for free hours, and to say theirs."""

from __future__ import annotations

import secrets
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.availability.actions import Painted, PollWords
from folkmoot.availability.domain.hours import MOST_DAYS, STEPS
from folkmoot.availability.models import LONGEST_ABOUT, LONGEST_NAME, LONGEST_TITLE, NamesFor, OpenTo, Sort
from folkmoot.availability.times import closes_after
from folkmoot.people.choices import zone_choices
from folkmoot.people.guards import GuardedForm
from folkmoot.ui import times

LENGTHS = (15, 30, 45, 60, 90, 120, 180)
LONGEST_MARK = 64
MOST_KEYS = 1000


def _keys(data: Any, name: str) -> tuple[int, ...]:
    """The numbers that were ticked; what is no number counts for nothing."""
    given = data.getlist(name)[:MOST_KEYS] if hasattr(data, "getlist") else data.get(name, ())
    return tuple(int(one) for one in given if str(one).isascii() and str(one).isdecimal() and len(str(one)) <= 12)


class HoursForm(forms.Form):
    """The zone in which hours are marked, and the version that was looked at; the hours are ticks beside the form."""

    zone = forms.ChoiceField(label=gettext_lazy("Hours by the clock of"), choices=[])
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]

    @property
    def free(self) -> tuple[int, ...]:
        return _keys(self.data, "free")

    @property
    def maybe(self) -> tuple[int, ...]:
        return _keys(self.data, "maybe")

    @property
    def painted(self) -> Painted:
        return Painted(self.free, self.maybe, self.cleaned_data["zone"])


class GuestNameForm(HoursForm):
    """The same with the name of a guest who comes back by their link."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that the group knows who is free. It is deleted ninety days after the poll closes."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class GuestForm(GuardedForm, GuestNameForm):
    """The same for a guest who answers for the first time."""

    mail = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Only if you want a link by mail with which you can change this later. Nobody sees it, and it is "
            "deleted when the poll closes."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    once = forms.CharField(max_length=LONGEST_MARK, required=False, widget=forms.HiddenInput)

    field_order = ("name", "mail", "zone", "version", "once")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["once"] = secrets.token_urlsafe(16)


def _hours(*, last: bool) -> list[tuple[int, str]]:
    return [
        (hour * 60, times.clock_words(time(hour), "24") if hour < 24 else _("24:00, midnight"))
        for hour in (range(1, 25) if last else range(24))
    ]


def _day(label: Any, *, required: bool, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


class NewPollForm(forms.Form):
    """What a poll asks."""

    title = forms.CharField(
        label=gettext_lazy("What is the call about?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("The call will be called this."),
    )
    about = forms.CharField(
        label=gettext_lazy("Anything people should know"),
        max_length=LONGEST_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "input-short"}),
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("What are you looking for?"), choices=Sort.choices, widget=forms.RadioSelect
    )
    from_day = _day(gettext_lazy("First day"), required=False, hint=gettext_lazy("For certain days alone."))
    until_day = _day(gettext_lazy("Last day"), required=False, hint=gettext_lazy("For certain days alone."))
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
    )
    starts = forms.TypedChoiceField(label=gettext_lazy("Not before"), coerce=int, choices=[])
    ends = forms.TypedChoiceField(label=gettext_lazy("Over by"), coerce=int, choices=[])
    zone = forms.ChoiceField(
        label=gettext_lazy("By the clocks of"),
        choices=[],
        help_text=gettext_lazy("Everybody sees these hours on their own clock. A weekly call keeps its time here."),
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("How long is the call?"), coerce=int, choices=[])
    step = forms.TypedChoiceField(label=gettext_lazy("Ask in steps of"), coerce=int, choices=[])
    closes_on = _day(
        gettext_lazy("Last day for answers"), required=True, hint=gettext_lazy("Until midnight by the same clocks.")
    )
    open_to = forms.ChoiceField(label=gettext_lazy("Who may answer?"), choices=OpenTo.choices, widget=forms.RadioSelect)
    names_for = forms.ChoiceField(
        label=gettext_lazy("Who sees names?"),
        choices=NamesFor.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Everybody else who has the link sees how many are free."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "zone": zone_choices(),
            "starts": _hours(last=False),
            "ends": _hours(last=True),
            "minutes": [(count, times.minutes_words(count)) for count in LENGTHS],
            "step": [(count, times.minutes_words(count)) for count in STEPS],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sort") == Sort.DAYS:
            first, last = cleaned.get("from_day"), cleaned.get("until_day")
            if first is None:
                self.add_error("from_day", ValidationError(_("Please name the first day."), code="required"))
            elif (last or first) < first:
                self.add_error("until_day", ValidationError(_("The last day is before the first one."), code="order"))
            elif not self._days(cleaned):
                self.add_error("weekdays", ValidationError(_("No such weekday is among these days."), code="none"))
        return cleaned

    @staticmethod
    def _days(cleaned: dict[str, Any]) -> tuple[date, ...]:
        first = cleaned["from_day"]
        several = min(((cleaned.get("until_day") or first) - first).days, 2 * MOST_DAYS)
        every = [first + timedelta(days=number) for number in range(several + 1)]
        return tuple(day for day in every if day.weekday() in cleaned.get("weekdays", ()))

    @property
    def words(self) -> PollWords:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return PollWords(
            title=given["title"],
            about=given["about"],
            sort=Sort(given["sort"]),
            zone=given["zone"],
            starts=given["starts"],
            ends=given["ends"],
            step=given["step"],
            minutes=given["minutes"],
            weekdays=tuple(given["weekdays"]),
            days=self._days(given) if given["sort"] == Sort.DAYS else (),
            closes_at=closes_after(given["closes_on"], given["zone"]),
            open_to=OpenTo(given["open_to"]),
            names_for=NamesFor(given["names_for"]),
        )


class SettleForm(forms.Form):
    """What becomes of a time: a regular call, or one."""

    every = forms.TypedChoiceField(
        label=gettext_lazy("How often?"),
        coerce=int,
        choices=[
            (1, gettext_lazy("Every week")),
            (2, gettext_lazy("Every two weeks")),
            (4, gettext_lazy("Every four weeks")),
            (0, gettext_lazy("Just once")),
        ],
        widget=forms.RadioSelect,
    )
