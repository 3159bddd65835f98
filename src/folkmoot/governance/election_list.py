"""The first wording of an election's checklist, and the checks by which it ticks itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.domain.days import Step
from folkmoot.governance.facts.nominations import CandidateFoundEligible, CandidatesFrozen, CandidateStood
from folkmoot.governance.facts.officers import (
    DutyAnswered,
    DutyEnded,
    ElectionFrozen,
    KeyFound,
    KeysGiven,
    KeysRehearsed,
    NeededChanged,
)
from folkmoot.governance.facts.opening import VotingClosed
from folkmoot.governance.facts.plan import ElectionAnnounced, ElectionChanged, PracticeElectionAnnounced
from folkmoot.governance.facts.results import ElectionCertified, ManifestSigned, ResultReleased
from folkmoot.governance.models.elections import PUBLISHED, Election, ElectionKind, ElectionState
from folkmoot.governance.models.officers import Duty, OfficerKey, OfficerState
from folkmoot.ledger.facts import Fact
from folkmoot.plan.checks import Check, offer_check, open_lines, tick
from folkmoot.plan.models import ChecklistLine
from folkmoot.plan.starters import STARTERS, Starter, StarterLine
from folkmoot.ui.slots import Label

ELECTION_LIST: Final = "election"
COUNTED: Final = (ElectionState.COUNTED, *PUBLISHED)
SEATLESS: Final = (ElectionKind.PRACTICE, ElectionKind.RECALL, ElectionKind.CONFIDENCE)


@dataclass(frozen=True)
class Placed:
    """By which step a line is due: `days` from its first day, or from its last."""

    step: Step
    at_end: bool = False
    days: int = 0


ANNOUNCED: Final = (ElectionAnnounced, PracticeElectionAnnounced)
FACTS: Final[Mapping[str, tuple[type[Fact], ...]]] = {
    "officers_accepted": (*ANNOUNCED, DutyAnswered, DutyEnded, NeededChanged, ElectionChanged),
    "announced": ANNOUNCED,
    "somebody_stands": (*ANNOUNCED, CandidateStood, CandidateFoundEligible, CandidatesFrozen, ElectionChanged),
    "keys_there": (*ANNOUNCED, KeysGiven, KeysRehearsed, KeyFound, DutyEnded, NeededChanged, ElectionFrozen),
    "frozen": (ElectionFrozen,),
    "closed": (VotingClosed,),
    "counted": (ManifestSigned,),
    "released": (ResultReleased,),
    "certified": (*ANNOUNCED, ElectionCertified),
}
"""After which facts each check is asked again; what lies before the list began is asked as it is announced."""

STEP_OF_CHECK: Final[Mapping[str, Placed]] = {
    "governance.officers_accepted": Placed(Step.ROLES, at_end=True),
    "governance.announced": Placed(Step.ROLES, at_end=True),
    "governance.somebody_stands": Placed(Step.NOMINATIONS, at_end=True),
    "governance.keys_there": Placed(Step.FREEZE, days=-1),
    "governance.frozen": Placed(Step.FREEZE, at_end=True),
    "governance.closed": Placed(Step.COUNT),
    "governance.counted": Placed(Step.COUNT, at_end=True),
    "governance.released": Placed(Step.RESULT, at_end=True),
    "governance.certified": Placed(Step.COMPLAINTS, at_end=True, days=1),
}


def first_wording() -> Starter:
    """The list of an election as it is first written; its days follow the steps of each election."""

    def line(offset: int, title: str, words: str, check: str, link: str = "elections") -> StarterLine:
        return StarterLine(title, words, "manager", offset, (3, 0), 1, f"governance.{check}" if check else "", link)

    return Starter(
        _("Election"),
        _("What is to be done from the first word to the seat. It ticks itself where the election says so."),
        _("the first day of voting"),
        (
            line(
                -11,
                _("Find the officers"),
                _("As many as open the ballots together, better one more. None of them may be a candidate."),
                "officers_accepted",
            ),
            line(
                -11,
                _("Announce the election"),
                _("Look over days, contests and messages first. From then on the messages go out on their days."),
                "announced",
            ),
            line(
                -1,
                _("See that there are candidates"),
                _("At least as many as there are places; ask people whom you would like to see there."),
                "somebody_stands",
            ),
            line(
                -1,
                _("Make the keys, and rehearse"),
                _("Every officer makes keys in the browser, reads the fingerprint aloud, and opens a rehearsal."),
                "keys_there",
            ),
            line(0, _("Freeze and open the vote"), _("Roll, candidates and rules cannot change after that."), "frozen"),
            line(20, _("Close the vote"), _("It closes by itself once its last day is over."), "closed"),
            line(20, _("Open and count the ballots"), _("The officers do it together, and sign the count."), "counted"),
            line(20, _("Release the result"), _("Tell the candidates first; then everybody can read it."), "released"),
            line(
                34,
                _("Certify the result"),
                _("Once complaints are settled. Terms then begin on their day, and handovers start."),
                "certified",
            ),
            line(60, _("Look back"), _("What went well, and what should be easier next time?"), ""),
        ),
    )  # fmt: skip


def are_officers_there(election: Election) -> bool:
    """Whether as many officers have accepted as open the ballots together."""
    serving = election.officers.filter(duty=Duty.OFFICER, state=OfficerState.ACCEPTED)
    return serving.count() >= election.needed


def are_keys_there(election: Election) -> bool:
    """Whether every officer who serves has a key that is not lost, and there are enough of them."""
    if election.is_frozen:
        return True
    serving = election.officers.filter(duty=Duty.OFFICER, state=OfficerState.ACCEPTED)
    keys = OfficerKey.objects.filter(officer__in=serving, lost_at=None, destroyed_at=None, rehearsed_at__isnull=False)
    return election.needed <= serving.count() == keys.count()


def does_somebody_stand(election: Election) -> bool:
    """Whether each contest has at least as many candidates as places."""
    return all(
        contest.nominations.filter(state="standing").count() >= contest.places for contest in election.contests.all()
    )


def offer() -> None:
    """Enter all of it; called once, while the program starts."""
    STARTERS.register(ELECTION_LIST, first_wording, order=50, by=__name__)
    checks: list[tuple[str, Label, Callable[[Election], bool], Callable[[Election], str]]] = [
        ("officers_accepted", gettext_lazy("enough officers have accepted"), are_officers_there, _sensible),
        ("announced", gettext_lazy("the election is announced"), _is_announced, _sensible),
        (
            "somebody_stands",
            gettext_lazy("each contest has as many candidates as places"),
            does_somebody_stand,
            _no_nominations,
        ),
        ("keys_there", gettext_lazy("every officer has keys and has rehearsed"), are_keys_there, _sensible),
        ("frozen", gettext_lazy("roll, candidates and rules are frozen"), lambda one: one.is_frozen, _sensible),
        (
            "closed",
            gettext_lazy("voting is over"),
            lambda one: one.is_frozen and one.state != ElectionState.OPEN,
            _sensible,
        ),
        ("counted", gettext_lazy("the count is signed"), lambda one: one.state in COUNTED, _sensible),
        ("released", gettext_lazy("the result is released"), lambda one: one.is_published, _sensible),
        (
            "certified",
            gettext_lazy("the result is certified"),
            lambda one: one.state == ElectionState.CERTIFIED,
            _no_seats,
        ),
    ]
    for name, label, is_done, needless in checks:
        offer_check(Check(f"governance.{name}", label, FACTS[name], _asking(is_done), _explaining(needless)))


def tick_elections() -> int:
    """Ask the open lines of all elections, for what no fact tells: a day that begins, a list that was changed."""
    return tick(open_lines(STEP_OF_CHECK))


def _asking(is_done: Callable[[Election], bool]) -> Callable[[ChecklistLine], bool | None]:
    def asked(line: ChecklistLine) -> bool | None:
        election = _election(line)
        return None if election is None else is_done(election)

    asked.__module__ = __name__
    return asked


def _explaining(needless: Callable[[Election], str]) -> Callable[[ChecklistLine], str]:
    def explained(line: ChecklistLine) -> str:
        election = _election(line)
        return "" if election is None else needless(election)

    return explained


def _is_announced(election: Election) -> bool:
    return election.state not in (ElectionState.DRAFT, ElectionState.CANCELLED)


def _sensible(election: Election) -> str:
    return ""


def _no_nominations(election: Election) -> str:
    if election.kind in SEATLESS:
        return _("Nobody is nominated in an election of this kind.")
    return ""


def _no_seats(election: Election) -> str:
    return _("This fills no seats.") if election.kind in SEATLESS else ""


def _election(line: ChecklistLine) -> Election | None:
    checklist = line.checklist
    if checklist.template_key != ELECTION_LIST or checklist.subject_id is None:
        return None
    kind = checklist.subject_type
    if kind is None or kind.model_class() is not Election:
        return None
    return Election.objects.filter(pk=checklist.subject_id).first()
