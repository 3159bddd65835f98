"""What is written is read back: minutes, resolutions, and a folder of both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.minutes import (
    MinutesRecord,
    ReadItem,
    read_folder,
    read_minutes,
    read_resolution,
    write_minutes,
    write_resolution,
    write_series,
)
from tests.meetings.minutes.strategies import records, resolutions


@settings(max_examples=40, deadline=None)
@given(records)
def test_minutes_written_are_read_back_exactly(record):
    text = write_minutes(record)

    read = read_minutes(text.encode())

    assert (read.canonical, read.notes, [one.record for one in read.meetings]) == (True, (), [record])


@pytest.mark.parametrize("notes", ["**All in bold**", "*Ada* and *Ben*", "*in italics*", "**", "***both***\nmore"])
def test_notes_that_begin_with_stars_are_read_back(notes):
    record = MinutesRecord(title="Care call", items=(ReadItem("Budget", notes=notes),))

    read = read_minutes(write_minutes(record))

    assert (read.canonical, [one.record for one in read.meetings]) == (True, [record])


@settings(max_examples=25, deadline=None)
@given(resolutions)
def test_resolutions_written_are_read_back_exactly(resolution):
    read = read_resolution(write_resolution(resolution).encode())

    assert (read.canonical, read.notes, read.resolution) == (True, (), resolution)


@settings(max_examples=8, deadline=None)
@given(st.lists(records, max_size=3), st.lists(resolutions, max_size=2), st.booleans())
def test_a_series_written_as_a_folder_is_read_back_in_its_order(written, resolved, windows):
    files = write_series(written, resolved, title="Care calls")
    if windows:
        files = {path: text.replace("\n", "\r\n") for path, text in files.items()}

    read = read_folder(files)

    assert list(read.records) == written
    assert [one.resolution for _, one in read.resolutions] == resolved
