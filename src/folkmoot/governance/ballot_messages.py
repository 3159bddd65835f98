"""The two messages by which voters get to their ballot: voting is open, and it ends soon."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.ballot_links import ballot_path
from folkmoot.governance.election_messages import MessageKind, add_message
from folkmoot.governance.models.elections import Election, Stage
from folkmoot.governance.queries.ballots import election_page, has_voted, not_voted, voter_of
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import Shortcut
from folkmoot.people.models import Person

DAYS_BEFORE_THE_END = 5


def fill() -> None:
    """Offer both messages; called once, while the program starts."""
    add_message(
        "voting_opens",
        MessageKind(
            gettext_lazy("Voting is open"),
            Stage.VOTING,
            voters_left,
            lambda election: _("%(title)s: you can vote now") % {"title": election.title},
            _opens,
            path=_ballot_page,
            action=gettext_lazy("Sign in and vote"),
            shortcut=way_to_the_ballot,
            waits=_until_it_is_open,
            tells_turnout=True,
        ),
        order=60,
    )
    add_message(
        "voting_reminder",
        MessageKind(
            gettext_lazy("Voting ends soon"),
            Stage.VOTING,
            voters_left,
            lambda election: _("%(title)s: voting ends soon") % {"title": election.title},
            _reminds,
            days=-DAYS_BEFORE_THE_END,
            edge="last",
            path=_ballot_page,
            action=gettext_lazy("Sign in and vote"),
            shortcut=way_to_the_ballot,
            waits=_until_it_is_open,
            tells_turnout=True,
        ),
        order=70,
    )


def voters_left(election: Election) -> QuerySet[Person]:
    """Those on the roll whose ballots are not in, while a ballot can be cast; afterwards nobody."""
    if not election.accepts_ballots(timezone.now()):
        return Person.objects.none()
    return Person.objects.filter(pk__in=not_voted(election).values("person"), is_active=True)


def way_to_the_ballot(election: Election, person: Person) -> Shortcut | None:
    """A voter's personal link; nothing for who is not on the roll, or has voted."""
    voter = voter_of(person, election)
    if voter is None or has_voted(voter):
        return None
    voter.election = election
    return Shortcut(ballot_path(voter), _("Vote without signing in; this link is yours alone"))


def _until_it_is_open(election: Election) -> str:
    now = timezone.now()
    if not election.is_frozen or (election.opens_at is not None and now < election.opens_at):
        return _("It waits until voting is open.")
    return ""


def _ballot_page(election: Election) -> str:
    return election_page(election, "vote")


def _opens(election: Election) -> str:
    return _(
        "You are on the roll of %(title)s in %(group)s, and can vote until %(until)s.\n\n"
        "It takes about a minute: put the candidates in your order, read it over, cast it. Your ballot is sealed in "
        "your browser, and you get a receipt for the envelope."
    ) % _words(election)


def _reminds(election: Election) -> str:
    return _(
        "Voting in %(title)s of %(group)s ends on %(until)s, and your ballot is not in yet. If you do not want to "
        "vote, you need do nothing."
    ) % _words(election)


def _words(election: Election) -> dict[str, str]:
    until = election.accepts_until
    return {
        "title": election.title,
        "group": election.group.name,
        "until": when_words(until, election.zone) if until is not None else _("the last day of voting"),
    }
