"""What is kept about people in this part of elections: their duties, and which voting they opened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import FROZEN
from folkmoot.governance.models.officers import ElectionOfficer, OfficerState, Rehearsal, VotingOpened
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


class Duties(Rows):
    """Duties in elections. Whoever is erased stays in what was frozen, as a record without a name, since ballots are
    sealed to their key. A duty in an election that is not frozen goes, with its keys and what was rehearsed with them.
    """

    def erase(self, person: Person) -> None:
        before = self.of(person).exclude(election__state__in=FROZEN)
        Rehearsal.objects.filter(election__in=before.values("election")).delete()
        before.delete()
        self.of(person).update(conflict="")


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "governance.election_duties",
        Duties(
            _("Elections you were asked to look after, and what you declared"),
            ElectionOfficer,
            "person",
            _duty,
            on_erasing=OnErasing.KEEP,
            clear=("conflict",),
            seen_by=_("Everybody who may see the election; that you were asked, those who prepare it."),
            fetched=("election", "key"),
        ),
    )
    offer(
        "governance.elections_opened",
        Pointers(
            _("Elections whose voting you opened"),
            VotingOpened,
            "by",
            lambda one: {
                "election": one.election_id,
                "at": one.at.isoformat(),
                "despite": one.despite,
                "why_unrehearsed": one.why_unrehearsed,
            },
        ),
    )


def _duty(one: ElectionOfficer) -> dict[str, Any]:
    key = getattr(one, "key", None)
    return {
        "election": one.election.title,
        "duty": one.duty,
        "state": one.state,
        "declared": one.conflict,
        "asked_at": one.asked_at.isoformat(),
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "fingerprint": key.print_of if key is not None else None,
        "heard": [heard.key.print_of for heard in one.prints_heard.select_related("key")],
        "served": one.state == OfficerState.ACCEPTED,
    }
