"""What may be written into tasks and checklists."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing

LONGEST_TITLE = 200
LONGEST_WORDS = 5000
LONGEST_WHY = 300
FIRST_YEAR, LAST_YEAR = 2000, 2199


def clean_title(title: str, longest: int = LONGEST_TITLE) -> str:
    """The title on one line; Refused `invalid` for an empty or over-long one."""
    kept = plain_name(title)
    if shows_nothing(kept):
        raise Refused(_("Please say in a few words what is to be done."), code="invalid")
    if len(kept) > longest:
        raise Refused(_("A title may have at most %(count)s characters.") % {"count": longest}, code="invalid")
    return kept


def clean_text(text: str, longest: int = LONGEST_WORDS) -> str:
    """The text without space around it; Refused `invalid` when it is too long."""
    kept = text.replace("\r\n", "\n").strip()
    if len(kept) > longest:
        raise Refused(_("Please stay below %(count)s characters.") % {"count": longest}, code="invalid")
    return kept


def checked_day(day: date) -> date:
    """The day itself; Refused `invalid` for one that can only be a slip of the keyboard."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(
            _("Please choose a day between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
            code="invalid",
        )
    return day
