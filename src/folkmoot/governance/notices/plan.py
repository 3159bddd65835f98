"""What people are told about how elections are set up, and the messages of elections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.models.elections import Contest, Election, ElectionStage, Stage
from folkmoot.notices.kinds import TOPICS, Notice, Shortcut, Topic
from folkmoot.people.models import Person

TOPICS.register(
    "elections",
    Topic(gettext_lazy("Elections"), gettext_lazy("Calls for candidates, voting, results")),
    order=36,
    by=__name__,
)


@dataclass(frozen=True)
class ElectionMessageNotice(Notice):
    """One message of an election to one of those it is for, in the words that somebody looked over."""

    kind = "governance.election_message"
    topic = "elections"

    election: Election
    number: int
    title: str
    words: str
    to_path: str
    button: str
    way_in: object = None
    """A function of the election and a person that gives their `Shortcut`, or None."""

    def subject(self) -> str:
        return self.title

    def path(self) -> str:
        return self.to_path

    def action(self) -> str:
        return self.button

    def shortcut(self, person: Person) -> Shortcut | None:
        if not callable(self.way_in):
            return None
        found: Shortcut | None = self.way_in(self.election, person)
        return found

    def once(self) -> str:
        return f"election-message-{self.number}"


@dataclass(frozen=True)
class ElectionMessageFailed(Notice):
    """To those who look after an election: one of its messages could not be put together, and was left out."""

    kind = "governance.election_message_failed"
    topic = "elections"
    needed = True

    election: Election
    label: str

    def subject(self) -> str:
        return _("%(title)s: a message was not sent") % _named(self.election)

    def path(self) -> str:
        # Its own page and the list of all would fail alike until it is mended.
        return self.election.get_absolute_url()


@dataclass(frozen=True)
class QuestionIsAboutYou(Notice):
    """To whom a recall or a vote of confidence is about: it was announced."""

    kind = "governance.question_about_you"
    topic = "elections"
    needed = True

    election: Election

    @property
    def questions(self) -> list[str]:
        """What is asked, in the words of the ballot."""
        return [contest.title for contest in self.election.contests.all()]

    @property
    def voting(self) -> ElectionStage | None:
        """The days of voting."""
        return self.election.stages.filter(stage=Stage.VOTING).first()

    def subject(self) -> str:
        return _("%(group)s: a vote about you was announced") % _named(self.election)

    def path(self) -> str:
        return self.election.get_absolute_url()

    def once(self) -> str:
        return f"election-{self.election.pk}-about"


@dataclass(frozen=True)
class ContestIsChanged(Notice):
    """To those who stand or are asked to: what they stand for is another thing than before."""

    kind = "governance.contest_changed"
    topic = "elections"

    contest: Contest
    lines: tuple[str, ...]

    def subject(self) -> str:
        return _("%(title)s: what you stand for has changed") % {"title": self.contest.election.title}

    def path(self) -> str:
        return self.contest.election.get_absolute_url()


@dataclass(frozen=True)
class ElectionsDaysMoved(Notice):
    """To officers and candidates: the days of an election are others."""

    kind = "governance.election_days_moved"
    topic = "elections"

    election: Election
    stages: tuple[Stage, ...]

    @property
    def lines(self) -> list[tuple[str, date, date]]:
        """The steps that moved, with their days now."""
        moved = {stage.stage: stage for stage in self.election.stages.all()}
        return [(str(one.label), moved[one].first, moved[one].last) for one in self.stages if one in moved]

    def subject(self) -> str:
        return _("%(group)s: other days for %(title)s") % _named(self.election)

    def path(self) -> str:
        return self.election.get_absolute_url()


@dataclass(frozen=True)
class ElectionIsCancelled(Notice):
    """To officers and candidates: an election will not be held, and why."""

    kind = "governance.election_cancelled"
    topic = "elections"

    election: Election

    def subject(self) -> str:
        return _("%(group)s: %(title)s is cancelled") % _named(self.election)

    def path(self) -> str:
        return self.election.get_absolute_url()

    def once(self) -> str:
        return f"election-{self.election.pk}-cancelled"


def _named(election: Election) -> dict[str, str]:
    return {"group": election.group.name, "title": election.title}
