"""What people enter, checked before it is kept: names on one line, words within bounds, links that are harmless."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.people.models import Person

LONGEST_TITLE = 200
LONGEST_WHY = 500
LONGEST_WORDS = 10_000
MOST_LINKS = 20


def title(text: str, longest: int = LONGEST_TITLE) -> str:
    """A title on one line. Refused `invalid` when nothing of it can be seen or it is too long."""
    name = plain_name(text)
    if shows_nothing(name):
        raise Refused(_("It needs a name."), code="invalid")
    if len(name) > longest:
        raise Refused(_("That is longer than %(most)d characters.") % {"most": longest}, code="invalid")
    return name


def words(text: str, longest: int = LONGEST_WORDS) -> str:
    """Words as they were written, with plain line ends. Refused `invalid` when they are too long."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(kept) > longest:
        raise Refused(_("That is longer than %(most)d characters.") % {"most": longest}, code="invalid")
    return kept


def reason(text: str) -> str:
    """A reason in a line. Refused `reason_needed` when there is none."""
    why = plain_name(text)
    if shows_nothing(why):
        raise Refused(_("Please say why, in a few words."), code="reason_needed")
    if len(why) > LONGEST_WHY:
        raise Refused(_("That is longer than %(most)d characters.") % {"most": LONGEST_WHY}, code="invalid")
    return why


def in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Refused `invalid` when something ends before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("It cannot end before it starts."), code="invalid")


def of_group(person: Person | None, group: Group) -> Person | None:
    """The person, if they take part in the group. Refused `not_in_group` otherwise."""
    if person is not None and not (person.is_active and has_power(person, group)):
        raise Refused(
            _("%(person)s does not take part in %(group)s.") % {"person": person.name, "group": group.name},
            code="not_in_group",
        )
    return person


def link(url: str) -> str:
    """A whole web address, or nothing. Refused `invalid_link` for anything else."""
    url = url.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or len(url) > 500 or " " in url:
        raise Refused(_("A link begins with https:// and has no spaces."), code="invalid_link")
    return url


def links(lines: Sequence[str]) -> list[dict[str, str]]:
    """Links from lines of the form "name https://address" (the name may be left out)."""
    found = []
    for line in filter(None, (line.strip() for line in lines)):
        name, _space, url = line.rpartition(" ")
        found.append({"name": plain_name(name, LONGEST_TITLE), "url": link(url)})
    if len(found) > MOST_LINKS:
        raise Refused(_("At most %(most)d links, please.") % {"most": MOST_LINKS}, code="invalid")
    return found
