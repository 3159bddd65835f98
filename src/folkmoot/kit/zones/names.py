"""Zone names: which exist, what they are called today, and what a person would call them."""

from __future__ import annotations

import difflib
import os
import re
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from folkmoot.kit.errors import Refused
from folkmoot.kit.zones.abbreviations import PHRASES, PLACES, READINGS

ANYWHERE_ON_EARTH: Final = "UTC-12:00"
"""A day is over "anywhere on Earth" when it is over here; a usual way to state deadlines."""

LONGEST_NAME: Final = 64
"""No zone name comes near this; longer text is refused before it is looked at."""

# Names whose link in the zone data leads to a zone that merely shares their rules, while another name is
# the one that people of the place would recognise.
_RENAMED: Final[dict[str, str]] = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
    # Names of rule sets rather than of places.
    "CST6CDT": "America/Chicago",
    "EST5EDT": "America/New_York",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "Etc/GMT": "UTC",
    "Etc/UTC": "UTC",
}
_SPELLED: Final[dict[str, str]] = {
    "America/St_Johns": "St John’s",
    "Antarctica/DumontDUrville": "Dumont d’Urville",
    "America/Argentina/ComodRivadavia": "Comodoro Rivadavia",
}
_OFFSET: Final = re.compile(r"(?:UTC|GMT) ?([+\-\u2212\u2013]) ?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_NO_OFFSET: Final = frozenset({"utc", "z", "utc±0", "utc±00:00"})
_UNUSABLE: Final = frozenset({"Factory"})


class Reading(NamedTuple):
    """One thing that letters such as PST may mean, with its offsets from UTC in one year."""

    zone: str
    january: timedelta
    july: timedelta

    @property
    def is_fixed(self) -> bool:
        """Whether it is an offset that holds all year by its very name, rather than wall time somewhere."""
        return self.zone.startswith("UTC")

    @property
    def place(self) -> str:
        return place(self.zone)


@dataclass(frozen=True)
class _Names:
    version: str
    links: dict[str, str]
    """Every name of the zone data to the name it is known by today."""
    folded: dict[str, str]
    """Lower-case spellings, with spaces or underscores, to names of the zone data."""
    chosen: tuple[str, ...]
    """What a person may choose."""
    towns: dict[str, str]
    """Lower-case place names to zones, where only one zone has that place."""


def _shipped(name: str) -> str:
    return (resources.files("tzdata") / "zoneinfo" / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _names() -> _Names:
    """The names of the `tzdata` package; about three milliseconds, once."""
    compact = _shipped("tzdata.zi")
    version = compact.split("\n", 1)[0].removeprefix("# version ").strip()
    targets: dict[str, str] = {}
    for line in compact.splitlines():
        if line.startswith("L "):
            _, target, name = line.split()
            targets[name] = target
        elif line.startswith("Z "):
            targets[line.split(" ", 2)[1]] = ""
    chosen = [
        line.split("\t")[2].strip() for line in _shipped("zone.tab").splitlines() if line and not line.startswith("#")
    ]
    of_places = set(chosen)
    links = {name: _today(name, targets, of_places) for name in targets if name not in _UNUSABLE}
    folded = {name.lower(): name for name in links}
    folded.update({name.lower().replace("_", " "): name for name in links if "_" in name})
    towns: dict[str, str] = {}
    doubled: set[str] = set()
    for name in [*chosen, *(old for old in links if "/" in old and not old.startswith("Etc/"))]:
        town = name.rpartition("/")[2].replace("_", " ").lower()
        if towns.setdefault(town, links[name]) != links[name] and name in of_places:
            doubled.add(town)
    for town in doubled:
        del towns[town]
    return _Names(version, links, folded, ("UTC", *sorted(of_places)), towns)


def _today(name: str, targets: dict[str, str], of_places: set[str]) -> str:
    for _ in range(8):
        if name in _RENAMED:
            name = _RENAMED[name]
        if name in of_places or name == "UTC" or not targets.get(name):
            break
        name = targets[name]
    if name.startswith("Etc/GMT") and name != "Etc/GMT":
        # In these POSIX names the sign runs against what everyone writes: Etc/GMT+8 is UTC-08:00.
        sign = -1 if name[7] == "+" else 1
        return offset_name(timedelta(hours=sign * int(name[8:])))
    return name


def offset_name(offset: timedelta) -> str:
    """`UTC-08:00` for an offset of minus eight hours, `UTC` for none."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def canonical(name: str) -> str:
    """The name under which a zone is known today: `Europe/Kyiv` for `Europe/Kiev`, `UTC` for `Etc/UTC`.

    Zones that only share another one's rules keep the name of their own place (`Europe/Oslo`). Fixed offsets
    come back as `UTC-08:00`; `GMT-8` and `Etc/GMT+8` both mean that one. Upper and lower case do not matter.

    Raises `Refused` with code `zone_abbreviation` for letters such as PST (params: `abbreviation`, `readings`
    as zone names) and `zone_unknown` for anything else (params: `name`, `suggestions`).
    """
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise _unknown(str(name)[:LONGEST_NAME] + "…", ())
    return _canonical(name)


@lru_cache(maxsize=4096)
def _canonical(asked: str) -> str:
    name = asked.strip()
    if name.upper() in READINGS:
        raise _abbreviation(name.upper())
    if name.lower() in _NO_OFFSET:
        return "UTC"
    if name.lower() in {"aoe", "anywhere on earth"}:
        return ANYWHERE_ON_EARTH
    if found := _OFFSET.fullmatch(name):
        sign = 1 if found[1] == "+" else -1
        offset = timedelta(hours=sign * int(found[2]), minutes=sign * int(found[3] or 0))
        if not timedelta(hours=-12) <= offset <= timedelta(hours=14):
            raise Refused(
                f"No clock on Earth shows {name}: offsets run from UTC-12:00 to UTC+14:00.",
                code="zone_unknown",
                name=name,
                suggestions=(),
            )
        return offset_name(offset)
    names = _names()
    key = names.folded.get(name.lower())
    if key is None:
        raise _unknown(name, _close(name, names))
    return names.links[key]


def _close(name: str, names: _Names) -> tuple[str, ...]:
    """At most three zones that someone who typed this may have meant."""
    low = name.lower().replace("_", " ")
    if low in PLACES:
        return (PLACES[low],)
    if low in PHRASES:
        return READINGS[PHRASES[low]][:3]
    town = low.rpartition("/")[2]
    found: list[str] = []
    if town in names.towns:
        found.append(names.towns[town])
    if len(low) >= 3:
        near_names = difflib.get_close_matches(low, names.folded, n=3, cutoff=0.75)
        near_towns = difflib.get_close_matches(town, names.towns, n=2, cutoff=0.75)
        found.extend(names.links[names.folded[near]] for near in near_names)
        found.extend(names.towns[near] for near in near_towns)
    return tuple(dict.fromkeys(found))[:3]


def _unknown(name: str, suggestions: tuple[str, ...]) -> Refused:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    hint = (
        f" Did you mean {_either(suggestions)}?" if suggestions else " Write it like Europe/Berlin, UTC or UTC-08:00."
    )
    return Refused(
        f"There is no time zone called “{shown}”.{hint}",
        code="zone_unknown",
        name=name,
        suggestions=suggestions,
    )


def _abbreviation(letters: str) -> Refused:
    zones = READINGS[letters]
    spelled = [
        f"{zone} (all year)" if zone.startswith("UTC") else f"{zone} (wall time in {place(zone)})" for zone in zones
    ]
    if len(zones) == 1:
        words = f"“{letters}” is an abbreviation, not a time zone. Write {spelled[0]} instead."
    else:
        words = f"“{letters}” can mean more than one time zone. Write the one you mean: {_either(spelled)}."
    return Refused(words, code="zone_abbreviation", abbreviation=letters, readings=zones)


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def zone(name: str) -> tzinfo:
    """The zone of this name for `datetime`: a `zoneinfo.ZoneInfo`, or a `timezone` for a fixed offset.

    Takes what `canonical` takes and refuses what it refuses; the key is the canonical one. Only names of the
    zone data ever reach the file system.
    """
    return _load(canonical(name))


@lru_cache(maxsize=1024)
def _load(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    if found := _OFFSET.fullmatch(name):
        sign = 1 if found[1] == "+" else -1
        return timezone(timedelta(hours=sign * int(found[2]), minutes=sign * int(found[3] or 0)))
    data_version()
    return zoneinfo.ZoneInfo(name)


@lru_cache(maxsize=1)
def data_version() -> str:
    """The release of the zone data in use, such as `2026f`; settles which copy that is when first asked.

    Python prefers the machine's copy, which on a server long left alone is years old, while countries
    change their clocks at a few weeks' notice. The newer of the machine's and the `tzdata` package's copy is
    used by the whole process, unless PYTHONTZPATH says which one to take.
    """
    shipped = _names().version
    system = _system_version()
    if "PYTHONTZPATH" in os.environ:
        return system or shipped
    if system >= shipped:
        return system
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    return shipped


def _system_version() -> str:
    for folder in zoneinfo.TZPATH:
        for name, lead in (("tzdata.zi", "# version "), ("+VERSION", "")):
            try:
                with Path(folder, name).open(encoding="utf-8") as lines:
                    line = lines.readline(80)
            except (OSError, UnicodeDecodeError):
                continue
            version = line.removeprefix(lead).strip()
            if re.fullmatch(r"\d{4}[a-z]{1,2}", version):
                return version
    return ""


def choices() -> tuple[str, ...]:
    """The zone names that a person may choose: `UTC`, then one per place, sorted; no old names or letters."""
    return _names().chosen


@lru_cache(maxsize=1024)
def place(name: str) -> str:
    """What a person calls a zone: `Los Angeles`, `Kolkata`, `Knox, Indiana`, `UTC`, `UTC-08:00`.

    An unknown name is only made readable, never refused.
    """
    if name in _SPELLED:
        return _SPELLED[name]
    region, _, town = name.replace("_", " ").rpartition("/")
    if region in {"America/Indiana", "America/Kentucky", "America/North Dakota"}:
        return f"{town}, {region.partition('/')[2]}"
    return town


def is_abbreviation(text: str) -> bool:
    """Whether these letters are an abbreviation of which `readings` knows the meanings."""
    return text.strip().upper() in READINGS


def readings(abbreviation: str, *, year: int | None = None) -> tuple[Reading, ...]:
    """What these letters may mean, the likeliest first; empty for letters we do not know.

    `january` and `july` are the offsets at noon UTC on the 15th of those months of `year`, by default the
    year of the zone data in use.
    """
    year = int(data_version()[:4]) if year is None else year
    return tuple(
        Reading(name, *(_offset(name, year, month) for month in (1, 7)))
        for name in READINGS.get(abbreviation.strip().upper(), ())
    )


def _offset(name: str, year: int, month: int) -> timedelta:
    offset = datetime(year, month, 15, 12, tzinfo=UTC).astimezone(_load(name)).utcoffset()
    assert offset is not None
    return offset


def candidates(label: str) -> tuple[str, ...]:
    """The zones that someone may mean who heads a time with this label, the likeliest first.

    One name for a zone, an offset or a place ("Berlin", "UTC+5:30"), several for letters or their spelled-out
    form ("PST", "Central Standard Time"), none when the label says nothing that we know.
    """
    text = " ".join(label.split())
    if not text or len(text) > LONGEST_NAME:
        return ()
    low = text.lower()
    if text.upper() in READINGS or low in PHRASES:
        return READINGS[PHRASES.get(low, text.upper())]
    if low in PLACES:
        return (PLACES[low],)
    try:
        return (canonical(text),)
    except Refused:
        known = _names().towns.get(low.removesuffix(" time").strip())
        return (known,) if known else ()
