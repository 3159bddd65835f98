"""How a mail of ours is made: a text part, an HTML part from one shell, and the headers that mail programs act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from folkmoot.kit.naming import plain_name
from folkmoot.notices.domain.paragraphs import Block, blocks
from folkmoot.notices.handing_over import calendar_type
from folkmoot.notices.kinds import CalendarPart
from folkmoot.notices.models import Letter, Telling
from folkmoot.notices.outbox import letter_of, write_letters
from folkmoot.notices.stopping import DIGEST, stop_path
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Item:
    """One thing in a mail: a heading where there are several, its words, and where one acts on it.

    `shortcut` is a whole address that does it without signing in, `shortcut_words` what its link says.
    """

    text: str
    link: str = ""
    action: str = ""
    heading: str = ""
    shortcut: str = ""
    shortcut_words: str = ""

    @property
    def blocks(self) -> list[Block]:
        return blocks(self.text)


@dataclass(frozen=True)
class Mail:
    """What a mail says. `stop` is the whole address at which its reader stops mails of this sort, where they can."""

    subject: str
    items: Sequence[Item]
    because: str
    stop: str = ""
    stop_words: str = ""
    sort: str = ""
    is_bulk: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    calendar: CalendarPart | None = None


def render_text(template: str, context: dict[str, Any]) -> str:
    """A template as plain text: nothing is escaped, since nothing in it is markup."""
    found = get_template(template).template  # type: ignore[attr-defined]
    return str(found.render(Context(context, autoescape=False))).strip()


def whole(path: str) -> str:
    """The address of a local path as it stands in a mail."""
    return f"{settings.PUBLIC_ADDRESS}{path}" if path else ""


def write(mail: Mail, to: str) -> Letter:
    """Write the letter to one address, in the caller's transaction."""
    return write_letters(_message(mail, to))[0]


def draft(mail: Mail, to: str) -> Letter:
    """The letter as it would be written, without keeping or sending it."""
    return letter_of(_message(mail, to), to)


def _message(mail: Mail, to: str) -> EmailMultiAlternatives:
    organisation = the_organisation()
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    subject = plain_name(mail.subject, LONGEST_SUBJECT)
    context = {
        "mail": mail,
        "subject": subject,
        "organisation": organisation.name if organisation else "Folkmoot",
        "language": get_language() or settings.LANGUAGE_CODE,
        "address": settings.PUBLIC_ADDRESS,
        "settings_link": whole(reverse("notice_settings")),
    }
    # Answers of machines are asked not to come (RFC 3834; the second is what Exchange heeds).
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if mail.sort:
        label = context["organisation"]
        headers["List-Id"] = f"{_phrase(str(label))} <{mail.sort}.notices.{host}>"
    if mail.is_bulk:
        headers["Precedence"] = "bulk"
    if mail.stop:
        headers["List-Unsubscribe"] = f"<{mail.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_text("notices/mail/shell.txt", context) + "\n",
        to=[to],
        headers=headers | mail.headers,
    )
    message.attach_alternative(get_template("notices/mail/shell.html").render(context), "text/html")
    if mail.calendar is not None:
        message.attach_alternative(mail.calendar.text, calendar_type(mail.calendar.method))
    return message


def _phrase(words: str) -> str:
    """Words before an address in a header, without what would have to be quoted there."""
    kept = "".join(c for c in words if c.isascii() and (c.isalnum() or c == " "))
    return " ".join(kept.split()) or "Folkmoot"


def mail_of(telling: Telling) -> Mail:
    """The mail in which one person is told one thing."""
    stop = "" if telling.needed else whole(stop_path(telling.person_id, telling.topic))
    return Mail(
        subject=telling.subject,
        items=[_item(telling)],
        because=telling.because,
        stop=stop,
        stop_words=_("Stop mails about this") if stop else "",
        sort=telling.topic,
        is_bulk=not telling.needed,
        calendar=CalendarPart(telling.calendar_method, telling.calendar) if telling.calendar else None,
    )


def digest_of(person: Person, tellings: Sequence[Telling]) -> Mail:
    """The mail that gathers what somebody was told, the oldest first."""
    organisation = the_organisation()
    name = organisation.name if organisation else "Folkmoot"
    return Mail(
        subject=_("What is new at %(organisation)s (%(count)d)") % {"organisation": name, "count": len(tellings)},
        items=[_item(one, heading=one.subject) for one in tellings],
        because=_("You get this because you asked for a digest."),
        stop=whole(stop_path(person.pk, DIGEST)),
        stop_words=_("Stop the digest"),
        sort="digest",
        is_bulk=True,
    )


def _item(telling: Telling, *, heading: str = "") -> Item:
    return Item(
        telling.text,
        whole(telling.path),
        telling.action or str(_("Have a look")),
        heading=heading,
        shortcut=whole(telling.shortcut),
        shortcut_words=telling.shortcut_words,
    )
