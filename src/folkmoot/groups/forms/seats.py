"""What is filled in about seats and terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.seats import LONGEST_REMARK, LONGEST_TERM, LONGEST_TEXT
from folkmoot.groups.models import Begun, Ended, Filling, Group, Role, Seat
from folkmoot.people.models import Person


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A date, by the browser's own picker."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SeatForm(forms.Form):
    """A seat, and what holds for it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    filling = forms.ChoiceField(label=_("How it is filled"), choices=Filling.choices)
    term_months = forms.IntegerField(
        label=_("Months in a term"),
        required=False,
        min_value=1,
        max_value=LONGEST_TERM,
        help_text=_("Left empty, a term has no fixed end."),
    )
    turns_on = day_field(
        _("A day on which it turns over"),
        help_text=_("Terms end on this day, or whole terms before or after it. So staggered seats stay staggered."),
    )
    most_terms = forms.IntegerField(
        label=_("Terms in a row at most"), required=False, min_value=1, max_value=20, help_text=_("Empty for no limit.")
    )
    text = forms.CharField(
        label=_("What it is for"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    clause_anchor = forms.ChoiceField(label=_("Clause of the charter"), required=False, choices=[])
    role = forms.ModelChoiceField(
        label=_("Power that goes with it"), required=False, queryset=Role.objects.none(), empty_label=_("None")
    )
    is_public = forms.BooleanField(label=_("Everybody may read who holds it"), required=False, initial=True)

    def __init__(self, *args: Any, group: Group, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = group.roles.filter(retired_at=None)  # type: ignore[attr-defined]
        self.fields["clause_anchor"].choices = [("", _("None")), *clauses]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(seat: Seat) -> dict[str, Any]:
        names = (
            "title",
            "filling",
            "term_months",
            "turns_on",
            "most_terms",
            "text",
            "clause_anchor",
            "role",
            "is_public",
        )
        return {name: getattr(seat, name) for name in names}


class BeginTermForm(forms.Form):
    """Who is to hold a seat, from when, and how they came to it."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=Person.objects.none())
    how = forms.ChoiceField(label=_("How"), choices=Begun.choices)
    begins_on = day_field(_("From"), required=True)
    ends_on = day_field(
        _("Until"), help_text=_("The first day on which the term no longer holds. Left empty, a full term.")
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=LONGEST_REMARK)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = Person.objects.filter(is_active=True)  # type: ignore[attr-defined]
        field.choices = [("", _("Choose somebody")), *((person.pk, person.name) for person in people)]  # type: ignore[attr-defined]


class EndTermForm(forms.Form):
    """Why a term is over, and from when."""

    because = forms.ChoiceField(
        label=_("Why"), choices=[choice for choice in Ended.choices if choice[0] in (Ended.RESIGNED, Ended.REMOVED)]
    )
    on = day_field(_("From"), required=True, help_text=_("The first day on which the seat is free."))
    remark = forms.CharField(label=_("Remark"), required=False, max_length=LONGEST_REMARK)


class ExtendTermForm(forms.Form):
    """Until when a term is to go on, and why."""

    ends_on = day_field(_("Until"), required=True)
    why = forms.CharField(label=_("Why"), max_length=LONGEST_REMARK)
