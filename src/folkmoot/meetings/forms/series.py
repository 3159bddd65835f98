"""What a manager fills in to say how calls repeat, and when they pause."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.kit import zones
from folkmoot.kit.public_holidays import countries
from folkmoot.meetings.actions.changing import LONGEST_TITLE
from folkmoot.meetings.domain.left_out import LONGEST_REASON
from folkmoot.meetings.domain.pattern import MOST_TURNS, Pattern, Turn
from folkmoot.people import places

KEEP = "keep"
KINDS = (
    ("weeks", gettext_lazy("Every week, or every few weeks")),
    ("nth", gettext_lazy("On the first, second or last such weekday of a month")),
    ("month_day", gettext_lazy("On a day of the month")),
)
NTH = (
    (1, gettext_lazy("first")),
    (2, gettext_lazy("second")),
    (3, gettext_lazy("third")),
    (4, gettext_lazy("fourth")),
    (-1, gettext_lazy("last")),
)
MOST_EVERY = 12


def _date(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


def _time(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required)


class SeriesForm(forms.Form):
    """How all calls of a series are to be from a day on.

    `present` is how they are now, None where no form can say it: then the days may be left as they are.
    """

    kind = forms.ChoiceField(label=gettext_lazy("On which days?"), widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("One or several."),
    )
    nth = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which of them in the month?"),
        coerce=int,
        choices=NTH,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("For “such weekday of a month” alone."),
    )
    month_day = forms.TypedChoiceField(
        label=gettext_lazy("Which day of the month?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("For “a day of the month” alone. Months without such a day have no call."),
    )
    every = forms.IntegerField(
        label=gettext_lazy("Every how many weeks or months?"),
        min_value=1,
        max_value=MOST_EVERY,
        required=False,
        help_text=gettext_lazy("1 for each, 2 for every second one."),
    )
    at = _time(gettext_lazy("Time"))
    zone = forms.ChoiceField(label=gettext_lazy("By the clocks of"), choices=[])
    minutes = forms.IntegerField(label=gettext_lazy("Minutes that a call lasts"), min_value=5, max_value=1440)
    from_day = _date(gettext_lazy("From which day on"))
    first = _date(
        gettext_lazy("The first call"),
        required=False,
        hint=gettext_lazy("Only where it matters which week begins. Left empty, calls stay in step with those so far."),
    )
    until = _date(gettext_lazy("The last day"), required=False, hint=gettext_lazy("Left empty, calls go on."))

    def __init__(
        self,
        *args: Any,
        first_zones: tuple[str, ...],
        present: Pattern | None = None,
        is_new: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys((*first_zones, *zones.choices()))
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in names]  # type: ignore[attr-defined]
        kept = () if present is not None or is_new else ((KEEP, _("As they are now")),)
        self.fields["kind"].choices = [*kept, *KINDS]  # type: ignore[attr-defined]
        days = [("", "")] + [(str(day), str(day)) for day in range(1, 32)] + [("-1", _("the last one"))]
        self.fields["month_day"].choices = days  # type: ignore[attr-defined]
        for number in range(2, MOST_TURNS + 1):
            self.fields[f"at_{number}"] = _time(_("Time of turn %(number)s") % {"number": number}, required=False)
            self.fields[f"weekday_{number}"] = forms.TypedChoiceField(
                label=_("Weekday of turn %(number)s") % {"number": number},
                coerce=int,
                empty_value=None,
                choices=[("", _("the same"))] + [(str(day), str(WEEKDAYS[day])) for day in range(7)],
                required=False,
            )

    @property
    def turn_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Time and weekday of each further turn."""
        return [(self[f"at_{number}"], self[f"weekday_{number}"]) for number in range(2, MOST_TURNS + 1)]

    @property
    def is_monthly(self) -> bool:
        return self["kind"].value() in ("nth", "month_day")

    @property
    def has_turns(self) -> bool:
        return any(bound.value() for pair in self.turn_fields for bound in pair)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in ("weeks", "nth") and "weekdays" not in self.errors and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Please choose at least one weekday."))
        if kind == "nth" and "nth" not in self.errors and not cleaned.get("nth"):
            self.add_error("nth", _("Please choose which of them: the first, the last or others."))
        if kind == "month_day" and "month_day" not in self.errors and cleaned.get("month_day") is None:
            self.add_error("month_day", _("Please choose a day of the month."))
        gap = False
        for number in range(2, MOST_TURNS + 1):
            at, weekday = cleaned.get(f"at_{number}"), cleaned.get(f"weekday_{number}")
            if weekday is not None and at is None and f"at_{number}" not in self.errors:
                self.add_error(f"at_{number}", _("Please say at which time."))
            if at is not None and gap:
                self.add_error(f"at_{number}", _("Please fill in the turn before this one first."))
            if weekday is not None and kind not in ("weeks", None):
                self.add_error(f"weekday_{number}", _("Only weekly calls can take turns between weekdays."))
            gap = gap or at is None
        return cleaned

    @property
    def pattern(self) -> Pattern | None:
        """The pattern that is asked for; None to leave days alone that no form can say."""
        given = self.cleaned_data
        kind = given["kind"]
        if kind == KEEP:
            return None
        turns = [Turn(_minute(given["at"]))]
        for number in range(2, MOST_TURNS + 1):
            if given[f"at_{number}"] is not None:
                weekday = given[f"weekday_{number}"]
                own = () if weekday is None or [weekday] == given["weekdays"] else (weekday,)
                turns.append(Turn(_minute(given[f"at_{number}"]), own))
        return Pattern(
            kind=kind,
            turns=tuple(turns),
            every=given["every"] or 1,
            weekdays=tuple(sorted(given["weekdays"])) if kind != "month_day" else (),
            nth=tuple(sorted(given["nth"])) if kind == "nth" else (),
            month_days=(given["month_day"],) if kind == "month_day" else (),
            until=given["until"],
        )

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])


class NewSeriesForm(SeriesForm):
    """A series that the charter does not have."""

    title = forms.CharField(
        label=gettext_lazy("What are these calls?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("A few words, such as “Office hour”."),
    )

    field_order = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_new=True, **kwargs)


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)


def initial_of(pattern: Pattern | None) -> dict[str, Any]:
    """What a form begins with, for calls that repeat in this way."""
    if pattern is None:
        return {"kind": KEEP, "every": 1}
    found: dict[str, Any] = {
        "kind": pattern.kind,
        "every": pattern.every,
        "weekdays": list(pattern.weekdays),
        "nth": list(pattern.nth),
        "month_day": pattern.month_days[0] if pattern.month_days else None,
        "until": pattern.until,
        "at": pattern.turns[0].at,
    }
    for number, turn in enumerate(pattern.turns[1:], 2):
        found[f"at_{number}"] = turn.at
        found[f"weekday_{number}"] = turn.weekdays[0] if turn.weekdays else None
    return found


def can_say(pattern: Pattern | None) -> bool:
    """Whether the form has a field for all that a pattern says."""
    return (
        pattern is not None
        and len(pattern.month_days) < 2
        and all(len(turn.weekdays) < 2 for turn in pattern.turns)
        and pattern.every <= MOST_EVERY
        and set(pattern.nth) <= {number for number, _label in NTH}
        and all(day == -1 or day > 0 for day in pattern.month_days)
    )


class EndSeriesForm(forms.Form):
    """The last day of a series."""

    last_day = _date(gettext_lazy("The last day on which there may be a call"))


class PauseForm(forms.Form):
    """A break."""

    first_day = _date(gettext_lazy("First day without calls"))
    last_day = _date(gettext_lazy("Last day without calls"))
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("A few words, such as “summer break”. They stand where the call would be."),
    )


class HolidaysForm(forms.Form):
    """A country whose public holidays are to be free of calls."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=[])
    subdivision = forms.CharField(
        label=gettext_lazy("Part of the country"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Its code where holidays differ within the country, such as BY for Bavaria."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = places.countries()
        known = [(code, names.get(code, code)) for code in countries()]
        choices = [("", ""), *sorted(known, key=lambda pair: str(pair[1]).casefold())]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]
