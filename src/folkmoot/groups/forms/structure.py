"""What is filled in to propose, arrange, rename, close and reopen a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.proposals import LONGEST_ANSWER, LONGEST_CHARTER, LONGEST_WORDS
from folkmoot.groups.actions.structure import LONGEST_WHY
from folkmoot.groups.models import Group, GroupState
from folkmoot.people.models import Person


class ProposalForm(forms.Form):
    """A group that somebody would like there to be."""

    name = forms.CharField(label=_("What it would be called"), max_length=200)
    why = forms.CharField(
        label=_("Why there should be this group"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )
    who = forms.CharField(
        label=_("With whom"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Who would take part, and who might lead it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    charter_text = forms.CharField(
        label=_("A charter, if there is one"),
        required=False,
        strip=False,
        max_length=LONGEST_CHARTER,
        help_text=_("Its text in Markdown. It can also come later."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )


class ParentField(forms.ModelChoiceField[Group]):
    """A group that others may answer to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("It answers to"),
            required=False,
            queryset=Group.objects.exclude(state=GroupState.CLOSED),
            empty_label=_("No other group"),
            **kwargs,
        )


class TakeUpForm(forms.Form):
    """Where a proposed group is to stand, and who leads it first."""

    parent = ParentField()
    managers = forms.ModelMultipleChoiceField(
        label=_("Who leads it first"),
        required=False,
        queryset=Person.objects.filter(is_active=True),
        help_text=_("Up to three. You may name them later."),
    )


class DeclineForm(forms.Form):
    """Why a proposed group does not come about."""

    answer = forms.CharField(
        label=_("Why not, in a few words"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 3})
    )


class ArrangeForm(forms.Form):
    """A group's name, and the group that it answers to."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("With the name the address changes; the old one leads to it.")
    )
    parent = ParentField()


class CloseForm(forms.Form):
    """Why a group closes, and who takes what its people hold."""

    why = forms.CharField(label=_("Why it closes"), max_length=LONGEST_WHY)
    heir = forms.ModelChoiceField(
        label=_("Who takes what is held"),
        required=False,
        queryset=Person.objects.filter(is_active=True),
        empty_label=_("Nobody: it waits in the archive"),
    )


class ReopenForm(forms.Form):
    """Why a group works again."""

    why = forms.CharField(label=_("Why it opens again"), max_length=LONGEST_WHY)
