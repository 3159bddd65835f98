"""Agendas in words: how much is planned, where an item comes from, the whole as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.kit import zones
from folkmoot.meetings.domain.agenda import Sum
from folkmoot.meetings.models import AgendaItem, Material, Meeting
from folkmoot.plan.domain.report_text import plain_words
from folkmoot.ui import times


def sum_of(items: Iterable[AgendaItem], meeting: Meeting) -> Sum:
    """The minutes of all that stands on an agenda beside the length of its call."""
    return Sum(sum(item.minutes for item in items), round(meeting.duration.total_seconds() / 60))


def sum_words(total: Sum) -> str:
    """`55 of 60 minutes planned; 5 minutes are left`, or by how much it is too long."""
    words = {"count": total.minutes, "length": total.length, "rest": rest_words(total)}
    return _("%(count)d of %(length)d minutes planned; %(rest)s") % words


def rest_words(total: Sum) -> str:
    """`5 minutes are left`, or by how much it is too long."""
    if total.over:
        return ngettext("%(count)d minute too long", "%(count)d minutes too long", total.over) % {"count": total.over}
    if total.left:
        return ngettext("%(count)d minute is left", "%(count)d minutes are left", total.left) % {"count": total.left}
    return _("it just fits")


def carried_words(item: AgendaItem) -> str:
    """`carried over from 12 November`, and how often that has happened; empty for an item of this call's own."""
    if item.carried_from is None:
        return ""
    day = times.plain_date(item.carried_from.meeting.starts.date())
    words = _("carried over from %(day)s") % {"day": day}
    if item.times_carried < 2:
        return words
    often = ngettext("%(count)d time so far", "%(count)d times so far", item.times_carried)
    return _("%(words)s, %(often)s") % {"words": words, "often": often % {"count": item.times_carried}}


def owner_words(item: AgendaItem) -> str:
    """Who leads an item; empty where nobody is named."""
    return item.owner.name if item.owner else item.owner_name


def agenda_text(meeting: Meeting, items: Sequence[AgendaItem], *, names: bool) -> str:
    """A call's agenda as Markdown; `items` with what is accepted to read for each. Times are those of the call.

    Without `names` nobody is named who leads an item, as for readers who are not signed in.
    """
    local = times.local(meeting.starts_at, meeting.zone)
    place = meeting.zone if times.is_fixed(meeting.zone) else _("%(place)s time") % {"place": zones.place(meeting.zone)}
    title = meeting.title or _("Agenda")
    blocks = [
        f"# {plain_words(title)}: {plain_words(meeting.group.name)}, {local.date().isoformat()}",
        f"{local:%H:%M} {place}. {sum_words(sum_of(items, meeting))}.",
        items_text(items, names=names) or _("Nothing is on the agenda yet."),
    ]
    return "\n\n".join(blocks) + "\n"


def items_text(items: Sequence[AgendaItem], *, names: bool) -> str:
    """What stands on an agenda, without its head; empty where nothing does."""
    blocks = []
    together = [item for item in items if item.is_consent]
    others = [item for item in items if not item.is_consent]
    if together:
        blocks.append("## " + _("Passes together, unless somebody takes it out"))
        blocks.append("\n".join(_line("-", item, names) for item in together))
    if others:
        blocks.append("## " + _("Items"))
        blocks.append("\n".join(_line(f"{number}.", item, names) for number, item in enumerate(others, 1)))
    return "\n\n".join(blocks)


def _line(mark: str, item: AgendaItem, names: bool) -> str:
    indent = " " * (len(mark) + 1)
    owner = owner_words(item) if names else ""
    facts = [minutes_words(item), str(item.get_kind_display()), owner, item.objective, carried_words(item)]
    facts += [_("done")] if item.is_done else []
    said = ", ".join(plain_words(one) for one in facts if one)
    lines = [f"{mark} **{plain_words(item.title)}** ({said})"]
    if item.text:
        lines += ["", *(f"{indent}{line}".rstrip() for line in item.text.splitlines()), ""]
    lines += [
        f"{indent}- [{plain_words(one.title)}](<{_whole_address(one)}>)"
        if one.address
        else f"{indent}- {plain_words(one.title)}"
        for one in item.materials.all()
    ]
    return "\n".join(lines)


def _whole_address(material: Material) -> str:
    address = material.address if material.upload is None else f"{settings.PUBLIC_ADDRESS}{material.address}"
    return address.replace("<", "%3C").replace(">", "%3E")


def minutes_words(item: AgendaItem) -> str:
    """`10 min`; empty for what takes no time of its own."""
    return _("%(count)d min") % {"count": item.minutes} if item.minutes else ""
