"""What this part shows on an election's page: what is asked of voters and candidates, and the ways on."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.governance import roll_own_criteria
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.rolls import Whom
from folkmoot.governance.models.rolls_exceptions import WAITING
from folkmoot.governance.queries.rolls import Judged, asked_of_all, judged_by_roll, proxies_most
from folkmoot.governance.rules.elections import may_prepare, may_watch
from folkmoot.governance.rules.rolls import may_read_roll
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of


def fill() -> None:
    """Hang everything where it belongs, and enter the criteria that elections come with."""
    roll_own_criteria.fill()
    add_part("rolls", on_election, order=30)


def on_election(request: HttpRequest, election: Election) -> SafeString:
    """Who may vote and stand, in whole sentences with their clauses; and for the reader, whether they may."""
    reader, now = person_of(request), timezone.now()
    frozen = election.is_frozen
    prefetch_related_objects([election], "criteria", "stages")
    mine = judged_by_roll(election, reader) if frozen and reader is not None else None
    context = {
        "election": election,
        "group": election.group,
        "asked": asked_of_all(election, Whom.VOTERS, now),
        "asked_of_candidates": asked_of_all(election, Whom.CANDIDATES, now),
        "voters": election.voters.count() if frozen else 0,
        "exceptions": election.voters.filter(by_exception=True).count() if frozen else 0,
        "mine": mine,
        "ways": _ways(reader, election, mine),
    }
    return render_to_string("governance/rolls/on_election.html", context, request)


def _ways(reader: Person | None, election: Election, mine: Judged | None) -> list[tuple[str, str]]:
    """Where this reader can go from here; `mine` is whether they are on the frozen roll."""
    if reader is None or election.state == ElectionState.CANCELLED:
        return []
    found: list[tuple[str, str]] = []
    if mine is None:
        found.append((_("May I vote, and why?"), _at("roll_me", election)))
    elif not mine.allowed:
        found.append((_("If you think that you should be on the roll"), _at("roll_me", election)))
    elif mine.by_exception:
        found.append((_("Your exception"), _at("roll_me", election)))
    if proxies_most(election):
        found.append((_("Let somebody vote for you"), _at("roll_proxy", election)))
    if may_read_roll(reader, election):
        found.append((_("The roll"), _at("election_roll", election)))
    if may_watch(reader, election):
        waiting = election.exceptions.filter(state__in=WAITING).count()
        words = _("Exceptions")
        if waiting:
            words = ngettext("%(n)d exception waits", "%(n)d exceptions wait", waiting) % {"n": waiting}
        found.append((words, _at("roll_exceptions", election)))
    if may_prepare(reader, election):
        found.append((_("Change what is asked"), _at("roll_criteria", election)))
    return found


def _at(name: str, election: Election) -> str:
    return reverse(name, args=[election.group.slug, election.key])
