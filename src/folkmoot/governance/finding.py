"""Finding an election by its address."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from folkmoot.governance.models.elections import Election
from folkmoot.governance.rules.elections import may_see_election
from folkmoot.people.reader import person_of


def election_or_404(request: HttpRequest, slug: str, key: str) -> Election:
    """The election, with its group; 404 where there is none, or the reader may not know of it."""
    election = get_object_or_404(Election.objects.select_related("group"), group__slug=slug, key=key)
    if not may_see_election(person_of(request), election):
        raise Http404
    return election
