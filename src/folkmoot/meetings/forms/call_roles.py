"""What people fill in about call roles, turns and announcements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from folkmoot.meetings.actions.call_roles import LONGEST_DUTIES, LONGEST_NAME
from folkmoot.meetings.models import CallRole
from folkmoot.meetings.models.announcing import LONGEST_BODY, LONGEST_SUBJECT
from folkmoot.people.models import Person


class AskForm(forms.Form):
    """Who is asked to have which role at a call."""

    role = forms.ChoiceField(label=gettext_lazy("Which role?"))
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Who could do it?"),
        help_text=gettext_lazy("They are asked by mail, and may say no."),
    )

    def __init__(self, *args: Any, roles: Iterable[CallRole], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, role.name) for role in roles]  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class WillingForm(forms.Form):
    """For which roles somebody can take a turn."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("I can take a turn as"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The rota proposes you now and then. You may pass each time, and change this any day."),
    )

    def __init__(self, *args: Any, roles: Iterable[CallRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.key, role.name) for role in roles]  # type: ignore[attr-defined]


class NewRoleForm(forms.Form):
    """A further role at the calls of a group."""

    name = forms.CharField(label=gettext_lazy("What is it called?"), max_length=LONGEST_NAME)
    duties = forms.CharField(
        label=gettext_lazy("What do they do?"),
        max_length=LONGEST_DUTIES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_needed = forms.BooleanField(
        label=gettext_lazy("Every call needs somebody for it"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Then the rota proposes somebody. Without it, whoever wishes may take it."),
    )


class RoleForm(NewRoleForm):
    """A role as it is, also whether the group has it at all."""

    is_on = forms.BooleanField(label=gettext_lazy("Our calls have this role"), required=False)


class AnnouncementForm(forms.Form):
    """The words of an announcement. `number` says which one is meant, so that nothing is sent twice."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("What do you want to say?"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "{when}, {day} and {time} are the call’s by each reader’s own clock, {page} is the address of its page. "
            "Lines that begin with “- ” become a list."
        ),
    )


class AnotherAnnouncementForm(AnnouncementForm):
    """The same, where the call was announced before."""

    again = forms.BooleanField(
        label=gettext_lazy("Send another mail to everybody"),
        required=False,
        help_text=gettext_lazy("This call was announced already."),
    )


class AnnouncementTextForm(forms.Form):
    """The words with which a group's announcements begin."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("What does it say?"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
