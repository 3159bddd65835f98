"""What people fill in to amend a charter and to say something to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.actions.amending import LONGEST_WHY
from folkmoot.groups.actions.commenting import LONGEST
from folkmoot.groups.domain.charter import read
from folkmoot.groups.domain.charter.source import MOST_BYTES
from folkmoot.kit.errors import Refused

DAY = {"type": "date"}


class WordingForm(forms.Form):
    """Another wording: the text in the editor, or a file that takes its place. `wording` is what was given."""

    text = forms.CharField(
        label=gettext_lazy("The charter’s text"),
        help_text=gettext_lazy("Change what should change; everything else stays as it is."),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file that takes its place"),
        required=False,
        help_text=gettext_lazy("Markdown, up to 256 KB."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("What should get better. It is sent to everybody who takes part."),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, like: str, **kwargs: Any) -> None:
        """`like` is the text of today: a browser sends CR LF, and the charter keeps the line ends that it has."""
        super().__init__(*args, **kwargs)
        self._like = like

    wording: str = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file:
            if file.size > MOST_BYTES:
                raise forms.ValidationError(_("This file is larger than 256 KB, which no charter needs."))
            try:
                self.wording = read(file.read()).text
            except Refused as refused:
                raise forms.ValidationError(refused.message) from None
        else:
            text = (cleaned.get("text") or "").replace("\r\n", "\n")
            self.wording = text.replace("\n", "\r\n") if "\r\n" in self._like else text
        if not self.wording.strip():
            raise forms.ValidationError(_("A charter without words is none; please write or choose one."))
        return cleaned


class EditForm(WordingForm):
    """The same for a draft that is there already."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """Adopt or decline; which of them says the button."""

    in_force_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Only if you adopt it: today, or a later day on which it comes into force by itself."),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the history of the charter: where it was decided, and why."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Taking a proposal back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 3})
    )


class CommentForm(forms.Form):
    """Something said to an amendment, or to one of its clauses."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    clause = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)


class HideForm(forms.Form):
    """Why a comment is hidden."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is hidden"),
        help_text=gettext_lazy("Its author will read this."),
        max_length=300,
    )
