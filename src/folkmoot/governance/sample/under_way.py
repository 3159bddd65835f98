"""The election of the sample in which people vote now, so that a visitor can."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from joserfc import jwe
from joserfc.jwk import OctKey

from folkmoot.governance.domain.sealed.key_files import ALGORITHMS
from folkmoot.governance.queries.rolls import roll_now
from folkmoot.governance.sample.making import Made, Standing, cast, find_officers, freeze, let_stand, make_election
from folkmoot.groups.models import Group
from folkmoot.people.models import Person

PASSPHRASE = "sample community"  # noqa: S105
KEPT = """\
The key files of the officers of the sample's open election. Everybody in it is invented, so their keys may lie here:
on the page on which ballots are opened choose the file of who you are, with the passphrase

    {passphrase}

In an election of your own, private keys are made in the officers' browsers and are never on the server.
"""


def open_now(group: Group, people: Mapping[str, Person], *, now: datetime, keys_in: Path) -> Made:
    """Voting began a week ago; some have voted. The officers' key files are written to a folder."""
    made = make_election(
        group,
        key="liaison",
        title=_("Liaison to the steering committee"),
        words=_("Who speaks for this group in the steering committee until next autumn."),
        voting_on=now.date() - timedelta(days=7),
        contest=_("Liaison"),
        seats=(),
        places=1,
    )
    begun = now - timedelta(days=20)
    officers = (
        (people["adaeze"], ""),
        (people["ewan"], _("Priya and I have written a talk together.")),
        (people["salma"], ""),
    )
    find_officers(made, officers, people["wren"], now=begun)
    let_stand(
        made,
        [
            Standing(
                people["priya"],
                _("I listen first. Each month I would ask what the committee should hear, and tell you what it said."),
                _("By asking at the end of each call, and by reading what those write who could not come."),
                (people["rosa"], people["jonas"]),
            ),
            Standing(
                people["jonas"],
                _("Short reports, no surprises. You would have them the day after."),
                _("With one page on which everybody can write."),
                (people["lina"],),
            ),
            Standing(people["rosa"], _("I would bring our newcomers along, one to each meeting.")),
        ],
        _("How would we know what you say in our name?"),
        people["keoni"],
        now=begun,
    )
    on_roll = [one.person for one in roll_now(made.election, now).voters]
    standing = {nomination.person_id for nomination in made.nominations}
    ordered = sorted(on_roll, key=lambda person: (person.pk in standing, -person.pk))
    visitors = [people[name] for name in ("tomas", "adaeze") if people[name] in ordered]
    # Those whom a visitor can be come last, so that they have not voted yet.
    freeze(made, [*(person for person in ordered if person not in visitors), *visitors])
    others = max(0, len(made.voters) - len(visitors) - 3)
    cast(made, [[(place + voter) % 3 + 1 for place in range(3)] for voter in range(others)])
    _keep_keys(made, keys_in)
    return made


def _keep_keys(made: Made, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(KEPT.format(passphrase=PASSPHRASE), encoding="utf-8")
    locked = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "p2c": 10_000}
    for officer, keys in zip(made.officers, made.keys, strict=True):
        text = json.dumps(keys)
        file = jwe.encrypt_compact(locked, text.encode(), OctKey.import_key(PASSPHRASE), algorithms=ALGORITHMS)
        name = officer.person.name.split()[0].lower()
        (folder / f"{name}.key").write_text(file, encoding="utf-8")
