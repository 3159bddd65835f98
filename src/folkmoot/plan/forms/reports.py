"""Working on a monthly report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.plan.actions.reports import LONGEST_PART, fingerprint
from folkmoot.plan.entered import LONGEST_WHY
from folkmoot.plan.models import Report, ReportPiece
from folkmoot.plan.report_parts import REPORT_PARTS

READERS = (("public", gettext_lazy("Everybody")), ("committee", gettext_lazy("Those who lead the group above, and us")))


class ReportForm(forms.Form):
    """The parts of a report with what the record says of each, and who may read it."""

    def __init__(self, *args: Any, report: Report, pieces: list[ReportPiece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        for piece in pieces:
            self.fields[f"text-{piece.name}"] = forms.CharField(
                label=part_title(piece.name),
                required=False,
                max_length=LONGEST_PART,
                initial=piece.text,
                strip=False,
                widget=forms.Textarea(attrs={"rows": max(3, min(14, piece.text.count("\n") + 3))}),
            )
            self.fields[f"seen-{piece.name}"] = forms.CharField(
                required=False, initial=fingerprint(piece.text.strip()), widget=forms.HiddenInput, max_length=64
            )
            if piece.has_news:
                self.fields[f"fresh-{piece.name}"] = forms.BooleanField(
                    label=_("Put what the record says now in place of these words"), required=False
                )
        self.fields["readers"] = forms.ChoiceField(
            label=_("Who may read it?"),
            choices=READERS,
            widget=forms.RadioSelect,
            initial="public" if report.is_public else "committee",
        )

    @property
    def parts(self) -> list[tuple[ReportPiece, Any, Any, Any]]:
        """For each part: the piece, its field, the hidden one, and the box for news where there is any."""
        return [
            (
                piece,
                self[f"text-{piece.name}"],
                self[f"seen-{piece.name}"],
                self[f"fresh-{piece.name}"] if f"fresh-{piece.name}" in self.fields else None,
            )
            for piece in self.pieces
        ]

    @property
    def texts(self) -> dict[str, str]:
        return {piece.name: self.cleaned_data[f"text-{piece.name}"] for piece in self.pieces}

    @property
    def seen(self) -> dict[str, str]:
        found = {piece.name: self.cleaned_data.get(f"seen-{piece.name}") or "" for piece in self.pieces}
        return {name: mark for name, mark in found.items() if mark}

    @property
    def fresh(self) -> frozenset[str]:
        return frozenset(piece.name for piece in self.pieces if self.cleaned_data.get(f"fresh-{piece.name}"))


class CorrectionForm(forms.Form):
    """What a correction mends."""

    why = forms.CharField(
        label=gettext_lazy("What do you correct?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("A sentence that stands above the report from now on."),
    )


def part_title(name: str) -> str:
    """The heading of a part; its name where no room knows it any more."""
    return str(REPORT_PARTS[name].title) if name in REPORT_PARTS else name
