"""Minutes as values with numbers for names: nothing is lost, and one person's name can be taken out alone."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given

from folkmoot.meetings.domain.minutes import MinutesRecord, Names, ReadDecision, ReadItem, ReadPerson, Resolution
from folkmoot.meetings.domain.minutes.keeping import (
    KeptName,
    cannot_be_kept,
    kept_of,
    kept_of_resolution,
    record_of,
    resolution_of,
)
from tests.meetings.minutes.strategies import records, resolutions

MET = MinutesRecord(
    present=(ReadPerson("Ada Birch", "ada", initials="AB", affiliation="Labs"), ReadPerson("Ben Cole")),
    moderator="Ada Birch, Ben Cole",
    items=(ReadItem("Lamps", owner="AB and Cleo Dee"),),
    decisions=(ReadDecision("Buy lamps", names=Names(approve=("Ada", "Ben Cole"))),),
)


@given(records)
def test_minutes_come_back_from_their_values(record):
    kept = kept_of(record)

    values = json.loads(json.dumps(kept.values))

    assert record_of(values, kept.names) == record


@given(resolutions)
def test_resolutions_come_back_from_their_values(one):
    kept = kept_of_resolution(one)

    values = json.loads(json.dumps(kept.values))

    assert resolution_of(values, kept.names) == one


def test_names_stand_beside_the_values_with_whom_they_mean():
    kept = kept_of(MET)

    assert [(one.name, one.key, one.by_itself) for one in kept.names] == [
        ("Ada Birch", "ada birch @ada", True),
        ("Ben Cole", "ben cole", True),
        ("Ada Birch", "ada birch @ada", False),
        ("AB", "ada birch @ada", False),
        ("Cleo Dee", "cleo dee", True),
        ("Ada", "ada birch @ada", False),
    ]
    assert "Ada" not in json.dumps(kept.values)
    assert "Labs" not in json.dumps(kept.values)


def test_whoever_is_taken_out_is_counted_and_named_nowhere():
    kept = kept_of(MET)
    left = [KeptName() if one.key == "ada birch @ada" else one for one in kept.names]

    found = record_of(kept.values, left)

    assert found == replace(
        MET,
        present=(ReadPerson("Ben Cole"),),
        unnamed=1,
        moderator="…, Ben Cole",
        items=(ReadItem("Lamps", owner="… and Cleo Dee"),),
        decisions=(ReadDecision("Buy lamps", names=Names(approve=("…", "Ben Cole"))),),
    )


def test_characters_that_no_database_holds_are_found():
    assert cannot_be_kept(MinutesRecord(items=(ReadItem("a", notes="b\x00c"),)))
    assert cannot_be_kept(Resolution(names=Names(absent=("\ud800",))))
    assert not cannot_be_kept(MinutesRecord(title="Plain \u202e text\n"))
