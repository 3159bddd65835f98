"""What a steward fills in to bring a charter in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.domain.charter.source import MOST_BYTES
from folkmoot.kit.recurrence import Rule, aligned, to_rrule, words


class CharterFileForm(forms.Form):
    """A charter as a file, or as pasted text; exactly one of both."""

    file = forms.FileField(
        label=_("The charter’s file"),
        required=False,
        help_text=_("Markdown, up to 256 KB."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    charter_bytes: bytes = b""
    file_name: str = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file and text.strip():
            raise forms.ValidationError(_("Please choose a file or paste a text, not both."))
        if file:
            if file.size > MOST_BYTES:
                raise forms.ValidationError(_("This file is larger than 256 KB, which no charter needs."))
            self.charter_bytes, self.file_name = file.read(), file.name[:200]
        elif text.strip():
            self.charter_bytes, self.file_name = text.encode("utf-8", "replace"), ""
        elif "file" not in self.errors:
            raise forms.ValidationError(_("Please choose a file, or paste the charter’s text."))
        return cleaned


def rule_choices() -> list[tuple[str, str]]:
    """The rules that a call usually follows, as RFC 5545 text and in words."""
    weekly = [Rule("WEEKLY", weekdays=(day,)) for day in range(7)]
    monthly = [Rule("MONTHLY", weekdays=(day,), nth=(nth,)) for nth in (1, 2, 3, 4, -1) for day in range(7)]
    return [(to_rrule(rule), words(rule, aligned(rule, date(2024, 1, 1)))) for rule in (*weekly, *monthly)]
