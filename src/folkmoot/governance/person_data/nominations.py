"""What is kept about people in this part of elections.

Who was on a ballot is a matter of record: the name under which people were voted for, and the place, stay when somebody
is erased, as the count and its bundle name them. What they wrote goes. Of a nomination that never came on a ballot
nothing stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.actions.nominations import end_candidacy
from folkmoot.governance.actions.nominations_holding import hold_nomination
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState, Nominator
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer


class Nominations(Rows):
    """Nominations, with the pages of those who stand and what they answered."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        """Where both were nominated for one contest, those who nominated the one that is gone, or endorsed it, go over,
        and it stands no longer, so that nobody is on a ballot twice; what is frozen stays."""
        moved = dict(super().merge(kept, gone))
        states: dict[str, str] = {}
        for left in self.of(gone).filter(place=None):
            present = self.of(kept).filter(contest=left.contest_id).first()
            if present is None:
                continue
            for model in (Nominator, Endorsement):
                there = model._default_manager.filter(nomination=present).values_list("person", flat=True)
                rows = model._default_manager.filter(nomination=left).exclude(person__in=[pk for pk in there if pk])
                moved[model.__name__] = [*moved.get(model.__name__, []), *rows.values_list("pk", "nomination")]
                rows.update(nomination=present)
            if left.state in (NominationState.PROPOSED, NominationState.STANDING):
                states[str(left.pk)] = left.state
                Nomination.objects.filter(pk=left.pk).update(state=NominationState.WITHDRAWN)
        return {**moved, "states": states}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        super().part(kept, gone, moved)
        for model in (Nominator, Endorsement):
            for key, nomination in moved.get(model.__name__, []):
                if Nomination.objects.filter(pk=nomination, person=gone).exists():
                    model._default_manager.filter(pk=key).update(nomination=nomination)
        for key, state in moved.get("states", {}).items():
            Nomination.objects.filter(pk=int(key), person=gone, place=None).update(state=state)

    def erase(self, person: Person) -> None:
        """Who is on a ballot keeps name and place there, and withdraws while people still vote."""
        for nomination in self.of(person).filter(place__isnull=False).select_related("contest"):
            held = hold_nomination(nomination)
            if held.is_standing and held.contest.election.state == ElectionState.OPEN:
                end_candidacy(held, by=system())
            held.answers.all().delete()
        self.of(person).filter(place=None).delete()
        self.of(person).update(statement="", affiliation="", appeal="", why_ended="")


class Nominating(Pointers):
    """That somebody nominated others: without the name and the words the other one's nomination stays."""

    def erase(self, person: Person) -> None:
        self.of(person).update(person=None, why="", shows=False)


class Endorsing(Pointers):
    """Endorsements: gone while they may still change who stands; those of a frozen ballot stay without any word."""

    def erase(self, person: Person) -> None:
        self.of(person).filter(nomination__place=None).delete()
        self.of(person).update(person=None, words="", affiliation="")


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "governance.nominations",
        Nominations(
            _("What you were nominated for, and what you wrote as a candidate"),
            Nomination,
            "person",
            _nomination,
            on_erasing=OnErasing.KEEP,
            seen_by=_(
                "Before you say yes: you, whoever nominated you, and the officers. Once you stand: everybody. The name "
                "under which you were on a ballot stays on the record of that election."
            ),
            fetched=("contest__election", "answers__question"),
        ),
    )
    offer(
        "governance.nominators",
        Nominating(
            _("Whom you nominated"),
            Nominator,
            "person",
            _nominator,
            seen_by=_("You and whom you nominated; everybody, once they stand and if you said so."),
            fetched=("nomination__person", "nomination__contest"),
        ),
    )
    offer(
        "governance.endorsements",
        Endorsing(
            _("Whom you endorsed"),
            Endorsement,
            "person",
            _endorsement,
            seen_by=_("Whoever is signed in."),
            fetched=("nomination__person", "nomination__contest"),
        ),
    )
    offer(
        "governance.candidate_questions",
        Pointers(
            _("What you asked candidates"),
            CandidateQuestion,
            "person",
            lambda one: {"asked": one.words, "asked_at": one.asked_at.isoformat(), "taken_off": one.why_taken_off},
            seen_by=_("Everybody. When you are erased, the question stays without your name."),
        ),
    )
    offer(
        "governance.questions_taken_off",
        Pointers(
            _("Questions to candidates that you took off"),
            CandidateQuestion,
            "taken_off_by",
            lambda one: {"question": one.pk, "why": one.why_taken_off},
            seen_by=_("The reason: everybody."),
        ),
    )


def _nomination(one: Nomination) -> dict[str, Any]:
    return {
        "election": one.contest.election.title,
        "contest": one.contest.title,
        "state": one.state,
        "proposed_at": one.proposed_at.isoformat(),
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "statement": one.statement,
        "affiliation": one.affiliation,
        "name_on_the_ballot": one.ballot_name,
        "why_ended": one.why_ended,
        "appeal": one.appeal,
        "answers": [{"to": answer.question.words, "answer": answer.words} for answer in one.answers.all()],
    }


def _nominator(one: Nominator) -> dict[str, Any]:
    return {
        "whom": one.nomination.person.name if one.nomination.person else None,
        "contest": one.nomination.contest.title,
        "why": one.why,
        "everybody_reads_it": one.shows,
        "at": one.at.isoformat(),
    }


def _endorsement(one: Endorsement) -> dict[str, Any]:
    return {
        "whom": one.nomination.person.name if one.nomination.person else None,
        "contest": one.nomination.contest.title,
        "affiliation": one.affiliation,
        "words": one.words,
        "at": one.at.isoformat(),
    }
