"""What the two of a pair fill in on their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.mentoring_pairs import NextMeeting
from folkmoot.connections.forms.mentoring import day_field, short_text, weeks_field, word_weeks
from folkmoot.connections.models.mentoring import (
    LONGEST_GOALS,
    LONGEST_NOTE,
    LONGEST_REASON,
    HowItGoes,
    MentorPair,
    SharedWith,
)
from folkmoot.ui import times

LENGTHS = (30, 45, 60, 90)


class NotThisForm(forms.Form):
    """Why it is not the right pairing, if one wants to say so."""

    reason = forms.CharField(label=gettext_lazy("A word why, if you like"), max_length=LONGEST_REASON, required=False)
    tells = forms.BooleanField(
        label=gettext_lazy("Those who run the programme may read it, with my name"),
        required=False,
        help_text=gettext_lazy("Else it is read by nobody, and not kept."),
    )


class GoalsForm(forms.Form):
    """What the two agree on."""

    goals = short_text(
        gettext_lazy("What we want to reach together"),
        LONGEST_GOALS,
        rows=5,
        hint=gettext_lazy("You can both change it, at any time."),
    )
    weeks = weeks_field()
    was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_weeks(self.fields["weeks"])


def goals_values(pair: MentorPair) -> dict[str, object]:
    """What the two agreed on, as the form shows it first."""
    return {"goals": pair.goals, "was": pair.goals, "weeks": pair.weeks}


class NextMeetingForm(forms.Form):
    """The next meeting: one of the times that suit both, or another one by one's own clock."""

    time = forms.ChoiceField(label=gettext_lazy("Times that suit you both"), required=False, widget=forms.RadioSelect)
    day = forms.DateField(
        label=gettext_lazy("Or another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=gettext_lazy("At, by your clock"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("For how long?"), coerce=int, choices=[])

    def __init__(self, *args: Any, proposals: Sequence[tuple[str, str]], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["time"].choices = proposals  # type: ignore[attr-defined]
        self.fields["minutes"].choices = [(one, times.minutes_words(one)) for one in LENGTHS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("time") and not (given.get("day") and given.get("at")):
            raise ValidationError(_("Please choose one of the times, or a day and a time of your own."), code="none")
        return given

    @property
    def when(self) -> NextMeeting:
        given = self.cleaned_data
        if given["day"] and given["at"]:
            return NextMeeting(given["day"], given["at"], self.zone, given["minutes"])
        local = datetime.fromisoformat(given["time"])
        return NextMeeting(local.date(), local.time(), self.zone, given["minutes"])


class MetForm(forms.Form):
    """A day on which the two met, and a note for both."""

    held_on = day_field(gettext_lazy("We met on"))
    words = short_text(
        gettext_lazy("A note for the two of you"),
        LONGEST_NOTE,
        hint=gettext_lazy("Only you two can read it, and see when you met."),
    )


class CheckInForm(forms.Form):
    """How it goes."""

    answer = forms.ChoiceField(
        label=gettext_lazy("How does it go?"), choices=HowItGoes.choices, widget=forms.RadioSelect
    )


class EndForm(forms.Form):
    """Whether one would like to be brought together with somebody else."""

    looks_again = forms.BooleanField(
        label=gettext_lazy("I would like to be brought together with somebody else"),
        required=False,
        help_text=gettext_lazy("The other one of you says so for themselves."),
    )


class ReflectionForm(forms.Form):
    """What one takes with one."""

    words = short_text(gettext_lazy("What do you take with you?"), LONGEST_NOTE, rows=5)
    shared = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"), choices=SharedWith.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands on one page with another form that has `words`.
        super().__init__(*args, **kwargs)
        self.auto_id = "id_reflection_%s"
