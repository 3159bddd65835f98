"""The versions of a charter with who brought each of them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from folkmoot.groups.models import Amendment, CharterVersion, Group
from folkmoot.ledger.actors import ActorKind
from folkmoot.ledger.models import Entry
from folkmoot.people.models import Person


@dataclass(frozen=True)
class VersionLine:
    """One version in the list; `by` is None where the system or the machine's steward adopted it."""

    version: CharterVersion
    by: Person | None
    by_machine: bool
    amendment: Amendment | None
    earlier: int | None
    """The number of the version before it."""


def versions_of(group: Group) -> Sequence[VersionLine]:
    """All versions, the latest first, in three queries."""
    versions = list(group.charters.defer("text", "reading", "answers").order_by("-number"))
    amendments = {one.version_id: one for one in group.amendments.filter(version__isnull=False).select_related("by")}
    entries = Entry.objects.filter(
        kind="groups.charter_adopted",
        on_type=ContentType.objects.get_for_model(CharterVersion),
        on_id__in=[version.pk for version in versions],
    ).select_related("actor")
    adopted = {entry.on_id: entry for entry in entries}
    lines = []
    for place, version in enumerate(versions):
        entry = adopted.get(version.pk)
        earlier = versions[place + 1].number if place + 1 < len(versions) else None
        lines.append(
            VersionLine(
                version=version,
                by=entry.actor if entry else None,
                by_machine=entry is not None and entry.actor_kind == ActorKind.MACHINE,
                amendment=amendments.get(version.pk),
                earlier=earlier,
            )
        )
    return lines
