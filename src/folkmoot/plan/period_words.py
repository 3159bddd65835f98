"""Months, quarters and years in words, and numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from folkmoot.plan.domain.periods import Month, Period


def period_words(period: Period) -> str:
    """ "2026", or "October to December 2026"."""
    if not period.quarter:
        return str(period.year)
    return f"{quarter_words(period.quarter)} {period.year}"


def quarter_words(quarter: int) -> str:
    """ "October to December"."""
    return (
        _("January to March"),
        _("April to June"),
        _("July to September"),
        _("October to December"),
    )[quarter - 1]


def month_words(month: Month) -> str:
    """ "October 2026"."""
    return str(formats.date_format(month.first, "F Y"))


def number_words(value: Decimal | None, unit: str = "") -> str:
    """A number without needless zeros, with its unit: "12.5 per cent"; "not known yet" for none."""
    if value is None:
        return _("not known yet")
    plain = f"{value.normalize():f}"
    return f"{plain} {unit}".strip()
