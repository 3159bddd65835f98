"""What a group usually talks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.facts import UsualAgendaChanged
from folkmoot.meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, ItemState, Kind, Meeting
from folkmoot.meetings.models.agenda import LONGEST_MINUTES
from folkmoot.plan import entered

MOST_USUAL = 20
MOST_DAYS = 60


@dataclass(frozen=True)
class UsualItem:
    """One line of a usual agenda."""

    title: str
    minutes: int = 5
    kind: str = Kind.INFORM
    is_consent: bool = False
    at_end: bool = False


def starter() -> list[UsualItem]:
    """With what a group begins that has not said yet what it usually talks about."""
    return [
        UsualItem(_("Welcome, and who does what on this call"), 5),
        UsualItem(_("Minutes of the last call"), 0, Kind.DECIDE, is_consent=True),
        UsualItem(_("What we said we would do"), 10),
        UsualItem(_("Anything else, and thanks"), 5, Kind.DISCUSS, at_end=True),
    ]


def items_of_template(template: AgendaTemplate | None, meeting: Meeting) -> list[AgendaItem]:
    """New items for a call, not kept yet, in the order of the usual agenda."""
    lines: Sequence[UsualItem | AgendaTemplateItem] = starter() if template is None else list(template.items.all())
    return [
        AgendaItem(
            meeting=meeting,
            title=line.title,
            minutes=line.minutes,
            kind=line.kind,
            is_consent=line.is_consent,
            at_end=line.at_end,
            is_usual=True,
            state=ItemState.ACCEPTED,
        )
        for line in lines
    ]


@transaction.atomic
def keep_usual_agenda(
    group: Group, lines: Sequence[UsualItem], *, days_before: int, version: int, by: Actor
) -> AgendaTemplate:
    """Say with what a group's agendas begin, and how many days before a call they are laid out (0: by hand only).

    `version` is the one that was seen, 0 where there was none. Refused `stale`, `forbidden`, `invalid`.
    """
    require(may_manage(by, group))
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    template = AgendaTemplate.objects.filter(group=group).first()
    if (template.version if template else 0) != version:
        raise Refused(
            _("Somebody has changed the usual agenda since you opened it. What you typed is kept below."), code="stale"
        )
    if len(lines) > MOST_USUAL:
        raise Refused(_("A usual agenda has at most %(most)d items.") % {"most": MOST_USUAL}, code="invalid")
    if not 0 <= days_before <= MOST_DAYS:
        raise Refused(_("Choose from 0 to %(most)d days.") % {"most": MOST_DAYS}, code="invalid")
    kept = [_checked(line) for line in lines]
    if template is None:
        template = AgendaTemplate.objects.create(group=group, days_before=days_before)
    else:
        template.days_before, template.version = days_before, template.version + 1
        template.save(update_fields=["days_before", "version"])
        template.items.all().delete()
    AgendaTemplateItem.objects.bulk_create(
        AgendaTemplateItem(
            template=template,
            position=position,
            title=line.title,
            minutes=line.minutes,
            kind=line.kind,
            is_consent=line.is_consent,
            at_end=line.at_end,
        )
        for position, line in enumerate(sorted(kept, key=lambda line: line.at_end))
    )
    record(UsualAgendaChanged(len(kept)), by=by, on=template, within=group)
    return template


def _checked(line: UsualItem) -> UsualItem:
    if not 0 <= line.minutes <= LONGEST_MINUTES or line.kind not in Kind.values:
        raise Refused(_("An item takes from 0 to %(most)d whole minutes.") % {"most": LONGEST_MINUTES}, code="invalid")
    return UsualItem(entered.title(line.title), line.minutes, line.kind, line.is_consent, line.at_end)
