"""Changing the order of speaking, raising a hand for a guest, and how a group speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.live.actions.speaking import LONGEST_NAME, LONGEST_WHY
from folkmoot.live.call_reading import Queue
from folkmoot.live.models import Hand, SpeakingCustom

DOWN = gettext_lazy("This hand is down again.")


class OrderForm(forms.Form):
    """Who goes before whom, and why."""

    hand = forms.ChoiceField(label=gettext_lazy("Who goes elsewhere?"), error_messages={"invalid_choice": DOWN})
    before = forms.ChoiceField(
        label=gettext_lazy("Before whom?"), required=False, error_messages={"invalid_choice": DOWN}
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"), help_text=gettext_lazy("Everybody on the call reads it."), max_length=LONGEST_WHY
    )

    def __init__(self, *args: Any, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(hand.pk): hand for hand in queue.waiting}
        names = [(key, _named(hand)) for key, hand in self.known.items()]
        for name, choices in (("hand", names), ("before", [*names, ("", _("nobody: to the end"))])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def chosen(self) -> tuple[Hand, Hand | None]:
        return self.known[self.cleaned_data["hand"]], self.known.get(self.cleaned_data["before"])


def _named(hand: Hand) -> str:
    words = {"name": hand.name, "kind": hand.get_kind_display()}
    return _("%(name)s, %(kind)s") % words


class GuestForm(forms.Form):
    """Somebody without a button of their own, such as on the phone."""

    guest = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)


class CustomForm(forms.Form):
    """How people speak on the calls of a group."""

    new_voices_first = forms.BooleanField(
        label=gettext_lazy("Who has not spoken yet comes before who has"),
        help_text=gettext_lazy("Within the queue and within replies. Else whoever raised a hand first comes first."),
        required=False,
    )
    observers_speak = forms.BooleanField(
        label=gettext_lazy("Observers may raise a hand"),
        help_text=gettext_lazy("Else they listen, and the moderator may give them the floor."),
        required=False,
    )

    def __init__(self, *args: Any, custom: SpeakingCustom, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "new_voices_first": custom.new_voices_first,
            "observers_speak": custom.observers_speak,
        }
        super().__init__(*args, **kwargs)
