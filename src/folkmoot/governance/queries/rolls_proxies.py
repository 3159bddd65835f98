"""Votes that are given into somebody's hands: whose somebody casts, and whom they can be given to."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.models.rolls_exceptions import PROXY_HOLDS, Proxy, ProxyState
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.groups.inside import of_group
from folkmoot.groups.models import Participation
from folkmoot.people.models import Person


def votes_held_by(person: Person, election: Election) -> QuerySet[Voter]:
    """The voters for whom somebody may cast a ballot besides their own, with their people; one query.

    Both have to be on the roll. Whether a ballot was cast already is asked by who casts.
    """
    given = Proxy.objects.filter(election=election, giver=OuterRef("person"), holder=person, state=ProxyState.ACCEPTED)
    on_roll = Voter.objects.filter(election=election, person=person)
    return election.voters.filter(Exists(given), Exists(on_roll)).select_related("person").order_by("pk")


def proxy_given(person: Person, election: Election) -> Proxy | None:
    """The vote that somebody gave away and has not taken back, with its holder."""
    found = Proxy.objects.filter(election=election, giver=person, state__in=PROXY_HOLDS)
    return found.select_related("holder", "election__group").first()


def proxies_for(person: Person, election: Election) -> list[Proxy]:
    """The votes that others give into somebody's hands, with who gives them."""
    found = Proxy.objects.filter(election=election, holder=person, state__in=PROXY_HOLDS)
    return list(found.select_related("giver", "election__group"))


def can_be_asked(person: Person, election: Election) -> list[Person]:
    """Everybody else of those who elect with whom somebody shares a group, by name; nobody is told who is in another.

    Whether they may vote is not told here.
    """
    here = Participation.objects.filter(of_group(person), group__in=electing_groups(election), ended_at=None)
    found = Person.objects.filter(pk__in=here.values("person"), is_active=True).exclude(pk=person.pk)
    return list(found.order_by("name_key", "pk"))
