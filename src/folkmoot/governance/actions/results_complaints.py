"""Complaints about a result: made in words, answered in words."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.facts.results import ComplaintAnswered, ComplaintMade
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import OfficerState
from folkmoot.governance.models.results_complaints import LONGEST_ANSWER, LONGEST_COMPLAINT, Complaint, Outcome
from folkmoot.governance.notices.results import ComplaintIsAnswered, ComplaintIsMade
from folkmoot.governance.rules.results import may_answer, may_complain
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person


@transaction.atomic
def complain(election: Election, *, words: str, by: Person) -> Complaint:
    """Complain about a released result. Officers and monitors are told. Refused `forbidden`, `invalid`; the same words
    once more are the same complaint.
    """
    election = hold_election(election)
    require(may_complain(by, election, timezone.now()))
    words = _said(words, LONGEST_COMPLAINT)
    if (same := Complaint.objects.filter(election=election, by=by, words=words).first()) is not None:
        return same
    complaint = Complaint.objects.create(election=election, by=by, words=words)
    # Who complained is between them and the officers, so the history names nobody.
    record(ComplaintMade(election.pk, complaint.pk), by=system(), on=election, within=election.group)
    watching = election.officers.filter(state=OfficerState.ACCEPTED).exclude(person=by)
    tell([one.person for one in watching.select_related("person")], ComplaintIsMade(election))
    return complaint


@transaction.atomic
def answer_complaint(
    complaint: Complaint, *, outcome: Outcome, answer: str, private_answer: str = "", by: Person
) -> Complaint:
    """Answer a complaint, for everybody and where wished for whoever complained alone. It is answered once; refused
    `forbidden`, `invalid`.
    """
    Election.objects.select_for_update(of=("self",)).get(pk=complaint.election_id)
    complaint = Complaint.objects.select_related("election__group", "by").get(pk=complaint.pk)
    require(may_answer(by, complaint))
    complaint.answer = _said(answer, LONGEST_ANSWER)
    complaint.private_answer = _said(private_answer, LONGEST_ANSWER) if private_answer.strip() else ""
    complaint.outcome, complaint.answered_by, complaint.answered_at = outcome, by, timezone.now()
    complaint.save()
    election = complaint.election
    record(ComplaintAnswered(election.pk, complaint.pk, outcome), by=by, on=election, within=election.group)
    if complaint.by.is_active:
        tell([complaint.by], ComplaintIsAnswered(election))
    return complaint


def _said(words: str, most: int) -> str:
    words = words.strip()
    if not words:
        raise Refused(_("Please say it in words."), code="invalid")
    if len(words) > most:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": most}, code="invalid")
    return words
