"""What people are told about mentoring. None of it says who said no, nor why anybody stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.domain.mentoring_terms import Moment
from folkmoot.connections.models.mentoring import MentorPair, PairCheckIn
from folkmoot.connections.models.mentoring_programmes import MentoringProgramme
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "mentoring",
    Topic(gettext_lazy("Mentoring"), gettext_lazy("Pairs that you are asked for, and how they go")),
    order=90,
    by=__name__,
)


@dataclass(frozen=True)
class _OfPair:
    """To one of the two; `other` is the name of the other one."""

    pair: MentorPair
    other: str

    @property
    def programme(self) -> str:
        return self.pair.programme.name

    @property
    def names(self) -> dict[str, str]:
        return {"other": self.other, "programme": self.programme}

    def path(self) -> str:
        return self.pair.get_absolute_url()


@dataclass(frozen=True)
class PairAsked(_OfPair, Notice):
    """To both: would you like to be a pair? `as_mentor` says on which side the reader is."""

    kind = "connections.mentor_pair_asked"
    topic = "mentoring"

    as_mentor: bool
    answer_by: date

    def subject(self) -> str:
        return _("Mentoring with %(other)s? %(programme)s") % self.names

    def action(self) -> str:
        return _("Say whether you would like to")

    def once(self) -> str:
        return f"mentor-pair-asked:{self.pair.pk}"


@dataclass(frozen=True)
class PairBegins(_OfPair, Notice):
    """To both: both said yes."""

    kind = "connections.mentor_pair_begins"
    topic = "mentoring"

    def subject(self) -> str:
        return _("You and %(other)s are a pair: %(programme)s") % self.names

    def action(self) -> str:
        return _("Open your page")

    def once(self) -> str:
        return f"mentor-pair-begins:{self.pair.pk}"


@dataclass(frozen=True)
class PairUnmade(_OfPair, Notice):
    """To whoever was asked: it does not come about, without who said what."""

    kind = "connections.mentor_pair_unmade"
    topic = "mentoring"

    goes_on: bool

    def subject(self) -> str:
        return _("The pairing with %(other)s does not come about: %(programme)s") % self.names

    def path(self) -> str:
        return self.pair.programme.get_absolute_url()

    def once(self) -> str:
        return f"mentor-pair-unmade:{self.pair.pk}"


@dataclass(frozen=True)
class PairEnded(_OfPair, Notice):
    """To the other one: the pair ended before the end of the programme."""

    kind = "connections.mentor_pair_ended"
    topic = "mentoring"

    def subject(self) -> str:
        return _("Your mentoring with %(other)s ends here: %(programme)s") % self.names

    def action(self) -> str:
        return _("See what you would like to do next")

    def once(self) -> str:
        return f"mentor-pair-ended:{self.pair.pk}"


@dataclass(frozen=True)
class TermIsOver(_OfPair, Notice):
    """To both: the programme is over, and a word about it would be kind."""

    kind = "connections.mentoring_term_is_over"
    topic = "mentoring"

    def subject(self) -> str:
        return _("%(programme)s is over: thank you") % self.names

    def action(self) -> str:
        return _("Write what you take with you")

    def once(self) -> str:
        return f"mentor-pair-over:{self.pair.pk}"


@dataclass(frozen=True)
class HowDoesItGo(_OfPair, Notice):
    """To each of the two: how does it go?"""

    kind = "connections.mentoring_check_in"
    topic = "mentoring"

    moment: Moment

    def subject(self) -> str:
        return _("How does it go with %(other)s? %(programme)s") % self.names

    def action(self) -> str:
        return _("Answer with one click")

    def path(self) -> str:
        return f"{self.pair.get_absolute_url()}#check-in"

    def once(self) -> str:
        return f"mentoring-check-in:{self.pair.pk}:{self.moment.value}"


@dataclass(frozen=True)
class NextMeetingSet(_OfPair, Notice):
    """To the other one: a time for the next meeting."""

    kind = "connections.mentor_pair_next_meeting"
    topic = "mentoring"

    @property
    def when(self) -> str:
        at = self.pair.next_at
        return when_words(at, timezone.get_current_timezone_name()) if at is not None else ""

    def subject(self) -> str:
        return _("Next meeting with %(other)s: %(when)s") % {**self.names, "when": self.when}

    def action(self) -> str:
        return _("Open your page")

    def once(self) -> str:
        return f"mentor-pair-next:{self.pair.pk}:{self.pair.next_number}"


@dataclass(frozen=True)
class AttentionWanted(Notice):
    """To those who run the programme: somebody would like them to be in touch."""

    kind = "connections.mentoring_attention"
    topic = "mentoring"

    check_in: PairCheckIn
    programme: MentoringProgramme
    name: str

    def subject(self) -> str:
        return _("%(name)s would like to hear from you: %(programme)s") % {
            "name": self.name,
            "programme": self.programme.name,
        }

    def path(self) -> str:
        return reverse("mentoring_matching", args=[self.programme.pk])

    def once(self) -> str:
        return f"mentoring-attention:{self.check_in.pk}"


@dataclass(frozen=True)
class MatchingBegins(Notice):
    """To those who run the programme: applications are closed, and suggestions wait for them."""

    kind = "connections.mentoring_matching_begins"
    topic = "mentoring"

    programme: MentoringProgramme
    mentors: int
    mentees: int

    def subject(self) -> str:
        return _("Suggested pairs wait for you: %(programme)s") % {"programme": self.programme.name}

    def action(self) -> str:
        return _("See the suggested pairs")

    def path(self) -> str:
        return reverse("mentoring_matching", args=[self.programme.pk])

    def once(self) -> str:
        return f"mentoring-matching:{self.programme.pk}"
