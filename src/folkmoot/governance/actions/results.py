"""From the agreed rankings to a released result: counted twice, signed by enough officers, held, released."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.actions.opening_wiping import wipe_envelopes
from folkmoot.governance.actions.results_certifying import certify, pass_on
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.election_bundles import CountedContest, files_of, manifest_of, published_file
from folkmoot.governance.domain.found import affiliations_file, ballots_of, contest_in, counted_twice, rules_for
from folkmoot.governance.domain.manifests import manifest_print, signing_key
from folkmoot.governance.domain.publishing import publication
from folkmoot.governance.domain.signing import is_signed
from folkmoot.governance.facts.results import ElectionCounted, ManifestSigned, ResultReleased
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.officers import Duty, OfficerState
from folkmoot.governance.models.openings import ManifestSignature
from folkmoot.governance.models.results import LONGEST_ANNOUNCEMENT, ContestResult, Elected, ElectionBundle, Release
from folkmoot.governance.notices.results import CountIsSigned, CountIsToSign, NotElected, ResultIsThere, YouAreElected
from folkmoot.governance.queries.results import (
    found_by_enough,
    frozen_candidates,
    gone,
    seats_in_order,
    years_of,
)
from folkmoot.governance.rules.results import may_release, may_sign, signing_officer
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

__all__ = ["certify", "count_election", "pass_on", "release_results", "sign_manifest"]


@transaction.atomic
def count_election(election: Election, *, by: Actor | None = None) -> ElectionBundle:
    """Count what enough officers found in the envelopes of each contest, twice, and write results and bundle.

    Counted already, the bundle is given as it is. Refused `not_agreed` where a contest has no rankings that enough
    found, `uneven` where they are not as many as envelopes, `count_differs`, and what the count refuses; then nothing
    is written.
    """
    election = hold_election(election)
    if (done := ElectionBundle.objects.filter(election=election).first()) is not None:
        return done
    if election.state != ElectionState.CLOSED:
        raise Refused(_("Ballots are counted once voting is over."), code="not_closed")
    contests = list(election.contests.order_by("position"))
    counted = [_count(election, number, contest) for number, contest in enumerate(contests)]
    files = files_of(election.frozen, election.nonce, counted)
    manifest = manifest_of(election.frozen, files, counted, turnout=election.turnout.count())
    bundle = ElectionBundle.objects.create(election=election, manifest=manifest, files=files)
    fact = ElectionCounted(election.pk, manifest_print(manifest))
    record(fact, by=by or system(), on=election, within=election.group)
    tell(_those_who_sign(election), CountIsToSign(election))
    return bundle


def _count(election: Election, number: int, contest: Contest) -> CountedContest:
    contest.election = election
    found = found_by_enough(contest, election.needed)
    if found is None:
        words = _("The officers have not agreed yet on what is in the ballots of “%(contest)s”.")
        raise Refused(words % {"contest": contest.title}, code="not_agreed")
    receipts = tuple(contest.sealed.order_by("receipt").values_list("receipt", flat=True))
    if len(receipts) != len(found.rankings) + found.spoilt:
        words = _("In “%(contest)s” there are %(envelopes)d envelopes, but %(found)d were found in them.")
        numbers = {"contest": contest.title, "envelopes": len(receipts), "found": len(found.rankings) + found.spoilt}
        raise Refused(words % numbers, code="uneven")
    said = contest_in(election.frozen, number)
    candidates = frozen_candidates(contest)
    method = Method(said["method"])
    withdrawn = [] if method is Method.YES_NO else gone(candidates)
    if len(withdrawn) == len(candidates):
        # Nothing could be counted then. Whoever is elected cannot be seated, and nobody follows: the seat stays empty.
        withdrawn = []
    terms = years_of(seats_in_order(contest))
    rules = rules_for(election.frozen, number, withdrawn=withdrawn, terms=terms)
    ballots = ballots_of(found.rankings, said["candidates"], method, title=said["title"])
    given, result = counted_twice(ballots, rules, affiliations_file(election.frozen, number, rules))
    shown = publication(ballots, publishes_all=bool(said.get("publishes_all")), is_question=method is Method.YES_NO)
    counted = CountedContest(said["title"], given, result, shown, found.spoilt, receipts, secrets.token_hex(16))
    published = published_file(counted)
    ContestResult.objects.create(
        contest=contest,
        ballots=given.ballots.decode(),
        published=published.decode() if published is not None else "",
        affiliations=given.affiliations.decode() if given.affiliations is not None else "",
        rules=rules,
        result=to_json(result),
        cast=result.ballots,
        spoilt=found.spoilt,
        shown=shown.shown.value,
        shortened=shown.shortened,
        salt=counted.salt,
    )
    if method is not Method.YES_NO:
        _write_elected(contest, candidates, result.candidates, result.elected)
    return counted


def _write_elected(
    contest: Contest, candidates: Sequence[Nomination], names: Sequence[str], elected: Sequence[str]
) -> None:
    """Candidates go by their places: in files of ballots some are written otherwise than on the ballot."""
    Elected.objects.bulk_create(
        Elected(contest=contest, nomination=candidates[names.index(name)], position=position)
        for position, name in enumerate(elected)
    )


@transaction.atomic
def sign_manifest(election: Election, jws: str, *, by: Person) -> Election:
    """Keep an officer's signature of the manifest; with the last that is needed the election is counted, and all
    envelopes are wiped. Signed once more, nothing happens. Refused `forbidden`, `not_signed` for a signature of
    something else, or by another key.
    """
    election = hold_election(election)
    require(may_sign(by, election))
    officer = signing_officer(by, election)
    assert officer is not None
    assert officer.place is not None
    jws = jws.strip()
    bundle = ElectionBundle.objects.get(election=election)
    if not is_signed(jws, bundle.manifest, signing_key(election.frozen, officer.place)):
        raise Refused(_("This is no signature of this count by your key."), code="not_signed")
    _signature, is_new = ManifestSignature.objects.get_or_create(
        election=election, officer=officer, defaults={"jws": jws}
    )
    if not is_new:
        return election
    signed = election.signatures.count()
    record(ManifestSigned(election.pk, signed, election.needed), by=by, on=election, within=election.group)
    if signed >= election.needed and election.state == ElectionState.CLOSED:
        election.state, election.counted_at = ElectionState.COUNTED, timezone.now()
        election.save(update_fields=["state", "counted_at"])
        wipe_envelopes(election)
        tell(_those_who_watch(election), CountIsSigned(election))
    return election


@transaction.atomic
def release_results(election: Election, *, words: str = "", by: Person) -> Election:
    """Let everybody see the result, and tell all whom it concerns, those who stood in words of their own.

    `words` is the announcement. Refused `forbidden`, `invalid`.
    """
    election = hold_election(election)
    require(may_release(by, election))
    words = words.strip()
    if len(words) > LONGEST_ANNOUNCEMENT:
        raise Refused(
            _("Please say it in at most %(count)s characters.") % {"count": LONGEST_ANNOUNCEMENT}, code="invalid"
        )
    election.state, election.released_at = ElectionState.RELEASED, timezone.now()
    election.save(update_fields=["state", "released_at"])
    Release.objects.create(election=election, by=by, words=words)
    record(ResultReleased(election.pk, election.title), by=by, on=election, within=election.group)
    _tell_result(election, words)
    return election


def _tell_result(election: Election, words: str) -> None:
    """Who stood hears it in own words, once for each contest; all others by the announcement."""
    stood: set[int] = set()
    for contest in () if election.is_practice else election.contests.order_by("position"):
        contest.election = election
        chosen = set(contest.elected.values_list("nomination_id", flat=True))
        for nomination in frozen_candidates(contest):
            person = nomination.person
            if person is None or not person.is_active:
                continue
            stood.add(person.pk)
            tell([person], (YouAreElected if nomination.pk in chosen else NotElected)(election, contest.title, words))
    concerned = Person.objects.filter(
        pk__in=[
            *election.voters.values_list("person_id", flat=True),
            *election.officers.filter(state=OfficerState.ACCEPTED).values_list("person_id", flat=True),
            *([election.about_id] if election.about_id is not None else []),
        ],
        is_active=True,
    )
    tell(concerned.exclude(pk__in=stood).order_by("pk"), ResultIsThere(election, words))


def _those_who_sign(election: Election) -> list[Person]:
    serving = election.officers.filter(duty=Duty.OFFICER, place__isnull=False, key__lost_at=None)
    return [one.person for one in serving.select_related("person").order_by("place")]


def _those_who_watch(election: Election) -> list[Person]:
    serving = election.officers.filter(state=OfficerState.ACCEPTED)
    return [one.person for one in serving.select_related("person").order_by("pk")]
