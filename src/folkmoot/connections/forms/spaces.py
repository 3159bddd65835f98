"""What people fill in to start a circle, to change one, and to end it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.connections.actions.spaces import CircleWords
from folkmoot.connections.models.spaces import Circle
from folkmoot.connections.models.spaces_circles import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    LONGEST_WORDS,
    CircleFor,
)
from folkmoot.groups.models import Group
from folkmoot.meetings.domain.join_links import LONGEST_LINK
from folkmoot.people.choices import zone_choices
from folkmoot.ui import times

RHYTHMS = (1, 2, 3, 4, 6, 8, 12)
LENGTHS = (30, 45, 60, 75, 90, 120)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=hint)


class CircleForm(forms.Form):
    """What a circle is, all but its end."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Such as “Reading about maintainers”."),
    )
    about = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input-short"}),
        help_text=gettext_lazy("What you do together, and for whom it is. Two or three sentences."),
    )
    subjects = forms.CharField(
        label=gettext_lazy("Subjects"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Up to five, with commas between them, so that people find it."),
    )
    open_to = forms.ChoiceField(
        label=gettext_lazy("Who may join?"), choices=CircleFor.choices, widget=forms.RadioSelect
    )
    every = forms.TypedChoiceField(
        label=gettext_lazy("How often do you meet?"), coerce=int, empty_value=None, required=False
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("On which weekday?"), coerce=int, empty_value=None, required=False
    )
    at = forms.TimeField(
        label=gettext_lazy("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("By the clocks of"),
        choices=[],
        help_text=gettext_lazy("The time stays the same there; everybody sees it on their own clock."),
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("How long?"), coerce=int, choices=[])
    first_day = _day(gettext_lazy("First day"))
    place_link = forms.CharField(
        label=gettext_lazy("Link to where you meet"),
        max_length=LONGEST_LINK,
        required=False,
        help_text=gettext_lazy("Shown to those who are in the circle, and to nobody else."),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[Any, str]]] = {
            "every": [("", _("As it comes")), *((n, _weeks(n)) for n in RHYTHMS)],
            "weekday": [("", _("On no fixed day")), *((n, str(WEEKDAYS[n])) for n in range(7))],
            "minutes": [(n, times.minutes_words(n)) for n in LENGTHS],
            "zone": zone_choices(),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.group = group
        if group is None:
            del self.fields["open_to"]

    def words(self, circle: Circle | None = None) -> CircleWords:
        """What was filled in, as the actions take it; the end is the circle's own where there is no field for it."""
        given = self.cleaned_data
        return CircleWords(
            name=given["name"],
            about=given["about"],
            subjects=tuple(given["subjects"].split(",")),
            open_to=CircleFor(given.get("open_to") or CircleFor.HERE),
            every=given["every"],
            weekday=given["weekday"],
            at=given["at"],
            zone=given["zone"],
            minutes=given["minutes"],
            first_day=given["first_day"],
            ends_on=circle.ends_on if circle is not None else given["ends_on"],
            place_link=given["place_link"],
        )


class NewCircleForm(CircleForm):
    """A circle that is not there yet, with the day on which it ends."""

    ends_on = _day(
        gettext_lazy("Until when?"),
        gettext_lazy("At most a year. Two weeks before, all of you are asked whether to carry on."),
    )


class CarryOnForm(forms.Form):
    """A new end."""

    ends_on = _day(gettext_lazy("Carry on until"), gettext_lazy("At most a year from today."))


class CloseCircleForm(forms.Form):
    """What came of it."""

    closing_words = forms.CharField(
        label=gettext_lazy("What came of it?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input-short"}),
        help_text=gettext_lazy("A few words that stay on the circle's page. Thank whoever you like."),
    )


class MemberForm(forms.Form):
    """Somebody who is in the circle."""

    to = forms.TypedChoiceField(label=gettext_lazy("Who?"), coerce=int, choices=[])

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(people)  # type: ignore[attr-defined]


def initial_of(circle: Circle) -> dict[str, Any]:
    """What a form begins with for a circle that is there."""
    names = (
        "name",
        "about",
        "open_to",
        "every",
        "weekday",
        "at",
        "zone",
        "minutes",
        "first_day",
        "place_link",
        "version",
    )
    return {
        **{name: getattr(circle, name) for name in names},
        "subjects": ", ".join(subject.words for subject in circle.subjects.all()),
    }


def _weeks(count: int) -> str:
    return ngettext("Every week", "Every %(count)d weeks", count) % {"count": count}
