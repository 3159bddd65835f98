"""Holding a request while it changes, so that of several who change it at once one goes after the other."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line, paragraphs
from folkmoot.connections.models.helping import LONGEST_TEXT, ClosedBecause, HelpPause, HelpRequest, HelpState
from folkmoot.connections.queries.helping import helpers_of, leads_of
from folkmoot.connections.queries.interests import apart_from
from folkmoot.kit.errors import Refused
from folkmoot.people.absences import spans_of
from folkmoot.people.domain.absences import away_until
from folkmoot.people.models import Person


def hold_request(request: HelpRequest) -> HelpRequest:
    """The request as it is now, held until the end of the transaction."""
    held = HelpRequest.objects.select_for_update(of=("self",)).select_related("desk__group", "asker", "owner")
    return held.get(pk=request.pk)


def begin_pause(request: HelpRequest, now: datetime) -> None:
    """Let the clocks stand still, where they do not yet."""
    HelpPause.objects.get_or_create(request=request, ended_at=None, defaults={"began_at": now})


def end_pause(request: HelpRequest, now: datetime) -> None:
    """Let the clocks go on."""
    for pause in request.pauses.filter(ended_at=None):
        pause.ended_at = max(now, pause.began_at)
        pause.save(update_fields=["ended_at"])


def close_held(request: HelpRequest, because: ClosedBecause, now: datetime) -> None:
    """Close a request that is held."""
    end_pause(request, now)
    request.state, request.closed_at, request.closed_because = HelpState.CLOSED, now, because
    request.last_said_at = now
    request.save(
        update_fields=["state", "closed_at", "closed_because", "last_said_at", "solved_at", "accepted", "same_as"]
    )


def helpers_for(request: HelpRequest) -> list[Person]:
    """Who may be told of a request: the helpers of its desk, but whoever asked and whom they are kept apart from."""
    apart = apart_from(request.asker_id) | {request.asker_id}
    return [person for person in helpers_of(request.desk) if person.pk not in apart]


def who_cares(request: HelpRequest) -> list[Person]:
    """Whoever looks after a request, while they are not away and answer or lead there; else all of `helpers_for`."""
    helpers, owner = helpers_for(request), request.owner
    if owner is None or owner.pk in apart_from(request.asker_id) or _is_away(owner):
        return helpers
    return [owner] if owner in helpers or owner in leads_of(request.desk) else helpers


def _is_away(person: Person) -> bool:
    today = timezone.now().date()
    return away_until(spans_of([person.pk], since=today).get(person.pk, ()), today) is not None


def checked_text(text: str, *, needed: str = "") -> str:
    """Words as they are kept. Refused `invalid` with `needed` where there are none, and where there are too many."""
    kept = paragraphs(text, most=len(text) + 1)
    if needed and not kept:
        raise Refused(needed, code="invalid", field="text")
    if len(kept) > LONGEST_TEXT:
        raise Refused(
            _("Please keep it below %(most)d characters.") % {"most": LONGEST_TEXT}, code="invalid", field="text"
        )
    return kept


def checked_line(text: str, *, most: int, field: str, needed: str) -> str:
    """One line as it is kept. Refused `invalid` where it is empty."""
    line = one_line(text, most=most)
    if not line:
        raise Refused(needed, code="invalid", field=field)
    return line
