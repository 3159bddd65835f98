"""Public holidays of countries and of their parts, from the list of the library `holidays`. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from folkmoot.kit.errors import Refused

_ENGLISH = "en_US"


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, ...]]:
    """Codes of the countries whose holidays are known (ISO 3166, two letters), each with the codes of its parts."""
    import holidays  # late: it brings much that a command which asks for no holiday need not load

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(known.items()) if len(code) == 2}


def checked(country: str, subdivision: str = "") -> tuple[str, str]:
    """Both codes as they are kept; `Refused` with code `invalid` for a country or a part of it that is not known."""
    country, subdivision = country.strip().upper(), subdivision.strip()
    parts = countries().get(country)
    if parts is None:
        raise Refused(f"The holidays of “{_shown(country)}” are not known here.", code="invalid", field="country")
    if not subdivision:
        return country, ""
    found = next((part for part in parts if part.casefold() == subdivision.casefold()), None)
    if found is None:
        few = ", ".join(parts[:20])
        raise Refused(
            f"“{_shown(subdivision)}” is no part of {country} whose holidays are known."
            + (f" Known are: {few}." if few else ""),
            code="invalid",
            field="subdivision",
        )
    return country, found


@lru_cache(maxsize=512)
def of_year(country: str, subdivision: str, year: int) -> dict[date, str]:
    """The holidays of a year with their names, in English where the library has them so; not to be changed."""
    import holidays

    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
        if _ENGLISH in found.supported_languages:
            found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=_ENGLISH)
    except NotImplementedError:
        return {}  # a newer list has let the place go; calls then take place
    return {day: name for day, name in found.items() if day.year == year}


def names_of(places: Sequence[tuple[str, str]], day: date) -> str:
    """What is celebrated on a day in any of these countries and parts: `Christmas Day (PT)`; empty for none."""
    where: dict[str, list[str]] = {}
    for country, subdivision in places:
        name = of_year(country, subdivision, day.year).get(day)
        if name:
            where.setdefault(name, []).append(f"{country}-{subdivision}" if subdivision else country)
    return "; ".join(f"{name} ({', '.join(codes)})" for name, codes in where.items())


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:40])
