"""What may be a person's name: nearly everything, shown as written, but nothing that hides or breaks a line."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused

LONGEST = 200
# Marks that steer the direction of the text around them; a name is isolated on the page and needs none.
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_name(name: str) -> str:
    """The name in NFC with single spaces; Refused with code `invalid` for an empty or over-long one.

    Control characters and direction overrides are dropped; zero-width joiners stay, as emoji and
    several scripts need them.
    """
    kept = "".join(
        c
        for c in unicodedata.normalize("NFC", name)
        if c not in STEERING and (unicodedata.category(c) != "Cc" or c.isspace())
    )
    kept = " ".join(kept.split())
    if not any(unicodedata.category(c)[0] in "LNPS" for c in kept):
        raise Refused(_("Please write a name."), code="invalid")
    if len(kept) > LONGEST:
        raise Refused(_("A name may have at most %(count)s characters.") % {"count": LONGEST}, code="invalid")
    return kept
