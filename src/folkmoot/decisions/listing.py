"""A group's decisions as their list shows them: chosen by status, year, way and words, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Status, Way
from folkmoot.decisions.queries import decisions_in_force, decisions_of, seen_by_all, superseded
from folkmoot.decisions.rules import Asking
from folkmoot.decisions.words import badge_of
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.plan.goal_rules import may_see_inside

ON_A_PAGE = 25
LONGEST_WORDS = 200
IN_FORCE, SUPERSEDED = "in_force", "superseded"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see; empty for all of it."""

    status: str = ""
    way: str = ""
    year: int | None = None
    words: str = ""
    page: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether it narrows nothing down."""
        return not (self.status or self.way or self.year or self.words)


@dataclass(frozen=True)
class Line:
    """A decision in the list."""

    decision: Decision
    badge: str
    tone: str


def status_choices() -> list[tuple[str, str]]:
    """What one may ask for by status, in words."""
    return [
        ("", _("All")),
        (IN_FORCE, _("In force")),
        (SUPERSEDED, _("Superseded")),
        *((value, str(label)) for value, label in Status.choices if value != Status.ADOPTED),
    ]


def read_wish(asked: Mapping[str, str]) -> Wish:
    """A wish from an address. Refused `invalid` for what nobody could have chosen."""
    status, way, words = asked.get("status", ""), asked.get("way", ""), asked.get("q", "").strip()
    if status not in dict(status_choices()) or (way and way not in Way.values) or len(words) > LONGEST_WORDS:
        raise Refused(_("There is no such list of decisions."), code="invalid")
    return Wish(status, way, _number(asked.get("year", ""), 4) or None, words, _number(asked.get("page", ""), 6) or 1)


def chosen(group: Group, wish: Wish, asking: Asking) -> QuerySet[Decision]:
    """The decisions of a group that somebody wants to see and may, the latest first."""
    found = decisions_of(group)
    if wish.status == IN_FORCE:
        found = decisions_in_force(group)
    elif wish.status == SUPERSEDED:
        found = found.filter(superseded())
    elif wish.status:
        found = found.filter(status=wish.status)
    if not may_see_inside(asking, group):
        found = found.filter(seen_by_all())
    if wish.way:
        found = found.filter(way=wish.way)
    if wish.year:
        found = found.filter(year=wish.year)
    for word in wish.words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(rationale__icontains=word))
    return found


def page_of(group: Group, wish: Wish, asking: Asking) -> Page[Decision] | None:
    """One page of the list; None when there are not so many."""
    paginator = Paginator(chosen(group, wish, asking), ON_A_PAGE)
    if wish.page > paginator.num_pages:
        return None
    return paginator.page(wish.page)


def lines(page: Page[Decision]) -> list[Line]:
    """The decisions of a page with their badges."""
    return [
        Line(decision, *badge_of(decision, is_superseded=bool(getattr(decision, "is_superseded", False))))
        for decision in page
    ]


def years_of(group: Group, asking: Asking) -> list[int]:
    """The years in which a group decided, or is about to, the latest first."""
    seen = group.decisions.all() if may_see_inside(asking, group) else group.decisions.filter(seen_by_all())
    return list(seen.order_by("-year").values_list("year", flat=True).distinct())


def _number(text: str, most_digits: int) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= most_digits and int(text) > 0):
        raise Refused(_("There is no such list of decisions."), code="invalid")
    return int(text)
