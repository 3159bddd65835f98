"""What is filled in to nominate, stand, endorse and ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import (
    LONGEST_AFFILIATION,
    LONGEST_APPEAL,
    LONGEST_STATEMENT,
    LONGEST_WHY,
)
from folkmoot.governance.models.questions import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON
from folkmoot.people.models import Person


class OfContest(forms.Form):
    """Which contest it is about; not asked where there is only one."""

    contest = forms.TypedChoiceField(label=_("For what?"), coerce=int)

    def __init__(self, *args: Any, contests: Sequence[Contest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contests = {one.pk: one for one in contests}
        self.fields["contest"].choices = [(pk, one.title) for pk, one in self.contests.items()]  # type: ignore[attr-defined]
        if len(self.contests) == 1:
            del self.fields["contest"]

    @property
    def chosen(self) -> Contest:
        """The contest that was chosen, or the only one."""
        only = next(iter(self.contests.values()))
        return self.contests[self.cleaned_data["contest"]] if "contest" in self.fields else only


class NominateForm(OfContest):
    """Whom, and why. Oneself comes first."""

    person = forms.TypedChoiceField(label=_("Whom?"), coerce=int)
    why = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read it with your name. A sentence or two is enough."),
    )
    shows = forms.BooleanField(
        label=_("Everybody may read on their page that I nominated them, and why"), required=False
    )

    def __init__(self, *args: Any, by: Person, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {by.pk: by, **{person.pk: person for person in people}}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose somebody")),
            (by.pk, _("Myself")),
            *((pk, person.name) for pk, person in self.people.items() if pk != by.pk),
        ]

    @property
    def whom(self) -> Person:
        """Who was chosen."""
        return self.people[self.cleaned_data["person"]]


class CandidateForm(forms.Form):
    """What somebody says who stands."""

    statement = forms.CharField(
        label=_("What you would like to do"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What people read before they vote. Markdown: **strong**, - lists, [words](https://…)."),
    )
    affiliation = forms.CharField(
        label=_("Affiliation"),
        max_length=LONGEST_AFFILIATION,
        required=False,
        help_text=_("For whom you work or speak. Leave it empty if for nobody but yourself."),
    )


class EndorseForm(forms.Form):
    """For whom somebody speaks who endorses, and why they do."""

    affiliation = forms.CharField(
        label=_("Your affiliation"),
        max_length=LONGEST_AFFILIATION,
        required=False,
        help_text=_("For whom you work or speak. Endorsements of one affiliation count once."),
    )
    words = forms.CharField(
        label=_("Why?"), max_length=LONGEST_WHY, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class IneligibleForm(forms.Form):
    """Why somebody may not stand."""

    why = forms.CharField(
        label=_("Why may they not stand?"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read it, and nobody else but the officers. Name what is asked and what you found."),
    )


class AppealForm(forms.Form):
    """What the officers should look at again."""

    words = forms.CharField(
        label=_("What should they look at again?"), max_length=LONGEST_APPEAL, widget=forms.Textarea(attrs={"rows": 5})
    )


class QuestionForm(OfContest):
    """A question to all candidates."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All candidates are asked the same. Your name stands beside it, for everybody."),
    )


class AnswerForm(forms.Form):
    """A candidate's answer."""

    words = forms.CharField(label=_("Your answer"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 6}))


class TakeOffForm(forms.Form):
    """Why a question is taken off."""

    why = forms.CharField(
        label=_("Why is it taken off?"),
        max_length=LONGEST_REASON,
        help_text=_("Everybody reads it in place of the question."),
    )
