"""Somebody in the directory as pages show them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.domain.directory import Common, Told
from folkmoot.kit import zones
from folkmoot.people.models import Person
from folkmoot.people.places import language_name, region_name
from folkmoot.ui.times import clock_words, local


@dataclass(frozen=True)
class Card:
    """What a reader sees of somebody; empty where there is nothing to see."""

    person: Person
    told: Told
    common: str
    interests: Sequence[tuple[str, Sequence[str]]]
    languages: Sequence[str]
    region: str
    zone: str
    groups: Sequence[tuple[str, str]]
    away_until: date | None = None


def card_of(person: Person, told: Told, common: Common, *, now: datetime, clock: str, away: date | None = None) -> Card:
    """The card of somebody, with times by the reader's clock."""
    labels = {"helps": _("Can help with"), "learns": _("Wants to learn"), "cares": _("Cares about")}
    zone = ""
    if told.zone:
        time = clock_words(local(now, told.zone), clock)
        zone = _("%(place)s, where it is %(time)s now") % {"place": zones.place(told.zone), "time": time}
    return Card(
        person=person,
        told=told,
        common=common_in_words(common),
        interests=[
            (label, list(getattr(told, sort).values())) for sort, label in labels.items() if getattr(told, sort)
        ],
        languages=[language_name(code) for code in told.languages],
        region=region_name(told.region) if told.region else "",
        zone=zone,
        groups=list(told.groups.items()),
        away_until=away,
    )


def common_in_words(common: Common) -> str:
    """What two people have in common, in at most three sentences to one of them; nothing where there is nothing."""
    said: list[str] = []
    if common.helps:
        said.append(_("Can help with %(words)s, which you want to learn.") % {"words": listed(common.helps)})
    if common.learns:
        said.append(_("Wants to learn %(words)s, which you can help with.") % {"words": listed(common.learns)})
    if common.cares:
        said.append(_("You both care about %(words)s.") % {"words": listed(common.cares)})
    if common.groups and len(said) < 2:
        said.append(_("You are both in %(groups)s.") % {"groups": listed(common.groups)})
    if common.minutes:
        said.append(_("On a weekday you have %(hours)s in common.") % {"hours": hours_in_words(common.minutes)})
    return " ".join([*said[:2], *said[-1:]] if len(said) > 3 else said)


def hours_in_words(minutes: int) -> str:
    """Whole half hours: "half an hour", "3½ hours"."""
    whole, half = divmod(minutes, 60)
    if not whole:
        return _("half an hour")
    if half:
        return _("%(number)s hours") % {"number": f"{whole}½"}
    return ngettext("%(number)d hour", "%(number)d hours", whole) % {"number": whole}


def listed(words: Sequence[str], most: int = 3) -> str:
    """The first words in a row: “maps, docs and tests”."""
    words = list(words)[:most]
    if len(words) == 1:
        return words[0]
    return _("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
