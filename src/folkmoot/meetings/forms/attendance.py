"""What people fill in about who was at a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions.attendance import LONGEST_WHY
from folkmoot.meetings.actions.guests import LONGEST_AFFILIATION
from folkmoot.meetings.domain.name_list import MOST_NAMES, Found, names_in
from folkmoot.people.guards import GuardedForm
from folkmoot.people.models import Person
from folkmoot.people.names import clean_name

MOST_HINTED = 3
LEAVE_OUT = "out"
AS_GUEST = "guest"


def why_field() -> forms.CharField:
    """Why a list is corrected that was closed."""
    return forms.CharField(
        label=gettext_lazy("Why is it corrected?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("The list is closed. Whoever sees it sees your reason."),
    )


class Ticks(forms.MultipleChoiceField):
    """Boxes of which none may be ticked; that is an answer, and so the field is not called optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class HostListForm(forms.Form):
    """Who is there, as boxes; `shown` names those that were ticked when the page was made."""

    there = Ticks(label=gettext_lazy("Who is there?"), widget=forms.CheckboxSelectMultiple)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: Sequence[Person], ticked: Sequence[int], needs_why: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"there": [str(pk) for pk in ticked], "shown": ",".join(map(str, ticked))}
        self.people = {str(person.pk): person for person in people}
        self.fields["there"].choices = [(key, person.name) for key, person in self.people.items()]  # type: ignore[attr-defined]
        if needs_why:
            self.fields["why"] = why_field()

    @property
    def come(self) -> list[Person]:
        """Those whose box was ticked since the page was made."""
        return [self.people[key] for key in self.cleaned_data["there"] if key not in self._were_ticked]

    @property
    def gone(self) -> list[Person]:
        """Those whose tick was taken away."""
        ticked = set(self.cleaned_data["there"])
        return [person for key, person in self.people.items() if key in self._were_ticked and key not in ticked]

    @property
    def _were_ticked(self) -> set[str]:
        return set(self.cleaned_data["shown"].split(","))


class GuestForm(forms.Form):
    """One guest, by those who look after the call."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    affiliation = forms.CharField(
        label=gettext_lazy("Works or speaks for"), max_length=LONGEST_AFFILIATION, required=False
    )

    def __init__(self, *args: Any, needs_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_why:
            self.fields["why"] = why_field()


class NamesForm(forms.Form):
    """A list of names as it was copied from somewhere."""

    names = forms.CharField(
        label=gettext_lazy("Names"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("One in a line, or parted by commas or semicolons. Next you see who was found."),
    )

    def clean_names(self) -> str:
        text = str(self.cleaned_data["names"])
        found = names_in(text)
        if not found:
            raise forms.ValidationError(_("There is no name in this text."))
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(_("Please paste at most %(count)s names at a time.") % {"count": MOST_NAMES})
        return text


class FoundNamesForm(forms.Form):
    """For each name of a list: which person it is, that it is a guest, or that it is left out."""

    names = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, found: Sequence[Found], people: Mapping[int, Person], needs_why: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found, self.people = found, people
        everybody = [(str(pk), person.name) for pk, person in people.items()]
        for place, one in enumerate(found):
            alike = [(str(pk), people[pk].name) for pk in one.alike]
            rest = [choice for choice in everybody if choice not in alike]
            choices: list[Any] = [(LEAVE_OUT, _("Leave out")), (AS_GUEST, _("A guest"))]
            if alike:
                choices.append((_("Maybe"), alike))
            choices.append((_("People of the group"), rest))
            self.fields[f"name_{place}"] = forms.ChoiceField(
                label=f"{one.named.name} ({one.named.affiliation})" if one.named.affiliation else one.named.name,
                choices=choices,
                initial=str(one.person) if one.person is not None else LEAVE_OUT,
                help_text=self._hint(one),
            )
        if needs_why:
            self.fields["why"] = why_field()

    def _hint(self, one: Found) -> str:
        if one.person is not None:
            return ""
        if not one.alike:
            return _("Nobody in the group has this name.")
        return _("Maybe %(names)s?") % {"names": ", ".join(self.people[pk].name for pk in one.alike[:MOST_HINTED])}

    @property
    def chosen(self) -> list[Person]:
        return [self.people[int(value)] for value in self._values if value not in (LEAVE_OUT, AS_GUEST)]

    @property
    def guests(self) -> list[Found]:
        return [one for one, value in zip(self.found, self._values, strict=True) if value == AS_GUEST]

    @property
    def left_out(self) -> int:
        return sum(value == LEAVE_OUT for value in self._values)

    @property
    def _values(self) -> list[str]:
        return [self.cleaned_data[f"name_{place}"] for place in range(len(self.found))]


class KnownGuestForm(forms.Form):
    """Who a guest is."""

    person = forms.ChoiceField(label=gettext_lazy("Who is it?"))

    def __init__(
        self, *args: Any, people: Sequence[Person], likely: int | None, needs_why: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"person": str(likely or "")}
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [("", _("Please choose")), *choices]  # type: ignore[attr-defined]
        if needs_why:
            self.fields["why"] = why_field()


class ReasonOnlyForm(forms.Form):
    """The reason of a correction, where one is needed."""

    def __init__(self, *args: Any, needs_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_why:
            self.fields["why"] = why_field()


class CodeForm(forms.Form):
    """The code that is shown on a call, by somebody who is signed in."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("It is shown on the call: six letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class GuestCodeForm(CodeForm, GuardedForm):
    """The code, and who one is, by a guest without an account."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    affiliation = forms.CharField(
        label=gettext_lazy("Whom you work or speak for"),
        max_length=LONGEST_AFFILIATION,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Only so that those who lead the group can tell who you are, should you join one day. It is deleted when "
            "the list is closed, two weeks after the call at the latest."
        ),
    )

    field_order = ("code", "name", "affiliation", "email")

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None
