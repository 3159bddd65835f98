"""What is voted on in an election: its contests, the seats they fill, and how they are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.decisions.motion_terms import terms_of
from folkmoot.governance.actions.elections import note_change
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules
from folkmoot.governance.domain.given import Given, rules_to_json
from folkmoot.governance.models.elections import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_CONTESTS,
    MOST_SEATS,
    Contest,
    ContestSeat,
    Election,
    ElectionKind,
    ElectionState,
)
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.notices.plan import ContestIsChanged
from folkmoot.governance.queries.plan import nominated_for
from folkmoot.governance.rules.plan import may_change_contests
from folkmoot.groups.models import Group, Seat
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.plan import entered

MOST_ENDORSEMENTS = 20
ANSWERS = ("Yes", "No")
"""What is written on the ballot of a question; `counting.yes_no` reads these words, so they stay in every language."""
INVENTED = ("Amber Lark", "Birch Holloway", "Cedar Wren", "Dahlia Frost", "Elder Moss")
"""Those who stand in a practice election."""
QUESTIONS = (ElectionKind.RECALL, ElectionKind.CONFIDENCE)


@dataclass(frozen=True)
class ContestGiven:
    """A contest as it is entered; see `models.Contest`. Seats are filled in their order."""

    title: str
    words: str = ""
    method: str = Method.SCOTTISH_STV.value
    places: int = 1
    seats: Sequence[Seat] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    most_of_one: int | None = None
    endorsements: int = 0
    publishes_all: bool = False


def hold_as_it_is(election: Election) -> None:
    """Let nobody else change the election until this transaction ends, and see it as it is now."""
    Election.objects.select_for_update().get(pk=election.pk)
    group = election.group
    election.refresh_from_db()
    election.group = group


@transaction.atomic
def add_contest(election: Election, given: ContestGiven, *, by: Actor) -> Contest:
    """One more contest, at the end. Refused `invalid`, `too_many`, `taken` for a title or a seat that is in use."""
    hold_as_it_is(election)
    require(may_change_contests(by, election))
    if election.kind in QUESTIONS and election.contests.exists():
        raise Refused(_("A question stands alone: one answer for one vote."), code="too_many")
    contest = write_contest(election, given)
    note_change(election, "contests", by)
    return contest


@transaction.atomic
def change_contest(contest: Contest, given: ContestGiven, *, by: Actor) -> Contest:
    """Change a contest while it is prepared; the same refusals as for a new one."""
    election = contest.election
    hold_as_it_is(election)
    require(may_change_contests(by, election))
    values = _checked(election, given, besides=contest)
    before = _said_of(contest)
    for name, value in values.items():
        setattr(contest, name, value)
    contest.save()
    contest.fills.all().delete()
    _write_seats(contest, given.seats)
    note_change(election, "contests", by)
    lines = tuple(line for name, line in _said_of(contest).items() if line != before[name])
    if lines and election.state != ElectionState.DRAFT:
        tell([one for one in nominated_for(contest) if one != by], ContestIsChanged(contest, lines))
    return contest


@transaction.atomic
def remove_contest(contest: Contest, *, by: Actor) -> None:
    """Take a contest out again. Refused `has_candidates` once somebody stands, `last` for the only one after the
    election was announced."""
    election = contest.election
    hold_as_it_is(election)
    require(may_change_contests(by, election))
    if contest.nominations.filter(person__isnull=False).exists():
        raise Refused(
            _("People were nominated for this already, so it stays. You can cancel the election."),
            code="has_candidates",
        )
    if election.state != ElectionState.DRAFT and not election.contests.exclude(pk=contest.pk).exists():
        raise Refused(_("This is the only contest. You can cancel the election instead."), code="last")
    contest.delete()
    # What is frozen and what is sealed find a contest by its place, so there are no gaps.
    for position, other in enumerate(election.contests.order_by("position")):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])
    note_change(election, "contests", by)


def write_contest(election: Election, given: ContestGiven) -> Contest:
    """Write a contest that was asked for by somebody who may; with its answers or invented candidates."""
    position = election.contests.count()
    if position >= MOST_CONTESTS:
        raise Refused(_("An election has at most %(most)d contests.") % {"most": MOST_CONTESTS}, code="too_many")
    contest = Contest.objects.create(election=election, position=position, **_checked(election, given))
    _write_seats(contest, given.seats)
    names: tuple[str, ...] = ANSWERS if contest.method == Method.YES_NO else ()
    if election.is_practice and not names:
        names = INVENTED[: max(3, contest.places + 1)]
    now = timezone.now()
    Nomination.objects.bulk_create(
        Nomination(contest=contest, ballot_name=name, state=NominationState.STANDING, answered_at=now) for name in names
    )
    return contest


def counting_rules(method: str, places: int) -> dict[str, Any]:
    """How a contest is counted by default, as it is kept beside method and places."""
    rules = rules_to_json(Given(b"", Rules(Method(method), places)))
    return {name: value for name, value in rules.items() if name not in ("method", "seats")}


def needed_by_charter(group: Group) -> dict[str, Any]:
    """What the charter in force says that a vote needs, as a question's rules keep it; where it is silent, nothing."""
    terms, said = terms_of(group), dict[str, Any]()
    if terms.threshold_said is not None:
        said |= {"threshold": str(terms.threshold), "more": terms.more, "of": terms.of.value}
    # A quorum of those who lead cannot be told apart among ballots that nobody can read.
    if terms.quorum_said is not None and not terms.quorum.of_leaders:
        quorum = terms.quorum
        said |= {
            "quorum": None if quorum.share is None else str(quorum.share),
            "quorum_count": quorum.count,
            "quorum_more": quorum.more,
        }
    return said


def _said_of(contest: Contest) -> dict[str, str]:
    """What somebody who stands has to know of a contest, in a sentence each."""
    numbers = {"places": contest.places, "endorsements": contest.endorsements, "most": contest.most_of_one}
    seats = ", ".join(fill.seat.title for fill in contest.fills.select_related("seat").order_by("position"))
    asked = ngettext("It asks for one endorsement.", "It asks for %(endorsements)d endorsements.", contest.endorsements)
    most = (
        _("At most %(most)d of one affiliation are elected.") if contest.most_of_one else _("No limit by affiliation.")
    )
    return {
        "title": _("It is called “%(title)s”.") % {"title": contest.title},
        "places": ngettext("One person is elected.", "%(places)d people are elected.", contest.places) % numbers,
        "seats": _("It fills these seats: %(seats)s.") % {"seats": seats} if seats else _("It fills no seat."),
        "method": _("It is counted by %(method)s.") % {"method": METHODS[Method(contest.method)].words},
        "most_of_one": most % numbers,
        "endorsements": asked % numbers if contest.endorsements else _("It asks for no endorsements."),
    }


def _checked(election: Election, given: ContestGiven, *, besides: Contest | None = None) -> dict[str, Any]:
    title = entered.title(given.title, LONGEST_TITLE)
    others = election.contests.exclude(pk=besides.pk if besides else 0)
    if others.filter(title__iexact=title).exists():
        raise Refused(_("Another contest of this election is called so already."), code="taken")
    if given.method not in list(Method):
        raise Refused(_("There is no such way of counting."), code="invalid")
    method = Method(given.method)
    is_question = election.kind in QUESTIONS
    if is_question != (method is Method.YES_NO):
        raise Refused(
            _("A recall or a vote of confidence asks a question; it is answered by yes or no.")
            if is_question
            else _("Yes or no answers a question. Please choose another way of counting to elect people."),
            code="invalid",
        )
    if not 1 <= given.places <= MOST_SEATS:
        raise Refused(_("A contest fills 1 to %(most)d places.") % {"most": MOST_SEATS}, code="invalid")
    if METHODS[method].one_seat and given.places > 1:
        raise Refused(
            _("%(method)s fills one place. For several, Scottish STV is the usual way.")
            % {"method": METHODS[method].words},
            code="one_seat",
        )
    if given.most_of_one is not None and not 1 <= given.most_of_one <= given.places:
        raise Refused(_("A cap lies between 1 and the number of places, or is left empty."), code="invalid")
    if not 0 <= given.endorsements <= MOST_ENDORSEMENTS:
        raise Refused(
            _("Between 0 and %(most)d endorsements can be asked for.") % {"most": MOST_ENDORSEMENTS}, code="invalid"
        )
    _check_seats(election, given, besides)
    rules = dict(given.rules) or (
        besides.rules if besides is not None and besides.method == method else counting_rules(method, given.places)
    )
    if is_question and besides is None and not given.rules:
        rules["question"].update(needed_by_charter(election.group))
    return {
        "title": title,
        "words": entered.words(given.words, LONGEST_WORDS),
        "method": method.value,
        "places": given.places,
        "rules": rules,
        "most_of_one": given.most_of_one,
        "endorsements": given.endorsements,
        "publishes_all": given.publishes_all,
    }


def _check_seats(election: Election, given: ContestGiven, besides: Contest | None) -> None:
    seats = list(given.seats)
    if not seats:
        return
    if any(seat.group_id != election.group_id or seat.retired_on is not None for seat in seats):
        raise Refused(_("Only seats that the group has can be filled."), code="invalid")
    if len({seat.pk for seat in seats}) != len(seats):
        raise Refused(_("A seat is filled once."), code="invalid")
    if election.kind in QUESTIONS or election.is_practice:
        raise Refused(_("A question or a practice election fills no seats."), code="invalid")
    if len(seats) != given.places:
        raise Refused(
            _("%(seats)d seats are chosen for %(places)d places. Please choose as many seats as there are places.")
            % {"seats": len(seats), "places": given.places},
            code="invalid",
        )
    taken = ContestSeat.objects.filter(contest__election=election, seat__in=seats)
    found = taken.exclude(contest=besides).select_related("seat").first()
    if found is not None:
        raise Refused(
            _("%(seat)s is filled by another contest of this election.") % {"seat": found.seat.title}, code="taken"
        )


def _write_seats(contest: Contest, seats: Sequence[Seat]) -> None:
    ContestSeat.objects.bulk_create(
        ContestSeat(contest=contest, seat=seat, position=position) for position, seat in enumerate(seats)
    )
