"""Files that officers hand in while ballots are opened. What is in them is judged by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.domain.sealed.opening import RANKINGS_FORMAT, SHARES_FORMAT, read_file
from folkmoot.kit.errors import Refused


class OpenedFileForm(forms.Form):
    """One file in one of the forms of `domain.sealed.opening`; `said` is what is in it, once the form is valid."""

    form: str
    file = forms.FileField(
        error_messages={name: gettext_lazy("Please choose a file.") for name in ("required", "missing", "invalid")},
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (file := cleaned.get("file")) is not None:
            try:
                self.said = read_file(file.read(), self.form)
            except Refused as refused:
                self.add_error("file", refused.message)
        return cleaned


class SharesForm(OpenedFileForm):
    """One officer's shares, sealed to those who count."""

    form = SHARES_FORMAT
    prefix = "shares"


class RankingsForm(OpenedFileForm):
    """The rankings that one officer found."""

    form = RANKINGS_FORMAT
    prefix = "rankings"


def parts_of(said: dict[str, Any]) -> dict[int, Any]:
    """The contests of such a file by their position; Refused `other_file` where they are named in another way."""
    try:
        return {int(number): dict(part) for number, part in said["contests"].items()}
    except (ValueError, TypeError):
        raise Refused(_("This is another file than the one that is needed here."), code="other_file") from None
