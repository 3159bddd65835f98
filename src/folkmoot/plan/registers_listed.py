"""Risks and stakeholders in the order in which they are shown, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from folkmoot.groups.models import Group
from folkmoot.plan.models import Risk, RiskState, Stakeholder

RISK_COLUMNS: Final = (
    "risk",
    "words",
    "likelihood",
    "impact",
    "score",
    "response",
    "owner",
    "review_on",
    "state",
    "shareable",
)
STAKEHOLDER_COLUMNS: Final = ("name", "organisation", "why", "interest", "influence", "contact", "next_touch_on")


def risks_sorted(group: Group) -> list[Risk]:
    """The group's risks, those that are open first, then the gravest."""
    risks = group.risks.select_related("owner", "group")
    return sorted(risks, key=lambda risk: (risk.state == RiskState.CLOSED, -risk.score, risk.pk))


def stakeholders_sorted(group: Group) -> list[Stakeholder]:
    """The group's stakeholders, those with whom one should be in touch first."""
    found = group.stakeholders.select_related("contact", "group")
    return sorted(found, key=lambda one: (one.next_touch_on or date.max, one.name.casefold(), one.pk))


def risk_rows(group: Group) -> Iterator[tuple[object, ...]]:
    """The risks as rows under `RISK_COLUMNS`."""
    for risk in risks_sorted(group):
        yield (
            risk.title,
            risk.words,
            risk.likelihood,
            risk.impact,
            risk.score,
            risk.response,
            risk.owner.name if risk.owner else None,
            risk.review_on,
            risk.state,
            "yes" if risk.is_shareable else "no",
        )


def stakeholder_rows(group: Group) -> Iterator[tuple[object, ...]]:
    """The stakeholders as rows under `STAKEHOLDER_COLUMNS`."""
    for one in stakeholders_sorted(group):
        yield (
            one.name,
            one.organisation,
            one.why,
            one.get_interest_display(),
            one.get_influence_display(),
            one.contact.name if one.contact else None,
            one.next_touch_on,
        )
