"""What this part shows on an election's page: who looks after it, and the next step for the reader."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.queries.officers import Team, team_of
from folkmoot.governance.rules.officers import advice_on, keys_matter, may_appoint
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of


def fill() -> None:
    """Hang everything where it belongs."""
    add_part("officers", on_election, order=40)


def on_election(request: HttpRequest, election: Election) -> SafeString:
    """Officers and monitors with what they declare, and their fingerprints."""
    reader, team = person_of(request), team_of(election)
    context = {
        "election": election,
        "group": election.group,
        "team": team,
        "asked_me": any(reader is not None and one.person_id == reader.pk for one in team.asked),
        "may_open": bool(keys_matter(election)) and election.is_frozen,
        "advice": advice_on(team.needed, len(team.openers)),
        "next": _next(reader, election, team),
        "ways": _ways(reader, election, team),
    }
    return render_to_string("governance/officers/on_election.html", context, request)


def _next(reader: Person | None, election: Election, team: Team) -> tuple[str, str] | None:
    """What waits before voting is opened: for an officer, and for who has to find officers."""
    mine = team.line_of(reader)
    if election.state not in (ElectionState.DRAFT, ElectionState.ANNOUNCED):
        return None
    if mine is None:
        # Those who are asked may still say yes; one more than open the ballots is wise, but is no must.
        is_short = len(team.officers) + len(team.asked) < team.needed
        if is_short and reader is not None and may_appoint(reader, election):
            return _("Ask officers"), _at("election_officers", election)
        return None
    if mine.key is None or not mine.opens:
        return _("Make your keys"), _at("election_keys", election)
    if mine.key.rehearsed_at is None or mine.not_heard_by:
        return _("Go on with your keys"), _at("election_keys", election)
    return (_("Open the voting"), _at("freeze_election", election)) if election.state != ElectionState.DRAFT else None


def _ways(reader: Person | None, election: Election, team: Team) -> list[tuple[str, str]]:
    """Where else this reader can go from here."""
    found: list[tuple[str, str]] = []
    mine = team.line_of(reader)
    watches = mine is not None or any(reader is not None and one.person_id == reader.pk for one in team.monitors)
    if watches and election.state == ElectionState.ANNOUNCED:
        found.append((_("What will be frozen"), _at("freeze_election", election)))
    if watches and election.state not in (ElectionState.RELEASED, ElectionState.CERTIFIED, ElectionState.CANCELLED):
        found.append((_("Your keys") if mine is not None else _("The officers’ keys"), _at("election_keys", election)))
    if election.frozen:
        found.append((_("What was frozen, and its hash"), _at("frozen_election", election)))
    if watches:
        found.append((_("Your duty, and what you declare"), _at("election_duty", election)))
    if reader is not None and not election.is_frozen and may_appoint(reader, election):
        found.append((_("Ask officers and monitors"), _at("election_officers", election)))
    return found


def _at(name: str, election: Election) -> str:
    return reverse(name, args=[election.group.slug, election.key])
