"""Files to read for an item: handed in, and deleted."""

from __future__ import annotations

from django.db import transaction

from folkmoot.kit.uploads import Examined
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.agenda import hold_item
from folkmoot.meetings.actions.agenda_materials import answer_material, keep_material, settle_material
from folkmoot.meetings.agenda_rules import may_ask_for_item, may_delete_material, may_lead_agenda
from folkmoot.meetings.facts import MaterialTakenBack
from folkmoot.meetings.models import AgendaItem, Material, MaterialKind, MaterialState
from folkmoot.people.actions import take_in
from folkmoot.people.models import Person
from folkmoot.plan import entered


@transaction.atomic
def propose_file(item: AgendaItem, *, title: str = "", file: Examined, by: Person) -> Material:
    """Hand in a file to read for an item, called by its name without a `title`; by whoever leads, shown at once.

    Refused `forbidden`, `closed`, `too_many`, `invalid`, and as `take_in` refuses.
    """
    require(may_ask_for_item(by, item.meeting))
    item = hold_item(item, while_open=False)
    called = entered.title(title or file.name)
    material = Material(item=item, kind=MaterialKind.UPLOAD, title=called, upload=take_in(file, by=by))
    return keep_material(material, by=by)


@transaction.atomic
def delete_material(material: Material, *, by: Actor) -> None:
    """Take something to read away for good, with its file; done twice, it is told once."""
    item = hold_item(material.item, while_open=False)
    material.refresh_from_db()
    material.item = item
    if material.state == MaterialState.DECLINED:
        return
    require(may_delete_material(by, material))
    if may_lead_agenda(by, item.meeting):
        answer_material(material, accept=False, by=by)
        return
    settle_material(material, MaterialState.DECLINED, by=by)
    record(MaterialTakenBack(material.pk, item.pk, material.title), by=by, on=item, within=item.meeting.group)
