"""What people say of themselves, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.standing import gone, hold_person
from folkmoot.people.facts import ProfileChanged
from folkmoot.people.models import Affiliation, Person, Profile, Seen, Standing
from folkmoot.people.names import clean_name
from folkmoot.people.places import known_languages, known_regions
from folkmoot.people.profile_words import LONGEST_ABOUT, MOST_LANGUAGES, MOST_LINKS, Link, clean_line, clean_link
from folkmoot.people.rules import may_change_profile
from folkmoot.people.shown import PARTS, refresh_public_profile

MOST_AFFILIATIONS = 20


@dataclass(frozen=True)
class Affiliated:
    """A line of somebody's affiliations as they wrote it; no organisation means independent."""

    organisation: str = ""
    began_on: date | None = None
    ended_on: date | None = None
    pk: int | None = None


@dataclass(frozen=True)
class ProfileWords:
    """Everything that a person says of themselves, as it shall be from now on."""

    name: str
    zone: str = ""
    pronouns: str = ""
    pronunciation: str = ""
    languages: tuple[str, ...] = ()
    region: str = ""
    about: str = ""
    links: tuple[Link, ...] = ()
    affiliations: tuple[Affiliated, ...] = ()
    seen: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def change_profile(person: Person, words: ProfileWords, *, by: Actor) -> None:
    """Keep what somebody says of themselves, whole; Refused `invalid` for what cannot be kept, and nothing is.

    Only what differs is written and told; the words themselves go into the ledger's erasable part.
    """
    require(may_change_profile(by, person))
    held = hold_person(person)
    if held.standing != Standing.ACTIVE:
        raise gone(held)
    profile = Profile.objects.filter(person=held).first() or Profile(person=held)
    changes = _take_over(held, _of_person(words)) | _take_over(profile, _of_profile(words))
    lines = _changed_affiliations(held, words.affiliations)
    if lines:
        changes["affiliations"] = lines
    if not changes:
        return
    held.save(update_fields=["name", "zone"])
    profile.save()
    refresh_public_profile(held)
    person.refresh_from_db()
    record(ProfileChanged(fields=sorted(changes)), by=by, about=held, on=held, changes=changes)


def _of_person(words: ProfileWords) -> dict[str, Any]:
    return {"name": clean_name(words.name), "zone": zones.canonical(words.zone) if words.zone else ""}


def _of_profile(words: ProfileWords) -> dict[str, Any]:
    unknown = [code for code in words.languages if code not in known_languages()]
    if unknown:
        raise Refused(_("“%(code)s” is no language that we know.") % {"code": unknown[0][:40]}, code="invalid")
    if words.region and words.region not in known_regions():
        raise Refused(_("“%(code)s” is no region that we know.") % {"code": words.region[:40]}, code="invalid")
    if len(words.links) > MOST_LINKS:
        raise Refused(_("At most %(count)d links fit here.") % {"count": MOST_LINKS}, code="invalid")
    if any(part not in PARTS or level not in Seen.values for part, level in words.seen.items()):
        raise Refused(_("Please choose one of the options."), code="invalid")
    links = {link.url: link for link in map(clean_link, words.links)}
    return {
        "pronouns": clean_line(words.pronouns, 60),
        "pronunciation": clean_line(words.pronunciation, 200),
        "languages": list(dict.fromkeys(words.languages))[:MOST_LANGUAGES],
        "region": words.region,
        "about": _about(words.about),
        "links": [{"label": link.label, "url": link.url} for link in links.values()],
        "seen": {part: level for part, level in sorted(words.seen.items()) if level != Seen.ME},
    }


def _about(text: str) -> str:
    """Several lines, each without what steers or cannot be seen."""
    kept = "\n".join(clean_line(line, LONGEST_ABOUT) for line in text.replace("\r\n", "\n").split("\n")).strip()
    if len(kept) > LONGEST_ABOUT:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": LONGEST_ABOUT}, code="invalid")
    return kept


def _take_over(row: Any, values: dict[str, Any]) -> dict[str, list[Any]]:
    changes = {key: [getattr(row, key), new] for key, new in values.items() if getattr(row, key) != new}
    for key, value in values.items():
        setattr(row, key, value)
    return changes


def _changed_affiliations(person: Person, lines: tuple[Affiliated, ...]) -> list[Any]:
    """Bring the rows to these lines; their old and new values where anything differs."""
    if len(lines) > MOST_AFFILIATIONS:
        raise Refused(_("At most %(count)d lines fit here.") % {"count": MOST_AFFILIATIONS}, code="invalid")
    present = {row.pk: row for row in Affiliation.objects.filter(person=person)}
    before = [_line(row) for row in present.values()]
    kept: list[Affiliation] = []
    for line in lines:
        if line.began_on and line.ended_on and line.ended_on < line.began_on:
            raise Refused(_("An affiliation cannot end before it began."), code="invalid")
        row = present.pop(line.pk, None) if line.pk else None
        row = row or Affiliation(person=person)
        row.organisation = clean_line(line.organisation, 200)
        row.began_on, row.ended_on = line.began_on, line.ended_on
        kept.append(row)
    after = [_line(row) for row in kept]
    if sorted(map(str, before)) == sorted(map(str, after)):
        return []
    for row in present.values():
        row.delete()
    for row in kept:
        row.save()
    return [before, after]


def _line(row: Affiliation) -> dict[str, str | None]:
    return {
        "organisation": row.organisation,
        "from": row.began_on.isoformat() if row.began_on else None,
        "until": row.ended_on.isoformat() if row.ended_on else None,
    }
