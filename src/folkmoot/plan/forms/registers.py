"""Risks and stakeholders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WORDS
from folkmoot.plan.forms.choices import day_field, person_field
from folkmoot.plan.models import Level, Risk, RiskState, Stakeholder

LIKELIHOOD = (
    (1, _("1, hardly")),
    (2, _("2, unlikely")),
    (3, _("3, may well be")),
    (4, _("4, likely")),
    (5, _("5, almost certain")),
)
IMPACT = (
    (1, _("1, hardly noticed")),
    (2, _("2, a nuisance")),
    (3, _("3, it sets us back")),
    (4, _("4, it stops something")),
    (5, _("5, it stops us")),
)


class RiskForm(forms.Form):
    """What might happen, and what is done about it."""

    title = forms.CharField(label=_("What might happen?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=_("How, and what then?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    likelihood = forms.TypedChoiceField(label=_("How likely is it?"), coerce=int, choices=LIKELIHOOD, initial=3)
    impact = forms.TypedChoiceField(label=_("How much would it matter?"), coerce=int, choices=IMPACT, initial=3)
    response = forms.CharField(
        label=_("What do we do about it?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = day_field(_("When do we look at it again?"))
    state = forms.ChoiceField(label=_("State"), choices=RiskState.choices, initial=RiskState.OPEN)

    def __init__(self, *args: Any, group: Group, may_share: bool, risk: Risk | None = None, **kwargs: Any) -> None:
        if risk is not None:
            names = ("title", "words", "likelihood", "impact", "response", "review_on", "state", "is_shareable")
            kwargs["initial"] = {**{name: getattr(risk, name) for name in names}, "owner": risk.owner_id}
        super().__init__(*args, **kwargs)
        self.fields["owner"] = person_field(_("Who looks after it?"), group, risk.owner if risk else None)
        if may_share:
            self.fields["is_shareable"] = forms.BooleanField(
                label=_("Its title may stand in the monthly report"), required=False
            )


class StakeholderForm(forms.Form):
    """Somebody outside, and who of us keeps in touch."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_TITLE)
    organisation = forms.CharField(label=_("Organisation"), max_length=LONGEST_TITLE, required=False)
    why = forms.CharField(
        label=_("Why do they matter to us?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    interest = forms.TypedChoiceField(
        label=_("Their interest in our work"), coerce=int, choices=Level.choices, initial=Level.MEDIUM
    )
    influence = forms.TypedChoiceField(
        label=_("Their influence on it"), coerce=int, choices=Level.choices, initial=Level.MEDIUM
    )
    next_touch_on = day_field(_("When shall we be in touch again?"))

    def __init__(self, *args: Any, group: Group, stakeholder: Stakeholder | None = None, **kwargs: Any) -> None:
        if stakeholder is not None:
            names = ("name", "organisation", "why", "interest", "influence", "next_touch_on")
            kwargs["initial"] = {
                **{name: getattr(stakeholder, name) for name in names},
                "contact": stakeholder.contact_id,
            }
        super().__init__(*args, **kwargs)
        present = stakeholder.contact if stakeholder else None
        self.fields["contact"] = person_field(_("Who of us keeps in touch?"), group, present)
