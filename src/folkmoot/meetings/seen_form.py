"""A form over words that several people may change at once."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import forms


class SeenForm(forms.Form):
    """A form that carries what stood in its fields when it was opened, so that two changes can be told apart."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def seen_before(self) -> Mapping[str, str]:
        """What every field said when the form was opened, as far as the form tells."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
