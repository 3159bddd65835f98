"""What mentoring keeps about people: applications, pairs, notes, how it went, and what they took with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.actions.mentoring_pairs import end_held
from folkmoot.connections.models.mentoring import (
    LIVE,
    ClosingReflection,
    EndedBy,
    MentorPair,
    PairCheckIn,
    PairNote,
    PairState,
)
from folkmoot.connections.models.mentoring_programmes import MOST_ROOM, MentoringApplication, MentoringProgramme
from folkmoot.connections.notices.mentoring import PairEnded, PairUnmade
from folkmoot.connections.queries.mentoring import whole_pairs
from folkmoot.connections.rules.mentoring import PAIRS_ARE_MADE
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer

THE_TWO = _("The two of the pair; and a steward, to answer a request of yours.")


class Applications(Rows):
    """Applications with the pairs that came of them. When two records are one, the pairs of an application that the
    kept one has as well go over to it; nobody is left in a pair with themselves."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        moved = dict(super().merge(kept, gone))
        pairs: dict[str, list[int]] = {}
        for left in self.of(gone):
            present = self.of(kept).filter(programme=left.programme_id, side=left.side).first()
            if present is not None:
                pairs[f"{left.pk}-{present.pk}"] = _move_pairs(left, present)
        for pair in _live_pairs(kept):
            if pair.mentor.person_id == pair.mentee.person_id:
                _stop(pair)
        return {**moved, "pairs": pairs}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        super().part(kept, gone, moved)
        for key, moved_pairs in moved.get("pairs", {}).items():
            left, present = map(int, key.split("-"))
            back = MentoringApplication.objects.filter(pk=left, person=gone).first()
            if back is not None:
                for field in ("mentor", "mentee"):
                    MentorPair.objects.filter(pk__in=moved_pairs, **{field: present}).update(**{field: left})

    def erase(self, person: Person) -> None:
        """Pairs end; an application that nothing hangs on goes, of any other every word."""
        for pair in _live_pairs(person):
            _stop(pair)
            _tell_of_end(pair, gettext("Someone who left"), but=person.pk)
        in_pairs = Q(pairs_as_mentor__isnull=False) | Q(pairs_as_mentee__isnull=False)
        keeps = list(self.of(person).filter(in_pairs).values_list("pk", flat=True))
        self.of(person).exclude(pk__in=keeps).delete()
        MentoringApplication.objects.filter(pk__in=keeps).update(words="", languages=[], shows=False, in_pool=False)
        for one in MentoringApplication.objects.filter(pk__in=keeps):
            one.wishes.all().delete()


class Agreed(Pointers):
    """Goals of a pair: those whom somebody wrote last go with them."""

    def erase(self, person: Person) -> None:
        self.of(person).update(goals="", goals_by=None)


class Reasons(Pointers):
    """Why somebody did not want a pairing, where they let those who run the programme read it."""

    def erase(self, person: Person) -> None:
        self.of(person).update(reason="", reason_by=None)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.mentoring_applications",
        Applications(
            _("Your applications for mentoring, with your pairs"),
            MentoringApplication,
            "person",
            _application,
            on_erasing=OnErasing.KEEP,
            seen_by=_(
                "Those who run the programme, but for the mentors you wished for, which nobody reads; and whoever you "
                "are brought together with. Your name and words as a mentor: those who look for one, if you say so."
            ),
            fetched=("programme", "wishes__mentor__person"),
        ),
    )
    offer(
        "connections.mentoring_goals",
        Agreed(_("Goals of pairs that you wrote down"), MentorPair, "goals_by", _goals, seen_by=THE_TWO),
    )
    offer(
        "connections.mentoring_reasons",
        Reasons(
            _("Why a pairing was not the right one"),
            MentorPair,
            "reason_by",
            lambda one: {"pair": one.pk, "reason": one.reason},
            seen_by=_("Those who run the programme."),
        ),
    )
    offer(
        "connections.mentoring_notes",
        Rows(
            _("Your notes about meetings with your mentor or mentee"),
            PairNote,
            "person",
            lambda one: {"met_on": one.meeting.held_on.isoformat(), "words": one.words},
            seen_by=THE_TWO,
            fetched=("meeting",),
        ),
    )
    offer(
        "connections.mentoring_check_ins",
        Rows(
            _("How you said that mentoring goes"),
            PairCheckIn,
            "person",
            _check_in,
            seen_by=_("You; “It needs attention” those who run the programme."),
        ),
    )
    offer(
        "connections.mentoring_reflections",
        Rows(
            _("What you took with you from mentoring"),
            ClosingReflection,
            "person",
            lambda one: {"words": one.words, "shared_with": one.shared, "written_at": one.written_at.isoformat()},
            seen_by=_(
                "Whom you chose: you, the two of you, those who run the programme, or anybody without your name."
            ),
        ),
    )
    offer(
        "connections.mentoring_programmes",
        Pointers(
            _("Programmes of mentoring that you set up"),
            MentoringProgramme,
            "made_by",
            lambda one: {"name": one.name, "purpose": one.purpose, "made_at": one.made_at.isoformat()},
        ),
    )


def _application(one: MentoringApplication) -> dict[str, Any]:
    return {
        "programme": one.programme.name,
        "side": one.side,
        "words": one.words,
        "languages": one.languages,
        "room": one.room,
        "shows_name": one.shows,
        "is_suggested": one.in_pool,
        "applied_at": one.applied_at.isoformat(),
        "wishes": [wish.mentor.person.name for wish in one.wishes.all()],
        "pairs": [_pair(pair, one) for pair in _pairs_of(one)],
    }


def _pair(pair: MentorPair, mine: MentoringApplication) -> dict[str, Any]:
    other = pair.mentee if pair.mentor_id == mine.pk else pair.mentor
    return {
        "with": other.person.name,
        "state": pair.state,
        "asked_at": pair.asked_at.isoformat(),
        "began_on": pair.began_on.isoformat() if pair.began_on else None,
        "ended_on": pair.ended_on.isoformat() if pair.ended_on else None,
        "met_on": [meeting.held_on.isoformat() for meeting in pair.meetings.all()],
    }


def _goals(pair: MentorPair) -> dict[str, Any]:
    return {"pair": pair.pk, "goals": pair.goals, "weeks": pair.weeks}


def _check_in(one: PairCheckIn) -> dict[str, Any]:
    answered = one.answered_at.isoformat() if one.answered_at else None
    return {"pair": one.pair_id, "moment": one.moment, "answer": one.answer, "answered_at": answered}


def _pairs_of(application: MentoringApplication) -> models.QuerySet[MentorPair]:
    return (
        whole_pairs().filter(Q(mentor=application) | Q(mentee=application)).prefetch_related("meetings").order_by("pk")
    )


def _live_pairs(person: Person) -> models.QuerySet[MentorPair]:
    return whole_pairs().filter(Q(mentor__person=person) | Q(mentee__person=person), state__in=LIVE).order_by("pk")


def _stop(pair: MentorPair) -> None:
    """End a pair of which one is gone; the other one keeps the page, and may be brought together with somebody else."""
    if pair.state == PairState.RUNNING:
        end_held(pair, EndedBy.EARLY)
    else:
        pair.state = PairState.UNMADE
        pair.save(update_fields=["state"])


def _tell_of_end(pair: MentorPair, name: str, *, but: int) -> None:
    """Tell the other one of a pair that has stopped; of one that had not begun, that it does not come about."""
    told = [one for one in pair.people if one.pk != but]
    if pair.state == PairState.ENDED:
        tell(told, PairEnded(pair, name))
    else:
        goes_on = pair.programme.phase(today_here()) in PAIRS_ARE_MADE
        tell(told, PairUnmade(pair, name, goes_on=goes_on))


def _move_pairs(left: MentoringApplication, present: MentoringApplication) -> list[int]:
    """Give the pairs of one application to another one of the same side. Where there is no place for a pair that is
    asked or runs, or two would be one person, it stops and stays where it is."""
    moved = []
    for pair in whole_pairs().filter(**{left.side: left}).order_by("pk"):
        if pair.is_live and not _fits(pair, left, present):
            _stop(pair)
            _tell_of_end(pair, present.person.name, but=left.person_id)
            continue
        setattr(pair, left.side, present)
        pair.save(update_fields=[left.side, "place"])
        moved.append(pair.pk)
    return moved


def _fits(pair: MentorPair, left: MentoringApplication, present: MentoringApplication) -> bool:
    """Whether a live pair can go over to another application; a mentor's then takes the first place that is free."""
    if present.person_id in {one.pk for one in pair.people}:
        return False
    live = MentorPair.objects.filter(state__in=LIVE)
    if not left.is_mentor:
        return not live.filter(mentee=present).exists()
    has = set(live.filter(mentor=present).values_list("place", flat=True))
    free = next((place for place in range(1, MOST_ROOM + 1) if place not in has), None)
    pair.place = free or pair.place
    return free is not None
