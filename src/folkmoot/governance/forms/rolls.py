"""What is filled in about rolls: criteria, reasons, answers, and whom one gives a vote to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.actions.rolls import MOST_PROXIES
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls_exceptions import LONGEST_REASON
from folkmoot.governance.roll_criteria import Criterion
from folkmoot.people.models import Person


class CriterionForm(forms.Form):
    """The fields of one criterion, as it names them."""

    def __init__(self, *args: Any, criterion: Criterion, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        self.fields.update(criterion.fields(election))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and (words := self.criterion.wrong(given)):
            raise forms.ValidationError(words)
        return given


class ProxiesForm(forms.Form):
    """How many votes of others one voter may hold."""

    most = forms.IntegerField(
        label=_("How many votes of others may one voter cast?"),
        min_value=0,
        max_value=MOST_PROXIES,
        help_text=_("0: everybody votes for themselves. Allow it only where the charter does."),
    )


class ReachForm(forms.Form):
    """Of which groups people elect."""

    below = forms.TypedChoiceField(
        label=_("Who elects?"),
        choices=[("no", _("People of this group")), ("yes", _("People of this group and of those that answer to it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ReasonForm(forms.Form):
    """Why somebody should vote though a criterion does not hold."""

    reason = forms.CharField(
        label=_("Why should you be on the roll?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The officers and monitors read it; nobody else does."),
    )


class AppealForm(ReasonForm):
    """Why the first answer should be looked at again."""

    reason = forms.CharField(
        label=_("What should be looked at again?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Somebody else than the first time reads it, and answers."),
    )


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    granted = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Your reason, for whoever asked"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProxyForm(forms.Form):
    """Who is to cast one's vote."""

    holder = forms.TypedChoiceField(label=_("Who casts your vote?"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [(pk, person.name) for pk, person in self.people.items()]
        self.fields["holder"].choices = [("", _("Choose somebody")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["holder"]]
