"""Asking to vote past the criteria, and answering that."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.rolls import hold_for_roll
from folkmoot.governance.facts.rolls import ExceptionAnswered, ExceptionAppealed, ExceptionAsked
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls_exceptions import LONGEST_REASON, ExceptionState, RollException
from folkmoot.governance.notices.rolls import ExceptionIsAnswered, ExceptionWaits
from folkmoot.governance.queries.rolls import judge_voter
from folkmoot.governance.rules.rolls import may_answer_exception, may_appeal, may_ask_exception, officers_who_can
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person


@transaction.atomic
def ask_exception(election: Election, reason: str, *, by: Person) -> RollException:
    """Ask to be on the roll though a criterion does not hold; those who can answer are told.

    Refused `forbidden` (too late, asked already, nobody of the group), `on_roll` for who is on it anyway, `invalid`.
    """
    held = hold_for_roll(election)
    now = timezone.now()
    require(may_ask_exception(by, held, now))
    words = _words(reason)
    if judge_voter(held, by, now):
        raise Refused(_("You would be on the roll as it is."), code="on_roll")
    made = RollException.objects.create(election=held, person=by, reason=words, asked_at=now)
    fact = ExceptionAsked(election_id=held.pk, exception_id=made.pk)
    record(fact, by=by, about=by, on=held, within=held.group)
    _tell_who_answers(made, by)
    return made


@transaction.atomic
def answer_exception(exception: RollException, granted: bool, why: str, *, by: Person) -> RollException:
    """Say yes or no, with a reason; whoever asked is told. Refused `forbidden`, `invalid`."""
    held = _held_exception(exception)
    require(may_answer_exception(by, held))
    words, now = _words(why), timezone.now()
    is_second = held.state == ExceptionState.APPEALED
    if is_second:
        held.state = ExceptionState.GRANTED if granted else ExceptionState.FINAL
        held.settled_by, held.settled_at, held.why_then = by, now, words
    else:
        held.state = ExceptionState.GRANTED if granted else ExceptionState.REFUSED
        held.answered_by, held.answered_at, held.why = by, now, words
    held.save()
    election = held.election
    fact = ExceptionAnswered(election_id=election.pk, exception_id=held.pk, state=held.state)
    record(fact, by=by, about=held.person, on=election, within=election.group)
    if held.person is not None:
        tell(
            [held.person], ExceptionIsAnswered(election, granted, words, may_be_appealed=not granted and not is_second)
        )
    return held


@transaction.atomic
def appeal_exception(exception: RollException, words: str, *, by: Person) -> RollException:
    """Ask for a second answer, by somebody else, to a no. Refused `forbidden`, `invalid`."""
    held = _held_exception(exception)
    now = timezone.now()
    require(may_appeal(by, held, now))
    held.appeal, held.appealed_at, held.state = _words(words), now, ExceptionState.APPEALED
    held.save()
    fact = ExceptionAppealed(election_id=held.election_id, exception_id=held.pk)
    record(fact, by=by, about=by, on=held.election, within=held.election.group)
    _tell_who_answers(held, by)
    return held


def _held_exception(exception: RollException) -> RollException:
    election = hold_for_roll(exception.election)
    held = RollException.objects.select_for_update(of=("self",)).select_related("person").get(pk=exception.pk)
    held.election = election
    return held


def _tell_who_answers(exception: RollException, asker: Person) -> None:
    able = officers_who_can(exception) or managers_of(exception.election.group)
    able = [one for one in able if one.pk not in (asker.pk, exception.answered_by_id)]
    is_appeal = exception.state == ExceptionState.APPEALED
    words = exception.appeal if is_appeal else exception.reason
    tell(able, ExceptionWaits(exception.election, asker.name, words, is_appeal=is_appeal))


def _words(text: str) -> str:
    """Words of a person, without blanks around them; Refused `invalid` when there are none or too many."""
    words = text.strip()
    if not words:
        raise Refused(_("Please give a reason in a few words."), code="invalid")
    if len(words) > LONGEST_REASON:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": LONGEST_REASON}, code="invalid")
    return words
