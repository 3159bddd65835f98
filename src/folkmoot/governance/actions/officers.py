"""Asking people to look after an election, what they answer, and what they declare."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import hold_election, tell_once_known
from folkmoot.governance.facts.officers import ConflictDeclared, DutyAnswered, DutyEnded, NeededChanged, OfficerAsked
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import (
    LONGEST_CONFLICT,
    MOST_OFFICERS,
    Duty,
    ElectionOfficer,
    OfficerKey,
    OfficerState,
    Rehearsal,
)
from folkmoot.governance.notices.officers import DutyAsked, DutyWasAnswered, KeysWanted
from folkmoot.governance.queries.officers import those_who_prepare
from folkmoot.governance.rules.officers import may_appoint, may_be_officer, may_change_duty
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

LIVE = (OfficerState.ASKED, OfficerState.ACCEPTED)


@transaction.atomic
def ask_officer(election: Election, person: Person, duty: Duty = Duty.OFFICER, *, by: Actor) -> ElectionOfficer:
    """Ask somebody to be an officer or a monitor; nothing changes until they say yes. Who said no may be asked again.

    Refused `forbidden`, `asked_already`, `too_many`.
    """
    election = hold_election(election)
    require(may_appoint(by, election))
    require(may_be_officer(person, election))
    officer = election.officers.filter(person=person).first()
    if officer is not None and officer.state in LIVE:
        raise Refused(_("%(name)s has been asked already.") % {"name": person.name}, code="asked_already")
    if election.officers.filter(duty=duty, state__in=LIVE).count() >= MOST_OFFICERS:
        raise Refused(_("An election has at most %(most)d of them.") % {"most": MOST_OFFICERS}, code="too_many")
    officer = officer or ElectionOfficer(election=election, person=person)
    officer.duty, officer.state, officer.answered_at, officer.conflict = duty, OfficerState.ASKED, None, ""
    officer.asked_at = timezone.now()
    officer.save()
    tell_once_known(OfficerAsked(election_id=election.pk, duty=duty), election, "officers", by, about=person)
    tell([person], DutyAsked(election, duty, by.name if isinstance(by, Person) else _("A steward")))
    return officer


@transaction.atomic
def answer_duty(officer: ElectionOfficer, *, accepts: bool, conflict: str = "", by: Person) -> ElectionOfficer:
    """Take the duty that one was asked to take, with what one has to declare (empty: nothing); or decline it.

    Refused `forbidden`, `answered`, `invalid`.
    """
    officer = _hold(officer)
    require(may_change_duty(officer))
    _require_own(officer, by)
    if officer.state != OfficerState.ASKED:
        raise Refused(_("You have answered this already."), code="answered")
    if accepts:
        require(may_be_officer(by, officer.election))
        officer.conflict = _declared(conflict)
    officer.state = OfficerState.ACCEPTED if accepts else OfficerState.DECLINED
    officer.answered_at = timezone.now()
    officer.save(update_fields=["state", "answered_at", "conflict"])
    election = officer.election
    fact = DutyAnswered(election_id=election.pk, duty=officer.duty, accepted=accepts)
    tell_once_known(fact, election, "officers", by, about=by)
    tell(those_who_prepare(election, but=by), DutyWasAnswered(election, officer))
    if accepts and officer.duty == Duty.OFFICER:
        tell([by], KeysWanted(election))
    return officer


@transaction.atomic
def give_back(officer: ElectionOfficer, *, by: Person) -> None:
    """Give one's duty back, with one's keys; until voting opens, for monitors at any time. Twice is once.

    Refused `forbidden`.
    """
    officer = _hold(officer)
    _require_own(officer, by)
    if not officer.is_serving:
        return
    require(may_change_duty(officer))
    end_duty(officer, by=by)
    tell(those_who_prepare(officer.election, but=by), DutyWasAnswered(officer.election, officer))


@transaction.atomic
def take_asking_back(officer: ElectionOfficer, *, by: Actor) -> None:
    """Ask somebody no longer who has not answered yet. Refused `forbidden`, `answered`."""
    officer = _hold(officer)
    require(may_appoint(by, officer.election))
    if officer.state != OfficerState.ASKED:
        raise Refused(_("%(name)s has answered already.") % {"name": officer.person.name}, code="answered")
    end_duty(officer, by=by)


@transaction.atomic
def declare_conflict(officer: ElectionOfficer, words: str, *, by: Person) -> None:
    """Say what others should know of one, for everybody to read; empty for nothing to declare. At any time.

    Refused `forbidden`, `invalid`.
    """
    officer = _hold(officer)
    _require_own(officer, by)
    if not officer.is_serving:
        raise Refused(_("You do not look after this election."), code="forbidden")
    officer.conflict = _declared(words)
    officer.save(update_fields=["conflict"])
    fact = ConflictDeclared(election_id=officer.election_id, has_words=bool(officer.conflict))
    tell_once_known(fact, officer.election, "officers", by, about=by)


@transaction.atomic
def set_needed(election: Election, needed: int, *, by: Actor) -> None:
    """Say how many of the officers together open the ballots. Refused `forbidden`, `invalid`."""
    election = hold_election(election)
    require(may_appoint(by, election))
    if not 1 <= needed <= MOST_OFFICERS:
        raise Refused(
            _("Please give a number from 1 to %(most)d.") % {"most": MOST_OFFICERS}, code="invalid", field="needed"
        )
    if needed == election.needed:
        return
    election.needed = needed
    election.save(update_fields=["needed"])
    Rehearsal.objects.filter(election=election).delete()
    tell_once_known(NeededChanged(election_id=election.pk, needed=needed), election, "needed", by)


def end_duty(officer: ElectionOfficer, *, by: Actor) -> None:
    """End a duty whose election is held: its keys go, and what was rehearsed with them."""
    OfficerKey.objects.filter(officer=officer).delete()
    officer.prints_heard.all().delete()
    Rehearsal.objects.filter(election=officer.election_id).delete()
    officer.state = OfficerState.GONE
    officer.save(update_fields=["state"])
    fact = DutyEnded(election_id=officer.election_id, duty=officer.duty)
    tell_once_known(fact, officer.election, "officers", by, about=officer.person)


def _hold(officer: ElectionOfficer) -> ElectionOfficer:
    """The officer as they are now, under the lock of the election."""
    election = hold_election(officer.election)
    held = ElectionOfficer.objects.select_related("person").get(pk=officer.pk)
    held.election = election
    return held


def _require_own(officer: ElectionOfficer, by: Person) -> None:
    if officer.person_id != by.pk:
        raise Refused(_("Only %(name)s may answer this.") % {"name": officer.person.name}, code="forbidden")


def _declared(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST_CONFLICT:
        raise Refused(_("Please say it in fewer words."), code="invalid", field="conflict")
    return words
