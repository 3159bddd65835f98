"""What a steward fills in to show a calendar that others keep, and how somebody wants their own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.people.choices import zone_choices


class LayerForm(forms.Form):
    """Name, address and zone of a foreign calendar."""

    name = forms.CharField(label=_("Its name"), max_length=120, help_text=_("As it shall stand on the calendar page."))
    address = forms.CharField(
        label=_("Its address"),
        max_length=2_000,
        help_text=_(
            "The address of its iCalendar file, beginning with https:// or webcal://. Most calendars have one under "
            "“subscribe”, “export” or “secret address”. Only stewards see it."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    zone = forms.ChoiceField(label=_("Its time zone"), help_text=_("For times in it that name no zone."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]


class ChangeLayerForm(LayerForm):
    """The same, and whether it is in sight."""

    is_shown = forms.BooleanField(label=_("Show it on the calendar page"), required=False)


class OwnFeedForm(forms.Form):
    """How somebody wants their own feed."""

    has_details = forms.BooleanField(
        label=_("With the way into each call"),
        required=False,
        help_text=_(
            "Video links, and venues that are not for everyone. Whoever gets hold of the address can read them too; "
            "the service that keeps your calendar does."
        ),
    )
