"""What people fill in about programmes of mentoring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.mentoring import ApplicationWords, ProgrammeWords
from folkmoot.connections.domain.mentoring_terms import Term
from folkmoot.connections.mentoring_words import cadence_words
from folkmoot.connections.models.mentoring_programmes import (
    LONGEST_NAME,
    LONGEST_PURPOSE,
    LONGEST_WHO,
    LONGEST_WORDS,
    MOST_ROOM,
    MOST_WISHES,
    ForWhom,
    MentoringApplication,
    MentoringProgramme,
    Side,
)
from folkmoot.groups.models import Group
from folkmoot.people.places import languages

WEEKS = (1, 2, 3, 4, 6, 8)
LANGUAGES_ASKED = 3
COMMUNITY = "all"


def short_text(label: Any, most: int, *, hint: Any = "", required: bool = False, rows: int = 3) -> forms.CharField:
    """A few lines of words."""
    widget = forms.Textarea(attrs={"rows": rows, "class": "input-short"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def day_field(label: Any, *, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=hint)


def weeks_field() -> forms.TypedChoiceField:
    """Every how many weeks two meet."""
    return forms.TypedChoiceField(
        label=gettext_lazy("How often do the two meet?"), coerce=int, choices=[(one, "") for one in WEEKS]
    )


def word_weeks(field: Any) -> None:
    """The choices of such a field in the reader's language."""
    field.choices = [(one, cadence_words(one)) for one in WEEKS]


class ProgrammeForm(forms.Form):
    """A programme: what for, for whom, and its days."""

    where = forms.ChoiceField(label=gettext_lazy("Whose programme is it?"), choices=[])
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    purpose = short_text(
        gettext_lazy("What is it for?"),
        LONGEST_PURPOSE,
        required=True,
        hint=gettext_lazy("What people find here, and what they can reach together."),
    )
    for_whom = forms.ChoiceField(
        label=gettext_lazy("Who may apply?"), choices=ForWhom.choices, widget=forms.RadioSelect
    )
    who = forms.CharField(
        label=gettext_lazy("Who it is meant for, in words"),
        max_length=LONGEST_WHO,
        required=False,
        help_text=gettext_lazy("For example: people in their first year. It is shown, and not checked."),
    )
    opens_on = day_field(gettext_lazy("First day for applications"))
    closes_on = day_field(gettext_lazy("Last day for applications"))
    starts_on = day_field(
        gettext_lazy("First day of the programme"),
        hint=gettext_lazy("Leave a week or two after the last application, to bring people together."),
    )
    ends_on = day_field(gettext_lazy("Last day of the programme"))
    weeks = weeks_field()
    most_each = forms.TypedChoiceField(
        label=gettext_lazy("How many people may a mentor take?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_ROOM + 1)],
    )

    def __init__(self, *args: Any, groups: Sequence[Group] = (), community: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_weeks(self.fields["weeks"])
        if not groups and not community:
            del self.fields["where"]
            return
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            *((group.slug, group.name) for group in groups),
            *([(COMMUNITY, gettext_lazy("The whole community"))] if community else []),
        ]

    @property
    def words(self) -> ProgrammeWords:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return ProgrammeWords(
            name=given["name"],
            purpose=given["purpose"],
            term=Term(given["opens_on"], given["closes_on"], given["starts_on"], given["ends_on"]),
            who=given["who"],
            for_whom=ForWhom(given["for_whom"]),
            weeks=given["weeks"],
            most_each=given["most_each"],
        )


def programme_values(programme: MentoringProgramme) -> dict[str, object]:
    """A programme as its form shows it first."""
    names = ("name", "purpose", "who", "for_whom", "opens_on", "closes_on", "starts_on", "ends_on", "weeks")
    return {name: getattr(programme, name) for name in (*names, "most_each")}


def usual_values(term: Term, **more: object) -> Mapping[str, object]:
    """A programme that nobody has said anything about yet."""
    days: dict[str, date] = {
        "opens_on": term.opens_on,
        "closes_on": term.closes_on,
        "starts_on": term.starts_on,
        "ends_on": term.ends_on,
    }
    return {**days, "weeks": 2, "most_each": 2, "for_whom": ForWhom.EVERYBODY, **more}


class ApplicationForm(forms.Form):
    """What both sides say when they apply."""

    subjects = short_text(
        "",
        1000,
        rows=4,
        hint=gettext_lazy("One on each line, in a few words. They are your interests everywhere here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *languages().items()]
        for number in range(LANGUAGES_ASKED):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=gettext_lazy("Language %(number)d") % {"number": number + 1}, choices=choices, required=False
            )

    @property
    def common(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "subjects": tuple(re.split(r"[\n,;]+", given["subjects"])),
            "words": given["words"],
            "languages": tuple(filter(None, (given[f"language_{number}"] for number in range(LANGUAGES_ASKED)))),
        }


class MentorForm(ApplicationForm):
    """Somebody offers to be a mentor."""

    words = short_text(
        gettext_lazy("A few words about how you like to help"),
        LONGEST_WORDS,
        rows=5,
        hint=gettext_lazy("Read by those who run the programme, and by whoever you are brought together with."),
    )
    room = forms.TypedChoiceField(label=gettext_lazy("For how many people do you have time?"), coerce=int, choices=[])
    shows = forms.BooleanField(
        label=gettext_lazy("Show my name, what I can help with and these words to those who are looking for a mentor"),
        required=False,
        help_text=gettext_lazy("Then they can say that they would like you. Nobody else learns of their wish."),
    )
    field_order = ("subjects", "words", "room", "shows")

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].label = gettext_lazy("What can you help with?")
        self.fields["room"].choices = [(number, str(number)) for number in range(1, most + 1)]  # type: ignore[attr-defined]

    @property
    def said(self) -> ApplicationWords:
        return ApplicationWords(**self.common, room=self.cleaned_data["room"], shows=self.cleaned_data["shows"])


class MenteeForm(ApplicationForm):
    """Somebody would like to have a mentor."""

    words = short_text(
        gettext_lazy("What would you like to reach, in your own words?"),
        LONGEST_WORDS,
        rows=5,
        hint=gettext_lazy("Read by those who run the programme, and by whoever you are brought together with."),
    )
    field_order = ("subjects", "words")

    def __init__(self, *args: Any, mentors: Sequence[MentoringApplication] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].label = gettext_lazy("What do you want to learn?")
        labels = (gettext_lazy("First choice"), gettext_lazy("Second choice"), gettext_lazy("Third choice"))
        choices = [("", "–"), *((str(one.pk), one.person.name) for one in mentors)]
        self.wish_names = [f"wish_{number}" for number in range(1, MOST_WISHES + 1)] if mentors else []
        for name, label in zip(self.wish_names, labels, strict=False):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def said(self) -> ApplicationWords:
        wishes = tuple(int(given) for name in self.wish_names if (given := self.cleaned_data[name]))
        return ApplicationWords(**self.common, wishes=wishes)


def application_values(
    application: MentoringApplication | None, *, subjects: Sequence[str], spoken: Sequence[str], wishes: Sequence[int]
) -> dict[str, object]:
    """What a form of an application shows first: what was written, else what the person's record says."""
    codes = application.languages if application is not None else spoken
    values: dict[str, object] = {"subjects": "\n".join(subjects)}
    values |= {f"language_{number}": code for number, code in enumerate(codes[:LANGUAGES_ASKED])}
    values |= {f"wish_{place}": str(mentor) for place, mentor in enumerate(wishes, 1)}
    if application is not None:
        values |= {"words": application.words, "room": application.room, "shows": application.shows}
    return values


def form_of(side: Side) -> type[MentorForm] | type[MenteeForm]:
    """The form of one side."""
    return MentorForm if side == Side.MENTOR else MenteeForm


class ChooseMentorForm(forms.Form):
    """Who is to be asked together with a mentee; the one that is suggested stands first."""

    mentor = forms.TypedChoiceField(label=gettext_lazy("Mentor"), coerce=int, choices=[])

    def __init__(self, *args: Any, mentors: Sequence[MentoringApplication], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].choices = [(one.pk, one.person.name) for one in mentors]  # type: ignore[attr-defined]
