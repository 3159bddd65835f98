"""Who may have a feed of their own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.models import Person


def may_have_own_feed(person: Person) -> Verdict:
    """Whoever can sign in."""
    return YES if person.is_active else no(_("This is for people who can sign in."))
