from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from folkmoot.kit.csv_text import delimiter_of, encoding_of, plain_cell, rows_of, safe_cell, written
from folkmoot.kit.errors import Refused

DANGEROUS = ["=1+1", "+49 30 1234", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1", "\u00a0=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_compute_is_shown(text):
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("cell", ["+49 30 1234", "'tis", "'", "", "plain", "a=b", "a,b;c"])
def test_cells_of_others_stay_as_they_are(cell):
    assert plain_cell(cell) == cell


@given(st.text(max_size=40))
@example("'=1")
@example("''+1")
@example("'")
def test_every_text_comes_back_as_it_went_in(text):
    assert plain_cell(safe_cell(text)) == text
    assert safe_cell(text).lstrip(" \u00a0\u3000")[:1] not in set("=+-@\t\r\n＝＋－＠")


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=2, max_size=4)))
def test_table_comes_back_as_it_went_in(rows):
    data = "".join(written(rows)).encode()
    # What is nothing but blank is no row; a cell's own line ends stay.
    expected = [row for row in rows if any(cell.strip() for cell in row)]

    if expected and delimiter_of(data.decode().split("\n")[0]) == ",":
        assert [cells for _line, cells in rows_of(io.BytesIO(data))] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_tables_of_many_programs_are_read(encoding, delimiter, ending):
    text = ending.join([delimiter.join(["Name", "E-mail"]), delimiter.join(["Jörg Ñandú", "j@example.org"]), "", ""])

    assert list(rows_of(io.BytesIO(text.encode(encoding)))) == [
        (1, ["Name", "E-mail"]),
        (2, ["Jörg Ñandú", "j@example.org"]),
    ]


def test_delimiter_is_not_looked_for_in_quotation_marks():
    assert delimiter_of('"a;b;c;d",e') == ","
    assert delimiter_of("alone") == ","


def test_quoted_cells_keep_delimiters_and_line_ends():
    data = b'Name,E-mail\n"Okonjo, Ada\nthe elder",a@example.org\nBen,b@example.org\n'

    assert list(rows_of(io.BytesIO(data)))[1:] == [
        (3, ["Okonjo, Ada\nthe elder", "a@example.org"]),
        (4, ["Ben", "b@example.org"]),
    ]


def test_bytes_that_are_no_text_are_refused_with_their_line():
    data = "a,b\n1,2\n".encode("utf-16") + b"\x00"

    with pytest.raises(Refused) as refused:
        list(rows_of(io.BytesIO(data)))

    assert refused.value.code == "unreadable"
    assert "Line" in refused.value.message


def test_one_endless_cell_is_refused():
    data = b'a,b\n"' + b"x" * (csv.field_size_limit() + 10) + b'",c\n'

    with pytest.raises(Refused) as refused:
        list(rows_of(io.BytesIO(data)))

    assert refused.value.code == "unreadable"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_are_refused(data):
    try:
        rows = list(rows_of(io.BytesIO(data)))
    except Refused as refused:
        assert refused.code == "unreadable"
    else:
        assert [line for line, _cells in rows] == sorted({line for line, _cells in rows})


def test_encoding_is_told_for_a_whole_file_not_its_beginning():
    late = b"a" * 200_000 + "é".encode("cp1252")

    assert encoding_of(io.BytesIO(late)) == "cp1252"
    assert encoding_of(io.BytesIO(b"a" * 200_000 + "é".encode())) == "utf-8"
