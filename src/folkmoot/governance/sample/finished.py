"""The election of the sample that is over: last autumn's for the seats of the steering committee, with its bundle."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from joserfc import jws
from joserfc.jwk import ECKey

from folkmoot.governance.actions.opening_wiping import wipe_envelopes
from folkmoot.governance.actions.results import count_election
from folkmoot.governance.domain.sealed.envelopes import fingerprint
from folkmoot.governance.domain.sealed.opening import found_of
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.openings import ManifestSignature, RankingsFound
from folkmoot.governance.models.results import Elected, Release
from folkmoot.governance.notices.results import CountIsToSign
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.governance.sample.making import Made, Standing, cast, find_officers, freeze, let_stand, make_election
from folkmoot.groups.models import Group, Participation, Power, Term
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person

TURNED = ("Chair", "Secretary", "Elected member 2")
CAST = 31
CHANCE = 7
"""With this the ballots elect those who hold the seats now, in the order of the seats; a test holds it."""


def hold_last_autumn(steering: Group, people: Mapping[str, Person], *, now: datetime) -> None:
    """Called, voted, counted, signed, certified; the terms that came of it are there already."""
    turn = date(now.year if now.date() >= date(now.year, 11, 1) else now.year - 1, 11, 1)
    seats = sorted(steering.seats.filter(title__in=TURNED), key=lambda seat: TURNED.index(seat.title))
    if len(seats) != len(TURNED):
        return
    voting_on = date(turn.year, 9, 11)
    made = make_election(
        steering,
        key=f"steering-{turn.year}",
        title=_("Steering committee %(year)d") % {"year": turn.year},
        words=_("Three of the five elected seats turned over on 1 November. Five people stood."),
        voting_on=voting_on,
        contest=_("Elected members"),
        seats=seats,
        places=len(seats),
        reaches_below=True,
    )
    at = datetime.combine(voting_on - timedelta(days=8), time(9), tzinfo=now.tzinfo)
    officers = (
        (people["adaeze"], ""),
        (people["tomas"], _("I work with Mateo on the release notes.")),
        (people["isolde"], ""),
    )
    find_officers(made, officers, people["wren"], now=at)
    let_stand(
        made,
        _standing(people),
        _("What would you give up so that the committee can do one thing well?"),
        people["rosa"],
        now=at,
    )
    freeze(made, _who_does_more_than_observe(made.election))
    cast(made, _rankings(len(made.nominations)))
    _count(made)
    _settle(made, turn)


def _who_does_more_than_observe(election: Election) -> list[Person]:
    """The roll as it would be today: in the days of that vote the groups of the sample were not there yet."""
    taking_part = Participation.objects.filter(group__in=electing_groups(election), ended_at=None)
    doing = taking_part.exclude(role__power=Power.OBSERVE).values("person")
    return list(Person.objects.filter(pk__in=doing, is_active=True).order_by("name_key", "pk"))


def _standing(people: Mapping[str, Person]) -> list[Standing]:
    said = {
        "salma": (
            _("I have chaired calls in four time zones, and kept them short. I rather ask twice than decide once."),
            _("The newsletter. Others write it better."),
        ),
        "yuki": (
            _("Minutes are how people who could not be there take part. I would keep ours open and on time."),
            _("The yearly survey, until somebody reads the last one."),
        ),
        "mateo": (
            _("I came for the tools and stayed for the people. Money should be easy to follow, down to the coffee."),
            _("Two of our five meetings a month."),
        ),
        "greta": (
            _("After two years off the committee I know what it looks like from outside: quiet. Let us change that."),
            _("Nothing yet; I would first ask what people miss."),
        ),
        "amos": (_("New people need a door, not a wall of documents. I would build that door."), ""),
    }
    endorsing = [people[name] for name in ("rosa", "priya", "keoni", "ravi")]
    return [
        Standing(people[name], statement, answer, endorsing[place % 3 : place % 3 + 2])
        for place, (name, (statement, answer)) in enumerate(said.items())
    ]


def _rankings(candidates: int) -> list[list[int]]:
    """Invented rankings, most of them whole, in which those who were elected are liked best."""
    chance = random.Random(CHANCE)  # noqa: S311
    rankings = []
    for _voter in range(CAST):
        liked = sorted(range(candidates), key=lambda place: place * 0.5 + chance.gauss(0, 1.3))
        ranked = liked[: chance.choice((2, 3, candidates, candidates, candidates))]
        rankings.append([ranked.index(place) + 1 if place in ranked else 0 for place in range(candidates)])
    return rankings


def _count(made: Made) -> None:
    """Two of three officers found the same; what is counted is signed by both, and no envelope is left."""
    election = made.election
    election.state, election.closed_at = ElectionState.CLOSED, election.accepts_until
    election.save(update_fields=["state", "closed_at"])
    found = found_of(_rankings(len(made.nominations)), 0)
    RankingsFound.objects.bulk_create(
        RankingsFound(
            contest=made.contest,
            officer=officer,
            rankings=[list(ranks) for ranks in found.rankings],
            spoilt=found.spoilt,
            digest=found.digest,
        )
        for officer in made.officers[:2]
    )
    manifest = count_election(election).manifest
    ManifestSignature.objects.bulk_create(
        ManifestSignature(election=election, officer=officer, jws=_signed(manifest, keys["signing"]))
        for officer, keys in list(zip(made.officers, made.keys, strict=True))[:2]
    )
    wipe_envelopes(election)
    # It was signed weeks ago: nobody is asked to do it today.
    Telling.objects.filter(kind=CountIsToSign.kind).delete()


def _signed(text: str, key: dict[str, str]) -> str:
    header = {"alg": "ES256", "kid": fingerprint(key)}
    return jws.serialize_compact(header, text.encode(), ECKey.import_key(dict(key)), algorithms=["ES256"])


def _settle(made: Made, turn: date) -> None:
    election = made.election
    closed = election.accepts_until
    assert closed is not None
    election.state = ElectionState.CERTIFIED
    election.counted_at = closed + timedelta(hours=20)
    election.released_at = closed + timedelta(hours=26)
    election.certified_at = closed + timedelta(days=16)
    election.save()
    release = Release.objects.create(
        election=election,
        by=made.officers[0].person,
        words=_("Thank you to all five who stood, and to everybody who voted. Terms begin on 1 November."),
    )
    Release.objects.filter(pk=release.pk).update(at=election.released_at)
    terms = {term.person_id: term for term in Term.objects.filter(seat__contests=made.contest, begins_on=turn)}
    for elected in Elected.objects.filter(contest=made.contest).select_related("nomination"):
        elected.term = terms.get(elected.nomination.person_id or 0)
        elected.save(update_fields=["term"])
