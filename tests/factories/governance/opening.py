"""What the browsers of officers do with the envelopes of an election, in Python."""

from __future__ import annotations

from collections import Counter
from typing import Any

from folkmoot.governance.domain.sealed.opening import Found, count_envelopes, open_shares, seal_shares, unseal_shares
from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.openings import RankingsFound
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.opening import envelopes_of, opening_of, shares_for
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection


def shares_of(made: MadeElection, place: int) -> dict[int, dict[int, str]]:
    """What the officer at a place sends: their shares of each contest, sealed to each other officer who counts."""
    counting = [one.place for one in opening_of(made.election).counting if one.place != place]
    sent = {}
    for contest in made.election.contests.select_related("election"):
        sealing = sealing_for(contest)
        mine = open_shares(envelopes_of(contest).values(), place, made.keys[place]["opening"], sealing)
        sent[contest.position] = {other: seal_shares(mine, sealing.officers[other]) for other in counting}
    return sent


def found_in(made: MadeElection, contest: Contest, place: int) -> Found:
    """What the officer at a place finds in the envelopes of a contest, by what they got."""
    contest.election, key = made.election, made.keys[place]["opening"]
    sealing, texts = sealing_for(contest), list(envelopes_of(contest).values())
    given = {sender: unseal_shares(sealed, key) for sender, sealed in shares_for(made.officers[place], contest).items()}
    given[place] = open_shares(texts, place, key, sealing)
    return count_envelopes(texts, [given[sender] for sender in sorted(given)], sealing)


def handed_in(found: Found) -> dict[str, Any]:
    """What was found, as it is handed in."""
    return {"rankings": [list(ranks) for ranks in found.rankings], "spoilt": found.spoilt, "digest": found.digest}


def found_by(made: MadeElection, place: int) -> dict[int, dict[str, Any]]:
    """What the officer at a place hands in, of all contests."""
    contests = made.election.contests.select_related("election")
    return {contest.position: handed_in(found_in(made, contest, place)) for contest in contests}


def agreed(made: MadeElection) -> list[list[int]] | None:
    """The rankings on which enough officers agree; None until they do."""
    found = list(RankingsFound.objects.filter(contest=made.contest))
    digests = Counter(each.digest for each in found)
    return next((each.rankings for each in found if digests[each.digest] >= made.election.needed), None)


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    return {}
