"""What is filled in for a handover: by whoever hands over, and by whoever takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions.handover import LEAVE_TO_GROUP, LONGEST_NOTES, LONGEST_SAID, Proposal
from folkmoot.groups.actions.unowned import ROLE_KIND
from folkmoot.groups.forms.seats import day_field
from folkmoot.groups.models import Answer, Handover, HandoverLine
from folkmoot.people.models import Person


class HandoverForm(forms.Form):
    """To whom everything goes, line by line where it differs, what they should know, and how it ends."""

    taker = forms.ChoiceField(label=_("Who is to take over"), required=False, choices=[])
    notes = forms.CharField(
        label=_("What they should know"),
        required=False,
        max_length=LONGEST_NOTES,
        help_text=_(
            "Where things live, what is under way, whom to ask. Never passwords or keys: say where they are kept, and "
            "give access there."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    shadow_until = day_field(
        _("Shadowing until"),
        help_text=_(
            "Until this day you keep your role and seats while your successor looks on. Left empty, they pass when all "
            "have signed."
        ),
    )
    stays = forms.BooleanField(label=_("I stay in the group as a participant"), required=False)
    emeritus = forms.BooleanField(
        label=_("I may be named for having served"),
        required=False,
        help_text=_("Your name and your office stand on the group’s page of seats, without any power."),
    )

    def __init__(self, *args: Any, handover: Handover, lines: Sequence[HandoverLine], people: list[Person], **kw: Any):
        initial = {
            "taker": str(handover.taker_id or ""),
            "notes": handover.notes,
            "shadow_until": handover.shadow_until,
            "stays": handover.stays,
            "emeritus": handover.emeritus,
        }
        super().__init__(*args, **{**kw, "initial": initial})
        self._people = {str(person.pk): person for person in people}
        names = [(key, person.name) for key, person in self._people.items()]
        self.fields["taker"].choices = [("", _now("Nobody yet")), *names]  # type: ignore[attr-defined]
        self._lines = [line for line in lines if line.answer != Answer.ACCEPTED]
        for line in self._lines:
            own = line.taker_id if line.taker_id != handover.taker_id else None
            self.fields[f"line_{line.pk}"] = forms.ChoiceField(
                label=line.words,
                required=False,
                choices=[("", _now("As for the whole")), *names, (LEAVE_TO_GROUP, _now("Leave it to the group"))],
                initial=LEAVE_TO_GROUP if line.answer == Answer.LEFT else str(own or ""),
                help_text=_now("Declined: %(words)s") % {"words": line.said or _now("no words")}
                if line.answer == Answer.DECLINED
                else "",
            )

    def written(self) -> dict[str, Any]:
        """What `write_handover` is given."""
        given = self.cleaned_data
        return {
            "taker": self._people.get(given["taker"]),
            "notes": given["notes"],
            "shadow_until": given["shadow_until"],
            "stays": given["stays"],
            "emeritus": given["emeritus"],
            "lines": {line.pk: self._proposal(given[f"line_{line.pk}"]) for line in self._lines},
        }

    def _proposal(self, value: str) -> Proposal:
        return LEAVE_TO_GROUP if value == LEAVE_TO_GROUP else self._people.get(value)


class AnswerForm(forms.Form):
    """An answer to each line that is proposed to somebody, or that somebody else has declined."""

    def __init__(self, *args: Any, lines: Sequence[HandoverLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = list(lines)
        for line in self._lines:
            self.fields[f"answer_{line.pk}"] = forms.ChoiceField(
                label=line.words,
                required=False,
                choices=[("accept", _now("I take it")), ("decline", _now("I cannot"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"said_{line.pk}"] = forms.CharField(
                label=_now("A word about it"), required=False, max_length=LONGEST_SAID
            )

        if any(line.kind == ROLE_KIND for line in self._lines):
            self.fields["names_publicly"] = forms.BooleanField(
                label=_now("Everybody may read my name as someone who leads this group"),
                help_text=_now("You may change this at any time. People who are signed in read it in any case."),
                required=False,
            )

    @property
    def pairs(self) -> list[tuple[HandoverLine, forms.BoundField, forms.BoundField]]:
        """Each line with its answer and its words."""
        return [(line, self[f"answer_{line.pk}"], self[f"said_{line.pk}"]) for line in self._lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._lines and not any(cleaned.get(f"answer_{line.pk}") for line in self._lines):
            raise forms.ValidationError(_now("Please answer at least one line."))
        return cleaned

    def answers(self) -> dict[int, tuple[bool, str]]:
        """Whether each answered line is accepted, and with which words."""
        given = self.cleaned_data
        return {
            line.pk: (given[f"answer_{line.pk}"] == "accept", given[f"said_{line.pk}"])
            for line in self._lines
            if given.get(f"answer_{line.pk}")
        }
