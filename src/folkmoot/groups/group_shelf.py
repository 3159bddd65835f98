"""Groups in the order in which they stand to each other, and the pages of those that do not work: forming, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString

from folkmoot.groups.domain.hierarchy import in_order
from folkmoot.groups.models import CharterVersion, Group, Participation
from folkmoot.groups.pages import LEAD_LENGTH, GroupPage, group_page, shortened
from folkmoot.groups.queries import charter_in_force, charters_of_groups, managers_of
from folkmoot.people.models import Person
from folkmoot.ui.slots import group_cards

CARD_LENGTH = 220


@dataclass(frozen=True)
class Row:
    """A group in a list: what it is for, what other rooms say of it, and how far below the first of its kind."""

    group: Group
    lead: str
    parts: Sequence[SafeString]
    depth: int


@dataclass(frozen=True)
class Tree:
    """A group that others answer to, with all of them in order."""

    root: Row
    below: Sequence[Row]


@dataclass(frozen=True)
class Shelf:
    """All groups for a list: those with others below them first, then those that stand alone, and the closed ones."""

    trees: Sequence[Tree]
    alone: Sequence[Row]
    closed: Sequence[Group]

    @property
    def is_empty(self) -> bool:
        return not self.trees and not self.alone


def shelf_of(request: HttpRequest, groups: Sequence[Group]) -> Shelf:
    """Groups (with their parents at hand) on their shelf, in as many queries for three as for one."""
    open_groups = [group for group in groups if not group.is_closed]
    charters = charters_of_groups(open_groups)
    cards = group_cards(request, open_groups)
    by_key = {group.pk: group for group in open_groups}
    trees: list[Tree] = []
    below: list[Row] = []
    for key, depth in in_order(list(by_key), {group.pk: group.parent_id for group in open_groups}):
        row = Row(by_key[key], _purpose(charters.get(key)), cards[key], depth)
        if depth == 0:
            below = []
            trees.append(Tree(row, below))
        else:
            below.append(row)
    return Shelf(
        [tree for tree in trees if tree.below],
        [tree.root for tree in trees if not tree.below],
        [group for group in groups if group.is_closed],
    )


def _purpose(version: CharterVersion | None) -> str:
    return shortened((version.reading.get("purpose") if version else "") or "", CARD_LENGTH)


@dataclass(frozen=True)
class QuietPage:
    """The page of a group that does not work: closed, or forming and still without a charter."""

    group: Group
    charter: CharterVersion | None
    people: int
    managers: Sequence[Person]

    @property
    def purpose(self) -> str:
        said = (self.charter.reading.get("purpose") if self.charter else "") or ""
        return shortened(said, LEAD_LENGTH)


def working_page(slug: str) -> GroupPage | QuietPage:
    """The page of the group of this slug, or its quiet page where it does not work; 404 when there is no group."""
    try:
        page = group_page(slug)
    except Http404:
        return _quiet_page(get_object_or_404(Group, slug=slug))
    return _quiet_page(page.group) if page.group.is_closed else page


def _quiet_page(group: Group) -> QuietPage:
    people = Participation.objects.filter(group=group).values("person").distinct().count()
    return QuietPage(group, charter_in_force(group), people, managers_of(group))
