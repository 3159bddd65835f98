"""Initiatives: proposed, moved from stage to stage, changed, and told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.domain.lifecycle import Stage, may_follow
from folkmoot.plan.goal_facts import (
    InitiativeChanged,
    InitiativeLed,
    InitiativeMoved,
    InitiativeProposed,
    InitiativeUpdated,
)
from folkmoot.plan.goal_notices import InitiativeWaits, MadeLead
from folkmoot.plan.goal_rules import may_change_initiative, may_propose_initiative
from folkmoot.plan.models import Initiative, InitiativeHelper, InitiativeUpdate
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.who import author, others


@transaction.atomic
def propose_initiative(
    group: Group,
    *,
    title: str,
    words: str = "",
    objective: str = "",
    lead: Person | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Initiative:
    """Propose an initiative; who proposes it would lead it, unless somebody else is named. Managers are told."""
    require(may_propose_initiative(by, group))
    name, anchor = Objectives(group).named(objective)
    initiative = Initiative.objects.create(
        group=group,
        title=entered.title(title),
        words=entered.words(words),
        objective=name,
        objective_anchor=anchor,
        lead=entered.of_group(lead, group) or author(by),
        proposed_by=author(by),
        stage_since=at.date() if at else today_here(),
    )
    record(
        InitiativeProposed(initiative_id=initiative.pk, title=initiative.title),
        by=by,
        on=initiative,
        within=group,
        at=at,
    )
    if author(by):
        tell(others(managers_of(group), by), InitiativeWaits(initiative))
    return initiative


@transaction.atomic
def move_initiative(
    initiative: Initiative, *, to: Stage, why: str, by: Actor, at: datetime | None = None
) -> Initiative:
    """Let an initiative go on to another stage, for a reason. Refused `wrong_step` where that cannot follow.

    Moved to the stage in which it is, nothing is written. Whoever comes to lead something that begins is told.
    """
    initiative = hold_initiative(initiative)
    require(may_change_initiative(by, initiative))
    was = Stage(initiative.stage)
    if was == to:
        return initiative
    reason = entered.reason(why)
    if not may_follow(was, to):
        raise Refused(
            _("An initiative cannot go straight from %(was)s to %(now)s.") % {"was": was.value, "now": to.value},
            code="wrong_step",
        )
    moment = at or timezone.now()
    initiative.stage, initiative.stage_since = to, at.date() if at else today_here()
    if was == Stage.PROPOSED and to == Stage.SANDBOX and initiative.starts_on is None:
        initiative.starts_on = initiative.stage_since
    initiative.save(update_fields=["stage", "stage_since", "starts_on"])
    record(
        InitiativeMoved(
            initiative_id=initiative.pk,
            title=initiative.title,
            was=was.value,
            now=to.value,
            on=initiative.stage_since.isoformat(),
            why=reason,
        ),
        by=by,
        on=initiative,
        within=initiative.group,
        at=moment,
    )
    if was == Stage.PROPOSED and to == Stage.SANDBOX and initiative.lead is not None:
        _tell_lead(initiative, by=by, at=moment)
    return initiative


@transaction.atomic
def change_initiative(
    initiative: Initiative,
    *,
    title: str,
    words: str,
    objective: str,
    lead: Person | None,
    helpers: Iterable[Person],
    starts_on: date | None,
    ends_on: date | None,
    links: Sequence[str],
    by: Actor,
) -> Initiative:
    """Change what is said of an initiative, who leads it and who helps. What it served before may stay, though the
    charter no longer has it.
    """
    initiative = hold_initiative(initiative)
    require(may_change_initiative(by, initiative))
    entered.in_order(starts_on, ends_on)
    if objective != initiative.objective:
        initiative.objective, initiative.objective_anchor = Objectives(initiative.group).named(objective)
    is_new_lead = lead is not None and lead.pk != initiative.lead_id
    if is_new_lead or lead is None:
        initiative.lead = entered.of_group(lead, initiative.group)
    initiative.title, initiative.words = entered.title(title), entered.words(words)
    initiative.starts_on, initiative.ends_on = starts_on, ends_on
    initiative.links = entered.links(links)
    initiative.save()
    _set_helpers(initiative, list(helpers))
    record(
        InitiativeChanged(initiative_id=initiative.pk, title=initiative.title),
        by=by,
        on=initiative,
        within=initiative.group,
    )
    if is_new_lead and initiative.stage != Stage.PROPOSED:
        _tell_lead(initiative, by=by, at=timezone.now())
    return initiative


@transaction.atomic
def hand_initiative(initiative: Initiative, *, to: Person, by: Actor) -> None:
    """Let somebody else lead; done twice, it is done once."""
    initiative = hold_initiative(initiative)
    require(may_change_initiative(by, initiative))
    if initiative.lead_id == to.pk:
        return
    initiative.lead = entered.of_group(to, initiative.group)
    initiative.save(update_fields=["lead"])
    _tell_lead(initiative, by=by, at=timezone.now())


@transaction.atomic
def write_update(
    initiative: Initiative, *, words: str, on: date | None = None, by: Actor, at: datetime | None = None
) -> InitiativeUpdate:
    """Say how an initiative goes, on a day (today by default)."""
    require(may_change_initiative(by, initiative))
    said = entered.words(words)
    if not said:
        raise Refused(_("Please write a few words."), code="invalid")
    today = today_here()
    if on and on > today:
        raise Refused(_("That day is still to come."), code="invalid")
    update = InitiativeUpdate.objects.create(
        initiative=initiative, on=on or (at.date() if at else today), words=said, by=author(by)
    )
    record(
        InitiativeUpdated(update_id=update.pk, title=initiative.title),
        by=by,
        on=initiative,
        within=initiative.group,
        at=at,
    )
    return update


def hold_initiative(initiative: Initiative) -> Initiative:
    """The initiative as it is now; nobody else changes it until this transaction ends."""
    return Initiative.objects.select_for_update(of=("self",)).select_related("group", "lead").get(pk=initiative.pk)


def _set_helpers(initiative: Initiative, helpers: list[Person]) -> None:
    present = set(initiative.helpers.values_list("person_id", flat=True))
    wanted = {person.pk: person for person in helpers}
    initiative.helpers.exclude(person_id__in=wanted).delete()
    for key, person in wanted.items():
        if key not in present:
            entered.of_group(person, initiative.group)
            InitiativeHelper.objects.create(initiative=initiative, person=person)


def _tell_lead(initiative: Initiative, *, by: Actor, at: datetime) -> None:
    lead = initiative.lead
    assert lead is not None
    record(
        InitiativeLed(initiative_id=initiative.pk, title=initiative.title, person=lead.name),
        by=by,
        about=lead,
        on=initiative,
        within=initiative.group,
        at=at,
    )
    tell(others([lead], by), MadeLead(initiative))
