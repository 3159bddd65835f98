"""Names of files made safe, and sizes in words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from folkmoot.kit.uploads import safe_name, size_in_words
from folkmoot.kit.uploads.names import LONGEST, MOST_NAME_BYTES, ending_of


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Agenda für Mai.pdf", "Agenda für Mai.pdf"),
        ("C:\\Users\\ada\\Agenda.PDF", "Agenda.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (".htaccess", "file.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\u200b\ufeffb\r\nContent-Type: x.pdf", "ab Content-Type- x.pdf"),
        ('a"; filename="b.html', "a-- filename=-b.pdf"),
        ("100%.pdf", "100-.pdf"),
        ("con.pdf", "-con.pdf"),
        ("Report 3.5", "Report 3.5.pdf"),
        ("\u0065\u0301t\u0065\u0301.pdf", "été.pdf"),
        ("👩\u200d💻 talk.pdf", "👩\u200d💻 talk.pdf"),
        ("نور.pdf", "نور.pdf"),
        ("\ud800.pdf", "file.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_safe_name(given_name, kept):
    assert safe_name(given_name, ".pdf") == kept


@given(st.text(max_size=300))
@example("字" * 200)
@example("/.. .pdf")
def test_safe_name_leads_nowhere_fits_and_stays_as_it_is(given_name):
    name = safe_name(given_name, ".docx")

    assert name.endswith(".docx")
    assert not set(name) & set('/\\<>:"|?*\r\n\0%')
    assert len(name) <= LONGEST
    assert len(name.encode()) <= MOST_NAME_BYTES
    assert not name.startswith((".", " "))
    assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in name)
    assert safe_name(name, ".docx") == name


def test_ending_of():
    assert [ending_of(name) for name in ("a.PDF", "a.tar.gz", "a", "3.5", "a.pdf. ", "a/b.png", ".md")] == [
        ".pdf", ".gz", "", "", ".pdf", ".png", ".md",
    ]  # fmt: skip


def test_size_in_words():
    sizes = [1, 999, 1000, 1499, 999_499, 999_500, 2_000_000, 2_449_999, 99_949_999, 250_000_000]

    assert [size_in_words(size) for size in sizes] == [
        "1 byte", "999 bytes", "1 KB", "1 KB", "999 KB", "1 MB", "2 MB", "2.4 MB", "99.9 MB", "250 MB",
    ]  # fmt: skip
