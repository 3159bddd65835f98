"""`folkmoot count` as people meet it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from folkmoot.cli.count import count

BLT = """\
4 2
7 1 2 0
2 1 3 0
4 2 0
3 3 0
1 4 3 0
0
"Ana"
"Ben"
"Cleo"
"Dan"
"The harbour committee"
"""
CSV = "Ana,Ben,Cleo\n1,2,3\n1,2,3\n1,2,3\n2,1,No opinion\n3,1,2\n"


@pytest.fixture
def written(tmp_path):
    def write(text: str, name: str = "ballots") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str, given: str | None = None):
    """Exit code, standard output and standard error of the command."""
    done = CliRunner().invoke(count, arguments, input=given)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.removesuffix("\n")


def test_count_tells_story_and_stages(written) -> None:
    code, told, _ = run(written(BLT), "--method", "scottish-stv")

    assert code == 0
    assert told.splitlines() == [
        "Scottish STV for 2 seats: 17 ballots. Who has 6 votes, the quota, is elected.",
        "1. First preferences: Ana 9, Ben 4, Cleo 3, Dan 1. Ana reached the quota.",
        "2. Ana had 3 more than needed; those 3 went on: 2.33331 to Ben, 0.66666 to Cleo. Ben reached the quota.",
        "Ana and Ben are elected.",
        "",
        "Stage                               1        2",
        "Ana                           9.00000  6.00000",
        "Ben                           4.00000  6.33331",
        "Cleo                          3.00000  3.66666",
        "Dan                           1.00000  1.00000",
        "Lost by rounding              0.00000  0.00003",
    ]


def test_count_has_json_of_all_that_was_asked(written) -> None:
    affiliations = written("candidate,affiliation\nAna,Harbour\nBen,Harbour\n", "affiliations")

    code, told, _ = run(
        written(BLT), "--method", "scottish-stv", "--cap", "1", "--affiliations", affiliations, "--terms", "2,1",
        "--seed", "17 December", "--json",
    )  # fmt: skip

    data = json.loads(told)
    assert code == 0
    assert data["elected"] == ["Ana", "Cleo"]
    assert data["terms"] == {"Ana": 2, "Cleo": 1}
    assert [displaced["name"] for displaced in data["displaced"]] == ["Ben"]
    assert "others" not in data


def test_count_reads_standard_input_and_names_the_direction() -> None:
    lower = run("-", "--method", "schulze", "--seats", "1", "--json", given=CSV)
    higher = run("-", "--method", "schulze", "--seats", "1", "--higher-is-better", "--json", given=CSV)

    assert [json.loads(told)["direction"] for _, told, _ in (lower, higher)] == [
        "lower-is-preferred",
        "higher-is-better",
    ]
    assert [json.loads(told)["elected"] for _, told, _ in (lower, higher)] == [["Ana"], ["Cleo"]]


def test_count_tells_apart_what_else_would_have_been(written) -> None:
    code, told, _ = run(written(BLT), "--method", "scottish-stv", "--others")

    answer = told.partition("Would something else have elected somebody else?\n")[2]
    assert code == 0
    assert answer.splitlines()[:2] == ["  meek-stv: the same.", "  schulze: Dan in, Ben out."]
    assert "  3 seats: Cleo in." in answer.splitlines()


def test_open_tie_is_told_and_decided_by_a_draw(written) -> None:
    tie = BLT.replace("7 1 2 0", "2 1 2 0").replace("1 4 3 0", "4 4 0")
    draw = written("Dan\nCleo\nBen\nAna\n", "draw")

    open_tie = run(written(tie), "--method", "plurality", "--seats", "1")
    drawn = run(written(tie), "--method", "plurality", "--seats", "1", "--draw", draw)

    assert open_tie[0] == 1
    assert open_tie[1].splitlines()[-1] == (
        "Ana, Ben and Dan are equal for a seat, and no rule was given to decide. Nobody is elected."
    )
    assert drawn[0] == 0
    assert drawn[1].splitlines()[-1] == "Dan is elected."


def test_empty_seat_and_withdrawn_candidate(written) -> None:
    code, told, _ = run(written(BLT), "--method", "scottish-stv", "--vacated", "Ana", "--withdrawn", "Dan", "--json")

    data = json.loads(told)
    assert code == 0
    assert (data["holders"], data["withdrawn"], data["elected"]) == (["Ben"], ["Ana", "Dan"], ["Cleo"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--method", "irv", "--seats", "2"], "Instant run-off fills one seat. For several there is scottish-stv."),
        (["--method", "score"], "Score voting needs a number for each candidate, of which the higher is better "
         "(--higher-is-better)."),
        (["--method", "schulze", "--cap", "1"], "--cap and --affiliations belong together."),
        (["--method", "schulze", "--terms", "2"], "1 terms are given for 2 seats."),
        (["--method", "schulze", "--withdrawn", "Eve"], "“Eve” is not among the candidates."),
        (["--method", "plurality", "--vacated", "Dan"], "“Dan” was not elected, so there is no seat to fill."),
        (["--method", "irv", "--seats", "1", "--unranked-last"],
         "--unranked-last is for methods that compare pairs: schulze, ranked-pairs."),
        (["--method", "schulze", "--quorum", "5"], "--quorum is for yes-no."),
        (["--method", "yes-no", "--threshold", "most"], "“most” is no share such as 2/3, 60% or >1/2."),
        (["--method", "schulze", "--vacated", "Ana", "--others"],
         "--others is about the election itself, not about a seat that became empty."),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_wrong_usage(written, arguments, words) -> None:
    assert run(written(BLT), *arguments) == (2, "", words)


def test_wrong_file_and_missing_seats_are_named(written) -> None:
    wrong = run(written("2 1\n1 1 3 0\n0\n"), "--method", "irv")
    missing = run(written(CSV), "--method", "schulze")
    gone = run("not-there.blt", "--method", "irv")

    assert wrong == (
        2, "", "Line 2, column 5: expected a candidate from 1 to 2, or 0, found “3”. Nothing was counted.",
    )  # fmt: skip
    assert missing == (2, "", "The file does not say how many seats there are: --seats N.")
    assert gone == (2, "", "not-there.blt cannot be read: No such file or directory.")


@pytest.mark.parametrize("terms", ["", "2,x", "0", "2,,1", "100"])
def test_terms_are_years(written, terms) -> None:
    assert run(written(BLT), "--method", "schulze", "--terms", terms)[0] == 2


def test_question_is_decided_by_members_and_quorum(written) -> None:
    question = written("Yes,No,Abstain\n" + "1,,\n" * 6 + ",1,\n" * 3 + ",,1\n", "question")

    code, told, _ = run(question, "--method", "yes-no", "--threshold", ">1/2", "--of", "members", "--members", "12",
                        "--quorum", "2/3", "--json")  # fmt: skip

    data = json.loads(told)
    assert code == 0
    assert data["elected"] == ["No"]
    assert data["verdict"] == {"result": "failed", "yes": 6, "base": 12, "needed": 7, "there": 10, "quorum": 8}


def test_names_cannot_drive_the_terminal(written) -> None:
    _, told, _ = run(written(BLT.replace("Dan", "Dan\x1b[2J")), "--method", "scottish-stv")

    assert "\x1b" not in told


def test_count_loads_no_django() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom folkmoot.cli.count import count\n"
        f"done = CliRunner().invoke(count, ['-', '--method', 'schulze', '--seats', '1', '--others'], input={CSV!r})\n"
        "assert done.exit_code == 0, done.output\nassert 'django' not in sys.modules\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_ten_megabytes_of_full_ballots_are_counted_in_seconds(tmp_path) -> None:
    chance = random.Random(1)
    names = [str(place) for place in range(1, 41)]
    lines = []
    for _ in range(2_250):
        chance.shuffle(names)
        lines += [f"1 {' '.join(names[turn:] + names[:turn])} 0" for turn in range(40)]
    text = "40 5\n" + "\n".join(lines) + "\n0\n" + "\n".join(f'"{place}"' for place in range(40))
    path = tmp_path / "large.blt"
    path.write_text(text, encoding="utf-8")

    started = time.process_time()
    code, _, _ = run(str(path), "--method", "schulze", "--seed", "x", "--json")

    assert len(text) > 10_000_000
    assert code == 0
    assert time.process_time() - started < 5


TEN_MEGABYTES = 10_000_000


@pytest.mark.parametrize(
    "text",
    [
        "2 1\n" + "\n" * TEN_MEGABYTES,
        "3 1\n1 " + "1=" * (TEN_MEGABYTES // 2) + "0\n0\n",
        "2 1\n" + "(" * TEN_MEGABYTES,
        "A,B\n" + "," * TEN_MEGABYTES,
        'A,B\n"' + "1,2\n" * (TEN_MEGABYTES // 4),
        '{"candidates":' + "[" * TEN_MEGABYTES,
    ],
    ids=["empty lines", "equals", "brackets", "cells", "an open quote", "nested JSON"],
)
def test_ten_hostile_megabytes_are_refused_in_seconds(written, text) -> None:
    path = written(text)

    started = time.process_time()
    code, told, words = run(path, "--method", "schulze", "--seats", "1")

    assert (code, told) == (2, "")
    assert words.startswith("Line ")
    assert time.process_time() - started < 5
