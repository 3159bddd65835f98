"""What is filled in from the count to the seat."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.nominations import LONGEST_WHY
from folkmoot.governance.models.results import LONGEST_ANNOUNCEMENT
from folkmoot.governance.models.results_complaints import LONGEST_ANSWER, LONGEST_COMPLAINT, Outcome


class SigningForm(forms.Form):
    """A signature, made by this page's script or elsewhere."""

    jws = forms.CharField(
        label=_("Signature"),
        help_text=_("A compact JWS by ES256 over the text of the manifest."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )


class ReleaseForm(forms.Form):
    """The announcement that goes out with the result."""

    words = forms.CharField(
        label=_("Announcement"),
        help_text=_("It goes to everybody on the roll, and stands on the page of the result. Change what you like."),
        max_length=LONGEST_ANNOUNCEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ComplaintForm(forms.Form):
    """What somebody complains about."""

    words = forms.CharField(
        label=_("What was wrong, and what do you ask for?"),
        help_text=_("The officers and monitors read it. The answer, or the part of it that concerns all, is public."),
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AnswerForm(forms.Form):
    """What the officers found."""

    outcome = forms.ChoiceField(label=_("What you found"), choices=Outcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Answer for everybody"),
        help_text=_("Without the name of whoever complained."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    private_answer = forms.CharField(
        label=_("For whoever complained alone"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PassOnForm(forms.Form):
    """Why somebody who was elected cannot take the seat."""

    why = forms.CharField(label=_("Why, for everybody"), max_length=LONGEST_WHY)
