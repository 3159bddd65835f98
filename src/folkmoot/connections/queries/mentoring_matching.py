"""Who could be whose mentor in a programme, read from what people said: for the pure suggestion, and in its words.

Hours are read and not told: only how long a usual weekday suits both. Who is kept apart, and who was asked before and
did not want to, is left out in the same silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from folkmoot.connections.domain.mentoring import Mentee, Mentor, Suggestion, Why, suggest, who_suits
from folkmoot.connections.domain.shared_hours import Rhythm, Window
from folkmoot.connections.models.mentoring import MentorPair, PairState
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, MentorWish, Side
from folkmoot.connections.queries.interests import Interests, interests_of, kept_apart
from folkmoot.connections.queries.mentoring import Taken, taken
from folkmoot.meetings.fair_times_reading import hours_of
from folkmoot.people.models import Affiliation, Person, Seen
from folkmoot.people.shown import level_of

SESSION = 45
"""Minutes that two have to have in common in a row."""
WEEKS_AHEAD = 2


@dataclass(frozen=True)
class Could:
    """A mentor for a mentee, and what speaks for it as it may be told to whoever runs the programme.

    `subjects` as the mentee wrote them; `minutes` of a usual weekday that suit both; `languages` by their codes.
    """

    mentor: MentoringApplication
    mentee: MentoringApplication
    subjects: tuple[str, ...]
    minutes: int
    languages: tuple[str, ...]
    other_employers: bool


@dataclass(frozen=True)
class Line:
    """A mentee who has nobody yet: who is suggested, or why nobody; and whom one could choose instead."""

    mentee: MentoringApplication
    suggested: Could | None
    why: Why | None
    others: tuple[Could, ...]


@dataclass(frozen=True)
class Matching:
    """What is suggested, as of now."""

    lines: tuple[Line, ...]

    @property
    def suggested(self) -> tuple[Could, ...]:
        return tuple(line.suggested for line in self.lines if line.suggested is not None)


def rhythm_of(person: Person) -> Rhythm:
    """When calls suit somebody; their comfortable hours are fetched along. Without a zone theirs is UTC."""
    return Rhythm(person.zone or "UTC", hours_of(person))


def week_from(now: datetime, weeks: int = WEEKS_AHEAD) -> Window:
    """Whole weeks from the next midnight (UTC) on, so that a page shows the same all day."""
    day = now.astimezone(UTC).date() + timedelta(days=1)
    return Window(datetime.combine(day, time(), UTC), 7 * weeks)


def not_again(programme: MentoringProgramme, applications: Iterable[MentoringApplication]) -> set[tuple[int, int]]:
    """Pairs of applications, mentor first, that are not to be asked: kept apart, or asked before; two queries."""
    applied = list(applications)
    apart = kept_apart(one.person_id for one in applied)
    mentors = [one for one in applied if one.is_mentor]
    mentees = [one for one in applied if not one.is_mentor]
    kept = {
        (mentor.pk, mentee.pk)
        for mentor in mentors
        for mentee in mentees
        if mentor.person_id == mentee.person_id or frozenset((mentor.person_id, mentee.person_id)) in apart
    }
    before = MentorPair.objects.filter(programme=programme, state__in=(PairState.UNMADE, PairState.ENDED))
    return kept | set(before.values_list("mentor", "mentee"))


def matching_of(programme: MentoringProgramme, *, now: datetime) -> Matching:
    """Suggestions for all mentees who have nobody; the number of queries does not depend on how many there are."""
    applied = list(
        programme.applications.filter(in_pool=True, person__is_active=True).select_related(
            "person__comfortable_hours", "person__profile"
        )
    )
    reading = _Reading(programme, applied, taken(programme))
    window = week_from(now)
    apart = [(str(one), str(other)) for one, other in not_again(programme, applied)]
    mentors, mentees = reading.mentors(), reading.mentees()
    found = suggest(mentors, mentees, window, seed=programme.seed, session=SESSION, apart=apart)
    offered = who_suits(mentors, mentees, window, seed=programme.seed, session=SESSION, apart=apart)
    of_mentee = {int(one.mentee): one for one in found.suggestions}
    why = {int(key): each for key, each in found.waiting}
    lines = []
    for mentee in reading.waiting:
        suggestion = of_mentee.get(mentee.pk)
        others = tuple(
            reading.could(one)
            for one in offered[str(mentee.pk)]
            if suggestion is None or one.mentor != suggestion.mentor
        )
        suggested = reading.could(suggestion) if suggestion is not None else None
        lines.append(Line(mentee, suggested, why.get(mentee.pk), others))
    return Matching(tuple(lines))


class _Reading:
    """Applications as the pure suggestion wants them: keys are those of the applications."""

    def __init__(self, programme: MentoringProgramme, applied: Sequence[MentoringApplication], taken: Taken) -> None:
        self.by_key = {one.pk: one for one in applied}
        self.taken = taken
        self.most_each = programme.most_each  # it may have become less than somebody offered
        self.waiting = sorted(
            (one for one in applied if one.side == Side.MENTEE and one.pk not in taken.mentees),
            key=lambda one: (one.person.name, one.pk),
        )
        people = [one.person_id for one in applied]
        self.interests = interests_of(people)
        self.wishes: dict[int, list[int]] = {}
        for mentee, mentor in MentorWish.objects.filter(mentee__programme=programme).values_list("mentee", "mentor"):
            self.wishes.setdefault(mentee, []).append(mentor)
        self.employers: dict[int, set[str]] = {}
        for person, name in Affiliation.objects.filter(person__in=people, ended_on=None).values_list(
            "person", "organisation"
        ):
            self.employers.setdefault(person, set()).add(name.casefold())

    def mentors(self) -> list[Mentor]:
        return [
            Mentor(
                str(one.pk),
                rhythm_of(one.person),
                frozenset(self._interests(one).helps),
                room=max(0, min(one.room, self.most_each) - len(self.taken.places.get(one.pk, ()))),
                languages=_spoken(one),
            )
            for one in self.by_key.values()
            if one.is_mentor
        ]

    def mentees(self) -> list[Mentee]:
        return [
            Mentee(
                str(one.pk),
                rhythm_of(one.person),
                frozenset(self._interests(one).learns),
                prefers=tuple(str(mentor) for mentor in self.wishes.get(one.pk, ())),
                languages=_spoken(one),
            )
            for one in self.waiting
        ]

    def could(self, suggestion: Suggestion) -> Could:
        mentor, mentee = self.by_key[int(suggestion.mentor)], self.by_key[int(suggestion.mentee)]
        said = self._interests(mentee).learns
        return Could(
            mentor,
            mentee,
            tuple(said.get(one, one) for one in suggestion.topics),
            suggestion.minutes,
            tuple(sorted(_spoken(mentor) & _spoken(mentee))),
            self._work_elsewhere(mentor.person, mentee.person),
        )

    def _interests(self, application: MentoringApplication) -> Interests:
        return self.interests[application.person_id]

    def _work_elsewhere(self, one: Person, other: Person) -> bool:
        """Whether both show to everybody who is signed in for whom they work, and it is not the same."""
        if not all(_shows_employer(person) for person in (one, other)):
            return False
        first, second = self.employers.get(one.pk, set()), self.employers.get(other.pk, set())
        return bool(first - {""}) and bool(second - {""}) and not first & second


def _spoken(application: MentoringApplication) -> frozenset[str]:
    """Languages without their regions: Portuguese of Brazil and of Portugal are one here."""
    return frozenset(str(code).partition("-")[0] for code in application.languages)


def _shows_employer(person: Person) -> bool:
    profile = getattr(person, "profile", None)
    return profile is not None and level_of(profile, "affiliations") in (Seen.SIGNED_IN, Seen.EVERYONE)
