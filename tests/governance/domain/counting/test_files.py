"""Reading files of ballots, and saying where they are wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.ballots import NO_VALUE, Direction
from folkmoot.governance.domain.counting.files import MOST_BYTES, WrongFile, read_affiliations, read_ballots
from folkmoot.governance.domain.counting.files.blt import write_blt
from folkmoot.kit.errors import Refused

BLT = """\
4 2 # four candidates
-3
3 1 3 4 0
(17) 2 2=4 0
1 1 - 2 0
1 0

3  1 3   4 0
0
"Ana"
Ben Berg
"Cleo"
"Dan" # the last
"The committee"
"""


def rows(ballots) -> dict[tuple[int, ...], int]:
    """Places of each ballot, and how many gave it."""
    return {tuple(column[row] for column in ballots.columns): weight for row, weight in enumerate(ballots.weights)}


def test_blt_has_weights_equals_left_out_places_and_withdrawn() -> None:
    ballots = read_ballots(b"\xef\xbb\xbf" + BLT.replace("\n", "\r\n").encode())

    assert ballots.candidates == ("Ana", "Ben Berg", "Cleo", "Dan")
    assert ballots.names == ("Ana", "Ben Berg", "Dan")
    assert (ballots.seats, ballots.title, ballots.total) == (2, "The committee", 10)
    assert rows(ballots) == {(1, 0, 2, 3): 6, (0, 1, 0, 1): 2, (1, 2, 0, 0): 1, (0, 0, 0, 0): 1}
    assert [gap for gap in ballots.gaps if gap] == [2]
    assert ballots.direction == Direction.ORDER


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("3 0\n", 1, 3, "expected from 1 to 3 seats, found “0”"),
        ("201 1\n", 1, 1, "expected from 1 to 200 candidates, found “201”"),
        ("2 1\n-3\n", 2, 1, "expected a withdrawn candidate from -1 to -2, found “-3”"),
        ("2 1\n1 1 0\n1 1 3 0\n0\n", 3, 5, "expected a candidate from 1 to 2, or 0, found “3”"),
        ("2 1\n1 1 2\n0\n", 2, 6, "expected 0 at the end of the ballot, found nothing"),
        ("2 1\n1 1 0 2\n0\n", 2, 7, "expected nothing behind the 0 that ends a ballot, found “2”"),
        ("2 1\n1 1 1 0\n0\n", 2, 5, "expected each candidate once on a ballot, found “1”"),
        ("2 1\n1.5 1 0\n0\n", 2, 1, "expected how many gave this ballot, a whole number from 1, found “1.5”"),
        ("2 1\n1 ١ 0\n0\n", 2, 3, "expected a candidate from 1 to 2, or 0, found “١”"),
        ("2 1\n1 1 0\n", 3, 1, "expected a line with 0 behind the last ballot, found nothing"),
        ("2 1\n1 1 0\n0\n\"A\"\n", 5, 1, "expected the names of 2 candidates, each on a line, found “1 of them”"),
        ("2 1\n0\n\"A\"\n\"A\"\n", 4, 1, "expected a name that no other candidate has, found “A”"),
        ("2 1\n0\n\"A\"\n\"B\n", 4, 1, "expected a name between two quotation marks, found “\"B”"),
        ("1 1\n0\n\"A\"\n\"T\"\n\nmore\n", 6, 1, "expected nothing behind the title, found “more”"),
    ],
)  # fmt: skip
def test_wrong_blt_is_named_by_line_and_column(text, line, column, expected) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_ballots(text.encode())

    assert wrong.value.message == f"Line {line}, column {column}: {expected}."
    assert (wrong.value.line, wrong.value.column) == (line, column)


CSV = """\
Ana,"Berg, Ben",Cleo
1,2,No opinion
1,2,no opinion

2,2,5
-,,3
"""


def test_csv_prefers_the_lower_number() -> None:
    ballots = read_ballots(CSV.encode())

    assert ballots.candidates == ("Ana", "Berg, Ben", "Cleo")
    assert rows(ballots) == {(1, 2, 0): 2, (1, 1, 2): 1, (0, 0, 1): 1}
    assert ballots.direction == Direction.LOWER
    assert list(ballots.gaps) == [0, 1, 1]
    assert [list(column) for column in ballots.values] == [[1, 2, NO_VALUE], [2, 2, NO_VALUE], [NO_VALUE, 5, 3]]


def test_csv_can_prefer_the_higher_number() -> None:
    ballots = read_ballots(CSV.encode(), higher_is_better=True)

    assert rows(ballots) == {(2, 1, 0): 2, (2, 2, 1): 1, (0, 0, 1): 1}
    assert ballots.direction == Direction.HIGHER


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("A,B\n1,x\n", 2, 3, "expected a whole number from 0 to 1000000, or No opinion, for B, found “x”"),
        ("A,B\n1,2\n1,2,3\n", 3, 5, "expected 2 cells, one for each candidate, found “3 cells”"),
        ("A,B\n1\n", 2, 3, "expected 2 cells, one for each candidate, found “1 cells”"),
        ("A,A\n1,2\n", 1, 1, "expected a name for each candidate (Two candidates are called “A”)"),
        ("A,\n1,2\n", 1, 1, "expected a name for each candidate (Candidate 2 has no name)"),
        ("A,B\n-1,2\n", 2, 1, "expected a whole number from 0 to 1000000, or No opinion, for A, found “-1”"),
        ("\"A\",B\n1,\"2\n", 3, 1, "expected a row of CSV (unexpected end of data)"),
    ],
)  # fmt: skip
def test_wrong_csv_is_named_by_line_and_column(text, line, column, expected) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_ballots(text.encode())

    assert wrong.value.message == f"Line {line}, column {column}: {expected}."


def test_json_has_ranks_with_equals_and_weights() -> None:
    data = {
        "candidates": ["Ana", "Ben", "Cleo"], "seats": 2, "withdrawn": ["Cleo"], "title": "Board",
        "ballots": [{"ranks": [["Ana", "Ben"], "Cleo"], "weight": 4}, {"ranks": []}, {"ranks": [[], ["Ben"]]}],
    }  # fmt: skip

    ballots = read_ballots(json.dumps(data).encode())

    assert rows(ballots) == {(1, 1, 2): 4, (0, 0, 0): 1, (0, 1, 0): 1}
    assert (ballots.seats, ballots.names, ballots.title) == (2, ("Ana", "Ben"), "Board")
    assert list(ballots.gaps) == [0, 0, 1]


def test_json_has_scores() -> None:
    data = {"candidates": ["Ana", "Ben"], "ballots": [{"scores": {"Ana": 5, "Ben": None}}, {"scores": {"Ben": 0}}]}

    ballots = read_ballots(json.dumps(data).encode())

    assert [list(column) for column in ballots.values] == [[5, NO_VALUE], [NO_VALUE, 0]]
    assert ballots.direction == Direction.HIGHER


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ('{"candidates": ["A"],\n"ballots": [{"ranks": []},\n {"ranks": ["B"]}]}', 3, 13, "the name of a candidate"),
        ('{"candidates": ["A"],\n "ballots": [{"ranks": ["A", "A"]}]}', 2, 30, "each candidate once on a ballot"),
        ('{"candidates": ["A"],\n "ballots": [{"ranks": [], "weight": 0}]}', 2, 38, "a whole number from 1"),
        ('{"candidates": ["A"], "ballots": [{"score": {}}]}', 1, 35, "a ballot with ranks"),
        ('{"candidates": ["A"],\n"ballots":[{"scores":{"A":""}}]}', 2, 27, "a whole number from 0 to 1000000, or null"),
        ('{"candidates": "A", "ballots": []}', 1, 16, "a list of names"),
        ('{"candidates": ["A"], "seats": 2, "ballots": []}', 1, 32, "from 1 to 1 seats"),
        ('{"candidates": ["A"]}', 1, 1, "a list of ballots"),
        ('{"candidates": ["A"], "votes": []}', 1, 32, "one of ballots, candidates, seats, title, withdrawn"),
        ('{"candidates": [,', 1, 17, "JSON (Expecting value)"),
    ],
)  # fmt: skip
def test_wrong_json_is_named_by_line_and_column(text, line, column, expected) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_ballots(text.encode())

    assert wrong.value.message == f"Line {line}, column {column}: expected {expected}."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1, column 1: expected ballots, found nothing."),
        (b"A,B\n1,\xff\n", "Line 2, column 3: expected text in UTF-8, found “byte 0xff”."),
        (b"A,B\n1,\0\n", "Line 2, column 3: expected text, found “a zero byte”."),
        (b"x" * (MOST_BYTES + 1), "The file is longer than 32 MB."),
        (b'{"candidates":' + b"[" * 100_000, "Line 1, column 1: expected JSON that is not nested so deep."),
        (b'{"seats":' + b"1" * 5_000 + b"}", None),
    ],
)
def test_what_is_no_text_is_refused(data, message) -> None:
    with pytest.raises(Refused) as refused:
        read_ballots(data)

    assert message is None or refused.value.message == message


def test_only_numbers_can_be_higher() -> None:
    with pytest.raises(Refused) as refused:
        read_ballots(BLT.encode(), higher_is_better=True)

    assert refused.value.code == "no_numbers"


def test_affiliations_name_candidates_once() -> None:
    data = b"Candidate, affiliation\nana,Lighthouse  Works\nBen Berg,\n"

    assert read_affiliations(data, ("Ana", "Ben Berg", "Cleo")) == {"Ana": "Lighthouse Works"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,firm\n", "Line 1, column 1: expected the columns candidate,affiliation, found “name,firm”."),
        ("candidate,affiliation\nAna\n", "Line 2, column 1: expected a candidate and an affiliation, found “Ana”."),
        ("candidate,affiliation\nEve,X\n", "Line 2, column 1: expected the name of a candidate, found “Eve”."),
        ("candidate,affiliation\nAna,X\nAna,Y\n", "Line 3, column 1: expected each candidate once, found “Ana”."),
    ],
)
def test_wrong_affiliations_are_named_by_line(text, message) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_affiliations(text.encode(), ("Ana",))

    assert wrong.value.message == message


PIECES = st.sampled_from(
    ["3 2\n", "1 1 2 0\n", "0\n", '"A"\n', "-1\n", "1=2", "{", '"candidates"', ":", "[", "]", "}", ",", "A,B\n", "\n",
     "(", "#"]
)  # fmt: skip


@settings(max_examples=120)
@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join), st.booleans())
@example('{"candidates":["A"],"ballots":[{"ranks":[["A"]],"":1}]}', False)
@example('{"candidates":["A",[]],"ballots":[]}', False)
@example('{"candidates":["A"],"ballots":[{"ranks":[[[]]]}]}', False)
def test_anything_is_read_or_refused(text, higher) -> None:
    try:
        ballots = read_ballots(text.encode("utf-8", "replace"), higher_is_better=higher)
    except Refused as refused:
        assert refused.message
    else:
        assert ballots.candidates


def test_blt_written_out_reads_back_the_same() -> None:
    text = '4 2\n-3\n3 3=4 - 1 0\n2 1 2 0\n1 0\n0\n"Ana"\n"Ben"\n"Cleo"\n"Dan"\n"Committee"\n'
    read = read_ballots(text.encode())

    assert write_blt(read) == text
    assert read_ballots(write_blt(read).encode()) == read
