"""What people fill in about their notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.models import Hours

CHOICE_WORDS = {Choice.NOW: _("At once"), Choice.DIGEST: _("In the digest"), Choice.NOT: _("Not")}
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


def field_name(topic: str, channel: str) -> str:
    return f"wish-{topic}-{channel}"


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ChoicesForm(forms.Form):
    """A choice for each topic and channel, the digest's rhythm, quiet hours."""

    every = forms.ChoiceField(
        label=_("The digest comes"),
        choices=[(Every.WEEK, _("once a week")), (Every.DAY, _("every day")), (Every.NEVER, _("never"))],
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(label=_("Day of a weekly digest"), choices=WEEKDAYS, coerce=int)
    hour = forms.TypedChoiceField(label=_("Hour"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=time_input())
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=time_input())

    def __init__(self, data: Any = None, *, wishes: Mapping[tuple[str, str], Choice], hours: Hours) -> None:
        super().__init__(
            data,
            initial={
                "every": hours.digest_every,
                "weekday": hours.digest_weekday,
                "hour": hours.digest_hour,
                "quiet_from": hours.quiet_from,
                "quiet_until": hours.quiet_until,
            },
        )
        for topic in TOPICS.entries():
            for channel in CHANNELS.entries():
                label = _("%(topic)s, %(channel)s") % {"topic": topic.item.label, "channel": channel.item.label}
                field = forms.ChoiceField(
                    label=label,
                    choices=[(choice, CHOICE_WORDS[choice]) for choice in channel.item.choices],
                    initial=wishes[topic.name, channel.name],
                    # What a program leaves out stays as it is.
                    required=False,
                    widget=forms.Select(attrs={"class": "input", "aria-label": label}),
                )
                self.fields[field_name(topic.name, channel.name)] = field

    @property
    def wishes(self) -> dict[tuple[str, str], Choice]:
        """What was chosen by topic and channel, once valid."""
        return {
            (topic.name, channel.name): Choice(chosen)
            for topic in TOPICS.entries()
            for channel in CHANNELS.entries()
            if (chosen := self.cleaned_data[field_name(topic.name, channel.name)])
        }

    @property
    def hours(self) -> dict[str, Any]:
        """The arguments of `actions.set_hours`, once valid."""
        values = self.cleaned_data
        return {
            "every": Every(values["every"]),
            "weekday": values["weekday"],
            "hour": values["hour"],
            "quiet_from": values["quiet_from"],
            "quiet_until": values["quiet_until"],
        }


class ListAddressForm(forms.Form):
    """The address of a mailing list."""

    address = forms.EmailField(label=_("Address of the list"), max_length=254)


class CodeForm(forms.Form):
    """A code that arrived by mail."""

    code = forms.CharField(label=_("Code from the mail"), max_length=20)
