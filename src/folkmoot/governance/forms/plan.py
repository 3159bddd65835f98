"""What is filled in to set up an election: its beginning, its days, its contests, its messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.actions.plan import MOST_GRACE, DaysGiven
from folkmoot.governance.actions.plan_contests import MOST_ENDORSEMENTS, QUESTIONS, ContestGiven
from folkmoot.governance.day_words import step_words
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.domain.typed_days import read_day
from folkmoot.governance.models.elections import (
    ANYWHERE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_SEATS,
    Contest,
    Election,
    ElectionKind,
)
from folkmoot.governance.models.messages import LONGEST_MESSAGE, LONGEST_SUBJECT
from folkmoot.governance.models.officers import MOST_OFFICERS
from folkmoot.governance.queries.plan import SeatToFill
from folkmoot.groups.models import Seat
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.plan.entered import LONGEST_WHY
from folkmoot.ui.times import plain_date

TERM_AFTER_VOTING = 51
"""Days from the first day of voting to the first day of terms, in a regular election."""
USUAL_AHEAD = 45


class DayField(forms.CharField):
    """A day as people write it; one that does not exist is said in words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return plain_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(text, today_here())
        except Refused as refused:
            raise ValidationError(refused.message, code=refused.code) from None


class BeginForm(forms.Form):
    """What is elected, from which day, which seats."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of vote is it?"), widget=forms.RadioSelect, initial=ElectionKind.REGULAR
    )
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("For example: Steering committee 2027"),
    )
    start = DayField(
        label=gettext_lazy("From which day is it laid out?"),
        help_text=gettext_lazy("For example 11 September 2027. All other days follow from it; you see them next."),
    )
    counted_from = forms.ChoiceField(
        label=gettext_lazy("What begins on that day?"),
        widget=forms.RadioSelect,
        choices=[
            (Step.VOTING.value, gettext_lazy("Voting")),
            (Step.CALL.value, gettext_lazy("The call for candidates")),
        ],
        initial=Step.VOTING.value,
    )
    terms_on = DayField(
        label=gettext_lazy("On which day do terms begin?"),
        required=False,
        help_text=gettext_lazy("If that is fixed, as by the charter. Otherwise it follows from the other days."),
    )
    seats = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Which seats are filled?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.IntegerField(
        label=gettext_lazy("How many are elected?"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("Only where no seats are chosen. More contests can be added afterwards."),
    )
    of = forms.ModelChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Which seat is the question about?"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("For a recall or a vote of confidence."),
    )
    needed = forms.IntegerField(
        label=gettext_lazy("How many officers open the ballots together?"),
        min_value=1,
        max_value=MOST_OFFICERS,
        initial=2,
        help_text=gettext_lazy(
            "Nobody can read a ballot with fewer. Find one officer more than that, in case a key is lost."
        ),
    )
    is_final = forms.TypedChoiceField(
        label=gettext_lazy("Can a ballot be changed after it was cast?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("No, it is final. It is looked over before it is cast.")),
            ("no", gettext_lazy("Yes, by whoever has the secret that only its voter is shown.")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    grace = forms.IntegerField(
        label=gettext_lazy("Days of grace after the last day of voting"),
        min_value=0,
        max_value=MOST_GRACE,
        initial=0,
        help_text=gettext_lazy("Ballots are still taken on these days. Usually there are none."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("When is a day over?"), widget=forms.RadioSelect, initial=ANYWHERE)

    def __init__(self, *args: Any, seats: Sequence[SeatToFill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, str(one.label).capitalize()) for one in ElectionKind]  # type: ignore[attr-defined]
        keys = [one.line.seat.pk for one in seats]
        for name in ("seats", "of"):
            field = self.fields[name]
            field.queryset = Seat.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
            if not keys:
                del self.fields[name]
        if "seats" in self.fields:
            self.fields["seats"].choices = [(one.line.seat.pk, seat_words(one)) for one in seats]  # type: ignore[attr-defined]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def days_given(self) -> DaysGiven:
        """The days that were asked for."""
        given = self.cleaned_data
        return DaysGiven(given["start"], Step(given["counted_from"]), given["terms_on"], given["grace"])

    def mark(self) -> str:
        """What the shown days hang on: other answers, and they are shown again."""
        given = self.cleaned_data
        names = ("kind", "start", "counted_from", "terms_on", "grace", "zone")
        return " ".join(str(given[name]) for name in names)

    def contests(self) -> list[ContestGiven]:
        """The contest that the chosen seats or places make; none where it is a question."""
        given = self.cleaned_data
        if given["kind"] in QUESTIONS:
            return []
        seats = [] if given["kind"] == ElectionKind.PRACTICE else list(given.get("seats") or ())
        return [ContestGiven(given["title"], places=len(seats) or given["places"] or 1, seats=seats)]


def first_days(seats: Sequence[SeatToFill], today: date) -> dict[str, Any]:
    """Which days to propose: so that terms begin when the first seat falls free, else some weeks ahead."""
    free = [one.free_from for one in seats if one.free_from is not None]
    for day in sorted(free):
        start = day - timedelta(days=TERM_AFTER_VOTING)
        if start > today:
            return {"start": start, "terms_on": day}
    return {"start": today + timedelta(days=USUAL_AHEAD)}


def seat_words(one: SeatToFill) -> str:
    """A seat with when it falls free."""
    title = one.line.seat.title
    if one.free_from is None:
        return _("%(seat)s, held without an end") % {"seat": title}
    if one.line.now is None and one.line.next is None:
        return _("%(seat)s, free") % {"seat": title}
    return _("%(seat)s, free from %(day)s") % {"seat": title, "day": plain_date(one.free_from)}


def zone_choices() -> list[tuple[str, str]]:
    """Anywhere on Earth, the organisation's zone and the reader's."""
    organisation = the_organisation()
    own = [organisation.zone if organisation else "UTC", timezone.get_current_timezone_name()]
    return [
        (ANYWHERE, _("When it is over everywhere on Earth, so that it is on nobody’s clock too early")),
        *(
            (zone, _("At midnight in %(zone)s") % {"zone": zone.replace("_", " ")})
            for zone in dict.fromkeys(own)
            if zone != ANYWHERE
        ),
    ]


class ChangeForm(forms.Form):
    """What an election is called, and how its ballots are kept."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=gettext_lazy("What should people know about it?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    needed = BeginForm.base_fields["needed"]
    is_final = BeginForm.base_fields["is_final"]

    @staticmethod
    def initial_of(election: Election) -> dict[str, Any]:
        return {
            "title": election.title,
            "words": election.words,
            "needed": election.needed,
            "is_final": "yes" if election.is_final else "no",
        }


class DaysForm(forms.Form):
    """Other days for one step."""

    stage = forms.ChoiceField(label=gettext_lazy("Which step?"))
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("It belongs to the step."))
    keeps_terms = forms.BooleanField(
        label=gettext_lazy("Terms begin on the same day as before"), required=False, initial=True
    )

    def __init__(self, *args: Any, days: dict[Step, Days], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(step.value, step_words(step)) for step in days]  # type: ignore[attr-defined]
        if Step.TERM not in days:
            del self.fields["keeps_terms"]

    def mark(self) -> str:
        """What the shown days hang on."""
        given = self.cleaned_data
        return " ".join(str(given.get(name)) for name in ("stage", "first", "last", "keeps_terms"))


class CancelForm(forms.Form):
    """Why an election is cancelled."""

    why = forms.CharField(
        label=gettext_lazy("Why is it cancelled?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Everybody can read it, and those concerned are told."),
    )


class ContestForm(forms.Form):
    """What is voted on, and how it is counted."""

    title = forms.CharField(label=gettext_lazy("What is it called on the ballot?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=gettext_lazy("What should voters know about it?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    places = forms.IntegerField(label=gettext_lazy("How many are elected?"), min_value=1, max_value=MOST_SEATS)
    seats = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Which seats do they get?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("As many as are elected, or none: then nobody is seated by it."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How is it counted?"),
        help_text=gettext_lazy(
            "For several places Scottish STV is the usual way: voters rank, and seats go in proportion."
        ),
    )
    most_of_one = forms.IntegerField(
        label=gettext_lazy("At most so many of one employer or affiliation"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("Empty for no limit."),
    )
    endorsements = forms.IntegerField(
        label=gettext_lazy("Endorsements that a candidate needs"),
        min_value=0,
        max_value=MOST_ENDORSEMENTS,
        initial=0,
        help_text=gettext_lazy("Each from somebody of another affiliation."),
    )
    publishes_all = forms.BooleanField(
        label=gettext_lazy("Publish every ranking, however rare"),
        required=False,
        help_text=gettext_lazy(
            "A rare ranking can give its voter away. Without this, ballots are published only as far as several agree."
        ),
    )

    def __init__(self, *args: Any, election: Election, seats: Sequence[SeatToFill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_question = election.kind in QUESTIONS
        methods = [one for one in Method if (one is Method.YES_NO) == is_question]
        self.fields["method"].choices = [(one.value, METHODS[one].words) for one in methods]  # type: ignore[attr-defined]
        if is_question or election.is_practice or not seats:
            del self.fields["seats"]
        else:
            keys = [one.line.seat.pk for one in seats]
            self.fields["seats"].queryset = Seat.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
            self.fields["seats"].choices = [(one.line.seat.pk, seat_words(one)) for one in seats]  # type: ignore[attr-defined]

    def given(self) -> ContestGiven:
        """The contest as it was entered."""
        values = dict(self.cleaned_data)
        values["seats"] = list(values.get("seats") or ())
        return ContestGiven(**values)

    @staticmethod
    def initial_of(contest: Contest) -> dict[str, Any]:
        names = ("title", "words", "places", "method", "most_of_one", "endorsements", "publishes_all")
        values = {name: getattr(contest, name) for name in names}
        return {**values, "seats": [one.seat_id for one in contest.fills.all()]}


class MessageForm(forms.Form):
    """A message in one's own words, on its day."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    words = forms.CharField(
        label=gettext_lazy("What it says"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("A greeting by name stands above it, and the way to the page beneath it."),
    )
    due_on = DayField(label=gettext_lazy("On which day does it go out?"))
