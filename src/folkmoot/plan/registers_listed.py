"""Risks and stakeholders in the order in which they are shown, and as files."""

from __future__ import annotations

from datetime import date

from folkmoot.groups.models import Group
from folkmoot.plan.domain.sheets import sheet
from folkmoot.plan.models import Risk, RiskState, Stakeholder


def risks_sorted(group: Group) -> list[Risk]:
    """The group's risks, those that are open first, then the gravest."""
    risks = group.risks.select_related("owner", "group")
    return sorted(risks, key=lambda risk: (risk.state == RiskState.CLOSED, -risk.score, risk.pk))


def stakeholders_sorted(group: Group) -> list[Stakeholder]:
    """The group's stakeholders, those with whom one should be in touch first."""
    found = group.stakeholders.select_related("contact", "group")
    return sorted(found, key=lambda one: (one.next_touch_on or date.max, one.name.casefold(), one.pk))


def risks_sheet(group: Group) -> str:
    """The risks as CSV."""
    heading = ("risk", "words", "likelihood", "impact", "score", "response", "owner", "review_on", "state", "shareable")
    rows = (
        (
            risk.title,
            risk.words,
            risk.likelihood,
            risk.impact,
            risk.score,
            risk.response,
            risk.owner.name if risk.owner else "",
            risk.review_on or "",
            risk.state,
            "yes" if risk.is_shareable else "no",
        )
        for risk in risks_sorted(group)
    )
    return sheet(heading, rows)


def stakeholders_sheet(group: Group) -> str:
    """The stakeholders as CSV."""
    heading = ("name", "organisation", "why", "interest", "influence", "contact", "next_touch_on")
    rows = (
        (
            one.name,
            one.organisation,
            one.why,
            one.get_interest_display(),
            one.get_influence_display(),
            one.contact.name if one.contact else "",
            one.next_touch_on or "",
        )
        for one in stakeholders_sorted(group)
    )
    return sheet(heading, rows)
