"""What is filled in to take a list of people in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.roster import MOST_BYTES
from folkmoot.groups.domain.roster import FIELDS, HEADINGS


class RosterFileForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=_("The list, as a CSV file"),
        help_text=_("Up to 2,000 rows and 2 MB; the command line takes any number. The first line holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 2 MB; please use the command line for it."))
        return file


class ColumnsForm(forms.Form):
    """For each field the column that holds it."""

    def __init__(self, header: Sequence[str], mapping: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(place), f"{place + 1}. {heading.strip()[:60]}") for place, heading in enumerate(header[:200])]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=_(HEADINGS[name]),
                choices=columns if name == "email" else [("", _("(none)")), *columns],
                required=name == "email",
                initial=str(mapping[name]) if name in mapping else "",
            )

    @property
    def mapping(self) -> dict[str, int | None]:
        return {name: int(value) if value else None for name, value in self.cleaned_data.items()}
