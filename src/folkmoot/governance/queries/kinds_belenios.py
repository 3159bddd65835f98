"""What of an election Belenios is told."""

from __future__ import annotations

from folkmoot.governance.domain.belenios import Question, template
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.people.models import Person


def questions_of(election: Election) -> list[Question]:
    """The contests with those who stand, in the frozen order once there is one. Two queries."""
    standing = Nomination.objects.filter(contest__election=election, state=NominationState.STANDING)
    names: dict[int, list[str]] = {}
    for nomination in standing.select_related("person").order_by("place", "pk"):
        called = nomination.ballot_name or (nomination.person.name if nomination.person else "")
        names.setdefault(nomination.contest_id, []).append(called)
    return [
        Question(contest.title, tuple(names.get(contest.pk, ())), Method(contest.method))
        for contest in election.contests.all()
    ]


def template_of(election: Election) -> str:
    """The template, with what was frozen named in its description so that nobody can swap it unseen."""
    words = election.words
    if election.frozen_hash:
        words = f"{words}\n\nFrozen as {election.frozen_hash}".strip()
    return template(election.title, words, questions_of(election), administrator=election.group.name)


def addresses_of(election: Election) -> list[str]:
    """The addresses of everybody on the frozen roll who still has one."""
    people = Person.objects.filter(rolls__election=election).values_list("email", flat=True)
    return [address for address in people if address]
