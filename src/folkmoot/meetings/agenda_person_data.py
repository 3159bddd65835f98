"""What agendas keep about people: what they lead and asked for, what they proposed to read, what they changed last."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.models import AgendaItem, AgendaLink, Material
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


def fill() -> None:
    """Answer for every model of agendas that points at a person."""
    keep = OnErasing.KEEP
    offer("meetings.agenda_items", Rows(_("Agenda items you lead"), AgendaItem, "owner", _item, keep))
    offer("meetings.agenda_items_asked", Rows(_("Agenda items you asked for"), AgendaItem, "asked_by", _item, keep))
    offer("meetings.agenda_items_changed", Pointers(_("Agenda items you changed"), AgendaItem, "changed_by", _titled))
    offer("meetings.materials", Rows(_("Materials you proposed"), Material, "proposed_by", _material, keep))
    offer("meetings.agenda_links", Pointers(_("Links for guests that you made"), AgendaLink, "made_by", _link))


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "text": item.text,
        "group": item.meeting.group.name,
        "call": item.meeting.starts_at.isoformat(),
        "state": item.state,
        "why": item.why,
    }


def _titled(item: AgendaItem) -> dict[str, Any]:
    return {"title": item.title, "changed_at": item.changed_at.isoformat()}


def _material(material: Material) -> dict[str, Any]:
    return {"title": material.title, "address": material.url, "item": material.item.title, "state": material.state}


def _link(link: AgendaLink) -> dict[str, Any]:
    return {"call": link.meeting.starts_at.isoformat(), "made_at": link.made_at.isoformat()}
