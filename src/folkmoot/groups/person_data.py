"""What is kept of people's part in groups, and whether two of them share one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.actions import end_participation, is_full
from folkmoot.groups.models import CharterDraft, Participation, Power, Term
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.circles import PROMINENT, SHARED_CIRCLES
from folkmoot.people.models import Person
from folkmoot.people.person_data import Rows, offer
from folkmoot.ui.slots import Label

STRENGTH = (Power.OBSERVE, Power.TAKE_PART, Power.MANAGE)


class Participations:
    """Roles in groups, those of the past too. Erasing ends what lasts; the rows stay, they hold no words."""

    title: Label = _("Groups and roles")
    seen_by: Label = _("Everyone: the pages of a group show who takes part in it.")

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(Participation, "person")]

    def export(self, person: Person) -> list[dict[str, Any]]:
        rows = Participation.objects.filter(person=person).select_related("group", "role").order_by("pk")
        return [
            {
                "group": row.group.name,
                "role": row.role.name,
                "from": row.began_at.isoformat(),
                "until": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in rows
        ]

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        """Where both take part in a group now, the stronger role lasts (that of `kept` if both are alike)."""
        now = timezone.now()
        open_now = Participation.objects.select_for_update().filter(ended_at=None).order_by("pk")
        of_kept = {row.group_id: row for row in open_now.filter(person=kept).select_related("role")}
        ended = []
        for row in open_now.filter(person=gone).select_related("role"):
            other = of_kept.get(row.group_id)
            if other is None:
                continue
            weaker = other if _strength(row) > _strength(other) else row
            weaker.ended_at = max(now, weaker.began_at)
            weaker.save(update_fields=["ended_at"])
            ended.append([weaker.pk, weaker.ended_at.isoformat()])
        rows = list(Participation.objects.filter(person=gone).order_by("pk").values_list("pk", flat=True))
        Participation.objects.filter(pk__in=rows).update(person=kept)
        return {"rows": rows, "ended": ended}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        """Back to whom they were of; what had to end lasts again, unless a role was taken or a seat filled since."""
        mine = Participation.objects.filter(person=kept, pk__in=moved["rows"])
        clashing = Participation.objects.filter(person=gone, ended_at=None).values_list("group_id", flat=True)
        mine.exclude(ended_at=None, group_id__in=list(clashing)).update(person=gone)
        for key, ended_at in moved["ended"]:
            row = Participation.objects.filter(pk=key, ended_at=parse_datetime(ended_at)).select_related("role").first()
            if row is None or is_full(row.role):
                continue
            if not Participation.objects.filter(person=row.person_id, group=row.group_id, ended_at=None).exists():
                row.ended_at = None
                row.save(update_fields=["ended_at"])

    def erase(self, person: Person) -> None:
        for row in Participation.objects.filter(person=person, ended_at=None).select_related("group", "role", "person"):
            end_participation(row, by=system())


def _strength(row: Participation) -> int:
    return STRENGTH.index(Power(row.role.power))


def share_a_group(one: Person, other: Person) -> bool:
    """Whether both take part in one group now."""
    present = Participation.objects.filter(ended_at=None)
    return present.filter(person=one, group__in=present.filter(person=other).values("group")).exists()


def managers() -> Iterable[Person]:
    """Whoever leads a group now."""
    seated = Term.objects.on(today_here()).filter(seat__retired_on=None, seat__role__power=Power.MANAGE)
    mine = Participation.objects.filter(ended_at=None, role__power=Power.MANAGE)
    return Person.objects.filter(Q(pk__in=mine.values("person")) | Q(pk__in=seated.values("person")), is_active=True)


def fill() -> None:
    """Enter what we keep, and answer what `people` asks."""
    offer("groups.participations", Participations(), order=20)
    offer(
        "groups.charter_drafts",
        Rows(_("Charters being brought in"), CharterDraft, "by", _draft, seen_by=_("You.")),
        order=21,
    )
    SHARED_CIRCLES.register("groups", share_a_group)
    PROMINENT.register("managers", managers)


def _draft(row: CharterDraft) -> dict[str, Any]:
    return {
        "file": row.file_name,
        "text": bytes(row.source).decode("utf-8", "replace"),
        "answers": row.answers,
        "changed": row.changed_at.isoformat(),
    }
