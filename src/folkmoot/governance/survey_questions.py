"""The questions of surveys without names, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.kinds import SurveyKind
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class SurveyQuestion:
    """One question; every one may be left out."""

    words: Label
    options: Mapping[str, Label]


_AGREE: Mapping[str, Label] = {
    "yes": _("Yes"),
    "mostly": _("Mostly"),
    "hardly": _("Hardly"),
    "no": _("No"),
}
QUESTIONS: Mapping[SurveyKind, Mapping[str, SurveyQuestion]] = {
    SurveyKind.RETRO: {
        "easy": SurveyQuestion(_("Was it easy to take part?"), _AGREE),
        "informed": SurveyQuestion(_("Did you know enough about those who stood?"), _AGREE),
        "trust": SurveyQuestion(_("Do you trust that the ballots were counted as they were cast?"), _AGREE),
        "fair": SurveyQuestion(_("Did everybody have the same chance to stand?"), _AGREE),
        "again": SurveyQuestion(_("Would you take part again?"), _AGREE),
    },
    SurveyKind.BODY: {
        "region": SurveyQuestion(
            _("Where do you live?"),
            {
                "africa": _("Africa"),
                "asia": _("Asia"),
                "europe": _("Europe"),
                "north": _("North America"),
                "latin": _("Latin America and the Caribbean"),
                "oceania": _("Oceania"),
            },
        ),
        "gender": SurveyQuestion(
            _("How do you describe your gender?"),
            {"woman": _("Woman"), "man": _("Man"), "other": _("In another way")},
        ),
        "industry": SurveyQuestion(
            _("Where do you work?"),
            {
                "tools": _("Tools and platforms for developers"),
                "software": _("Other software"),
                "finance": _("Finance and trade"),
                "public": _("Public service, science or education"),
                "independent": _("For myself, or between jobs"),
                "else": _("Somewhere else"),
            },
        ),
    },
}
