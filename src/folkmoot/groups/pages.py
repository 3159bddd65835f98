"""What a group's home page shows, gathered in a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from folkmoot.groups.models import CharterVersion, Group, GroupState, Participation, Power, Role
from folkmoot.groups.naming import role_name
from folkmoot.kit import recurrence
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LEAD_LENGTH = 320
SAFE_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Stated:
    """Something that the charter says: its name and words, its clause with a permalink, and a link out."""

    name: str
    text: str
    number: str
    href: str
    url: str

    @property
    def label(self) -> str:
        """Its name, or its words where it has none."""
        return self.name or self.text

    @property
    def note(self) -> str:
        """Its words, where the name already stands above them."""
        return self.text if self.name else ""


@dataclass(frozen=True)
class RolePanel:
    """A role in the words of the charter, who holds it, and how many of its seats are free."""

    role: Role
    stated: Stated | None
    holders: Sequence[Participation]

    @property
    def leads(self) -> bool:
        return self.role.power == Power.MANAGE

    @property
    def free_seats(self) -> int:
        return max(0, self.role.seats - len(self.holders)) if self.role.seats is not None else 0

    @property
    def people(self) -> list[Person]:
        return [participation.person for participation in self.holders]

    @property
    def named(self) -> list[Participation]:
        """Those who lead and agreed that everybody may read their name."""
        return [participation for participation in self.holders if self.leads and is_named_publicly(participation)]

    @property
    def unnamed(self) -> int:
        return len(self.holders) - len(self.named)

    @property
    def words(self) -> str:
        """What someone in this role does, as the charter says it."""
        return shortened(self.role.text, LEAD_LENGTH)

    @property
    def you_can(self) -> str:
        """What the role lets you do here, in a sentence: "As an observer you can…"."""
        return f"{as_one_of(self.role.name)} {YOU_CAN[Power(self.role.power)]}"


@dataclass(frozen=True)
class Quarter:
    """Three months of the year, and what the charter wants done in them."""

    name: str
    is_now: bool
    activities: Sequence[Stated]


@dataclass(frozen=True)
class GroupPage:
    """Everything on a group's home page that the group itself knows."""

    charter: CharterVersion
    roles: Sequence[RolePanel]

    @property
    def group(self) -> Group:
        return self.charter.group

    @property
    def is_closed(self) -> bool:
        return self.group.state == GroupState.CLOSED

    @cached_property
    def _url(self) -> str:
        return reverse("charter", args=[self.group.slug])

    def _stated(self, key: str) -> list[Stated]:
        return [stated_from(item, self._url) for item in self.charter.reading.get(key) or []]

    @property
    def purpose(self) -> str:
        return self.charter.reading.get("purpose") or ""

    @property
    def lead(self) -> str:
        """The purpose, or as many of its sentences as make a lead."""
        return shortened(self.purpose, LEAD_LENGTH)

    @property
    def cadence(self) -> str:
        """When the group meets, in words: "every second Wednesday"; empty when nothing is scheduled."""
        return " and ".join(cadence_words(self.charter.reading))

    @cached_property
    def objectives(self) -> list[Stated]:
        return self._stated("objectives")

    @property
    def objectives_intro(self) -> str:
        count = len(self.objectives)
        return ngettext("One objective, from the charter.", "%(count)d objectives, from the charter.", count) % {
            "count": count
        }

    @property
    def membership(self) -> list[Stated]:
        return self._stated("membership")

    @property
    def people(self) -> list[Person]:
        """Everybody who takes part, those who lead first."""
        return [person for panel in sorted(self.roles, key=lambda p: not p.leads) for person in panel.people]

    @property
    def named_people(self) -> list[Person]:
        """Those of them whom everybody may know by name."""
        return [participation.person for panel in self.roles for participation in panel.named]

    @property
    def free_seats(self) -> int:
        return sum(panel.free_seats for panel in self.roles)

    @property
    def gathering(self) -> str:
        """Who gathers here, in one line: "17 people in 12 time zones, and a free seat"."""
        people = len(self.people)
        zones = len({person.zone for person in self.people if person.zone})
        words = ngettext("%(count)d person", "%(count)d people", people) % {"count": people}
        if zones > 1:
            words = _("%(people)s in %(zones)d time zones") % {"people": words, "zones": zones}
        if self.free_seats:
            seats = ngettext("a free seat", "%(count)d free seats", self.free_seats) % {"count": self.free_seats}
            words = _("%(people)s, and %(seats)s") % {"people": words, "seats": seats} if people else seats.capitalize()
        return words

    @cached_property
    def activities(self) -> list[tuple[str, Stated]]:
        """What the charter asks for each year, with its quarter ("Q3") or nothing."""
        said = self.charter.reading.get("annual_activities") or []
        return [(item.get("quarter") or "", stated_from(item, self._url)) for item in said]

    @property
    def year_intro(self) -> str:
        count = len(self.activities)
        return ngettext(
            "One kind of activity that the charter asks for, every year.",
            "%(count)d kinds of activity that the charter asks for, every year.",
            count,
        ) % {"count": count}

    @property
    def quarters(self) -> list[Quarter]:
        """The four quarters with their activities; empty when the charter ties none to a quarter."""
        if not any(quarter for quarter, _stated in self.activities):
            return []
        now = (today_here().month + 2) // 3
        names = (_("January to March"), _("April to June"), _("July to September"), _("October to December"))
        return [
            Quarter(name, number == now, [stated for quarter, stated in self.activities if quarter == f"Q{number}"])
            for number, name in enumerate(names, 1)
        ]

    @property
    def all_year(self) -> list[Stated]:
        """The activities that the charter ties to no quarter."""
        return [stated for quarter, stated in self.activities if not quarter]

    @property
    def decision_rules(self) -> list[Stated]:
        return self._stated("decision_rules")

    @property
    def policies(self) -> list[Stated]:
        return self._stated("policies")

    @property
    def channels(self) -> list[Stated]:
        return self._stated("channels")


def group_page(slug: str, *, on: date | None = None) -> GroupPage:
    """The page of the group of this slug, in three queries; 404 when there is none."""
    day = on or today_here()
    charter = (
        CharterVersion.objects.filter(group__slug=slug, in_force_from__lte=day)
        .select_related("group")
        .defer("text", "answers")
        .order_by("-in_force_from", "-number")
        .first()
    )
    if charter is None:
        raise Http404
    present = (
        Participation.objects.filter(ended_at=None).select_related("person", "appointment").order_by("began_at", "pk")
    )
    roles = Role.objects.filter(group=charter.group_id, retired_at=None).prefetch_related(
        Prefetch("participations", queryset=present, to_attr="present")
    )
    url = reverse("charter", args=[charter.group.slug])
    said = {role_name(item.get("name") or ""): stated_from(item, url) for item in charter.reading.get("roles") or []}
    return GroupPage(charter, [RolePanel(role, said.get(role.name), role.present) for role in roles])


def is_named_publicly(participation: Participation) -> bool:
    """Whether somebody who leads agreed that everybody may read their name."""
    appointment = getattr(participation, "appointment", None)
    return appointment is not None and bool(appointment.names_publicly)


YOU_CAN = {
    Power.MANAGE: _lazy("you can lead the calls, move them, call them off, and call one besides."),
    Power.TAKE_PART: _lazy("you can come to every call, speak, and take something on."),
    Power.OBSERVE: _lazy("you can follow and discuss; nothing is expected of you."),
}
_ONE_OF_MANY = re.compile(r"[A-Za-z][A-Za-z -]*[A-Za-rt-z]s", re.ASCII)


def as_one_of(role_name: str) -> str:
    """ "As an observer" for Observers; "In this role" for a name that has no plain English singular."""
    if len(role_name) > 40 or not _ONE_OF_MANY.fullmatch(role_name):
        return _("In this role")
    one = role_name[:-1].lower()
    return _("As an %(role)s") % {"role": one} if one[0] in "aeiou" else _("As a %(role)s") % {"role": one}


def stated_from(item: Mapping[str, Any], charter_url: str) -> Stated:
    """One item of a reading, with its permalink on the charter page; a link out only where it is harmless."""
    url = str(item.get("url") or "")
    return Stated(
        name=item.get("name") or "",
        text=item.get("text") or "",
        number=item.get("number") or "",
        href=f"{charter_url}#{item['anchor']}" if item.get("anchor") else "",
        url=url if url.lower().startswith(SAFE_SCHEMES) else "",
    )


def cadence_words(reading: Mapping[str, Any]) -> list[str]:
    """The regular meetings of a reading in words, those that can be scheduled."""
    words = []
    for meeting in reading.get("meetings") or []:
        if meeting.get("rrule") and meeting.get("first_date"):
            try:
                rule = recurrence.parse_rrule(meeting["rrule"])
                words.append(recurrence.words(rule, date.fromisoformat(meeting["first_date"])))
            except Refused:
                continue
    return words


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\s])")


def shortened(text: str, length: int) -> str:
    """Whole sentences of a text up to a length, or its beginning with an ellipsis when the first is longer."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if kept and len(kept) + 1 + len(sentence) > length:
            return kept
        kept = f"{kept} {sentence}".strip()
        if len(kept) > length:
            break
    return kept[: length - 1].rsplit(" ", 1)[0] + "…" if len(kept) > length else kept
