"""Minutes as Markdown: those of other communities read with what is uncertain told, our own written and read exactly.

`read_minutes` never raises and guesses nothing in silence; `write_minutes` and `read_minutes` are inverse to each
other, and so are `write_series` and `read_folder`. What an import would do is planned in `matching`, with the names in
`naming`.
"""

from __future__ import annotations

from folkmoot.meetings.domain.minutes.as_json import to_json
from folkmoot.meetings.domain.minutes.canonical import write_minutes
from folkmoot.meetings.domain.minutes.folder import Series, file_name, read_folder, write_series
from folkmoot.meetings.domain.minutes.model import (
    OUTCOMES,
    WAYS,
    Counts,
    MinutesFile,
    MinutesRecord,
    Names,
    Note,
    OpeningText,
    ReadAction,
    ReadDecision,
    ReadItem,
    ReadLink,
    ReadMeeting,
    ReadPerson,
    ReadResolution,
    Resolution,
)
from folkmoot.meetings.domain.minutes.reader import read_minutes
from folkmoot.meetings.domain.minutes.resolutions import read_resolution, resolution_file_name, write_resolution

__all__ = [
    "OUTCOMES",
    "WAYS",
    "Counts",
    "MinutesFile",
    "MinutesRecord",
    "Names",
    "Note",
    "OpeningText",
    "ReadAction",
    "ReadDecision",
    "ReadItem",
    "ReadLink",
    "ReadMeeting",
    "ReadPerson",
    "ReadResolution",
    "Resolution",
    "Series",
    "file_name",
    "read_folder",
    "read_minutes",
    "read_resolution",
    "resolution_file_name",
    "to_json",
    "write_minutes",
    "write_resolution",
    "write_series",
]
