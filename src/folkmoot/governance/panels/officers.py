"""What this part shows on an election's page: who looks after it, and the next step for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.queries.officers import Team, team_of
from folkmoot.governance.rules.officers import advice_on, keys_matter, may_appoint
from folkmoot.governance.rules.plan import looks_after
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of

LIVE = (OfficerState.ASKED, OfficerState.ACCEPTED)
OVER = (ElectionState.CERTIFIED, ElectionState.CANCELLED)


@dataclass(frozen=True)
class NextStep:
    """What waits for a reader: why, in a sentence; the words of the button, and where it leads."""

    why: str
    words: str
    address: str


def fill() -> None:
    """Hang everything where it belongs."""
    add_part("next_step", next_step, order=5, leads_while=ElectionState)
    add_part("officers", on_election, order=40)


def next_step(request: HttpRequest, election: Election) -> SafeString | None:
    """What waits for whoever is asked to look after an election, for an officer before voting, for who finds them."""
    reader = person_of(request)
    mine = election.officers.filter(person=reader, state__in=LIVE).first() if reader is not None else None
    if reader is None or election.state in OVER:
        return None
    if mine is None:
        found = _too_few(reader, election)
    else:
        found = _next(reader, election) if mine.is_serving else _asked(mine, election)
    if found is None:
        return None
    # One primary action: for whoever prepares a draft that is to announce it.
    is_second = election.state == ElectionState.DRAFT and bool(looks_after(reader, election))
    context = {"step": found, "kind": "" if is_second else "primary"}
    return render_to_string("governance/officers/next_step.html", context, request)


def on_election(request: HttpRequest, election: Election) -> SafeString:
    """Officers and monitors with what they declare, and their fingerprints."""
    reader, team = person_of(request), team_of(election)
    context = {
        "election": election,
        "group": election.group,
        "team": team,
        "may_open": bool(keys_matter(election)) and election.is_frozen,
        "advice": advice_on(team.needed, len(team.openers)),
        "ways": _ways(reader, election, team),
    }
    return render_to_string("governance/officers/on_election.html", context, request)


def _too_few(reader: Person, election: Election) -> NextStep | None:
    """For who may ask officers, as long as too few are asked; in a draft the next step is to announce it."""
    if election.state != ElectionState.ANNOUNCED or not may_appoint(reader, election):
        return None
    if election.officers.filter(duty=Duty.OFFICER, state__in=LIVE).count() >= election.needed:
        return None
    why = _("It takes %(needed)d officers to open the ballots, and not so many are asked yet.")
    return NextStep(why % {"needed": election.needed}, _("Ask officers"), _at("election_officers", election))


def _asked(mine: ElectionOfficer, election: Election) -> NextStep:
    why = _("You are asked to look after this election as %(duty)s.") % {"duty": mine.get_duty_display()}
    return NextStep(why, _("Say yes or no"), _at("election_duty", election))


def _next(reader: Person | None, election: Election) -> NextStep | None:
    """What waits for an officer before voting is opened."""
    if election.state not in (ElectionState.DRAFT, ElectionState.ANNOUNCED):
        return None
    mine = team_of(election).line_of(reader)
    if mine is None:
        return None
    if mine.key is None or not mine.opens:
        why = _("You are an officer. Ballots are sealed to your keys, and you have none yet.")
        return NextStep(why, _("Make your keys"), _at("election_keys", election))
    if mine.key.rehearsed_at is None or mine.not_heard_by:
        why = _("Your keys are made. The others have to hear your fingerprint, and you rehearse the opening.")
        return NextStep(why, _("Go on with your keys"), _at("election_keys", election))
    if election.state == ElectionState.DRAFT:
        return None
    why = _("Your keys are ready. When everybody’s are and the day has come, one of the officers opens the voting.")
    return NextStep(why, _("Open the voting"), _at("freeze_election", election))


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
