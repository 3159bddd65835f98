"""What those who stand, nominate and look after an election are told of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.nomination_links import decline_shortcut
from folkmoot.notices.kinds import TOPICS, Notice, Shortcut, Topic
from folkmoot.people.models import Person
from folkmoot.ui import times

TOPICS.register(
    "candidates",
    Topic(
        gettext_lazy("Standing for elections"),
        gettext_lazy("You were nominated, an answer is due, endorsements, questions to you"),
    ),
    order=37,
    by=__name__,
)


@dataclass(frozen=True)
class AboutNomination:
    """A nomination, with the words of its contest and its election."""

    nomination: Nomination

    @property
    def contest(self) -> str:
        return self.nomination.contest.title

    @property
    def election(self) -> str:
        return self.nomination.contest.election.title

    @property
    def name(self) -> str:
        return self.nomination.person.name if self.nomination.person else self.nomination.ballot_name

    @property
    def names(self) -> dict[str, str]:
        return {"contest": self.contest, "election": self.election, "name": self.name}

    def path(self) -> str:
        return own_path(self.nomination)


def own_path(nomination: Nomination) -> str:
    """The page on which somebody answers their nomination."""
    election = nomination.contest.election
    return reverse("my_nomination", args=[election.group.slug, election.key, nomination.pk])


def candidate_path(nomination: Nomination) -> str:
    """The page of a candidate."""
    election = nomination.contest.election
    return reverse("candidate", args=[election.group.slug, election.key, nomination.pk])


@dataclass(frozen=True)
class Nominated(AboutNomination, Notice):
    """To whoever was nominated by somebody else."""

    kind = "governance.nominated"
    topic = "candidates"
    needed = True

    by_id: int
    by_name: str
    why: str
    last_day: date | None

    def subject(self) -> str:
        return _("%(by)s would like you to stand for %(contest)s") % {"by": self.by_name, "contest": self.contest}

    def action(self) -> str:
        return _("Answer")

    def shortcut(self, person: Person) -> Shortcut | None:
        return decline_shortcut(self.nomination) if person.pk == self.nomination.person_id else None

    @property
    def until(self) -> str:
        return times.long_day(self.last_day) if self.last_day else ""

    def once(self) -> str:
        return f"nomination {self.nomination.pk} by {self.by_id}"


@dataclass(frozen=True)
class AnswerDue(AboutNomination, Notice):
    """To whoever has not answered: once halfway, and once on the day before it is too late."""

    kind = "governance.nomination_answer_due"
    topic = "candidates"

    last_day: date
    is_last: bool

    def subject(self) -> str:
        return _("Will you stand for %(contest)s? Until %(until)s") % {"contest": self.contest, "until": self.until}

    def action(self) -> str:
        return _("Answer")

    def shortcut(self, person: Person) -> Shortcut | None:
        return decline_shortcut(self.nomination) if person.pk == self.nomination.person_id else None

    @property
    def until(self) -> str:
        return times.long_day(self.last_day)

    def once(self) -> str:
        return f"nomination {self.nomination.pk} {'last' if self.is_last else 'halfway'} {self.last_day.isoformat()}"


@dataclass(frozen=True)
class NominationAnswered(AboutNomination, Notice):
    """To those who nominated somebody: they stand, or prefer not to."""

    kind = "governance.nomination_answered"
    topic = "candidates"

    stands: bool

    @property
    def endorsements(self) -> int:
        return self.nomination.contest.endorsements if self.stands else 0

    def subject(self) -> str:
        if self.stands:
            return _("%(name)s stands for %(contest)s") % self.names
        return _("%(name)s does not stand for %(contest)s this time") % self.names

    def path(self) -> str:
        return candidate_path(self.nomination) if self.stands else self.nomination.contest.election.get_absolute_url()


@dataclass(frozen=True)
class EndorsementsWanted(AboutNomination, Notice):
    """To a candidate on the day before endorsements end, where some are missing."""

    kind = "governance.endorsements_wanted"
    topic = "candidates"

    missing: int
    last_day: date

    def subject(self) -> str:
        return ngettext(
            "One endorsement is missing until tomorrow",
            "%(count)d endorsements are missing until tomorrow",
            self.missing,
        ) % {"count": self.missing}

    def once(self) -> str:
        return f"nomination {self.nomination.pk} {self.last_day.isoformat()}"


@dataclass(frozen=True)
class EndorsementsComplete(AboutNomination, Notice):
    """To a candidate: enough people of different affiliations stand by them."""

    kind = "governance.endorsements_complete"
    topic = "candidates"

    def subject(self) -> str:
        return _("You have the endorsements you need for %(contest)s") % self.names

    def path(self) -> str:
        return candidate_path(self.nomination)

    def once(self) -> str:
        return f"nomination {self.nomination.pk}"


@dataclass(frozen=True)
class NominationLapsedNow(AboutNomination, Notice):
    """To whoever did not answer in time."""

    kind = "governance.nomination_lapsed"
    topic = "candidates"

    def subject(self) -> str:
        return _("Your nomination for %(contest)s has lapsed") % self.names

    def once(self) -> str:
        return f"nomination {self.nomination.pk}"


@dataclass(frozen=True)
class FoundIneligible(AboutNomination, Notice):
    """To whoever may not stand: why, and what they can do."""

    kind = "governance.candidate_ineligible"
    topic = "candidates"
    needed = True

    why: str
    may_appeal: bool

    def subject(self) -> str:
        return _("You cannot stand for %(contest)s as it is now") % self.names

    def action(self) -> str:
        return _("See why, and ask them to look again") if self.may_appeal else _("See why")


@dataclass(frozen=True)
class FoundEligible(AboutNomination, Notice):
    """To whoever may stand after all."""

    kind = "governance.candidate_eligible"
    topic = "candidates"
    needed = True

    def subject(self) -> str:
        return _("You may stand for %(contest)s after all") % self.names


@dataclass(frozen=True)
class AppealCame(AboutNomination, Notice):
    """To the officers: somebody asks them to look again."""

    kind = "governance.candidate_appealed"
    topic = "candidates"
    needed = True

    words: str

    def subject(self) -> str:
        return _("%(name)s asks you to look again at whether they may stand") % self.names

    def path(self) -> str:
        election = self.nomination.contest.election
        return reverse("judge_candidate", args=[election.group.slug, election.key, self.nomination.pk])


@dataclass(frozen=True)
class CandidateHasWithdrawn(AboutNomination, Notice):
    """To the officers: somebody stands no longer."""

    kind = "governance.candidate_withdrew"
    topic = "candidates"

    after_freeze: bool

    def subject(self) -> str:
        return _("%(name)s stands for %(contest)s no longer") % self.names

    def path(self) -> str:
        return self.nomination.contest.election.get_absolute_url()


@dataclass(frozen=True)
class QuestionsWait(AboutNomination, Notice):
    """To a candidate, once a day at most: what was asked since they last heard of it. `newest` is a question's key."""

    kind = "governance.questions_wait"
    topic = "candidates"

    count: int
    newest: int

    def subject(self) -> str:
        return ngettext(
            "One question waits for you as a candidate",
            "%(count)d questions wait for you as a candidate",
            self.count,
        ) % {"count": self.count}

    def path(self) -> str:
        return questions_path(self.nomination.contest)

    def action(self) -> str:
        return _("Answer")

    def once(self) -> str:
        return f"nomination {self.nomination.pk} up to {self.newest}"


@dataclass(frozen=True)
class QuestionWasTakenOff(Notice):
    """To whoever asked it: an officer took it off, and why."""

    kind = "governance.question_taken_off"
    topic = "candidates"

    question: CandidateQuestion

    def subject(self) -> str:
        return _("Your question to the candidates was taken off")

    def path(self) -> str:
        return questions_path(self.question.contest)


def questions_path(contest: Contest) -> str:
    """Where all questions to the candidates of an election are read."""
    election = contest.election
    return reverse("candidate_questions", args=[election.group.slug, election.key])
