"""Names of zones: what exists, what it is called today, what is refused and in which words."""

from __future__ import annotations

import builtins
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.zones import names
from folkmoot.kit.zones.abbreviations import PHRASES, PLACES, READINGS

EVERY_KEY = (resources.files("tzdata") / "zones").read_text().split()


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("America/Godthab", "America/Nuuk"),
        ("US/Pacific", "America/Los_Angeles"),
        ("GB", "Europe/London"),
        ("NZ", "Pacific/Auckland"),
        ("EST5EDT", "America/New_York"),
        ("Etc/UTC", "UTC"),
        ("Zulu", "UTC"),
        ("Etc/Greenwich", "UTC"),
    ],
)
def test_canonical_renames_to_the_name_of_today(old, today):
    assert zones.canonical(old) == today


@pytest.mark.parametrize(
    "name",
    ["Europe/Oslo", "Europe/Stockholm", "Africa/Asmara", "Atlantic/Reykjavik", "America/St_Thomas",
     "Pacific/Chuuk", "Asia/Kuala_Lumpur", "America/Toronto"],
)  # fmt: skip
def test_canonical_keeps_places_that_only_share_rules(name):
    assert zones.canonical(name) == name


@pytest.mark.parametrize(
    ("old", "today"),
    [("Iceland", "Atlantic/Reykjavik"), ("Africa/Asmera", "Africa/Asmara"), ("Pacific/Truk", "Pacific/Chuuk"),
     ("America/Virgin", "America/St_Thomas"), ("Antarctica/South_Pole", "Antarctica/McMurdo")],
)  # fmt: skip
def test_canonical_prefers_the_own_place_to_the_zone_that_shares_its_rules(old, today):
    assert zones.canonical(old) == today


@pytest.mark.parametrize(
    ("written", "name"),
    [("UTC-08:00", "UTC-08:00"), ("UTC-8", "UTC-08:00"), ("utc+5:30", "UTC+05:30"), ("GMT+1", "UTC+01:00"),
     ("UTC\u221203:30", "UTC-03:30"), ("UTC +0545", "UTC+05:45"), ("UTC+0", "UTC"), ("GMT-00:00", "UTC"),
     ("Etc/GMT+8", "UTC-08:00"), ("Etc/GMT-14", "UTC+14:00"), ("Etc/GMT0", "UTC"), ("Z", "UTC"),
     ("aoe", "UTC-12:00"), ("europe/berlin", "Europe/Berlin"), ("America/Los Angeles", "America/Los_Angeles"),
     ("  Asia/Tokyo ", "Asia/Tokyo")],
)  # fmt: skip
def test_canonical_reads_what_people_write(written, name):
    assert zones.canonical(written) == name


def test_every_name_of_the_zone_data_is_known_or_refused_as_letters():
    refused = {}
    for key in EVERY_KEY:
        try:
            name = zones.canonical(key)
        except Refused as refusal:
            refused[key] = refusal.code
        else:
            assert zones.canonical(name) == name, key
            assert zones.zone(name) is zones.zone(key)

    assert refused == {
        "CET": "zone_abbreviation",
        "EET": "zone_abbreviation",
        "EST": "zone_abbreviation",
        "Factory": "zone_unknown",
        "GMT": "zone_abbreviation",
        "HST": "zone_abbreviation",
        "MET": "zone_abbreviation",
        "MST": "zone_abbreviation",
        "WET": "zone_abbreviation",
    }


def test_every_renamed_zone_has_the_same_offsets_today():
    moments = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    zones.data_version()
    for key in EVERY_KEY:
        if key == "Factory" or zones.is_abbreviation(key):
            continue
        own = zoneinfo.ZoneInfo(key)
        for moment in moments:
            ours = moment.astimezone(zones.zone(key)).utcoffset()
            assert ours == moment.astimezone(own).utcoffset(), key


def test_zone_gives_tzinfo_of_each_kind():
    assert zones.zone("UTC") is UTC
    assert zones.zone("UTC-03:30") == timezone(timedelta(hours=-3, minutes=-30))
    assert zones.zone("Europe/Kiev") is zoneinfo.ZoneInfo("Europe/Kyiv")


def test_anywhere_on_earth_is_the_last_place_where_a_day_ends():
    assert zones.zone(zones.ANYWHERE_ON_EARTH).utcoffset(None) == timedelta(hours=-12)


@pytest.mark.parametrize("letters", [*READINGS, "pst", " Est "])
def test_abbreviations_are_refused_with_their_readings(letters):
    with pytest.raises(Refused) as refusal:
        zones.zone(letters)

    known = READINGS[letters.strip().upper()]
    assert refusal.value.code == "zone_abbreviation"
    assert refusal.value.params["readings"] == known
    assert all(zone in refusal.value.message for zone in known)


def test_abbreviation_with_one_reading_says_what_to_write():
    with pytest.raises(Refused) as refusal:
        zones.zone("JST")

    assert str(refusal.value) == (
        "“JST” is an abbreviation, not a time zone. Write Asia/Tokyo (wall time in Tokyo) instead."
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Europe/Berln", "Europe/Berlin"), ("Berlin", "Europe/Berlin"), ("Kolkatta", "Asia/Kolkata"),
     ("San Francisco", "America/Los_Angeles"), ("Pacific Time", "America/Los_Angeles"),
     ("america/new_yrok", "America/New_York"), ("Kiev", "Europe/Kyiv")],
)  # fmt: skip
def test_unknown_zone_suggests_what_was_meant(typed, meant):
    with pytest.raises(Refused) as refusal:
        zones.zone(typed)

    assert refusal.value.code == "zone_unknown"
    assert meant in refusal.value.params["suggestions"]
    assert f"Did you mean {refusal.value.params['suggestions'][0]}" in refusal.value.message


def test_offset_that_no_clock_shows_is_refused():
    with pytest.raises(Refused) as refusal:
        zones.zone("UTC+15")

    assert refusal.value.code == "zone_unknown"
    assert "UTC-12:00 to UTC+14:00" in refusal.value.message


HOSTILE = [
    "../../../etc/passwd", "/etc/localtime", "Europe/../../etc/passwd", "Europe/Berlin\0", "\0", "", ".",
    "con", "x" * 10_000, "Europe", "Europe/", "zone.tab", "tzdata.zi", "Europe\\Berlin", "\ud800",
    "__init__.py", "%00", "UTC+99999999999",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_never_reach_the_file_system(name, monkeypatch):
    zones.zone("Europe/Berlin")  # the data are read once, before

    def touched(*args, **kwargs):
        raise AssertionError(f"file system touched with {args!r}")

    monkeypatch.setattr(builtins, "open", touched)
    monkeypatch.setattr(zoneinfo, "ZoneInfo", touched)

    with pytest.raises(Refused) as refusal:
        zones.zone(name)

    assert refusal.value.code == "zone_unknown"
    assert len(refusal.value.message) < 250
    assert "\0" not in refusal.value.message


@given(st.text(max_size=80))
def test_any_text_is_a_zone_or_refused(text):
    try:
        name = zones.canonical(text)
    except Refused as refusal:
        name, code = None, refusal.code

    assert zones.canonical(name) == name if name else code in {"zone_unknown", "zone_abbreviation"}


def test_choices_are_canonical_and_free_of_letters():
    offered = zones.choices()

    assert offered[0] == "UTC"
    assert list(offered[1:]) == sorted(offered[1:])
    assert all(zones.canonical(name) == name for name in offered)
    assert not [name for name in offered if name.startswith("Etc/") or ("/" not in name and name != "UTC")]
    assert {"Europe/Oslo", "Asia/Kolkata", "Europe/Kyiv", "America/Los_Angeles"} <= set(offered)
    assert len(offered) > 400


@pytest.mark.parametrize(
    ("name", "said"),
    [("America/Los_Angeles", "Los Angeles"), ("Asia/Kolkata", "Kolkata"), ("UTC", "UTC"),
     ("UTC-08:00", "UTC-08:00"), ("America/Argentina/Buenos_Aires", "Buenos Aires"),
     ("America/Indiana/Knox", "Knox, Indiana"), ("America/North_Dakota/Center", "Center, North Dakota"),
     ("America/St_Johns", "St John’s"), ("America/Port-au-Prince", "Port-au-Prince")],
)  # fmt: skip
def test_place_is_what_a_person_would_say(name, said):
    assert zones.place(name) == said


def test_readings_of_pst_are_wall_time_and_offset():
    found = {reading.zone: reading for reading in zones.readings("PST", year=2025)}

    eight, seven = timedelta(hours=-8), timedelta(hours=-7)
    assert found["America/Los_Angeles"][1:] == (eight, seven)
    assert found["UTC-08:00"][1:] == (eight, eight)
    assert found["UTC-08:00"].is_fixed
    assert not found["America/Los_Angeles"].is_fixed
    assert found["America/Los_Angeles"].place == "Los Angeles"


@pytest.mark.parametrize(
    ("letters", "meant"),
    [("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
     ("BST", {"Europe/London", "UTC+01:00", "Asia/Dhaka"}),
     ("CST", {"America/Chicago", "UTC-06:00", "Asia/Shanghai", "America/Havana"}),
     ("MST", {"America/Denver", "UTC-07:00"}), ("EST", {"America/New_York", "UTC-05:00"}),
     ("GMT", {"UTC", "Europe/London"})],
)  # fmt: skip
def test_readings_hold_every_usual_meaning(letters, meant):
    assert meant <= {reading.zone for reading in zones.readings(letters)}


def test_readings_take_their_offsets_from_the_zone_data():
    before, after = zones.readings("BRT", year=2018)[0], zones.readings("BRT", year=2024)[0]

    assert before.january == timedelta(hours=-2)  # Brazil's last summer times
    assert after.january == timedelta(hours=-3)


def test_readings_of_unknown_letters_are_none():
    assert zones.readings("XYZ") == ()


def test_each_fixed_reading_is_the_winter_or_summer_offset_of_a_wall_time_beside_it():
    for letters in READINGS:
        found = zones.readings(letters, year=2025)
        walls = [reading for reading in found if not reading.is_fixed]
        for reading in found:
            if reading.is_fixed:
                assert any(reading.january in (wall.january, wall.july) for wall in walls), letters


def test_fixed_reading_is_left_out_where_clocks_never_change():
    for letters in READINGS:
        found = zones.readings(letters, year=2025)
        resting = {reading.january for reading in found if not reading.is_fixed and reading.january == reading.july}
        assert not [reading for reading in found if reading.is_fixed and reading.january in resting], letters


def test_tables_of_words_name_canonical_zones_once():
    for letters, known in READINGS.items():
        assert letters == letters.upper()
        assert len(set(known)) == len(known), letters
        assert [zones.canonical(zone) for zone in known] == list(known), letters
    assert set(PHRASES.values()) <= set(READINGS)
    assert all(zones.canonical(zone) == zone for zone in PLACES.values())


@pytest.mark.parametrize(
    ("label", "meant"),
    [("PST", READINGS["PST"]), ("pst", READINGS["PST"]), ("Central  Standard Time", READINGS["CST"]),
     ("Berlin", ("Europe/Berlin",)), ("New York time", ("America/New_York",)), ("UTC+5:30", ("UTC+05:30",)),
     ("Asia/Calcutta", ("Asia/Kolkata",)), ("India", ("Asia/Kolkata",)), ("UTC", ("UTC",)),
     ("Lunch", ()), ("", ()), ("x" * 500, ())],
)  # fmt: skip
def test_candidates_of_a_label(label, meant):
    assert zones.candidates(label) == meant


def fresh_python(code, **environment):
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_zone_names_load_only_when_asked_for():
    code = (
        "import sys; from folkmoot.kit import zones; from folkmoot.kit.zones import names;"
        "assert names._names.cache_info().currsize == 0; assert 'django' not in sys.modules"
    )

    fresh_python(code)


def test_newer_of_two_copies_of_the_zone_data_is_used(tmp_path, monkeypatch):
    old = tmp_path / "zoneinfo"
    old.mkdir()
    (old / "tzdata.zi").write_text("# version 2001a\n")
    monkeypatch.setattr(names.zoneinfo, "TZPATH", (str(old),))
    monkeypatch.delenv("PYTHONTZPATH", raising=False)
    reset: list[tuple[str, ...]] = []
    monkeypatch.setattr(names.zoneinfo, "reset_tzpath", lambda to: reset.append(to))
    names.data_version.cache_clear()

    older = names.data_version()
    names.data_version.cache_clear()
    (old / "tzdata.zi").write_text("# version 2999z\n")
    newer = names.data_version()
    names.data_version.cache_clear()

    assert older == names._names().version
    assert newer == "2999z"
    assert reset == [()]  # the stale copy was turned away, the newer one was not


def test_path_set_by_the_operator_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "+VERSION").write_text("2001a\n")
    monkeypatch.setattr(names.zoneinfo, "TZPATH", (str(tmp_path),))
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    monkeypatch.setattr(names.zoneinfo, "reset_tzpath", lambda to: pytest.fail("path was changed"))
    names.data_version.cache_clear()

    version = names.data_version()
    names.data_version.cache_clear()

    assert version == "2001a"


def test_stale_system_data_do_not_decide_in_a_fresh_process(tmp_path):
    stale = Path(tmp_path, "Asia")
    stale.mkdir()
    # A forged Kolkata of no offset at all: whoever reads it is seen.
    forged = (resources.files("tzdata") / "zoneinfo" / "UTC").read_bytes()
    Path(stale, "Kolkata").write_bytes(forged)
    Path(tmp_path, "tzdata.zi").write_text("# version 1999a\n")
    code = (
        "import zoneinfo; zoneinfo.reset_tzpath(to=[{path!r}]);"
        "from folkmoot.kit import zones; from datetime import *;"
        "print(datetime(2026, 1, 1, tzinfo=zones.zone('Asia/Kolkata')).utcoffset())"
    )

    assert fresh_python(code.format(path=str(tmp_path))) == "5:30:00"
