"""What seats and handovers keep about people, for `people.person_data`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import (
    Emeritus,
    GroupProposal,
    Handover,
    HandoverLine,
    HandoverSignature,
    Term,
    UnownedHolding,
)
from folkmoot.people.person_data import OnErasing, Rows, offer


def offer_all() -> None:
    """Enter each kind of row that points at a person."""
    keep = OnErasing.KEEP
    offer("groups.terms", Rows(_("Seats you have held"), Term, "person", _term, keep, ("remark",)))
    offer("groups.handovers", Rows(_("Your handovers"), Handover, "leaver", _handover, keep, ("notes",)))
    offer("groups.handovers_to_you", Rows(_("Handovers to you"), Handover, "taker", _handover_to, keep))
    offer(
        "groups.handover_lines",
        Rows(_("What you were asked to take over"), HandoverLine, "taker", _line, keep, ("said",)),
    )
    offer("groups.signatures", Rows(_("Handovers you have signed"), HandoverSignature, "person", _signature, keep))
    offer("groups.left", Rows(_("What you left behind"), UnownedHolding, "left_by", _unowned, keep))
    offer("groups.taken", Rows(_("What you took that had waited"), UnownedHolding, "taken_by", _unowned, keep))
    offer(
        "groups.proposals",
        Rows(_("Groups you have proposed"), GroupProposal, "by", _proposal, keep, ("who",)),
    )
    offer(
        "groups.proposals_answered",
        Rows(_("Proposals you have answered"), GroupProposal, "answered_by", _proposal_answered, keep, ("answer",)),
    )
    offer("groups.emeriti", Rows(_("Where you are named for having served"), Emeritus, "person", _emeritus))


def _term(term: Term) -> dict[str, Any]:
    return {
        "seat": term.seat.title,
        "group": term.seat.group.name,
        "from": term.begins_on.isoformat(),
        "until": term.span.ends.isoformat() if term.span.ends else None,
        "how": term.how,
        "remark": term.remark,
    }


def _handover(handover: Handover) -> dict[str, Any]:
    return {**_handover_to(handover), "notes": handover.notes, "emeritus": handover.emeritus}


def _handover_to(handover: Handover) -> dict[str, Any]:
    return {"group": handover.group.name, "state": handover.state, "begun_at": handover.begun_at.isoformat()}


def _line(line: HandoverLine) -> dict[str, Any]:
    return {
        "what": line.words,
        "answer": line.answer,
        "said": line.said,
        "named_publicly": line.names_publicly,
    }


def _signature(signature: HandoverSignature) -> dict[str, Any]:
    return {"group": signature.handover.group.name, "signed_at": signature.signed_at.isoformat()}


def _unowned(unowned: UnownedHolding) -> dict[str, Any]:
    return {"group": unowned.group.name, "what": unowned.words, "since": unowned.since.isoformat()}


def _emeritus(emeritus: Emeritus) -> dict[str, Any]:
    return {"group": emeritus.group.name, "office": emeritus.office, "since": emeritus.since.isoformat()}


def _proposal(proposal: GroupProposal) -> dict[str, Any]:
    return {**_proposal_answered(proposal), "why": proposal.why, "who": proposal.who, "charter": proposal.charter_text}


def _proposal_answered(proposal: GroupProposal) -> dict[str, Any]:
    return {"name": proposal.name, "state": proposal.state, "answer": proposal.answer}
