"""Reading decisions."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.decisions.domain.stated import USUAL, Stated, charter_period
from folkmoot.decisions.models import Decision, Status
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force, managers_of, participations_now
from folkmoot.ledger.actors import Actor
from folkmoot.notices.kinds import Audience


def usual_period(group: Group) -> Stated:
    """How long silence lasts by the charter in force; five working days where it says nothing."""
    charter = charter_in_force(group)
    return (charter and charter_period(charter.reading.get("decision_rules") or [])) or USUAL


def everybody(decision: Decision, *, but: Actor) -> Audience:
    """Who takes part or leads now, whoever proposed, and the group's mailing lists; not who acts."""
    people = [participation.person for participation in participations_now(decision.group)]
    people += [*managers_of(decision.group), *filter(None, [decision.proposed_by])]
    return Audience([person for person in people if person != but], place=place_of(decision.group).key)


def superseded() -> Exists:
    """Whether an adopted decision took the place of the row: to filter by, or to annotate."""
    return Exists(Decision.objects.filter(supersedes=OuterRef("pk"), status=Status.ADOPTED))


def seen_by_all() -> Q:
    """Decisions that everybody may read."""
    return Q(is_inside=False)


def decisions_in_force(group: Group) -> QuerySet[Decision]:
    """What a group has decided and not replaced since, the latest first."""
    return decisions_of(group).filter(~superseded(), status=Status.ADOPTED)


def decisions_of(group: Group) -> QuerySet[Decision]:
    """A group's decisions, the latest first; each knows by `is_superseded` whether another one took its place."""
    return (
        Decision.objects.filter(group=group)
        .annotate(is_superseded=superseded())
        .select_related("group")
        .order_by("-year", "-number")
    )
