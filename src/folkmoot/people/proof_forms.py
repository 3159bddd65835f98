"""Forms in which people show that it is them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class LinkForm(forms.Form):
    """Whoever opens a one-time link says that it is them; programs that try the first button of a page do not."""

    myself = forms.BooleanField(error_messages={"required": _("Please tick this first. The link still works.")})

    def __init__(self, *args: object, name: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["myself"].label = __("Yes, I am %(name)s") % {"name": name}
