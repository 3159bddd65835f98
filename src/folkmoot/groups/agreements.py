"""Which documents people agree to in a group, and to which somebody has agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from folkmoot.groups.models import Agreement, CharterVersion, Consent, Group
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

CHARTER = "charter"
SAFE_SCHEMES = ("https://", "http://")


def policy_key(item: Mapping[str, Any]) -> str:
    """By what a policy of a reading is told apart from others, in every version of the charter."""
    kind = str(item.get("policy") or "")
    return (kind if kind and kind != "other" else slugify(str(item.get("name") or "")))[:60]


def policies_to_agree(reading: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The policies of a reading that can be read somewhere, by key."""
    found: dict[str, Mapping[str, Any]] = {}
    for item in reading.get("policies") or []:
        key = policy_key(item)
        if key and key != CHARTER and item.get("name") and str(item.get("url") or "").startswith(SAFE_SCHEMES):
            found.setdefault(key, item)
    return found


def organisation_agreements(*, on: date | None = None) -> list[Agreement]:
    """The organisation's own documents, each in the version in force on a day (today by default)."""
    return _latest(Agreement.objects.filter(group=None, in_force_from__lte=on or today_here()))


def agreements_of(group: Group, charter: CharterVersion | None, *, on: date | None = None) -> list[Agreement]:
    """What people agree to in a group: the organisation's documents, the charter, and the policies that it links to.

    A document that both name by the same address is asked for once.
    """
    return agreements_among(documents_of([group], on=on), group, charter)


def documents_of(groups: Sequence[Group], *, on: date | None = None) -> list[Agreement]:
    """Every document of these groups and of the organisation, in all versions in force on a day; one query."""
    return list(Agreement.objects.filter(Q(group__in=groups) | Q(group=None), in_force_from__lte=on or today_here()))


def agreements_among(documents: Iterable[Agreement], group: Group, charter: CharterVersion | None) -> list[Agreement]:
    """As `agreements_of`, out of documents that were read before."""
    kept = {CHARTER, *policies_to_agree(charter.reading if charter else {})}
    found = _latest(one for one in documents if one.group_id is None or (one.group_id == group.pk and one.key in kept))
    ours = {agreement.url for agreement in found if agreement.group_id is None and agreement.url}
    wanted = [agreement for agreement in found if agreement.group_id is None or agreement.url not in ours]
    return sorted(wanted, key=lambda agreement: (agreement.key != CHARTER, agreement.title.casefold()))


def codes_of_conduct(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those of these documents that say how people treat each other, by what they are called."""
    return [agreement for agreement in agreements if "code-of-conduct" in agreement.key.replace("_", "-")]


def _latest(agreements: Iterable[Agreement]) -> list[Agreement]:
    latest: dict[tuple[int | None, str], Agreement] = {}
    for agreement in sorted(agreements, key=lambda one: (one.in_force_from, one.number)):
        latest[agreement.group_id, agreement.key] = agreement
    return list(latest.values())


def not_agreed(person: Person, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Those of these documents to which the person has not agreed in this version."""
    given = set(Consent.objects.filter(person=person, agreement__in=agreements).values_list("agreement_id", flat=True))
    return [agreement for agreement in agreements if agreement.pk not in given]
