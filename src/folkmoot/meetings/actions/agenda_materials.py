"""What there is to read for an item, and what is to be done because of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.agenda import hold_item
from folkmoot.meetings.agenda_rules import may_add_action, may_ask_for_item, may_lead_agenda
from folkmoot.meetings.facts import MaterialAnswered, MaterialProposed
from folkmoot.meetings.models import AgendaItem, ItemState, Material, MaterialKind, MaterialState
from folkmoot.meetings.notices import MaterialWaits
from folkmoot.notices.actions import tell
from folkmoot.people.actions import remove_upload
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.actions import add_task
from folkmoot.plan.models import Task
from folkmoot.plan.who import author, others

MOST_MATERIALS = 20


@transaction.atomic
def propose_link(item: AgendaItem, *, title: str, url: str, by: Actor) -> Material:
    """Propose a page elsewhere to read for an item; by whoever leads, everybody sees it at once.

    Refused `forbidden`, `closed`, `too_many`, `invalid`, `invalid_link` (not a whole https address).
    """
    require(may_ask_for_item(by, item.meeting))
    item = hold_item(item, while_open=False)
    material = Material(item=item, title=entered.title(title), url=secure_link(url))
    return keep_material(material, by=by)


def keep_material(material: Material, *, by: Actor) -> Material:
    """Keep something to read that was proposed, accept it where whoever leads did so, else tell those who lead.

    The caller has asked `may_ask_for_item`, and holds the item.
    """
    item = material.item
    if item.state in (ItemState.DECLINED, ItemState.REMOVED, ItemState.CARRIED):
        raise Refused(_("This item is not on the agenda any more."), code="closed")
    if item.materials.exclude(state=MaterialState.DECLINED).count() >= MOST_MATERIALS:
        raise Refused(_("There is enough to read for this item. Take something away first."), code="too_many")
    leads = bool(may_lead_agenda(by, item.meeting))
    material.proposed_by = author(by)
    material.state = MaterialState.ACCEPTED if leads else MaterialState.PROPOSED
    material.save()
    group = item.meeting.group
    record(MaterialProposed(material.pk, item.pk, material.title), by=by, on=item, within=group)
    if not leads and isinstance(by, Person):
        tell(others(managers_of(group), by), MaterialWaits(item, by.name, by.pk))
    return material


@transaction.atomic
def answer_material(material: Material, *, accept: bool, by: Actor) -> Material:
    """Let everybody see something to read, or nobody; done twice, it is told once."""
    item = hold_item(material.item, while_open=False)
    require(may_lead_agenda(by, item.meeting))
    material.refresh_from_db()
    wanted = MaterialState.ACCEPTED if accept else MaterialState.DECLINED
    if material.state == wanted:
        return material
    if accept and material.kind == MaterialKind.UPLOAD and material.upload is None:
        raise Refused(_("This file was deleted. Please hand it in once more."), code="gone")
    settle_material(material, wanted, by=by)
    record(
        MaterialAnswered(material.pk, item.pk, material.title, accept),
        by=by,
        about=material.proposed_by,
        on=item,
        within=item.meeting.group,
    )
    return material


def settle_material(material: Material, state: MaterialState, *, by: Actor) -> None:
    """Keep an answer. The file of something that nobody is to read goes, unless an item before or after has it too."""
    upload = material.upload if state == MaterialState.DECLINED else None
    if upload is not None:
        material.upload = None
    material.state = state
    material.save(update_fields=["state", "upload"])
    if upload is not None and not Material.objects.filter(upload=upload).exists():
        remove_upload(upload, by=by)


@transaction.atomic
def add_action(
    item: AgendaItem, *, title: str, owner: Person | None, due_on: date | None, agreed: bool = False, by: Actor
) -> Task:
    """Note who does what because of an item, as a task of the group that leads back to it.

    With `agreed` the owner has said yes on the call; else they are asked. Refused as `plan.add_task` refuses.
    """
    require(may_add_action(by, item))
    return add_task(
        title=title, group=item.meeting.group, owner=owner, agreed=agreed, due_on=due_on, source=item, by=by
    )


def secure_link(url: str) -> str:
    """A whole https address; Refused `invalid_link` for anything else."""
    kept = entered.link(url)
    if not kept.lower().startswith("https://") or "@" in kept.split("/")[2]:
        raise Refused(_("A link begins with https:// and names no password."), code="invalid_link")
    return "https://" + kept[len("https://") :]
