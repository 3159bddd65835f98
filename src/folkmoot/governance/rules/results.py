"""Who may see, sign, release and certify a result, and complain about it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import Election, ElectionState, Stage
from folkmoot.governance.models.officers import Duty, ElectionOfficer
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.models.results_complaints import Complaint, Outcome
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Stand
from folkmoot.people.models import Person
from folkmoot.ui.times import plain_date

Reader = Person | Stand | AnonymousUser | None


def may_see_result(actor: Reader, election: Election) -> Verdict:
    """Whether somebody may see the result: everybody once it is released, before that officers and monitors."""
    if election.is_published:
        return YES
    if not ElectionBundle.objects.filter(election=election).exists():
        return no(_("There is no result yet."))
    if may_watch(actor, election):
        return YES
    return no(_("The result is held until the officers release it."))


def may_sign(actor: Reader, election: Election) -> Verdict:
    """Whether somebody may sign the count: an officer with a key to which ballots were sealed."""
    if signing_officer(actor, election) is None:
        return no(_("Only the officers whose keys were frozen with this election may sign."))
    if not ElectionBundle.objects.filter(election=election).exists():
        return no(_("There is no count to sign yet."))
    if election.state not in (ElectionState.CLOSED, ElectionState.COUNTED):
        return no(_("The result is released, so nobody signs it any more."))
    return YES


def signing_officer(actor: Reader, election: Election) -> ElectionOfficer | None:
    """Who somebody is among those whose keys were frozen, still serving or not."""
    if not isinstance(actor, Person):
        return None
    found = election.officers.filter(person=actor, duty=Duty.OFFICER, place__isnull=False)
    return found.select_related("key").first()


def may_release(actor: Reader, election: Election) -> Verdict:
    """Whether somebody may let everybody see the result: an officer, once enough have signed."""
    verdict = is_officer(actor, election)
    if verdict and election.state == ElectionState.CLOSED:
        return no(_("The result can be released once enough officers have signed the count."))
    if verdict and election.state != ElectionState.COUNTED:
        return no(_("There is no result that waits to be released."))
    return verdict


def may_complain(actor: Reader, election: Election, now: datetime) -> Verdict:
    """Whether somebody may complain: who was on the roll or stood, on the days for complaints."""
    if not isinstance(actor, Person) or not (
        election.voters.filter(person=actor).exists()
        or election.contests.filter(nominations__person=actor, nominations__place__isnull=False).exists()
    ):
        return no(_("A complaint may come from whoever was on the roll or stood."))
    if election.state != ElectionState.RELEASED:
        return no(_("Complaints are for the days after the result, before it is certified."))
    days = election.stages.filter(stage=Stage.COMPLAINTS).first()
    if days is not None and day_in(election, now) > days.last:
        return no(_("The last day for complaints was %(day)s.") % {"day": plain_date(days.last)})
    return YES


def may_answer(actor: Reader, complaint: Complaint) -> Verdict:
    """Whether somebody may answer a complaint: an officer whom it does not come from."""
    verdict = is_officer(actor, complaint.election)
    if verdict and complaint.by == actor:
        return no(_("Another officer answers your complaint."))
    if verdict and complaint.is_answered:
        return no(_("This complaint is answered."))
    return verdict


def may_certify(actor: Reader, election: Election, now: datetime) -> Verdict:
    """Whether somebody may certify: an officer, after the days for complaints, with every complaint answered."""
    if not (verdict := is_officer(actor, election)):
        return verdict
    if election.state != ElectionState.RELEASED:
        return no(_("A result is certified after it was released, and once."))
    days = election.stages.filter(stage=Stage.COMPLAINTS).first()
    if days is not None and day_in(election, now) <= days.last:
        words = _("Complaints may come until %(day)s; the result can be certified after that.")
        return no(words % {"day": plain_date(days.last)})
    outcomes = list(Complaint.objects.filter(election=election).values_list("outcome", flat=True))
    if "" in outcomes:
        return no(_("First answer every complaint."))
    if Outcome.REPEAT in outcomes:
        return no(_("A complaint was upheld: this election is to be repeated, so nobody is seated by it."))
    return YES
