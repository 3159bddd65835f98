"""Languages, countries and parts of the world, by their codes and by their names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from django.utils.translation import get_language

CONTINENTS = ("002", "019", "142", "150", "009")
SUBREGIONS = (
    *("011", "014", "015", "017", "018"),
    *("003", "005", "013", "021", "029"),
    *("030", "034", "035", "143", "145"),
    *("039", "151", "154", "155"),
    *("053", "054", "057", "061"),
)
"""Continents and subregions of the United Nations' scheme (UN M49), as CLDR numbers them."""
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def _reader_locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def languages() -> Mapping[str, str]:
    """Languages and their kinds that CLDR can be used in, by BCP 47 code, in the order of their names."""
    return _languages(str(_reader_locale()))


@cache
def _languages(locale: str) -> Mapping[str, str]:
    names = Locale.parse(locale).languages
    used = {identifier.partition("_")[0] for identifier in locale_identifiers()}
    known = {code.replace("_", "-"): name for code, name in names.items() if code.partition("_")[0] in used}
    return dict(sorted(known.items(), key=lambda pair: pair[1].casefold()))


def known_languages() -> frozenset[str]:
    return frozenset(_languages("en"))


def language_name(code: str) -> str:
    """ "Portuguese (português)": in the reader's language, then in its own; the code where it has no name."""
    name = languages().get(code, code)
    try:
        own = Locale.parse(code, sep="-").get_language_name() or ""
    except (UnknownLocaleError, ValueError):
        own = ""
    return f"{name} ({own})" if own and own.casefold() not in name.casefold() else name


def parts_of_the_world() -> Mapping[str, str]:
    """Continents, then their parts."""
    return _territories(str(_reader_locale()))[0]


def countries() -> Mapping[str, str]:
    """Countries by their codes, in the order of their names."""
    return _territories(str(_reader_locale()))[1]


@cache
def _territories(locale: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    names = Locale.parse(locale).territories
    found = {code: name for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES}
    return (
        {code: names[code] for code in (*CONTINENTS, *SUBREGIONS)},
        dict(sorted(found.items(), key=lambda pair: pair[1].casefold())),
    )


def known_regions() -> frozenset[str]:
    parts, lands = _territories("en")
    return frozenset(parts) | frozenset(lands)


def region_name(code: str) -> str:
    return parts_of_the_world().get(code) or countries().get(code, code)
