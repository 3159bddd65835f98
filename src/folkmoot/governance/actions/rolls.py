"""What an election asks for, and the roll that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import hold_election, tell_once_known
from folkmoot.governance.domain.roll_lines import line_of, new_salt
from folkmoot.governance.facts.rolls import CriterionAdded, CriterionRemoved, ProxiesAllowed, ReachSet, RollFrozen
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls import ElectionCriterion, Voter, Whom
from folkmoot.governance.models.rolls_exceptions import WAITING, ProxyState
from folkmoot.governance.queries.rolls import criteria_of, roll_now
from folkmoot.governance.roll_criteria import CRITERIA, PROXIES
from folkmoot.governance.roll_suggestions import suggested
from folkmoot.governance.rules.elections import may_prepare
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system

MOST_CRITERIA = 20
MOST_PROXIES = 20


@transaction.atomic
def add_criterion(
    election: Election, whom: Whom, name: str, given: Mapping[str, Any], *, by: Actor
) -> ElectionCriterion:
    """Ask something more of voters or candidates, after what is asked already.

    `given` are the values of the criterion's fields, checked by its form. Refused `forbidden`, `invalid`.
    """
    held = _held(election, by)
    criterion = CRITERIA.get(name)
    if criterion is None or whom not in criterion.whom:
        raise Refused(_("This cannot be asked here."), code="invalid")
    if held.criteria.filter(whom=whom).count() >= MOST_CRITERIA:
        raise Refused(_("That is more than anybody can keep in mind. Please remove something first."), code="invalid")
    made = ElectionCriterion.objects.create(
        election=held, whom=whom, name=name, given=_plain(given), position=_next_position(held, whom)
    )
    tell_once_known(CriterionAdded(election_id=held.pk, whom=whom.value, name=name), held, "criteria", by)
    return made


@transaction.atomic
def take_suggested(election: Election, *, by: Actor) -> list[ElectionCriterion]:
    """Ask of voters what the charter says of votes, as far as it is not asked yet. Refused `forbidden`."""
    asked = {one.name for one in election.criteria.filter(whom=Whom.VOTERS)}
    return [
        add_criterion(election, Whom.VOTERS, one.name, one.given, by=by)
        for one in suggested(election)
        if one.name not in asked
    ]


def write_suggested(election: Election) -> None:
    """What the charter says of votes as what is asked of voters, for an election that has just been begun."""
    ElectionCriterion.objects.bulk_create(
        ElectionCriterion(election=election, whom=Whom.VOTERS, name=one.name, given=_plain(one.given), position=place)
        for place, one in enumerate(suggested(election))
    )


@transaction.atomic
def remove_criterion(criterion: ElectionCriterion, *, by: Actor) -> None:
    """Ask this no more; done twice, it is told once. Refused `forbidden`."""
    held = _held(criterion.election, by)
    gone, _rows = ElectionCriterion.objects.filter(pk=criterion.pk, election=held).delete()
    if gone:
        fact = CriterionRemoved(election_id=held.pk, whom=criterion.whom, name=criterion.name)
        tell_once_known(fact, held, "criteria", by)


@transaction.atomic
def move_criterion(criterion: ElectionCriterion, *, up: bool, by: Actor) -> None:
    """Show this one place earlier or later; at an end nothing happens. Refused `forbidden`."""
    held = _held(criterion.election, by)
    line = list(held.criteria.filter(whom=criterion.whom).exclude(name=PROXIES))
    here = next((place for place, one in enumerate(line) if one.pk == criterion.pk), None)
    there = None if here is None else here - 1 if up else here + 1
    if here is None or there is None or not 0 <= there < len(line):
        return
    one, other = line[here], line[there]
    one_at, other_at = one.position, other.position
    # Positions are unique: one of the two waits past the end while the other moves.
    _put(one, _next_position(held, Whom(criterion.whom)))
    _put(other, one_at)
    _put(one, other_at)


@transaction.atomic
def allow_proxies(election: Election, most: int, *, by: Actor) -> None:
    """Say how many votes of others one voter may hold; 0 for none.

    Refused `forbidden`, `invalid`, and `held` for fewer than somebody holds already.
    """
    held = _held(election, by)
    if not 0 <= most <= MOST_PROXIES:
        raise Refused(_("Please choose a number up to %(most)d.") % {"most": MOST_PROXIES}, code="invalid")
    before = held.criteria.filter(whom=Whom.VOTERS, name=PROXIES).first()
    if (int(before.given.get("most", 0)) if before else 0) == most:
        return
    accepted = held.proxies.filter(state=ProxyState.ACCEPTED).order_by().values("holder").annotate(n=Count("pk"))
    if accepted.filter(n__gt=most).exists():
        raise Refused(_("Somebody holds more votes than that already."), code="held")
    if before is not None:
        before.delete()
    if most:
        ElectionCriterion.objects.create(
            election=held,
            whom=Whom.VOTERS,
            name=PROXIES,
            given={"most": most},
            position=_next_position(held, Whom.VOTERS),
        )
    tell_once_known(ProxiesAllowed(election_id=held.pk, most=most), held, "criteria", by)


@transaction.atomic
def set_reach(election: Election, *, below: bool, by: Actor) -> None:
    """Say whether the people of the groups that answer to the group elect too.

    What was asked because the charter suggested it, and nobody changed, is replaced by what is suggested then.
    Refused `forbidden`.
    """
    held = _held(election, by)
    if held.reaches_below == below:
        return
    said = [(one.name, _plain(one.given)) for one in suggested(held)]
    asked = held.criteria.filter(whom=Whom.VOTERS).exclude(name=PROXIES)
    as_suggested = [(one.name, one.given) for one in asked] == said
    held.reaches_below = below
    held.save(update_fields=["reaches_below"])
    if as_suggested:
        asked.delete()
        for one in suggested(held):
            held.criteria.create(
                whom=Whom.VOTERS, name=one.name, given=_plain(one.given), position=_next_position(held, Whom.VOTERS)
            )
    tell_once_known(ReachSet(election_id=held.pk, below=below), held, "criteria", by)


@transaction.atomic
def freeze_roll(election: Election, *, by: Actor | None = None) -> list[str]:
    """Write down who may vote, for good, and give the line of each voter to be hashed (`domain.roll_lines`).

    Called under the lock of the election's row by whoever opens voting, who asks whether they may. Refused `frozen`
    when there is a roll already, `unanswered` while exceptions wait, `unknown_criterion` where something is asked that
    no room judges any more, `nobody` when nobody would be on it.
    """
    held = hold_for_roll(election)
    if held.is_frozen or held.voters.exists():
        raise Refused(_("The roll of this election is frozen already."), code="frozen")
    if held.exceptions.filter(state__in=WAITING).exists():
        raise Refused(
            _("Somebody still waits for an answer about voting by exception. Please answer first."), code="unanswered"
        )
    known = [*(entry.name for entry in CRITERIA.entries()), PROXIES]
    if held.criteria.filter(whom=Whom.VOTERS).exclude(name__in=known).exists():
        raise Refused(_("Something is asked of voters that cannot be judged here any more."), code="unknown_criterion")
    for criterion in criteria_of(held, Whom.VOTERS):
        # What followed from the charter is kept as it was then, whatever becomes of the charter.
        if criterion.pk is None:
            criterion.position = _next_position(held, Whom.VOTERS)
            criterion.save()
    roll = roll_now(held, timezone.now())
    if not roll.voters:
        raise Refused(_("Nobody would be on the roll. Please look at what is asked of voters."), code="nobody")
    rows = []
    for one in roll.voters:
        salt = new_salt()
        line = line_of(one.person.pk, one.person.name, salt)
        rows.append(Voter(election=held, person=one.person, by_exception=one.judged.by_exception, line=line, salt=salt))
    Voter.objects.bulk_create(rows, batch_size=500)
    if not held.is_practice:
        fact = RollFrozen(election_id=held.pk, voters=len(rows), exceptions=roll.exceptions)
        record(fact, by=by or system(), on=held, within=held.group)
    return sorted(row.line for row in rows)


def hold_for_roll(election: Election) -> Election:
    """The election's row, locked: what changes a roll, freezes it or casts by it comes one after the other."""
    return hold_election(election)


def _held(election: Election, by: Actor) -> Election:
    """The election's row, locked, of which this actor may still change how it is set up."""
    held = hold_for_roll(election)
    require(may_prepare(by, held))
    return held


def _next_position(election: Election, whom: Whom) -> int:
    last = election.criteria.filter(whom=whom).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _put(criterion: ElectionCriterion, position: int) -> None:
    criterion.position = position
    criterion.save(update_fields=["position"])


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a form as JSON keeps them; what was left empty is left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
        if value is not None and value != ""
    }
