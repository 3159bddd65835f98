"""What nominations tell: ids and numbers. What people wrote, and why somebody may not stand, is in no fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class PersonNominated(Fact):
    """Somebody was nominated for a contest, by themselves or by somebody else; not yet in public."""

    kind = "governance.person_nominated"
    audience = Audience.PERSON
    sentence = _("{actor} made a nomination.")

    nomination_id: int


@dataclass(frozen=True)
class CandidateStood(Fact):
    """Somebody stands for a contest since."""

    kind = "governance.candidate_stood"
    audience = Audience.GROUP
    sentence = _("{actor} stands for election.")

    nomination_id: int


@dataclass(frozen=True)
class CandidatePageChanged(Fact):
    """A candidate says something about themselves in other words."""

    kind = "governance.candidate_page_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed what they say as a candidate.")

    nomination_id: int


@dataclass(frozen=True)
class NominationDeclined(Fact):
    """Somebody does not wish to stand."""

    kind = "governance.nomination_declined"
    audience = Audience.PERSON
    sentence = _("{actor} declined a nomination.")

    nomination_id: int


@dataclass(frozen=True)
class NominationLapsed(Fact):
    """A nomination was not answered in time."""

    kind = "governance.nomination_lapsed"
    audience = Audience.PERSON
    sentence = _("A nomination was not answered in time.")

    nomination_id: int


@dataclass(frozen=True)
class CandidateWithdrew(Fact):
    """Somebody stands no longer; after the ballot was `frozen` they are counted as withdrawn."""

    kind = "governance.candidate_withdrew"
    audience = Audience.GROUP
    sentence = _("{actor} stands for election no longer.")

    nomination_id: int
    frozen: bool


@dataclass(frozen=True)
class CandidateFoundIneligible(Fact):
    """Officers, or the criteria when candidates were frozen, say that somebody may not stand."""

    kind = "governance.candidate_ineligible"
    audience = Audience.PERSON
    sentence = _("{actor} found that somebody may not stand.")

    nomination_id: int


@dataclass(frozen=True)
class AppealMade(Fact):
    """Somebody who may not stand asked the officers to look at it again."""

    kind = "governance.candidate_appealed"
    audience = Audience.PERSON
    sentence = _("{actor} asked the officers of an election to look again.")

    nomination_id: int


@dataclass(frozen=True)
class CandidateFoundEligible(Fact):
    """Officers looked again, and somebody may stand after all."""

    kind = "governance.candidate_eligible"
    audience = Audience.PERSON
    sentence = _("{actor} found that somebody may stand after all.")

    nomination_id: int


@dataclass(frozen=True)
class CandidateEndorsed(Fact):
    """Somebody stands by a candidate."""

    kind = "governance.candidate_endorsed"
    audience = Audience.GROUP
    sentence = _("{actor} endorsed a candidate.")

    nomination_id: int


@dataclass(frozen=True)
class EndorsementTakenBack(Fact):
    """Somebody stands by a candidate no longer."""

    kind = "governance.endorsement_taken_back"
    audience = Audience.GROUP
    sentence = _("{actor} took an endorsement back.")

    nomination_id: int


@dataclass(frozen=True)
class CandidatesFrozen(Fact):
    """Who stands for a contest, and in which order, changes no more."""

    kind = "governance.candidates_frozen"
    audience = Audience.GROUP
    sentence = _("The candidates of an election were frozen.")

    contest_id: int
    candidates: int


@dataclass(frozen=True)
class CandidatesAsked(Fact):
    """Somebody asked the candidates of a contest something."""

    kind = "governance.candidates_asked"
    audience = Audience.GROUP
    sentence = _("{actor} asked the candidates something.")

    question_id: int


@dataclass(frozen=True)
class CandidateAnswered(Fact):
    """A candidate answered a question, or changed their answer."""

    kind = "governance.candidate_answered"
    audience = Audience.GROUP
    sentence = _("{actor} answered a question as a candidate.")

    question_id: int
    changed: bool


@dataclass(frozen=True)
class QuestionTakenOff(Fact):
    """An officer took a question to candidates off; the reason stands in its place."""

    kind = "governance.question_taken_off"
    audience = Audience.GROUP
    sentence = _("{actor} took a question to candidates off.")

    question_id: int
