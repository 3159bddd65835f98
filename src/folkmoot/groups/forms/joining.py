"""What somebody fills in who comes into a group, and what those who lead it answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.joining import LONGEST_ANSWER, LONGEST_REASON
from folkmoot.groups.domain.joining import Asks
from folkmoot.groups.joining import Entrance, RoleChoice
from folkmoot.groups.models import Agreement
from folkmoot.ui.times import plain_date


class JoinForm(forms.Form):
    """The role, what the charter asks, and what one agrees to. `only` fixes the role, as an invitation does."""

    def __init__(self, entrance: Entrance, *args: Any, only: RoleChoice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entrance = entrance
        if only is None:
            self.fields["role"] = forms.ChoiceField(
                label=_("How would you like to take part?"),
                choices=[(choice.key, role_words(choice)) for choice in entrance.roles],
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose how you would like to take part.")},
            )
        for place, rule in enumerate(entrance.terms.rules):
            if rule.asks == Asks.AFFIRMATION:
                self.fields[f"rule_{place}"] = forms.BooleanField(
                    label=rule.text, error_messages={"required": _("Please tick this, or write to those who lead.")}
                )
            elif rule.asks == Asks.WORDS:
                self.fields[f"rule_{place}"] = forms.CharField(
                    label=rule.text,
                    required=False,
                    max_length=LONGEST_ANSWER,
                    help_text=_("A sentence about yourself, if you like. Those who lead the group read it."),
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
        if entrance.agreements:
            self.fields["agree"] = forms.BooleanField(
                label=_("I have read these, and keep to them"),
                help_text=documents(entrance.agreements),
                error_messages={"required": _("Please read what we agree to, and tick that you keep to it.")},
            )
            self.fields["documents"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
            self.fields["documents"].initial = shown_ids(entrance.agreements)

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        """What the charter asks, in its order."""
        return [self[name] for name in self.fields if name.startswith("rule_")]

    @property
    def answers(self) -> dict[int, str]:
        """What was affirmed or written, by the place of the rule."""
        found = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("rule_") and value:
                found[int(name.removeprefix("rule_"))] = value if isinstance(value, str) else "yes"
        return found

    @property
    def agreed_to(self) -> list[int]:
        """The documents that were shown when the box was ticked."""
        return read_ids(self.cleaned_data.get("documents") or "") if self.cleaned_data.get("agree") else []


def role_words(choice: RoleChoice) -> str:
    """A role in the list of choices: its name, and what it lets one do."""
    return format_html("<strong>{}</strong><br>{}", choice.name, choice.you_can)


def documents(agreements: list[Agreement] | Any) -> str:
    """Links to documents, each with its version and since when it is in force."""
    return format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a>, {}',
        (
            (
                agreement.url or agreement.get_absolute_url(),
                agreement.title,
                _("version %(number)s of %(day)s")
                % {"number": agreement.number, "day": plain_date(agreement.in_force_from)},
            )
            for agreement in agreements
        ),
    )


def shown_ids(agreements: Any) -> str:
    return ",".join(str(agreement.pk) for agreement in agreements)


def read_ids(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.isascii() and part.isdigit() and len(part) < 19]


class ReasonForm(forms.Form):
    """Why somebody is taken out of the group; `force` is asked only of those who may use it."""

    why = forms.CharField(
        label=_("The reason"),
        help_text=_("The person reads it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    force = forms.BooleanField(
        label=_("What they hold here waits for a new owner"),
        help_text=_("Without this, they hand over first what they hold."),
        required=False,
    )

    def __init__(self, data: Any = None, *, may_force: bool) -> None:
        super().__init__(data)
        if not may_force:
            del self.fields["force"]


class AnswerForm(forms.Form):
    """A yes or no to somebody who wishes to join, with words for them."""

    words = forms.CharField(
        label=_("A few words to them"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AgreementForm(forms.Form):
    """A document of the organisation to which everybody agrees."""

    title = forms.CharField(
        label=_("Its title"),
        max_length=200,
        help_text=_("A title that is here already makes its next version; people are then asked again."),
    )
    url = forms.URLField(label=_("Where it can be read"), required=False, max_length=500, assume_scheme="https")
    text = forms.CharField(
        label=_("Or its text"), required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    in_force_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
