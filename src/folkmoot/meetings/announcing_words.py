"""The words of an announcement: how it begins, and what takes the place of the words in braces.

`{group}`, `{agenda}` and `{open roles}` are filled in when the draft is written, so that the crier can go on from
there; `{day}`, `{time}`, `{when}` and `{page}` stay until it is sent, since everybody reads them by their own clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.calendar.texts import one_line, paragraphs
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.meetings.agenda_reading import items_on
from folkmoot.meetings.call_roles_reading import roles_at
from folkmoot.meetings.models import AnnouncementText, Meeting
from folkmoot.meetings.models.announcing import LONGEST_BODY, LONGEST_SUBJECT
from folkmoot.meetings.wording import when_words
from folkmoot.notices.mails import whole
from folkmoot.ui import times
from folkmoot.ui.slots import Label

FOR_READERS: Mapping[str, Label] = {
    "when": gettext_lazy("day and time of the call by the reader’s clock"),
    "day": gettext_lazy("its day by the reader’s clock"),
    "time": gettext_lazy("its time by the reader’s clock"),
    "page": gettext_lazy("the address of the call’s page, where one finds how to join"),
}
FOR_DRAFTS: Mapping[str, Label] = {
    "group": gettext_lazy("the name of the group"),
    "agenda": gettext_lazy("what is on the agenda"),
    "open roles": gettext_lazy("which call roles nobody has yet; nothing when all are taken"),
}
_BRACED = re.compile(r"\{([^{}\n]{0,40})\}")
_EMPTY_LINES = re.compile(r"\n{3,}")


def first_subject() -> str:
    return _("{group}: call on {day}, {time}")


def first_body() -> str:
    return _(
        "Hello,\n\n"
        "the next call of {group} is on {when}.\n\n"
        "What we want to talk about:\n\n"
        "{agenda}\n\n"
        "{open roles}\n\n"
        "How to join, and all else about the call: {page}"
    )


def text_of(group: Group) -> tuple[str, str]:
    """Subject and body with which a group's announcements begin: its own, else ours."""
    own = AnnouncementText.objects.filter(group=group).first()
    return (own.subject, own.body) if own else (first_subject(), first_body())


def draft_of(meeting: Meeting) -> tuple[str, str]:
    """Subject and body of an announcement of a call, filled in as far as it is the same for everybody."""
    values = {
        "group": meeting.group.name,
        "agenda": _agenda(meeting),
        "open roles": _open_roles(meeting),
    }
    subject, body = (_fill(text, values) for text in text_of(meeting.group))
    return one_line(subject, most=LONGEST_SUBJECT), _EMPTY_LINES.sub("\n\n", body).strip()


def for_reader(text: str, meeting: Meeting) -> str:
    """A text with day, time and address, by the clock that is active."""
    here = timezone.localtime(meeting.starts_at)
    return _fill(
        text,
        {
            "when": when_words(meeting.starts_at, timezone.get_current_timezone_name()),
            "day": times.short_day(here.date()),
            "time": times.clock_words(here, "24"),
            "page": whole(meeting.get_absolute_url()),
        },
    )


def clean_words(subject: str, body: str, *, known: Mapping[str, Label] = FOR_READERS) -> tuple[str, str]:
    """Both fit to be sent; Refused `invalid` for one that is empty or too long, or has words in braces without sense.

    The refusal's `field` is "subject" or "body".
    """
    line, text = one_line(subject, most=LONGEST_SUBJECT * 2), paragraphs(body, most=LONGEST_BODY * 2)
    if shows_nothing(line):
        raise Refused(_("Please write a subject."), code="invalid", field="subject")
    if shows_nothing(text):
        raise Refused(_("Please write what people should know."), code="invalid", field="body")
    if len(line) > LONGEST_SUBJECT:
        words = _("A subject may have at most %(count)s characters.")
        raise Refused(words % {"count": LONGEST_SUBJECT}, code="invalid", field="subject")
    if len(text) > LONGEST_BODY:
        words = _("Please stay below %(count)s characters.")
        raise Refused(words % {"count": LONGEST_BODY}, code="invalid", field="body")
    for field, value in (("subject", line), ("body", text)):
        for name in _BRACED.findall(value):
            if name.strip() not in known:
                words = _("“{%(name)s}” stands for nothing here. These do: %(known)s.")
                every = ", ".join(f"{{{one}}}" for one in known)
                raise Refused(words % {"name": name, "known": every}, code="invalid", field=field)
    return line, text


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _BRACED.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def _agenda(meeting: Meeting) -> str:
    """The items as a list, each with its minutes; that there are none where there are none."""
    items = list(items_on(meeting))
    if not items:
        return _("- The agenda is open so far: bring what matters to you.")
    return "\n".join(
        _("- %(title)s (%(minutes)s)") % {"title": item.title, "minutes": times.minutes_words(item.minutes)}
        if item.minutes
        else f"- {item.title}"
        for item in items
    )


def _open_roles(meeting: Meeting) -> str:
    names = [one.role.name for one in roles_at(meeting) if one.is_open and one.role.is_needed]
    if not names:
        return ""
    return _("Still looked for: %(roles)s. A call is easier when somebody takes it.") % {"roles": ", ".join(names)}
