"""What the page of components shows: invented people, calls in every state, a form that was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from folkmoot.kit import zones
from folkmoot.ui.messages import Shown
from folkmoot.ui.plate import TimePlate, time_plate
from folkmoot.ui.source import SourceNote
from folkmoot.ui.tables import Column, DataTable

HOUR = timedelta(hours=1)
ANCHOR = "America/Los_Angeles"


@dataclass(frozen=True)
class Someone:
    """An invented person."""

    pk: int
    name: str


PEOPLE = tuple(
    Someone(number, name)
    for number, name in enumerate(
        (
            "Amara Quillfeather",
            "Jorin Vähäsalmi",
            "Tomé Larkspur",
            "Brisa Marolo",
            "Ines Farrowdale",
            "Kavi Thornewood",
            "Min-seo Alder",
            "Yaw Pebblebrook",
            "Odile Rookery",
        ),
        1,
    )
)
LONG_NAME = Someone(41, "Hildegundis-Anemone Lanternwickenschimmerbergerhausen-Nightwatcherington of the Long Shore")
RIGHT_TO_LEFT = Someone(42, "نور الشاطئ")
HOSTILE = Someone(43, "<script>alert('table')</script>")
CHARTER = """\
# Community Garden Working Group

## Meetings

The group meets **every second Wednesday** at 8:00 AM PST.

| Place  | Time     |
| ------ | -------- |
| Lagos  | 4:00 PM  |
| India  | 9:30 PM  |
"""


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Name of the group", help_text="As people say it, without “working group”.")
    email = forms.EmailField(label="E-mail of a manager", required=False)
    zone = forms.ChoiceField(
        label="Zone of the meetings",
        choices=[("", "Please choose"), (ANCHOR, "Los Angeles"), ("Asia/Kolkata", "Kolkata")],
        help_text="The calls stay at the same hour there all year.",
    )
    charter = forms.CharField(label="Charter", widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label="Or a file", required=False)
    clock = forms.ChoiceField(
        label="Clock", choices=[("24", "21:30"), ("12", "9:30 pm")], widget=forms.RadioSelect, initial="24"
    )
    coming = forms.ChoiceField(
        label="Will you come?",
        choices=[("yes", "I will come"), ("maybe", "Maybe"), ("no", "Can’t come")],
        widget=forms.RadioSelect,
        initial="yes",
    )
    topics = forms.MultipleChoiceField(
        label="What interests you",
        choices=[("talks", "Coffee chats"), ("hours", "Office hours"), ("events", "Events")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    public = forms.BooleanField(label="Show this group to everyone", help_text="You can change it later.")
    fixed = forms.CharField(label="Address of the group", initial="community-garden", disabled=True)


def _series(first: datetime) -> list[tuple[datetime, datetime]]:
    """A fortnightly call at 8 in Los Angeles for a year, as pairs of wall time there and instant."""
    wall = [first.replace(hour=8, minute=0) + timedelta(weeks=2 * number) for number in range(27)]
    return [(planned, zones.local_to_utc(planned, ANCHOR).utc) for planned in wall]


def _plates(now: datetime) -> list[tuple[str, TimePlate]]:
    soon = now.astimezone(zones.zone(ANCHOR)).replace(tzinfo=None, second=0, microsecond=0) + timedelta(days=2)
    series = _series(soon)
    starts = series[0][1]

    def plate(reader: str = "Asia/Kolkata", at: datetime = starts, **more: Any) -> TimePlate:
        more = {"zone_known": True, "anchor_zone": ANCHOR, "now": now, **more}
        return time_plate(at, HOUR, reader_zone=reader, **more)

    return [
        ("The next call, which will move", plate(is_next=True, drift=zones.drift(series, ANCHOR, "Asia/Kolkata"))),
        ("The reader’s zone is not known", plate(is_next=True, zone_known=False)),
        ("In the reader’s own zone", plate(ANCHOR)),
        (
            "On another date for the reader",
            plate("Pacific/Auckland", drift=zones.drift(series, ANCHOR, "Pacific/Auckland")),
        ),
        ("Moved", plate("Europe/Lisbon", moved_from=starts - timedelta(days=1, hours=3))),
        ("Cancelled", plate("Africa/Lagos", cancelled=True)),
        ("Under way", plate("Asia/Kathmandu", at=now - timedelta(minutes=20))),
        ("Over", plate("Australia/Lord_Howe", at=now - timedelta(days=16))),
    ]


def showcase(now: datetime) -> dict[str, Any]:
    """The context of the page of components, seen at an instant."""
    refused = {"wrong-name": "", "wrong-email": "not an address", "wrong-clock": "25", "wrong-topics": "dance"}
    plates = _plates(now)
    return {
        "people": PEOPLE,
        "someone": PEOPLE[0],
        "long_name": LONG_NAME,
        "right_to_left": RIGHT_TO_LEFT,
        "hostile": HOSTILE,
        "main_plate": plates[0][1],
        "plates": plates[1:],
        "instant": plates[0][1].starts_at,
        "earlier": now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=3),
        "anchor": ANCHOR,
        "sample_form": SampleForm(prefix="sample"),
        "wrong_form": SampleForm(refused, prefix="wrong"),
        "swatches": ("bg", "surface", "sunken", "ink", "moss", "ember", "dusk", "lake", "gold", "rose"),
        "messages_shown": [
            Shown("The feed is read every six hours by most calendars.", "info", ""),
            Shown("Your draft is older than the charter in force.", "warning", ""),
            Shown("Only keepers of the keys may change the charter.", "error", ""),
        ],
        "table": DataTable(
            "The next calls, as three places see them",
            (Column("Date"), Column("Los Angeles", is_number=True), Column("Lagos", is_number=True), Column("Note")),
            (
                ("Wed 25 November", "08:00", "17:00", ""),
                ("Wed 9 December", "08:00", "17:00", "Open house"),
                ("Wed 17 March", "08:00", "16:00", mark_safe("<strong>Clocks have changed</strong>")),
            ),
        ),
        "empty_table": DataTable("Meetings this month", (Column("Date"), Column("Group")), ()),
        "list_page": Paginator(range(250), 25).page(4),
        "charter": CHARTER,
        "charter_notes": {
            5: [
                SourceNote("error", "PST may be time in Los Angeles, which changes in March, or UTC-08:00 all year."),
                SourceNote("warning", "“Every second Wednesday” says not from which date on."),
            ],
            9: [SourceNote("info", "Read as Africa/Lagos.")],
        },
    }
