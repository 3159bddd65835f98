"""What is filled in to fill a seat without a vote, and to answer without a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.kinds import LONGEST_REASON, MOST_MONTHS, SurveyKind
from folkmoot.governance.survey_questions import QUESTIONS
from folkmoot.people.models import Person


class VacancyRuleForm(forms.Form):
    """With how much of a term left an empty seat is filled at once, and how."""

    months = forms.IntegerField(
        label=_("With more than so many months left, the seat is filled for the rest of the term"),
        min_value=0,
        max_value=MOST_MONTHS,
        help_text=_("With fewer it waits for the next election."),
    )
    how = forms.ChoiceField(
        label=_("How is it filled?"),
        choices=[("appoint", _("Somebody is appointed")), ("elect", _("By an election"))],
        widget=forms.RadioSelect,
    )


class OfferSeatForm(forms.Form):
    """Whom to ask, why, and from when."""

    person = forms.TypedChoiceField(label=_("Whom would you ask?"), coerce=int)
    why = forms.CharField(
        label=_("Why them?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read this, and it stays with the term: what they bring that the body does not have yet."),
    )
    begins_on = forms.DateField(
        label=_("The term begins on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose somebody")),
            *((pk, person.name) for pk, person in self.people.items()),
        ]


class SurveyForm(forms.Form):
    """All questions of a survey; each may be left out."""

    def __init__(self, *args: Any, kind: SurveyKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS[kind].items():
            self.fields[name] = forms.ChoiceField(
                label=str(question.words),
                choices=[*question.options.items(), ("", _("I would rather not say"))],
                required=False,
                widget=forms.RadioSelect,
            )
