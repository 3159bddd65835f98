"""The holidays of countries, as far as the library knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from folkmoot.decisions.domain.silence import LONGEST_SEARCH
from folkmoot.kit import public_holidays
from folkmoot.kit.errors import Refused
from folkmoot.people.places import countries, region_name

MOST_COUNTRIES = 12


def country_choices() -> list[tuple[str, str]]:
    """Codes and names, by name in the reader's language."""
    return [(code, name) for code, name in countries().items() if code in public_holidays.countries()]


def country_names(codes: Iterable[str]) -> list[str]:
    """The names of countries in the reader's language."""
    return [region_name(code) for code in codes]


def checked_countries(codes: Sequence[str]) -> list[str]:
    """Codes as they are kept: each once, in order. Refused `invalid` for unknown ones, and for too many."""
    wanted = sorted({code.strip().upper() for code in codes if code.strip()})
    for code in wanted:
        if code not in public_holidays.countries():
            raise Refused(
                _("The holidays of “%(code)s” are not known here; give codes such as PT or KE.") % {"code": code[:20]},
                code="invalid",
            )
    if len(wanted) > MOST_COUNTRIES:
        raise Refused(_("At most %(most)d countries, please.") % {"most": MOST_COUNTRIES}, code="invalid")
    return wanted


def days_off(codes: Sequence[str], begins: date) -> Mapping[date, str]:
    """The public holidays of these countries in the year from a day on, each with its name and the countries' codes."""
    last = begins + LONGEST_SEARCH
    named: dict[date, dict[str, list[str]]] = {}
    for code in codes:
        for year in range(begins.year, last.year + 1):
            for day, name in public_holidays.of_year(code, "", year).items():
                if begins - timedelta(days=1) <= day <= last:
                    named.setdefault(day, {}).setdefault(name, []).append(code)
    return {
        day: "; ".join(f"{name} ({', '.join(codes_of)})" for name, codes_of in names.items())
        for day, names in named.items()
    }
