"""Giving one's vote into somebody's hands, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.rolls import hold_for_roll
from folkmoot.governance.facts.rolls import ProxyAnswered, ProxyOffered, ProxyTakenBack
from folkmoot.governance.models.ballots import Turnout
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.rolls_exceptions import Proxy, ProxyState
from folkmoot.governance.notices.rolls import ProxyAsked, ProxyEnded, ProxyIsAnswered
from folkmoot.governance.queries.rolls import judge_voter, proxies_most
from folkmoot.governance.queries.rolls_proxies import can_be_asked, proxies_for, proxy_given
from folkmoot.governance.rules.rolls import is_before_freeze, may_give_vote
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

TAKEN_BACK_IN = (ElectionState.DRAFT, ElectionState.ANNOUNCED, ElectionState.OPEN)


@transaction.atomic
def give_vote(election: Election, holder: Person, *, by: Person) -> Proxy:
    """Ask somebody of the group to cast one's vote; it counts once they say yes.

    Whether they may vote themselves is found out when they answer, so that asking tells nobody. Refused `forbidden`,
    `not_a_voter` for a giver who may not vote, `given` when it is given already, `held` for who holds others' votes,
    `invalid` for somebody outside the group.
    """
    held = hold_for_roll(election)
    now = timezone.now()
    require(may_give_vote(by, held, now))
    if not judge_voter(held, by, now):
        raise Refused(_("You would not be on the roll, so there is no vote to give."), code="not_a_voter")
    if proxy_given(by, held) is not None:
        raise Refused(_("You have given your vote to somebody. Take it back first."), code="given")
    if proxies_for(by, held):
        raise Refused(_("Somebody gives you their vote. Who holds a vote casts their own as well."), code="held")
    if holder.pk not in {one.pk for one in can_be_asked(by, held)}:
        raise Refused(_("Please choose somebody who takes part in the group."), code="invalid")
    made = Proxy.objects.create(election=held, giver=by, holder=holder, offered_at=now)
    fact = ProxyOffered(election_id=held.pk, proxy_id=made.pk)
    record(fact, by=by, about=by, on=held, within=held.group)
    tell([holder], ProxyAsked(held, by.name))
    return made


@transaction.atomic
def answer_proxy(proxy: Proxy, accepted: bool, *, by: Person) -> Proxy:
    """Say whether one casts somebody's vote as well. Refused `forbidden`, `not_possible` once it is answered,
    `not_a_voter` for a holder who may not vote, `given` for one whose own vote is given away, `too_many`."""
    held = _held_proxy(proxy)
    election, now = held.election, timezone.now()
    if held.holder_id != by.pk:
        raise Refused(_("Only whoever was asked can answer."), code="forbidden")
    require(is_before_freeze(election, now))
    if held.state != ProxyState.OFFERED:
        raise Refused(_("This is answered already."), code="not_possible")
    if accepted:
        _require_can_hold(by, election)
    held.state = ProxyState.ACCEPTED if accepted else ProxyState.DECLINED
    held.answered_at = now
    held.save()
    fact = ProxyAnswered(election_id=election.pk, proxy_id=held.pk, accepted=accepted)
    record(fact, by=by, about=by, on=election, within=election.group)
    tell([held.giver], ProxyIsAnswered(election, by.name, accepted))
    return held


@transaction.atomic
def take_vote_back(proxy: Proxy, *, by: Person) -> Proxy:
    """Vote for oneself again, also while voting is open, until the vote was cast; done twice, it is told once.

    Refused `forbidden`, `cast` once it was cast, `over` when voting is over.
    """
    held = _held_proxy(proxy)
    election = held.election
    if held.giver_id != by.pk:
        raise Refused(_("Only whoever gave their vote can take it back."), code="forbidden")
    if not held.holds:
        return held
    if election.state not in TAKEN_BACK_IN:
        raise Refused(_("Voting is over."), code="over")
    if Turnout.objects.filter(election=election, voter__person=by).exists():
        raise Refused(_("This vote is cast already."), code="cast")
    held.state, held.ended_at = ProxyState.TAKEN_BACK, timezone.now()
    held.save()
    fact = ProxyTakenBack(election_id=election.pk, proxy_id=held.pk)
    record(fact, by=by, about=by, on=election, within=election.group)
    tell([held.holder], ProxyEnded(election, by.name))
    return held


def _require_can_hold(person: Person, election: Election) -> None:
    most = proxies_most(election)
    if not judge_voter(election, person, timezone.now()):
        raise Refused(_("Only a voter can cast somebody’s vote, and you would not be on the roll."), code="not_a_voter")
    if proxy_given(person, election) is not None:
        raise Refused(_("You gave your own vote away, so you cannot hold another one."), code="given")
    if sum(one.state == ProxyState.ACCEPTED for one in proxies_for(person, election)) >= most:
        raise Refused(_("Nobody may hold more than %(most)d votes of others here.") % {"most": most}, code="too_many")


def _held_proxy(proxy: Proxy) -> Proxy:
    election = hold_for_roll(proxy.election)
    held = Proxy.objects.select_for_update(of=("self",)).select_related("giver", "holder").get(pk=proxy.pk)
    held.election = election
    return held
