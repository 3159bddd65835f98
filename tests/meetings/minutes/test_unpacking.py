"""Folders that were handed in as archives, and those that mean harm."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.minutes.source import MOST_BYTES
from folkmoot.meetings.domain.minutes.unpacking import MOST_ENTRIES, MOST_FILES, unpack


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


def code_of(*handed_in: tuple[str, bytes]) -> str:
    with pytest.raises(Refused) as found:
        unpack(handed_in)
    return found.value.code


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_a_folder_is_opened_without_the_folder_around_it():
    data = zipped(
        ("minutes/README.md", b"# Index"),
        ("minutes/2024/03.md", b"# March"),
        ("minutes/photo.png", b"x"),
        ("minutes/.DS_Store", b"x"),
        ("__MACOSX/minutes/._03.md", b"x"),
        (link("minutes/passwd.md"), b"/etc/passwd"),
    )

    found = unpack([("minutes.zip", data), ("a.md", b"# A"), ("b.pdf", b"%PDF")])

    assert found.files == {"README.md": b"# Index", "2024/03.md": b"# March", "a.md": b"# A"}
    assert found.left_aside == ("minutes/photo.png", "minutes/passwd.md", "b.pdf")


@pytest.mark.parametrize("name", ["../a.md", "a/../../b.md", "/etc/a.md", "C:/a.md", "..\\a.md", "a\\..\\..\\b.md"])
def test_what_leads_out_of_the_folder_refuses_the_whole(name):
    assert code_of(("m.zip", zipped(("fine.md", b"# A"), (name, b"# B")))) == "outside"


def test_bombs_and_broken_archives_are_refused():
    big = zipped(*((f"{number}.md", b"\0" * MOST_BYTES) for number in range(11)))
    assert len(big) < 100_000

    assert code_of(("m.zip", big)) == "too_large"
    assert code_of(("m.zip", zipped(*((f"{number}.md", b"") for number in range(MOST_FILES + 1))))) == "too_many"
    assert code_of(("m.zip", zipped(*((f"{number}.png", b"") for number in range(MOST_ENTRIES + 1))))) == "too_many"
    assert code_of(("m.zip", zipped(("a.md", b"# A"))[:-9])) == "no_zip"
    assert code_of(("m.zip", zipped(("a.md", b"# A"), compression=zipfile.ZIP_LZMA))) == "no_zip"
    changed = zipped(("a.md", b"# A"), compression=zipfile.ZIP_STORED).replace(b"# A", b"# B")
    assert code_of(("m.zip", changed)) == "no_zip"
    assert code_of(("m.zip", zipped((f"{'x' * 500}.md", b"# A")))) == "name_too_long"
    assert code_of(("m.zip", zipped())) == "nothing"
    assert code_of() == "nothing"


def test_a_locked_archive_is_told_as_such():
    data = bytearray(zipped(("a.md", b"# A")))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert code_of(("m.zip", bytes(data))) == "locked"


def test_a_long_file_is_cut_where_the_reader_tells_of_it():
    found = unpack([("m.zip", zipped(("a.md", b"x" * (MOST_BYTES + 500))))])

    assert len(found.files["a.md"]) == MOST_BYTES + 1


@given(st.binary(max_size=300), st.integers(0, 120))
def test_whatever_is_handed_in_is_refused_in_words_or_opened(noise, at):
    whole = zipped(("a.md", b"# A"))

    for data in (b"PK" + noise, whole[:at] + noise + whole[at:]):
        try:
            assert unpack([("m.zip", data)]).files
        except Refused as found:
            assert found.code
