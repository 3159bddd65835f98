"""How an invitation, a change of it, and its end are worded as a mail."""

from __future__ import annotations

from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.invitations.events import reply_address
from folkmoot.invitations.links import answer_shortcut
from folkmoot.invitations.models import CallInvitation
from folkmoot.invitations.stopping import stop_path
from folkmoot.kit import zones
from folkmoot.kit.ical import Event, invitation
from folkmoot.meetings.attendance_rules import is_expected
from folkmoot.meetings.notices.calls import AboutCall
from folkmoot.notices.kinds import CalendarPart
from folkmoot.notices.mails import Item, Mail, render_text, whole, write
from folkmoot.notices.queries import zone_of

News = Literal["invited", "changed", "off"]


def mail_invitation(row: CallInvitation, event: Event, news: News, through: Group | None, way_in: str = "") -> None:
    """Write the letter to the person of an invitation, in the caller's transaction and in their zone.

    `through` is the group by which they get it; without one they are a guest. `way_in` says how to join, where that is
    theirs to know.
    """
    person, call = row.person, AboutCall(row.meeting)
    is_off, answer_to = news == "off", reply_address(row)
    with timezone.override(zones.zone(zone_of(person))):
        words = {"name": call.name, "day": call.day, "time": f"{timezone.localtime(row.meeting.starts_at):%H:%M}"}
        is_expected_still = is_off and row.meeting.is_planned and is_expected(person, row.meeting)
        about: dict[str, object] = {
            "is_expected_still": is_expected_still,
            "news": news,
            "place": event.location,
            "way_in": way_in,
            "takes_answers": bool(answer_to),
        }
        text = render_text("invitations/mails/words.txt", {"call": call, **about})
        shortcut = None if is_off else answer_shortcut(row.meeting, person)
        mail = Mail(
            subject=_subject(news) % words,
            items=[
                Item(
                    text,
                    whole(call.path()),
                    _("See the call"),
                    shortcut=whole(shortcut.path) if shortcut else "",
                    shortcut_words=shortcut.words if shortcut else "",
                )
            ],
            because=_because(through) % {"group": (through or row.meeting.group).name},
            stop=whole(stop_path(person.pk, through.pk if through else None)),
            stop_words=_("Stop these invitations"),
            sort="invitations",
            headers={"Reply-To": answer_to} if answer_to else {},
            calendar=CalendarPart("CANCEL" if is_off else "REQUEST", _body(event, is_off=is_off)),
        )
        write(mail, person.email or "")


def _body(event: Event, *, is_off: bool) -> str:
    return invitation([event], "CANCEL" if is_off else "REQUEST").decode()


def _subject(news: News) -> str:
    match news:
        case "invited":
            return _("Invitation: %(name)s on %(day)s, %(time)s")
        case "changed":
            return _("Changed: %(name)s on %(day)s, %(time)s")
        case _:
            return _("Off your calendar: %(name)s on %(day)s")


def _because(through: Group | None) -> str:
    if through is None:
        return _("You get this because somebody who leads %(group)s invited you to this call.")
    return _("You get this because you wanted the calls of %(group)s as invitations by mail.")
