"""What is kept about people who set up elections, or whom a question is about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.messages import ElectionMessage
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


class Questions(Rows):
    """Votes that were about somebody: the words go, which say their name; what was decided stays."""

    def erase(self, person: Person) -> None:
        contests = Contest.objects.filter(election__in=self.of(person))
        for contest in contests:
            contest.title, contest.words = gettext("A question about a person"), ""
            contest.save(update_fields=["title", "words"])
        self.of(person).update(title=gettext("A vote about a person"), words="", why_cancelled="")


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer("governance.elections_made", Pointers(_("Elections that you began"), Election, "made_by", _named))
    offer(
        "governance.elections_about",
        Questions(
            _("Votes that were about you"),
            Election,
            "about",
            _named,
            on_erasing=OnErasing.KEEP,
            seen_by=_("Everybody, once it was announced. What was decided stays, without your name."),
        ),
    )
    offer(
        "governance.election_messages_sent",
        Pointers(
            _("Messages of elections that you sent"),
            ElectionMessage,
            "sent_by",
            lambda message: {"election": message.election.title, "message": message.kind},
            fetched=("election",),
        ),
    )


def _named(election: Election) -> dict[str, Any]:
    return {
        "election": election.title,
        "kind": election.kind,
        "state": election.state,
        "since": election.made_at.isoformat(),
    }
