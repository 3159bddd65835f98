"""Bytes to text: encodings, line ends, and the limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.groups.domain.charter import read
from folkmoot.kit.errors import Refused
from tests.groups.domain.reading import covers_every_line, texts, understood

CHARTER = "# Café Group\r\n\r\n## Goals\r\n\r\n- Serve “tea” – and coffee\r\n"


@pytest.mark.parametrize(
    "data",
    [
        CHARTER.encode("utf-8"),
        CHARTER.encode("utf-8-sig"),
        CHARTER.encode("utf-16"),
        b"\xfe\xff" + CHARTER.encode("utf-16-be"),
        CHARTER.encode("utf-16-le"),
        CHARTER.encode("utf-16-be"),
        CHARTER.encode("utf-32"),
        CHARTER.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-be", "utf-16-le bare", "utf-16-be bare", "utf-32", "cp1252"],
)
def test_source_is_decoded_whatever_it_was_saved_as(data):
    charter = understood(data)

    assert charter.text == CHARTER
    assert charter.title == "Café Group"
    assert texts(charter.objectives) == ["Serve “tea” – and coffee"]


def test_source_in_latin_1_is_read_where_windows_leaves_a_gap():
    charter = understood(b"# Caf\xe9\x81 Group\n\n" + b"plain words " * 20)

    assert charter.title == "Café\x81 Group"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_source_keeps_every_kind_of_line_end(end):
    text = end.join(["# G", "", "## Goals", "", "- a", "- b"])

    charter = understood(text)

    assert charter.text == text
    assert [objective.lines for objective in charter.objectives] == [(5, 5), (6, 6)]


def test_source_splits_lines_at_line_ends_alone():
    charter = understood("# G\u2028H\x0bI\x0cJ\x85K\n\n## Goals\n\n- a\n")

    assert len(charter.lines) == 5
    assert charter.objectives[0].lines == (5, 5)


def test_source_shows_a_zero_as_a_mark():
    charter = understood(b"# T\x00tle\n\n- a\x00b\n")

    assert charter.text == "# T\ufffdtle\n\n- a\ufffdb\n"
    assert covers_every_line(charter)


def test_source_may_be_empty():
    assert understood(b"").sections == ()
    assert understood(b"\n\n").sections[0].lines == (1, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_text"),
        (b"%PDF-1.7\n%\xe2\xe3", "not_text"),
        (b"PK\x03\x04" + bytes(60), "not_text"),
        (b"\xff\xfe\x00\xd8\x00", "not_text"),
        (bytes(range(256)) * 4, "not_text"),
        (bytes(1000), "not_text"),
        (b"\x01\x02\x03\x04text", "not_text"),
        ("ж".encode("utf-16-le") * 20 + b"\xff", "not_text"),
        (b"a" * (256 * 1024 + 1), "too_large"),
        (b"ok\n" + b"a" * 20_001 + b"\n", "line_too_long"),
        (b"|a" * 101 + b"|\n" + b"|-" * 101 + b"|\n" + b"|\n" * 100, "table_too_large"),
        (b"> " + b"|a" * 101 + b"|\n> " + b"|-" * 101 + b"|\n" + b"> |\n" * 100, "table_too_large"),
        (b"- " + b"|a" * 101 + b"|\n  " + b"|-" * 101 + b"|\n" + b"  |\n" * 100, "table_too_large"),
        (b"<table>\n" + b"<tr>" + b"<td>x\n" * 10_001 + b"</table>\n", "table_too_large"),
        (b"= Charter\n\n== Purpose\n\nWe help.\n", "asciidoc"),
        (b"= Charter\n:toc:\n\nWe help.\n", "asciidoc"),
        (b"// a comment\n:toc: left\n= Charter\n\nWe help.\n", "asciidoc"),
        (b"== Purpose\n\nWe help.\n\n=== Goals\n\n* a\n", "asciidoc"),
    ],
)
def test_source_that_is_no_charter_is_refused_in_one_sentence(data, code):
    with pytest.raises(Refused) as refused:
        read(data)

    assert refused.value.code == code
    message = str(refused.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 140


def test_refusals_say_where():
    with pytest.raises(Refused) as long_line:
        read(b"a\nb\n" + b"c" * 20_001)
    with pytest.raises(Refused) as large_table:
        read(b"text\n\n" + b"|a" * 101 + b"|\n" + b"|-" * 101 + b"|\n" + b"|\n" * 100)

    assert "Line 3" in str(long_line.value)
    assert "line 3" in str(large_table.value)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        ("a" * 99 + "\n") * 2_600,
        "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 98,
        "```\n" + "|a" * 101 + "|\n" + "|-" * 101 + "|\n" + "|\n" * 100 + "```\n",
        "Title\n=====\n\nText = more\n",
        "= not a title =\n\n# Heading\n",
        "# Heading\n\n= Charter of what?\n",
        ": a\n: b\n",
    ],
)
def test_source_within_the_limits_is_read(text):
    assert covers_every_line(understood(text))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_sections_joined_give_any_text_back(text):
    try:
        charter = understood(text)
    except Refused:
        return

    assert charter.text == text.encode().decode("utf-8-sig").replace("\x00", "\ufffd")
    assert covers_every_line(charter)


@given(st.lists(st.sampled_from(["# a", "## b", "**c**", "- d", "", "> e", "f", "---", "```", "<h2>g</h2>", "\r"])))
def test_sections_cover_every_line_once_in_order(rows):
    charter = understood("\n".join(rows))

    assert covers_every_line(charter)
    expected = 1
    for section in charter.sections:
        assert section.lines.first == expected
        expected = section.lines.last + 1
