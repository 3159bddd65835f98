"""Signed addresses at which somebody says no to a nomination without signing in."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.governance.models.nominations import Nomination
from folkmoot.kit.errors import Refused
from folkmoot.notices.kinds import Shortcut

SALT = "folkmoot.governance.decline_nomination"


def decline_path(nomination: Nomination) -> str:
    """The local address; opening it changes nothing."""
    election = nomination.contest.election
    token = Signer(salt=SALT).sign(f"{nomination.pk}.{nomination.person_id}")
    return reverse("decline_nomination_by_link", args=[election.group.slug, election.key, token])


def decline_shortcut(nomination: Nomination) -> Shortcut:
    """The same as it stands in mails."""
    return Shortcut(decline_path(nomination), _("You would rather not? Say no without signing in"))


def read_decline_link(token: str) -> Nomination:
    """The nomination that an address names; Refused `not_found` for one that was not signed here, or is gone."""
    try:
        nomination_id, _dot, person_id = Signer(salt=SALT).unsign(token).partition(".")
        wanted = {"pk": int(nomination_id), "person": int(person_id)}
    except (BadSignature, ValueError):
        raise Refused(_("It may have been cut in two on its way."), code="not_found") from None
    found = Nomination.objects.select_related("person", "contest__election__group").filter(**wanted).first()
    if found is None or found.person is None or not found.person.is_active:
        raise Refused(_("There is no such nomination any more."), code="not_found")
    return found
