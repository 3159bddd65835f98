"""What people are told from the count to the seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.notices.about import AboutElection
from folkmoot.groups.models import Group, Seat
from folkmoot.notices.kinds import TOPICS, Notice, Topic
from folkmoot.ui.times import plain_date

TOPICS.register(
    "election_results",
    Topic(
        gettext_lazy("Results of elections"), gettext_lazy("A result is there, is certified, or is complained about")
    ),
    order=39,
    by=__name__,
)


@dataclass(frozen=True)
class AboutResult(AboutElection):
    """An election with a count."""

    def path(self) -> str:
        return self.page("election_result")

    def action(self) -> str:
        return _("See the result")


@dataclass(frozen=True)
class CountIsToSign(AboutResult, Notice):
    """To officers with a key: the ballots are counted, and the count waits for signatures."""

    kind = "governance.count_is_to_sign"
    topic = "election_results"
    needed = True

    def subject(self) -> str:
        return _("Please sign the count: %(title)s") % self.names

    def path(self) -> str:
        return self.page("election_signing")

    def action(self) -> str:
        return _("Look at the count and sign it")

    def once(self) -> str:
        return f"count-is-to-sign:{self.election.pk}"


@dataclass(frozen=True)
class CountIsSigned(AboutResult, Notice):
    """To officers and monitors: enough signed, so the result can be released."""

    kind = "governance.count_is_signed"
    topic = "election_results"
    needed = True

    def subject(self) -> str:
        return _("The result can be released: %(title)s") % self.names

    def once(self) -> str:
        return f"count-is-signed:{self.election.pk}"


@dataclass(frozen=True)
class Announced(AboutResult):
    """With the words of the officers' announcement, which may be none."""

    words: str = ""


@dataclass(frozen=True)
class ResultIsThere(Announced, Notice):
    """To everybody on the roll or with a duty."""

    kind = "governance.result_is_there"
    topic = "election_results"

    def subject(self) -> str:
        return _("The result is there: %(title)s") % self.names

    def once(self) -> str:
        return f"result-is-there:{self.election.pk}"


@dataclass(frozen=True)
class YouAreElected(AboutResult, Notice):
    """To whoever was elected."""

    kind = "governance.you_are_elected"
    topic = "election_results"
    needed = True

    contest: str
    words: str = ""

    def subject(self) -> str:
        return _("You are elected: %(contest)s") % {"contest": self.contest}


@dataclass(frozen=True)
class NotElected(AboutResult, Notice):
    """To whoever stood and was not elected."""

    kind = "governance.not_elected"
    topic = "election_results"
    needed = True

    contest: str
    words: str = ""

    def subject(self) -> str:
        return _("Thank you for standing: %(contest)s") % {"contest": self.contest}


@dataclass(frozen=True)
class ResultIsCertified(AboutResult, Notice):
    """To those who stood and begin no term by it: the result stands."""

    kind = "governance.result_is_certified"
    topic = "election_results"

    def subject(self) -> str:
        return _("The result is certified: %(title)s") % self.names

    def once(self) -> str:
        return f"result-is-certified:{self.election.pk}"


@dataclass(frozen=True)
class YouFollow(AboutResult, Notice):
    """To whoever follows on somebody who cannot take the seat."""

    kind = "governance.you_follow"
    topic = "election_results"
    needed = True

    contest: str

    def subject(self) -> str:
        return _("A seat comes to you: %(contest)s") % {"contest": self.contest}


@dataclass(frozen=True)
class HandOverPlease(Notice):
    """To whoever holds a seat to which somebody else was elected."""

    kind = "governance.hand_over_please"
    topic = "election_results"
    needed = True

    group: Group
    seat: Seat
    on: date

    @property
    def day(self) -> str:
        return plain_date(self.on)

    def subject(self) -> str:
        return _("Your handover of %(seat)s is begun") % {"seat": self.seat.title}

    def path(self) -> str:
        return reverse("handovers", args=[self.group.slug])

    def action(self) -> str:
        return _("Write down what goes to whom")


@dataclass(frozen=True)
class ComplaintIsMade(AboutResult, Notice):
    """To officers and monitors."""

    kind = "governance.complaint_is_made"
    topic = "election_results"
    needed = True

    def subject(self) -> str:
        return _("A complaint about the result: %(title)s") % self.names

    def path(self) -> str:
        return self.page("election_complaints")

    def action(self) -> str:
        return _("Read it")


@dataclass(frozen=True)
class ComplaintIsAnswered(AboutResult, Notice):
    """To whoever complained."""

    kind = "governance.complaint_is_answered"
    topic = "election_results"
    needed = True

    def subject(self) -> str:
        return _("Your complaint is answered: %(title)s") % self.names

    def path(self) -> str:
        return self.page("election_complaints")

    def action(self) -> str:
        return _("Read the answer")
