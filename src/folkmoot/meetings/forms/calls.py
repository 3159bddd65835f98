"""What a manager fills in to move, cancel or add a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions.single import LONGEST_TITLE, LONGEST_WHY, resolve

MINUTES = ((15, 30), (45, 60), (90, 120), (180, 240))


class WallTimeForm(forms.Form):
    """A day, a time and a zone, with a question where clocks change: `cleaned_data` gets `to` and `fold`.

    A time that no clock shows, or that comes twice, is not accepted as it is. The form then offers what may be
    meant as `which`, whose values name the time asked for, so that they mean nothing once that was changed.
    """

    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    which = forms.ChoiceField(
        label=gettext_lazy("Which time do you mean?"), required=False, widget=forms.RadioSelect, choices=[]
    )
    zone = forms.ChoiceField(label=gettext_lazy("By the clocks of"), choices=[])

    field_order: Sequence[str] = ("day", "at", "which", "zone")

    def __init__(self, *args: Any, first_zones: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys((*first_zones, *zones.choices()))
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in names]  # type: ignore[attr-defined]
        self._which = self.fields.pop("which")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"day", "at", "zone"} <= cleaned.keys():
            return cleaned
        local = datetime.combine(cleaned["day"], cleaned["at"].replace(second=0, microsecond=0))
        cleaned["to"], cleaned["fold"] = local, None
        try:
            resolve(local, cleaned["zone"], None)
        except Refused as refused:
            if refused.code not in {"time_in_gap", "time_twice"}:
                self.add_error("day", refused.message)
                return cleaned
            self._ask(refused, cleaned)
        return cleaned

    def _ask(self, refused: Refused, cleaned: dict[str, Any]) -> None:
        """Take the answer if there is one to just this question, else ask it."""
        candidates: tuple[zones.Candidate, ...] = refused.params["candidates"]  # type: ignore[assignment]
        local, zone = cleaned["to"], cleaned["zone"]
        keys = [f"{local:%Y-%m-%dT%H:%M}/{zone}/{number}" for number in range(len(candidates))]
        answer = self.data.get(self.add_prefix("which"), "")
        if answer in keys:
            number = keys.index(answer)
            cleaned["to"] = candidates[number].local
            cleaned["fold"] = number if refused.code == "time_twice" else None
            return
        self.fields["which"] = self._which
        self._which.required = True
        self._which.choices = [  # type: ignore[attr-defined]
            (key, self._words(candidate)) for key, candidate in zip(keys, candidates, strict=True)
        ]
        self.order_fields(self.field_order)
        self.add_error("which", refused.message)

    def _words(self, candidate: zones.Candidate) -> str:
        return _("%(time)s by a clock at %(offset)s, which is %(utc)s UTC") % {
            "time": f"{candidate.local:%H:%M}",
            "offset": zones.offset_name(candidate.offset),
            "utc": f"{candidate.utc:%H:%M}",
        }


class ReasonForm(forms.Form):
    """Why a meeting does not take place."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("A few words, shown on the call’s page and in everyone’s calendar."),
    )


class MoveForm(WallTimeForm):
    """Where a meeting is moved to, and why."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("A few words, shown on the call’s page and in everyone’s calendar."),
    )

    field_order = ("day", "at", "which", "zone", "why")


class ExtraMeetingForm(WallTimeForm):
    """A meeting besides the regular ones."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=LONGEST_TITLE, required=False)
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long?"),
        coerce=int,
        choices=[(count, "") for pair in MINUTES for count in pair],
        initial=60,
    )

    field_order = ("title", "day", "at", "which", "zone", "minutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (count, _("%(count)s minutes") % {"count": count}) for pair in MINUTES for count in pair
        ]

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])
