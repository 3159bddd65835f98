"""The lists of risks and stakeholders."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.goal_facts import RiskNoted, StakeholderNoted
from folkmoot.plan.goal_rules import may_change_risk, may_keep_risks, may_keep_stakeholders, may_read_stakeholders
from folkmoot.plan.models import Level, Risk, RiskState, Stakeholder


@transaction.atomic
def keep_risk(
    group: Group,
    *,
    title: str,
    likelihood: int,
    impact: int,
    words: str = "",
    response: str = "",
    owner: Person | None = None,
    review_on: date | None = None,
    state: RiskState = RiskState.OPEN,
    is_shareable: bool = False,
    risk: Risk | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Risk:
    """Enter a risk, or change one that is there (`risk`). Whether its title may be shared is for managers to say."""
    if risk is None:
        require(may_keep_risks(by, group))
        risk = Risk(group=group)
    else:
        risk = Risk.objects.select_for_update(of=("self",)).select_related("group").get(pk=risk.pk, group=group)
        require(may_change_risk(by, risk))
    for number in (likelihood, impact):
        if number not in range(1, 6):
            raise Refused(_("Likelihood and impact are numbers from 1 to 5."), code="invalid")
    if owner is None or owner.pk != risk.owner_id:
        risk.owner = entered.of_group(owner, group)
    if is_shareable != risk.is_shareable:
        require(may_keep_stakeholders(by, group))
    risk.title, risk.words, risk.response = entered.title(title), entered.words(words), entered.words(response)
    risk.likelihood, risk.impact, risk.review_on = likelihood, impact, review_on
    risk.state, risk.is_shareable = state, is_shareable
    risk.save()
    _tell(risk, by, at)
    return risk


@transaction.atomic
def hand_risk(risk: Risk, *, to: Person, by: Actor) -> None:
    """Let somebody else look after a risk; done twice, it is done once."""
    risk = Risk.objects.select_for_update(of=("self",)).select_related("group").get(pk=risk.pk)
    require(may_change_risk(by, risk))
    if risk.owner_id == to.pk:
        return
    risk.owner = entered.of_group(to, risk.group)
    risk.save(update_fields=["owner"])
    _tell(risk, by, None)


def _tell(risk: Risk, by: Actor, at: datetime | None) -> None:
    fact = RiskNoted(risk_id=risk.pk, score=risk.score, state=RiskState(risk.state).value)
    record(fact, by=by, on=risk, within=risk.group, at=at)


@transaction.atomic
def keep_stakeholder(
    group: Group,
    *,
    name: str,
    organisation: str = "",
    why: str = "",
    interest: Level = Level.MEDIUM,
    influence: Level = Level.MEDIUM,
    contact: Person | None = None,
    next_touch_on: date | None = None,
    stakeholder: Stakeholder | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Stakeholder:
    """Enter a stakeholder, or change one that is there (`stakeholder`)."""
    require(may_keep_stakeholders(by, group))
    if stakeholder is None:
        stakeholder = Stakeholder(group=group)
    else:
        stakeholder = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk, group=group)
    if contact is None or contact.pk != stakeholder.contact_id:
        stakeholder.contact = entered.of_group(contact, group)
    stakeholder.name = entered.title(name)
    stakeholder.organisation = entered.title(organisation) if organisation.strip() else ""
    stakeholder.why, stakeholder.next_touch_on = entered.words(why), next_touch_on
    stakeholder.interest, stakeholder.influence = Level(interest), Level(influence)
    stakeholder.save()
    fact = StakeholderNoted(stakeholder_id=stakeholder.pk, is_gone=False)
    record(fact, by=by, on=stakeholder, within=group, at=at)
    return stakeholder


@transaction.atomic
def hand_stakeholder(stakeholder: Stakeholder, *, to: Person, by: Actor) -> None:
    """Let somebody else keep in touch; done twice, it is done once."""
    stakeholder = Stakeholder.objects.select_for_update(of=("self",)).select_related("group").get(pk=stakeholder.pk)
    require(may_keep_stakeholders(by, stakeholder.group))
    if stakeholder.contact_id == to.pk:
        return
    stakeholder.contact = entered.of_group(to, stakeholder.group)
    stakeholder.save(update_fields=["contact"])
    fact = StakeholderNoted(stakeholder_id=stakeholder.pk, is_gone=False)
    record(fact, by=by, on=stakeholder, within=stakeholder.group)


@transaction.atomic
def remove_stakeholder(stakeholder: Stakeholder, *, by: Actor) -> None:
    """Take somebody off the list, with every word about them; also in a group that is closed."""
    require(may_read_stakeholders(by, stakeholder.group))
    fact = StakeholderNoted(stakeholder_id=stakeholder.pk, is_gone=True)
    record(fact, by=by, within=stakeholder.group)
    stakeholder.delete()
