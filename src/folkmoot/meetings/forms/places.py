"""Where a call is held, as a manager fills it in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.actions.places import LONGEST_ADDRESS, LONGEST_NOTES, LONGEST_VENUE
from folkmoot.meetings.domain.join_links import LONGEST_LINK


class PlaceForm(forms.Form):
    """The video link and the venue."""

    join_link = forms.CharField(
        label=_("Link to the video call"),
        max_length=LONGEST_LINK,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Begins with https://. Only those who take part in the group see it, and it is in no calendar."),
    )
    venue = forms.CharField(
        label=_("Venue"),
        max_length=LONGEST_VENUE,
        required=False,
        help_text=_("Where one can come, such as “Town library, room 2”."),
    )
    address = forms.CharField(label=_("Address of the venue"), max_length=LONGEST_ADDRESS, required=False)
    venue_notes = forms.CharField(
        label=_("How to get in"),
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which door, whether there are steps, whom to call."),
    )
    venue_is_public = forms.BooleanField(
        label=_("Everyone may know the venue"),
        required=False,
        help_text=_("Then it stands on the call’s page and in calendars. Else only those who take part see it."),
    )
