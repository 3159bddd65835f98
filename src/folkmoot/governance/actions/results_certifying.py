"""From the result to the seats: terms begin, those before end, handovers start; and who follows if somebody cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.domain.tally import Result as Carried
from folkmoot.governance.domain.counting.files import read_ballots
from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.counting.vacancies import fill_vacancies
from folkmoot.governance.facts.plan import PracticeElectionWentOn
from folkmoot.governance.facts.results import ElectionCertified, SeatPassedOn
from folkmoot.governance.models.elections import Contest, Election, ElectionKind, ElectionState
from folkmoot.governance.models.nominations import LONGEST_WHY, NominationState
from folkmoot.governance.models.results import ContestResult, Elected, PassedOn
from folkmoot.governance.notices.results import HandOverPlease, ResultIsCertified, YouFollow
from folkmoot.governance.queries.results import SeatAhead, frozen_candidates, given_of, seats_in_order
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.results import may_certify
from folkmoot.groups.actions.handover import begin_handover
from folkmoot.groups.actions.seats import begin_term, end_term
from folkmoot.groups.models import Begun, Ended, Term
from folkmoot.groups.rules import may_begin_handover
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


@transaction.atomic
def certify(election: Election, *, by: Person) -> Election:
    """Let the result stand: whoever was elected is seated from the first day of terms on, longest terms first.

    Whoever holds such a seat beyond that day gives it up on it, and a handover is begun for them. A recall that was
    carried ends the term; a practice election seats nobody. Refused `forbidden`, `cannot_be_seated` where somebody
    who was elected cannot take the seat (`pass_on` lets the next one follow), and what `begin_term` refuses; then
    nothing is written.
    """
    election = (
        Election.objects.select_for_update(of=("self",)).select_related("group", "of", "about").get(pk=election.pk)
    )
    require(may_certify(by, election, timezone.now()))
    terms: list[Term] = []
    if election.kind in (ElectionKind.RECALL, ElectionKind.CONFIDENCE):
        _remove_where_lost(election)
    elif election.kind != ElectionKind.PRACTICE:
        for contest in election.contests.order_by("position"):
            contest.election = election
            terms += _seat(contest)
    election.state, election.certified_at = ElectionState.CERTIFIED, timezone.now()
    election.save(update_fields=["state", "certified_at"])
    fact = (
        PracticeElectionWentOn(election.pk, "certified", election.title)
        if election.is_practice
        else ElectionCertified(election.pk, election.title, [term.pk for term in terms])
    )
    record(fact, by=by, on=election, within=election.group)
    seated = {term.person_id for term in terms}
    concerned = Person.objects.filter(
        pk__in=election.contests.filter(nominations__place__isnull=False).values("nominations__person"), is_active=True
    )
    tell(concerned.exclude(pk__in=seated).order_by("pk"), ResultIsCertified(election))
    return election


def cannot_be_seated(elected: Elected) -> str:
    """Why somebody who was elected cannot take a seat; empty where they can."""
    nomination = elected.nomination
    if nomination.person is None:
        return _("“%(name)s” is a name alone, and no person.") % {"name": nomination.ballot_name}
    if not nomination.person.is_active:
        return _("%(name)s is here no longer.") % {"name": nomination.ballot_name}
    if nomination.state != NominationState.STANDING:
        return _("%(name)s withdrew.") % {"name": nomination.ballot_name}
    return ""


def _seat(contest: Contest) -> list[Term]:
    seats = seats_in_order(contest)
    terms = []
    elected = contest.elected.select_related("nomination__person").order_by("position")
    for one, ahead in zip(elected, seats, strict=False):
        if why := cannot_be_seated(one):
            raise Refused(_("%(why)s Let the next of the count follow first.") % {"why": why}, code="cannot_be_seated")
        person = one.nomination.person
        assert person is not None
        _free(ahead, person)
        # Officers of an election need not be among those who fill seats; the count decided, and this writes it down.
        one.term = begin_term(
            ahead.seat, person, how=Begun.ELECTED, begins_on=ahead.begins, ends_on=ahead.ends, by=system()
        )
        one.save(update_fields=["term"])
        terms.append(one.term)
    return terms


def _free(ahead: SeatAhead, follower: Person) -> None:
    """Let whoever holds the seat give it up on that day; begin their handover where somebody else follows."""
    for term in ahead.seat.terms.filter(ended_on=None).select_related("person").order_by("begins_on"):
        ends = term.span.ends
        if ends is not None and ends < ahead.begins:
            continue
        if term.person_id == follower.pk and term.begins_on == ahead.begins:
            continue
        if (ends is None or ends > ahead.begins) and term.begins_on < ahead.begins:
            end_term(term, because=_why_over(term, ahead.begins), on=ahead.begins, by=system())
        if term.person_id != follower.pk and term.person.is_active:
            _begin_handover(ahead, term.person)


def _why_over(term: Term, on: date) -> Ended:
    """A term without an end is over; one that would go on longer is handed over."""
    return Ended.OVER if term.ends_on is None else Ended.HANDED_OVER


def _begin_handover(ahead: SeatAhead, leaver: Person) -> None:
    group = ahead.seat.group
    if may_begin_handover(leaver, group):
        begin_handover(group, by=leaver)
        tell([leaver], HandOverPlease(group, ahead.seat, ahead.begins))


def _remove_where_lost(election: Election) -> None:
    """End the term that a recall was about if it was carried, or a vote of confidence if it was lost with enough
    people taking part."""
    row = ContestResult.objects.filter(contest__election=election).order_by("contest__position").first()
    verdict = from_json(row.result).verdict if row is not None else None
    if verdict is None or election.of is None:
        return
    lost = Carried.CARRIED if election.kind == ElectionKind.RECALL else Carried.FAILED
    if verdict.result != lost:
        return
    today = today_here()
    for term in election.of.terms.on(today).select_related("person"):
        if election.about is None or term.person == election.about:
            end_term(term, because=Ended.REMOVED, on=today, by=system())


@transaction.atomic
def pass_on(elected: Elected, *, why: str, by: Person) -> Elected | None:
    """Let the next of the count follow where somebody who was elected cannot take the seat, before it is certified.

    The ballots are counted again as if whoever left had never stood; all others keep their seats. None where the
    ballots name nobody else; then the seat stays empty. Refused `forbidden`, `can_be_seated`, `invalid`.
    """
    election = (
        Election.objects.select_for_update(of=("self",)).select_related("group").get(pk=elected.contest.election_id)
    )
    require(is_officer(by, election))
    elected = Elected.objects.select_related("contest", "nomination__person").get(pk=elected.pk)
    if election.state != ElectionState.RELEASED:
        raise Refused(_("Somebody follows between the result and its certification."), code="forbidden")
    if not cannot_be_seated(elected):
        name = elected.nomination.ballot_name
        raise Refused(_("%(name)s can take the seat.") % {"name": name}, code="can_be_seated")
    why = why.strip()
    if not why or len(why) > LONGEST_WHY:
        raise Refused(_("Please say why, in a few words."), code="invalid")
    contest, left, position = elected.contest, elected.nomination, elected.position
    places = {
        one.place
        for one in frozen_candidates(contest)
        if one.place is not None and (one.state != NominationState.STANDING or _has_left(one.person))
    }
    assert left.place is not None
    chosen = next_of_count(contest, left.place, places)
    elected.delete()
    follower = None
    if chosen is not None:
        nomination = contest.nominations.get(place=chosen)
        follower = Elected.objects.create(contest=contest, nomination=nomination, position=position)
    PassedOn.objects.create(
        contest=contest, nomination=left, to=follower.nomination if follower is not None else None, why=why
    )
    to = follower.nomination_id if follower is not None else None
    record(SeatPassedOn(election.pk, left.pk, to), by=by, on=election, within=election.group)
    if follower is not None and follower.nomination.person is not None:
        tell([follower.nomination.person], YouFollow(election, contest.title))
    return follower


def _has_left(person: Person | None) -> bool:
    return person is not None and not person.is_active


def next_of_count(contest: Contest, vacated: int, left: set[int]) -> int | None:
    """The place of who follows on the candidate at this place, passing over those who left as well."""
    row = ContestResult.objects.get(contest=contest)
    given, first = given_of(row), from_json(row.result)
    name = first.candidates[vacated]
    others = contest.elected.select_related("nomination").exclude(nomination__place=vacated)
    holders = [first.candidates[one.nomination.place] for one in others if one.nomination.place is not None]
    absent = {first.candidates[place] for place in left} - {name, *holders}
    ballots = read_ballots(given.ballots).without({*given.withdrawn, *absent})
    if set(ballots.names) <= {name, *holders}:
        return None
    # Whoever followed before holds a seat, too: so it starts from those who hold one now.
    held = replace(first, elected=(*holders, name), terms={})
    found = fill_vacancies(ballots, given.rules, held, [name])
    return first.candidates.index(found.elected[0]) if found.elected else None
