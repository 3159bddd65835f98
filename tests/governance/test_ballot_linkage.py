"""Whoever holds database, logs, the proxy's log and all backups, but no officer's key, cannot tell who voted how.

Two hundred elections of eight voters are held at once in one database, with real sealing and backups between the
ballots. The attacker matches the published rankings to voters by everything that has an order or a size. By chance one
of eight unlike rankings is matched right in each election, whatever their number; all randomness is seeded, so that the
test says the same every time. The control publishes rankings in the order in which they were cast.
"""

from __future__ import annotations

import itertools
import random
import secrets
from collections import Counter
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection
from joserfc.jwk import ECKey

from folkmoot.governance.actions.opening_wiping import scatter_rows
from folkmoot.governance.domain.freezing import bound_to, frozen_hash
from folkmoot.governance.domain.sealed.envelopes import Sealing, seal
from folkmoot.governance.domain.sealed.opening import count_envelopes, open_shares
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.opening import envelopes_of
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.people import PersonFactory

ELECTIONS, VOTERS, CANDIDATES, BACKUPS = 200, 8, 4, 12
MOST = 240
"""One right link in each election is chance; 240 is nearly three standard deviations above."""


@dataclass
class Held:
    """One election: what is true, what is published, and what the attacker has of it."""

    election: Election
    contest: Contest
    voters: list[Voter]
    sealing: Sealing
    truth: dict[int, tuple[int, ...]] = field(default_factory=dict)
    receipt_of: dict[int, str] = field(default_factory=dict)
    """By voter: the truth about envelopes."""
    cast: list[int] = field(default_factory=list)
    """Voters in the order in which they cast: the proxy's log, which names who sent a request."""
    sizes: dict[int, int] = field(default_factory=dict)
    errors: Counter[int] = field(default_factory=Counter)
    backups: list[tuple[list[int], list[str]]] = field(default_factory=list)
    """At each backup the voters and the receipts in the order in which their rows lie in the file."""
    after: tuple[list[int], list[str]] = ([], [])
    """The same after the close."""
    published: list[tuple[int, ...]] = field(default_factory=list)

    def right(self, guess: list[int]) -> int:
        """How many voters a guess, an order of voters beside the published list, links to their own ranking."""
        return sum(self.truth[voter] == ranks for voter, ranks in zip(guess, self.published, strict=True))

    def by_receipts(self, receipts: list[str]) -> list[int]:
        """The voters of receipts in this order, by the pairs that a backup taken before the close gives away."""
        voters, before = self.backups[-1]
        voter_of = dict(zip(before, voters, strict=True))
        return [voter_of[receipt] for receipt in receipts]

    def by_differences(self) -> list[int]:
        """Voters in the order of the first backup in which they stand, those that are new together by their number."""
        seen: list[int] = []
        for voters, _receipts in self.backups:
            seen += sorted(set(voters) - set(seen))
        return seen


ATTACKS = {
    "order in the proxy's log": lambda held: held.cast,
    "size of the request": lambda held: sorted(held.cast, key=lambda voter: held.sizes[voter]),
    "number of failed requests": lambda held: sorted(held.cast, key=lambda voter: held.errors[voter]),
    "number of the voter": lambda held: sorted(held.cast),
    "random number of the turnout": lambda held: list(
        Turnout.objects.filter(election=held.election).order_by("pk").values_list("voter_id", flat=True)
    ),
    "order of rows in the last backup": lambda held: held.backups[-1][0],
    "order of rows after the close": lambda held: held.after[0],
    "differences of successive backups": Held.by_differences,
    "receipt": lambda held: held.by_receipts(sorted(held.backups[-1][1])),
    "order of envelopes after the close": lambda held: held.by_receipts(held.after[1]),
}


@pytest.fixture
def seeded(monkeypatch):
    """All randomness of sealing and of row numbers from one seed; what is sealed is sealed as always."""
    chance = random.Random("linkage")
    pairs = [
        ECKey.import_key(
            ec.derive_private_key(chance.getrandbits(200) + 1, ec.SECP256R1()).private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            )
        )
        for _ in range(16)
    ]
    monkeypatch.setattr(secrets, "token_bytes", lambda size=32: chance.randbytes(size))
    monkeypatch.setattr(secrets, "randbelow", chance.randrange)
    monkeypatch.setattr(ECKey, "generate_key", classmethod(lambda cls, *_given, **_more: chance.choice(pairs)))
    return chance


def hold_elections(number, key):
    """So many open elections with the same voters and officer, each frozen with a text of its own."""
    made = made_election(group(), ElectionState.OPEN, candidates=CANDIDATES, voters=0)
    made.keys[0]["opening"] = key
    people = [PersonFactory() for _ in range(VOTERS)]
    texts = [f"{made.election.frozen}{at}" for at in range(number)]
    same = {
        name: getattr(made.election, name)
        for name in ("group", "zone", "state", "opens_at", "closes_at", "accepts_until")
    }
    elections = Election.objects.bulk_create(
        Election(**same, key=f"e-{at}", title="E", frozen=text, frozen_hash=frozen_hash(text))
        for at, text in enumerate(texts)
    )
    contests = Contest.objects.bulk_create(
        Contest(election=election, position=0, title="C", sealed_for=bound_to(election.frozen, 0).hex())
        for election in elections
    )
    voters = Voter.objects.bulk_create(Voter(election=each, person=person) for each in elections for person in people)
    of = {pk: list(rows) for pk, rows in itertools.groupby(voters, key=lambda voter: voter.election_id)}
    return [
        Held(election, contest, of[election.pk], Sealing(bound_to(election.frozen, 0), (key,), 1, CANDIDATES))
        for election, contest in zip(elections, contests, strict=True)
    ]


def in_file():
    """Voters and receipts of each election in the order in which their rows lie, as whoever has the file reads it."""
    order = "{0}.rowid" if connection.vendor == "sqlite" else "{0}.xmin::text::bigint, {0}.ctid"
    found: dict[int, tuple[list[int], list[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT election_id, voter_id FROM governance_turnout t ORDER BY {order.format('t')}")
        for election, voter in cursor.fetchall():
            found.setdefault(election, ([], []))[0].append(voter)
        cursor.execute(
            "SELECT election_id, receipt FROM governance_sealedballot b JOIN governance_contest c ON c.id = contest_id "
            f"ORDER BY {order.format('b')}"
        )
        for election, receipt in cursor.fetchall():
            found[election][1].append(receipt)
    return found


def vote(all_held, chance):
    """Everybody votes in all elections, one after the other in an order of chance, with backups in between."""
    queue = []
    for held in all_held:
        rankings = chance.sample(list(itertools.permutations(range(1, CANDIDATES + 1))), VOTERS)
        held.truth = {voter.pk: ranks for voter, ranks in zip(held.voters, rankings, strict=True)}
        queue += [(held, voter) for voter in held.voters]
    chance.shuffle(queue)
    taken_at = {*chance.sample(range(len(queue)), BACKUPS - 1), len(queue) - 1}
    for at, (held, voter) in enumerate(queue):
        held.errors[voter.pk] = chance.choice([0, 0, 0, 1, 2])
        envelope = seal(held.truth[voter.pk], held.sealing)
        # As casting writes: both in one transaction, the turnout first.
        Turnout.objects.create(election=held.election, voter=voter)
        SealedBallot.objects.create(contest=held.contest, envelope=envelope.text, receipt=envelope.receipt)
        held.cast.append(voter.pk)
        held.sizes[voter.pk] = len(envelope.text)
        held.receipt_of[voter.pk] = envelope.receipt
        if at in taken_at:
            rows = in_file()
            for each in all_held:
                each.backups.append(rows.get(each.election.pk, ([], [])))


@pytest.mark.django_db
def test_nothing_that_an_attacker_holds_links_voters_to_rankings_better_than_chance(seeded):
    key = dict(ECKey.generate_key("P-256").as_dict(private=True))
    all_held = hold_elections(ELECTIONS, key)
    vote(all_held, seeded)
    paired_before = sum(
        held.by_receipts([held.receipt_of[voter] for voter in held.cast]) == held.cast for held in all_held
    )

    for held in all_held:
        scatter_rows(held.election)
        texts = list(envelopes_of(held.contest).values())
        found = count_envelopes(texts, [open_shares(texts, 0, key, held.sealing)], held.sealing)
        held.published = list(found.rankings)
        assert (sorted(held.truth.values()), found.spoilt) == (held.published, 0)
    after = in_file()
    for held in all_held:
        held.after = after[held.election.pk]

    right = {name: sum(held.right(attack(held)) for held in all_held) for name, attack in ATTACKS.items()}
    assert {name: links for name, links in right.items() if links > MOST} == {}
    # Sealed envelopes are of one length. While people vote a backup pairs each with its voter, and tells nothing more;
    # once the rows were written anew it does not even do that.
    assert len({size for held in all_held for size in held.sizes.values()}) == 1
    assert paired_before == ELECTIONS
    pairs = sum(
        held.receipt_of[voter] == receipt for held in all_held for voter, receipt in zip(*held.after, strict=True)
    )
    assert pairs <= MOST
    # Control: published in the order in which they were cast, the proxy's log tells everybody's ranking.
    for held in all_held:
        held.published = [held.truth[voter] for voter in held.cast]
    assert sum(held.right(ATTACKS["order in the proxy's log"](held)) for held in all_held) == ELECTIONS * VOTERS
