"""Which part of history a steward wants to see."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.desk.queries import rooms_that_tell
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import ActorKind
from folkmoot.people.models import Person

ACTORS = (
    ("", _("Anyone")),
    (ActorKind.PERSON, _("People")),
    (ActorKind.SYSTEM, _("Folkmoot itself")),
    (ActorKind.MACHINE, _("The command line")),
)


class HistoryForm(forms.Form):
    """All fields may stay empty."""

    room = forms.ChoiceField(label=_("Where"), required=False)
    group = forms.ModelChoiceField(
        Group.objects.all(), label=_("Group"), required=False, to_field_name="slug", empty_label=_("Any group")
    )
    actor_kind = forms.ChoiceField(label=_("By whom"), choices=ACTORS, required=False)
    email = forms.CharField(
        label=_("A person’s e-mail address"),
        max_length=254,
        required=False,
        help_text=_("What they did, or what was done about them."),
    )
    first_day = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    request_id = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["room"].choices = [("", _("Everywhere")), *((room, room) for room in rooms_that_tell())]  # type: ignore[attr-defined]

    def clean_email(self) -> Person | None:
        email = self.cleaned_data["email"].strip()
        person = Person.objects.filter(email__iexact=email).first() if email else None
        if email and person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return person
