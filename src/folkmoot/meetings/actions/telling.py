"""Telling a group and its mailing lists of a call."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.notices.kinds import Audience, Notice
from folkmoot.people.queries import have_been_here
from folkmoot.plan.who import others, people_in


def tell_group(group: Group, notice: Notice, *, by: Actor) -> None:
    """Tell whoever takes part, in whatever role, and the group's lists.

    Not whoever does it, nor those who were only put on a list and have never been here.
    """
    tell_groups([group], notice, by=by)


def tell_groups(groups: Sequence[Group], notice: Notice, *, by: Actor) -> None:
    """Tell whoever takes part in any of these groups, each once, and the lists of all of them."""
    people = {person.pk: person for group in groups for person in have_been_here(people_in(group))}
    for number, group in enumerate(groups):
        told = others(list(people.values()), by) if number == 0 else []
        tell(Audience(told, place=place_of(group).key), notice)
