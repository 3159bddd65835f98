"""Empty seats and what becomes of them, who is in a body, and what surveys found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch

from folkmoot.governance.domain.empty_seats import Empty, Way, way_of
from folkmoot.governance.domain.steps_of_counts import in_steps
from folkmoot.governance.models.kinds import AppointmentStep, SeatAppointment, Survey, SurveyKind, VacancyRule
from folkmoot.governance.survey_questions import QUESTIONS
from folkmoot.groups.models import Group, Seat, Term
from folkmoot.people.models import Person
from folkmoot.people.models.profiles import Affiliation, Profile
from folkmoot.people.places import region_name
from folkmoot.people.shown import level_of, levels_for
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class EmptySeat:
    """A seat that nobody holds, how it is to be filled, and who was asked already."""

    seat: Seat
    way: Way
    empty: Empty | None
    offer: SeatAppointment | None


def rule_of(group: Group) -> VacancyRule:
    """What a group does when a seat falls empty; six months where it never said."""
    return VacancyRule.objects.filter(group=group).first() or VacancyRule(group=group)


def empty_seats(group: Group, *, on: date) -> list[EmptySeat]:
    """All seats of a group that nobody holds or is to hold. Four queries."""
    rule = rule_of(group)
    offers = SeatAppointment.objects.filter(step=AppointmentStep.OFFERED).select_related("person")
    seats = group.seats.filter(retired_on=None).prefetch_related(
        "terms", Prefetch("appointments_to_it", queryset=offers, to_attr="offers")
    )
    found = []
    for seat in seats:
        terms = list(seat.terms.all())
        if any(not term.span.is_empty and (term.span.ends is None or term.span.ends > on) for term in terms):
            continue
        empty = _fell_empty(terms)
        way = way_of(empty, on=on, months=rule.months, by_election=rule.by_election)
        found.append(EmptySeat(seat, way, empty, next(iter(seat.offers), None)))
    return found


def empty_since(seat: Seat) -> Empty | None:
    """When a seat fell empty before its time; None where its last term was served to the end, or there was none."""
    return _fell_empty(list(seat.terms.all()))


def _fell_empty(terms: Sequence[Term]) -> Empty | None:
    last = max(terms, key=lambda term: term.ended_on or term.begins_on, default=None)
    if last is None or last.ended_on is None or last.ended_on == last.ends_on:
        return None
    return Empty(last.ended_on, last.ends_on)


@dataclass(frozen=True)
class Body:
    """Who holds the seats of a group, by what they show on their profiles to this reader."""

    seated: int
    regions: Sequence[tuple[str, int]]
    affiliations: Sequence[tuple[str, int]]
    without_region: int


def body_of(group: Group, reader: Person, *, on: date) -> Body:
    """What the holders themselves show of where they live and for whom they work; nothing that a profile hides."""
    people = list({term.person_id: term.person for term in _held(group, on)}.values())
    keys = [person.pk for person in people]
    profiles = {profile.person_id: profile for profile in Profile.objects.filter(person__in=keys)}
    regions: Counter[str] = Counter()
    showing = []
    for person in people:
        profile = profiles.get(person.pk) or Profile(person=person)
        seen = {level_of(profile, part) for part in ("region", "affiliations")}
        levels = seen if person == reader else levels_for(person, reader, seen)
        if profile.region and level_of(profile, "region") in levels:
            regions[region_name(profile.region)] += 1
        if level_of(profile, "affiliations") in levels:
            showing.append(person.pk)
    present = Affiliation.objects.filter(person__in=showing, ended_on=None).exclude(organisation="")
    affiliations = Counter(dict(present.values_list("organisation").annotate(Count("person", distinct=True))))
    return Body(
        seated=len(people),
        regions=sorted(regions.items(), key=lambda found: (-found[1], found[0])),
        affiliations=sorted(affiliations.items(), key=lambda found: (-found[1], found[0])),
        without_region=len(people) - regions.total(),
    )


def holders(group: Group, *, on: date) -> list[Person]:
    """Who holds a seat of a group on a day, each once."""
    return list({term.person_id: term.person for term in _held(group, on)}.values())


def _held(group: Group, on: date) -> Sequence[Term]:
    return list(Term.objects.on(on).filter(seat__group=group, seat__retired_on=None).select_related("person"))


@dataclass(frozen=True)
class Found:
    """What came of one question: each answer with the step that it reached, 0 for fewer than that."""

    words: Label
    answers: Sequence[tuple[Label, int]]


def found_by(survey: Survey) -> list[Found]:
    """What a survey found, in steps; one query."""
    counted: dict[str, dict[str, int]] = {}
    for question, value, count in survey.answers.values_list("question", "value").annotate(Count("pk")).order_by():
        counted.setdefault(question, {})[value] = count
    return [
        Found(asked.words, [(asked.options[key], step) for key, step in _steps(asked.options, counted.get(name, {}))])
        for name, asked in QUESTIONS[SurveyKind(survey.kind)].items()
    ]


def _steps(options: Mapping[str, Label], counts: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    return list(in_steps(counts, list(options)).items())


def last_survey_of_body(group: Group) -> Survey | None:
    """The newest questions about a body that are over."""
    return Survey.objects.filter(group=group, kind=SurveyKind.BODY, closed_at__isnull=False).first()
