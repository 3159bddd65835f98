"""Mentoring in the sample community: a programme that is over, one that runs, and one that takes applications.

What happened is written as rows, since nobody can act in the past; nobody is told of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.connections.domain.matching import topic
from folkmoot.connections.models.interests import Interest, InterestSort
from folkmoot.connections.models.mentoring import (
    ClosingReflection,
    MentorPair,
    PairCheckIn,
    PairMeeting,
    PairNote,
    PairState,
    SharedWith,
)
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, MentorWish, Side
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in


@dataclass(frozen=True)
class Two:
    """A mentor and a mentee of the sample by their short names, what it is about, how far they are."""

    mentor: str
    mentee: str
    subject: str
    goals: str
    met: int
    early: bool = False


RUNNING = (
    Two("jonas", "tomas", "Facilitation", "Hold a whole call in spring, and like it.", 4),
    Two("lina", "yuki", "Writing for everybody", "Three texts that my neighbour understands.", 3),
    Two("salma", "mateo", "First contributions", "Find my place in two groups.", 5),
)
ENDED = (
    Two("adaeze", "priya", "Charters", "Read ours with open eyes.", 9),
    Two("ewan", "binita", "Plain text", "Fewer tools, more words.", 7),
    Two("lina", "amos", "Writing for everybody", "A letter a month.", 6),
    Two("jonas", "rosa", "Time zones", "Plan a call for four continents.", 8),
    Two("salma", "itziar", "Translating together", "A glossary that lasts.", 2, early=True),
)
REFLECTIONS = (
    ("priya", SharedWith.QUOTE, "I came with questions about paragraphs and left with a friend who knows the answers."),
    ("adaeze", SharedWith.QUOTE, "Explaining our charter to somebody every two weeks has made me want to shorten it."),
    ("amos", SharedWith.QUOTE, "Six letters. The last one was read aloud by somebody I have never met."),
    ("rosa", SharedWith.RUNS, "Half a year was right. A meeting of all pairs half way would have been nice."),
    ("binita", SharedWith.ME, "I write less now, and say more."),
)
OFFERS = (
    ("adaeze", ("Facilitation", "Charters"), "Ask me anything twice.", 2),
    ("lina", ("Writing for everybody", "Translating together"), "Bring a text, we read it aloud.", 1),
    ("ewan", ("Plain text",), "Plain-text person. Slow and patient.", 1),
)
WISHES = (
    ("hemi", ("Facilitation",), "To lead a call without a knot in my stomach.", ("adaeze",)),
    (
        "dilnoza",
        ("Writing for everybody", "Plain text"),
        "Words my mother would read to the end.",
        ("lina", "ewan"),
    ),
    ("minh", ("Translating together",), "Invitations in two languages.", ()),
)


def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Three programmes of the first group."""
    if groups:
        with transaction.atomic():
            _Sample(groups[0]).live()


class _Sample:
    def __init__(self, group: Group) -> None:
        self.group, self.today = group, today_here()
        everybody = {person.pk: person for person in (*people_in(group), *managers_of(group))}
        self.people = {(one.email or "").partition("@")[0]: one for one in everybody.values()}
        self.lead = next(iter(managers_of(group)), None)

    def live(self) -> None:
        """What is over first, then what runs, then what takes applications."""
        self._with_pairs(_("First steps, last year"), -330, ENDED)
        running = self._with_pairs(_("First steps"), -95, RUNNING)
        for pair in running.pairs.select_related("mentor__person", "mentee__person"):
            self._asked_how_it_goes(pair)
        self._open()

    def _programme(self, name: str, opens: int, days: tuple[int, int, int]) -> MentoringProgramme:
        opens_on = self.today + timedelta(days=opens)
        closes_on, starts_on, ends_on = (opens_on + timedelta(days=number) for number in days)
        return MentoringProgramme.objects.create(
            group=self.group,
            name=name,
            purpose=_("Whoever has been here for a while takes time for somebody who would like to find their feet."),
            who=_("Everybody who wonders where to begin, in their first year or their tenth."),
            opens_on=opens_on,
            closes_on=closes_on,
            starts_on=starts_on,
            ends_on=ends_on,
            most_each=2,
            seed=name,
            made_by=self.lead,
        )

    def _with_pairs(self, name: str, opens: int, pairs: tuple[Two, ...]) -> MentoringProgramme:
        programme = self._programme(name, opens, (20, 30, 210))
        has_ended = programme.ends_on < self.today
        if has_ended:
            programme.closed_at = _noon(programme.ends_on + timedelta(days=1))
            programme.save(update_fields=["closed_at"])
        for two in pairs:
            if two.mentor in self.people and two.mentee in self.people:
                self._pair(programme, two, has_ended)
        for short, shared, words in REFLECTIONS if has_ended else ():
            self._reflection(programme, short, shared, words)
        return programme

    def _pair(self, programme: MentoringProgramme, two: Two, has_ended: bool) -> None:
        mentor = self._applies(programme, two.mentor, Side.MENTOR, (two.subject,), "", 2)
        mentee = self._applies(programme, two.mentee, Side.MENTEE, (two.subject,), two.goals)
        agreed = _noon(programme.starts_on - timedelta(days=3))
        ended_on = programme.starts_on + timedelta(days=60) if two.early else programme.ends_on
        pair = MentorPair.objects.create(
            programme=programme,
            mentor=mentor,
            mentee=mentee,
            place=1 + mentor.pairs_as_mentor.count(),
            state=PairState.ENDED if has_ended else PairState.RUNNING,
            asked_at=agreed - timedelta(days=2),
            answer_by=agreed.date() + timedelta(days=8),
            mentor_agreed_at=agreed,
            mentee_agreed_at=agreed,
            began_on=programme.starts_on,
            ended_on=ended_on if has_ended else None,
            ended_by=("early" if two.early else "term") if has_ended else "",
            goals=two.goals,
            goals_by=mentee.person,
            weeks=2,
        )
        days = [programme.starts_on + timedelta(days=4 + 14 * number) for number in range(two.met)]
        PairMeeting.objects.bulk_create(PairMeeting(pair=pair, held_on=day) for day in days if day <= self.today)
        first = pair.meetings.order_by("held_on").first()
        if first is not None:
            PairNote.objects.create(meeting=first, person=mentee.person, words=_("We began with what I already know."))

    def _reflection(self, programme: MentoringProgramme, short: str, shared: SharedWith, words: str) -> None:
        person = self.people.get(short)
        pair = (
            programme.pairs.filter(mentee__person=person).first()
            or programme.pairs.filter(mentor__person=person).first()
        )
        if person is not None and pair is not None:
            ClosingReflection.objects.create(
                pair=pair, person=person, words=words, shared=shared, written_at=_noon(programme.ends_on)
            )

    def _asked_how_it_goes(self, pair: MentorPair) -> None:
        """After a month; mentors have answered, and mentees have not yet."""
        began = pair.began_on or self.today
        asked = _noon(began + timedelta(days=30))
        for person, answer in zip(pair.people, ("well", ""), strict=True):
            PairCheckIn.objects.create(
                pair=pair,
                person=person,
                moment="month",
                asked_at=asked,
                answer=answer,
                answered_at=asked + timedelta(hours=5) if answer else None,
            )

    def _open(self) -> None:
        programme = self._programme(_("Finding words"), -9, (23, 37, 220))
        offers = {
            short: self._applies(programme, short, Side.MENTOR, subjects, words, room)
            for short, subjects, words, room in OFFERS
            if short in self.people
        }
        for short, subjects, words, wanted in WISHES:
            if short not in self.people:
                continue
            mentee = self._applies(programme, short, Side.MENTEE, subjects, words)
            MentorWish.objects.bulk_create(
                MentorWish(mentee=mentee, mentor=offers[mentor], place=place)
                for place, mentor in enumerate(wanted, 1)
                if mentor in offers
            )

    def _applies(
        self,
        programme: MentoringProgramme,
        short: str,
        side: Side,
        subjects: tuple[str, ...],
        words: str,
        room: int = 0,
    ) -> MentoringApplication:
        person = self.people[short]
        self._is_interested(person, InterestSort.HELPS if side == Side.MENTOR else InterestSort.LEARNS, subjects)
        profile = getattr(person, "profile", None)
        application, _is_new = MentoringApplication.objects.get_or_create(
            programme=programme,
            person=person,
            side=side,
            defaults={
                "words": words,
                "room": room,
                "shows": side == Side.MENTOR,
                "languages": profile.languages[:3] if profile is not None else [],
            },
        )
        return application

    @staticmethod
    def _is_interested(person: Person, sort: InterestSort, subjects: tuple[str, ...]) -> None:
        """Besides what they said elsewhere."""
        Interest.objects.bulk_create(
            (Interest(person=person, sort=sort, words=one, subject=topic(one)) for one in subjects),
            ignore_conflicts=True,
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
