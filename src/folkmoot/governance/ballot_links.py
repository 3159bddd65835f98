"""Personal links to a ballot: signed addresses that stand in one person's mail and need no sign-in.

A link names a line of one frozen roll, so it works for that election alone and ends with it, and with the record of its
person: not for one that was erased, or joined to another that has a line of its own. Who is only suspended stays on the
roll, and votes by the link; else a steward could take votes away. Opening it changes nothing, however often; the token
is sent on in the body of a form, never in another address.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.governance.models.rolls import Voter
from folkmoot.kit.errors import Refused

SALT = "folkmoot.governance.ballot"


def ballot_token(voter: Voter) -> str:
    """What stands for a voter in their link."""
    return signing.Signer(salt=SALT).sign_object([voter.pk, voter.election_id])


def ballot_path(voter: Voter) -> str:
    """The local address of a voter's link."""
    election = voter.election
    return reverse("ballot_by_link", args=[election.group.slug, election.key, ballot_token(voter)])


def read_ballot_link(token: str, slug: str, key: str) -> Voter:
    """Whose link it is. Refused `not_found` for every other text, for a link of another election, and where the record
    of the person is no more."""
    wrong = Refused(_("It may have been cut in two on its way, or belongs to another election."), code="not_found")
    try:
        voter_id, election_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise wrong from None
    found = Voter.objects.filter(person__erased_at=None, person__merged_into=None).select_related(
        "person", "election__group"
    )
    voter = found.filter(pk=voter_id, election=election_id, election__key=key, election__group__slug=slug).first()
    if voter is None:
        raise wrong
    return voter
