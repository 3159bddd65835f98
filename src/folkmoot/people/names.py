"""What may be a person's name: nearly everything, shown as written, but nothing that hides or breaks a line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing

LONGEST = 200


def clean_name(name: str) -> str:
    """The name on one line, see `kit.naming`; Refused with code `invalid` for an empty or over-long one."""
    kept = plain_name(name)
    if shows_nothing(kept):
        raise Refused(_("Please write a name."), code="invalid")
    if len(kept) > LONGEST:
        raise Refused(_("A name may have at most %(count)s characters.") % {"count": LONGEST}, code="invalid")
    return kept
