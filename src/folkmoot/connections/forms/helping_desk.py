"""What those who lead fill in to say how a help desk works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.helping_desks import DeskWords
from folkmoot.connections.domain.clocks import Counts
from folkmoot.connections.domain.help_promises import KEYS, Clocked, Escalation, Promise, Told
from folkmoot.connections.helping_words import step_words
from folkmoot.connections.models.helping import LONGEST_REASON, DeskHelper, HelpDesk, Urgency
from folkmoot.kit import public_holidays
from folkmoot.people import places
from folkmoot.people.choices import zone_choices
from folkmoot.people.models import Person

HOURS = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*-\s*([0-9]{1,2})(?::([0-9]{2}))?")
SHARES = (*((Clocked.ANSWER, percent) for percent in (50, 80, 100, 200)), (Clocked.SOLVED, 100))
"""At which shares of which time a desk may tell somebody."""


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=90 * 24)


class DeskForm(forms.Form):
    """How a desk works. Promises are entered in hours."""

    is_on = forms.BooleanField(label=gettext_lazy("The help desk takes questions"), required=False)
    about = forms.CharField(
        label=gettext_lazy("What people may ask here"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "input-short"}),
    )
    helpers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who answers"), queryset=Person.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    most_open = forms.IntegerField(
        label=gettext_lazy("Most open questions of one helper"),
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Whoever has as many is not asked for more."),
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics"),
        required=False,
        help_text=gettext_lazy("One a line."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "input-short"}),
    )
    around_the_clock = forms.BooleanField(label=gettext_lazy("Somebody is there around the clock"), required=False)
    zone = forms.ChoiceField(label=gettext_lazy("Open by the clocks of"), choices=[])
    country = forms.ChoiceField(label=gettext_lazy("Closed on public holidays of"), required=False, choices=[])
    subdivision = forms.CharField(
        label=gettext_lazy("Part of the country"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Its code where holidays differ within the country, such as BY for Bavaria."),
    )
    closed_days = forms.CharField(
        label=gettext_lazy("Also closed on"),
        required=False,
        help_text=gettext_lazy("One day a line, as in 2030-12-31."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input-short"}),
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Who is told when the time runs out"),
        choices=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_days = forms.IntegerField(
        label=gettext_lazy("Days without a word after which a question closes"), min_value=1, max_value=90
    )

    def __init__(self, *args: Any, people: list[Person], desk: HelpDesk | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in people]
        chosen = Exists(DeskHelper.objects.filter(desk=desk, person=OuterRef("pk")))
        found = Person.objects.filter(pk__in=keys).annotate(is_chosen=chosen).order_by("-is_chosen", "name", "pk")
        self.fields["helpers"].queryset = found  # type: ignore[attr-defined]
        names = places.countries()
        known = [(code, names.get(code, code)) for code in public_holidays.countries()]
        countries = [("", _("No country")), *sorted(known, key=lambda pair: str(pair[1]).casefold())]
        self.fields["country"].choices = countries  # type: ignore[attr-defined]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]
        every = [Escalation(clock, percent, told) for clock, percent in SHARES for told in Told]
        steps = {one.key: one for one in every}
        kept = {} if desk is None else {one.key: one for one in desk.escalations}
        self.fields["steps"].choices = [(one.key, step_words(one)) for one in {**steps, **kept}.values()]  # type: ignore[attr-defined]
        for day in range(7):
            self.fields[f"day_{day}"] = forms.CharField(label=WEEKDAYS[day], max_length=80, required=False)
        for key in KEYS:
            self.fields[f"{key}_aim"] = _minutes(gettext_lazy("First answer hoped for within, hours"))
            self.fields[f"{key}_limit"] = _minutes(gettext_lazy("At the latest within, hours"))
            self.fields[f"{key}_solved"] = _minutes(gettext_lazy("Solved within, hours"))
            self.fields[f"{key}_open"] = forms.BooleanField(
                label=gettext_lazy("Only hours in which the desk is open count"), required=False
            )

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the hours of each day."""
        return [self[f"day_{day}"] for day in range(7)]

    @property
    def promises(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each urgency below its words."""
        parts = ("aim", "limit", "solved", "open")
        return [(str(Urgency(key).label), [self[f"{key}_{part}"] for part in parts]) for key in KEYS]

    def clean_closed_days(self) -> list[date]:
        found = []
        for line in str(self.cleaned_data["closed_days"]).split():
            try:
                found.append(date.fromisoformat(line))
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” is no day. Write days as in 2030-12-31.") % {"line": line[:20]}
                ) from None
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for day in range(7):
            try:
                cleaned[f"spans_{day}"] = _spans(str(cleaned.get(f"day_{day}", "")))
            except ValidationError as wrong:
                self.add_error(f"day_{day}", wrong)
        return cleaned

    @property
    def words(self) -> DeskWords:
        """What was filled in, as the action takes it. Refused `invalid` for promises that contradict themselves."""
        given = self.cleaned_data
        promises = [
            Promise(
                key,
                given[f"{key}_aim"] * 60,
                given[f"{key}_limit"] * 60,
                given[f"{key}_solved"] * 60,
                Counts.OPEN if given[f"{key}_open"] else Counts.ALL,
            )
            for key in KEYS
        ]
        return DeskWords(
            helpers=list(given["helpers"]),
            zone=given["zone"],
            is_on=given["is_on"],
            about=given["about"],
            topics=given["topics"].splitlines(),
            around_the_clock=given["around_the_clock"],
            week=[given[f"spans_{day}"] for day in range(7)],
            holidays=((given["country"], given["subdivision"]),) if given["country"] else (),
            closed_days=given["closed_days"],
            promises=promises,
            steps=[Escalation.of(key) for key in given["steps"]],
            quiet_days=given["quiet_days"],
            most_open=given["most_open"],
        )


def _spans(line: str) -> tuple[tuple[int, int], ...]:
    """`09:00-12:00, 13:00-17:00` as minutes of the day; ValidationError for what cannot be read so."""
    found = []
    for part in filter(None, (one.strip() for one in line.replace("–", "-").split(","))):
        match = HOURS.fullmatch(part)
        start, end = (_minute(match, first) for first in (1, 3)) if match else (-1, -1)
        if start < 0 or end < 0 or start >= 24 * 60 or start == end:
            raise ValidationError(_("“%(part)s” cannot be read. Write hours as in 09:00-12:00.") % {"part": part[:20]})
        found.append((start, end))
    return tuple(found)


def _minute(match: re.Match[str], first: int) -> int:
    hour, minute = int(match[first]), int(match[first + 1] or 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= 24 * 60 else -1


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def desk_values(desk: HelpDesk) -> dict[str, Any]:
    """What a form shows of a desk as it is."""
    country, part = (desk.holidays or [["", ""]])[0]
    helpers = list(desk.helpers.all())
    values: dict[str, Any] = {
        "is_on": desk.is_on,
        "about": desk.about,
        "helpers": [one.person_id for one in helpers],
        "most_open": helpers[0].most if helpers else 3,
        "topics": "\n".join(desk.topics),
        "around_the_clock": desk.around_the_clock,
        "zone": desk.zone,
        "country": country,
        "subdivision": part,
        "closed_days": "\n".join(desk.closed_days),
        "steps": list(desk.steps),
        "quiet_days": desk.quiet_days,
    }
    return {**values, **week_values(desk.week), **promise_values(desk.promised.values())}


def week_values(week: Sequence[Sequence[Sequence[int]]]) -> dict[str, str]:
    """What a form shows of the hours of each day."""
    return {
        f"day_{number}": ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in day)
        for number, day in enumerate(week)
    }


def promise_values(promises: Any) -> dict[str, Any]:
    """What a form shows of promises, in whole hours."""
    found: dict[str, Any] = {}
    for one in promises:
        for part, minutes in (("aim", one.aim), ("limit", one.limit), ("solved", one.solved)):
            found[f"{one.key}_{part}"] = max(1, round(minutes / 60))
        found[f"{one.key}_open"] = one.counts is Counts.OPEN
    return found
