"""One of everything that this part of elections has an address for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey

from folkmoot.governance.actions.results import count_election
from folkmoot.governance.domain.sealed.envelopes import fingerprint
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.openings import ManifestSignature, RankingsFound
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.models.results_complaints import Complaint
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.governance.elections import MadeElection, made_election


def signed(text: str, key: Mapping[str, Any]) -> str:
    """A text signed as an officer's browser does."""
    header = {"alg": "ES256", "kid": fingerprint(key)}
    return jws.serialize_compact(header, text.encode(), ECKey.import_key(dict(key)), algorithms=["ES256"])


def find(made: MadeElection, rankings: Sequence[Sequence[int]], *, spoilt: int = 0, officers: int = 0) -> None:
    """Let so many officers, by default as many as are needed, hand in these rankings."""
    said = sorted(list(ranks) for ranks in rankings)
    digest = hashlib.sha256(json.dumps([said, spoilt]).encode()).hexdigest()
    for officer in made.officers[: officers or made.election.needed]:
        RankingsFound.objects.create(contest=made.contest, officer=officer, rankings=said, spoilt=spoilt, digest=digest)


def counted(made: MadeElection, rankings: Sequence[Sequence[int]] = ()) -> ElectionBundle:
    """Count a closed election; by default each voter ranks the candidates as they stand."""
    standing = list(range(1, len(made.nominations) + 1))
    find(made, rankings or [standing] * len(made.voters))
    return count_election(made.election)


def sign(made: MadeElection, place: int = 0) -> ManifestSignature:
    """Write down an officer's signature, without anything that follows from it."""
    manifest = ElectionBundle.objects.get(election=made.election).manifest
    text = signed(manifest, made.keys[place]["signing"])
    return ManifestSignature.objects.create(election=made.election, officer=made.officers[place], jws=text)


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    released: MadeElection = made["released"]
    Election.objects.filter(pk=released.election.pk).update(state=ElectionState.CLOSED)
    released.cast([[1, 2, 3]] * 2)
    counted(released)
    sign(released)
    Election.objects.filter(pk=released.election.pk).update(state=ElectionState.RELEASED)
    waiting = made_election(
        group, ElectionState.CLOSED, officers=[people["manager"]], voters=[people["participant"]], of=people
    )
    counted(waiting)
    complaint = Complaint.objects.create(
        election=released.election, by=people["participant"], words="My name was written wrongly."
    )
    return {"signing": waiting, "complaint": complaint}
