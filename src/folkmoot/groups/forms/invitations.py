"""What those who lead a group fill in to bring people in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.invitations import MOST_DAYS, MOST_USES
from folkmoot.groups.models import Group, Power, Role


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a group's roles that lead nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Role.objects.none(), empty_label=None, label=_("In which role"), **kwargs)

    def of(self, group: Group) -> None:
        self.queryset = group.roles.filter(retired_at=None).exclude(power=Power.MANAGE)
        self.initial = self.queryset.first()


class OfGroupForm(forms.Form):
    """A form with one of the group's roles in it."""

    role = RoleField()

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, RoleField)
        field.of(group)


class AddForm(OfGroupForm):
    """Somebody who is brought in at once."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Used if the address is new here.")
    )
    field_order = ["email", "name", "role"]


class MailInvitationForm(AddForm):
    """An invitation to one person."""

    prefix = "mail"


class LinkInvitationForm(OfGroupForm):
    """An invitation to whoever holds a link."""

    prefix = "link"

    days = forms.IntegerField(label=_("Open for how many days"), min_value=1, max_value=MOST_DAYS, initial=14)
    most_uses = forms.IntegerField(label=_("For at most how many people"), min_value=1, max_value=MOST_USES, initial=25)
