"""Of which groups those who elect are: of the one that holds the election, or of those below it too."""

from __future__ import annotations

from folkmoot.governance.models.elections import Election
from folkmoot.groups.queries import holds_anything, who_holds_anything, with_groups_below
from folkmoot.people.models import Person


def electing_groups(election: Election) -> list[int]:
    """The keys of the groups whose people elect, the one that holds it first; one query where others elect too."""
    return with_groups_below(election.group) if election.reaches_below else [election.group_id]


def is_of_the_electorate(person: Person, election: Election) -> bool:
    """Whether somebody holds anything today in one of the groups whose people elect."""
    if not election.reaches_below:
        return holds_anything(person, election.group)
    return bool(who_holds_anything(electing_groups(election), {person.pk}))
