"""What a reader may see of somebody's profile. Every page, list and export of a profile comes through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.people.circles import share_a_circle
from folkmoot.people.models import Affiliation, Person, Profile, Seen, Standing
from folkmoot.people.places import language_name, region_name
from folkmoot.people.profile_words import Link
from folkmoot.people.rules import is_steward
from folkmoot.ui.slots import Label

PARTS: Mapping[str, Label] = {
    "pronouns": _("Pronouns"),
    "pronunciation": _("How to say the name"),
    "zone": _("Time zone"),
    "languages": _("Languages"),
    "region": _("Where in the world"),
    "affiliations": _("Works or speaks for"),
    "links": _("Links"),
    "about": _("About"),
}
"""The parts of a profile for each of which its owner says who sees it. The name is not among them: it stands
wherever somebody takes part. Nor are the address and the rest of the record: these are on nobody's profile."""


@dataclass(frozen=True)
class ShownProfile:
    """A person with those parts of their profile that this reader may see and that are not empty."""

    person: Person
    parts: Mapping[str, Any]


def profile_for(person: Person, reader: Person | None) -> ShownProfile | None:
    """What `reader` (None: somebody unknown) may see; None where there is nothing, as if nobody were there.

    Their own profile is there for everyone, and everyone's for a steward, who sees no more parts than others do.
    """
    if person.standing != Standing.ACTIVE and not is_steward(reader):
        return None
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    filled = filled_parts(person, profile)
    if reader != person:
        levels = levels_for(person, reader, {level_of(profile, part) for part in filled})
        filled = {part: value for part, value in filled.items() if level_of(profile, part) in levels}
        if not filled and not is_steward(reader):
            return None
    return ShownProfile(person, filled)


def profile_as(person: Person, level: str) -> ShownProfile:
    """The person's own look at what those see whom a level names: them, and whoever is told less."""
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    reached = Seen.values[Seen.values.index(level) :]
    parts = {part: value for part, value in filled_parts(person, profile).items() if level_of(profile, part) in reached}
    return ShownProfile(person, parts)


def levels_for(person: Person, reader: Person | None, asked: set[str]) -> set[str]:
    """Those of the levels `asked` about that a reader other than the person reaches."""
    levels = {Seen.EVERYONE.value}
    if reader is not None and reader.is_active:
        levels.add(Seen.SIGNED_IN.value)
        if Seen.GROUPS.value in asked and share_a_circle(person, reader):
            levels.add(Seen.GROUPS.value)
    return levels


def level_of(profile: Profile, part: str) -> str:
    """Who may see a part; what was never said is seen by its owner alone."""
    level = profile.seen.get(part, Seen.ME)
    return str(level) if part in PARTS and level in Seen.values else Seen.ME.value


def filled_parts(person: Person, profile: Profile) -> dict[str, Any]:
    """All parts that hold anything, in order, as they are shown: words, lists of words, links, affiliations."""
    values: dict[str, Any] = {
        "pronouns": profile.pronouns,
        "pronunciation": profile.pronunciation,
        "zone": person.zone,
        "languages": [language_name(code) for code in profile.languages],
        "region": region_name(profile.region) if profile.region else "",
        "affiliations": list(Affiliation.objects.filter(person=person)),
        "links": [Link(link["url"], link["label"]) for link in profile.links],
        "about": profile.about,
    }
    return {part: values[part] for part in PARTS if values[part]}


def refresh_public_profile(person: Person) -> None:
    """Keep with the person whether anybody at all may see a part, so that pages know without asking where to link."""
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    shows = person.merged_into_id is None and person.erased_at is None
    shows = shows and any(level_of(profile, part) == Seen.EVERYONE for part in filled_parts(person, profile))
    if shows != person.has_public_profile:
        person.has_public_profile = shows
        person.save(update_fields=["has_public_profile"])
